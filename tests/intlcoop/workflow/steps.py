"""Steps as the tests of the doors use them: their addresses, how to get to one, what must not have changed."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from intlcoop.workflow.models import Case, CaseAttachment, Decision, Step
from tests.delegations import factories as f
from tests.intlcoop.documents import samples


def url(step: Step, tail: str = "") -> str:
    return f"/buoc/{step.pk}/{tail}"


def at(case: Case, ministry, kind: str, office: str | None = None) -> Step:
    return f.walk_to(case, ministry, kind=kind, office=office)


def snapshot(case: Case) -> tuple:
    case = f.fresh(case)
    return case.state, case.version, Decision.objects.count(), CaseAttachment.objects.count()


def another(ministry) -> Case:
    """A second file of the unit, in other days, so that nothing overlaps."""
    return f.submit(f.trip(ministry, days_ahead=f.FAR + 20), ministry)


def upload(content: bytes | None = None, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.pdf("Văn bản đã ký") if content is None else content)
