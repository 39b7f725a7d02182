"""Writing a section by hand beside what was composed, and going back to the composed text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean
from intlcoop.workflow.services import record_content
from reports.models import SectionText, Snapshot, YearEndReport
from reports.queries.edited import basis_of
from reports.queries.narrative.variants import ANNEX
from reports.queries.sections import composed_blocks, outline_in

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def write_section(
    report: YearEndReport, key: str, text: str, *, actor: User, expected_version: int | None = None
) -> SectionText:
    """This text is printed instead of the composed one. Saved once more unchanged it says: looked at, it still holds.

    Raises NotAllowed, Conflict, Refused (empty, no such section).
    """
    snapshot = _opened(report, actor, expected_version)
    if key not in editable_keys(report):
        raise Refused(_("The report has no such section any more."))
    if not text.strip():
        raise Refused(_("Write something first. To print the composed text again, choose “Back to the composed text”."))
    kept = SectionText.objects.filter(report=report, key=key).first() or SectionText(report=report, key=key)
    kept.text = nfc(text.strip())
    kept.basis = basis_of(snapshot.version, composed_blocks(snapshot).get(key, []))
    kept.edited_by, kept.edited_at = actor, timezone.now()
    clean(kept)
    kept.save()
    _note(report, actor)
    return kept


@transaction.atomic
def drop_text(report: YearEndReport, key: str, *, actor: User, expected_version: int | None = None) -> None:
    """The composed text is printed again; what was written stays in the history. Raises NotAllowed, Conflict."""
    _opened(report, actor, expected_version)
    if SectionText.objects.filter(report=report, key=key).delete()[0]:
        _note(report, actor)


def editable_keys(report: YearEndReport) -> list[str]:
    """The sections of the report that are text; annexes are lists."""
    return [place["key"] for place in outline_in(report) if place["level"] != ANNEX]


def _opened(report: YearEndReport, actor: User, expected_version: int | None) -> Snapshot:
    report.case = engine.lock(report.case, expected_version=expected_version)
    if not rules.has_perm("reports.edit_report", actor, report.case):
        raise NotAllowed(_("The department of cooperation edits a report, until it is submitted."))
    if (snapshot := report.snapshot) is None:
        raise Refused(_("The figures are not frozen yet."))
    return snapshot


def _note(report: YearEndReport, actor: User) -> None:
    """Whoever edits the text does not decide on it; an old page no longer saves."""
    record_content(report.case, actor=actor)
    engine.bump(report.case)
