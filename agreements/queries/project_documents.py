"""Which documents of a project came after its approval, so that they can be taken out again?"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from agreements.aid import ProjectFile
from agreements.models import ForeignFundedProject

#: What other pages keep as the proof of an act or a report.
PROOFS = (ProjectFile.DECISION, ProjectFile.REPORT)


def added_since_approval(project: ForeignFundedProject) -> QuerySet[Any]:
    """Those that no decision stands on: handed in after the last approval, and no proof of an act or report."""
    rows = project.case.attachments.current().exclude(file="").exclude(kind__in=PROOFS)
    rows = rows.filter(kind__in=ProjectFile.values)
    approved = project.case.status_changes.filter(transition="approve").order_by("-pk").first()
    if approved is None:
        return rows.none()
    return rows.filter(uploaded_at__gt=approved.at)
