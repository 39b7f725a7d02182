"""What must be written down before an item of other work moves on?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.choices import Attendance, WorkKind
from reports.models import WorkItem
from reports.queries.figures import Ref
from reports.queries.reading import ref_words
from reports.queries.report_file import report_of_case
from reports.queries.sections import drifts_of, outline_in
from reports.queries.unit_parts import part_of
from reports.queries.work import label_of, work_of
from reports.queries.work_kinds import spec_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from intlcoop.workflow.models import Case

#: Days on which something happened: they cannot lie ahead once it is said to have happened.
PAST = ("reply_on", "request_on", "starts_on", "ends_on")


def has_something_to_approve(case: Case) -> list[str]:
    """A leader approves a text: typed here, or handed in as a file."""
    item, found = work_of(case), []
    if not item.body.strip():
        found.append(_("Say who receives it."))
    if not item.content.strip() and not case.attachments.current().filter(kind="draft").exists():
        found.append(_("Write the main content, or attach the draft."))
    return found


def is_done(case: Case) -> list[str]:
    """What this kind needs besides, and no day in the future."""
    item, found, today = work_of(case), [], timezone.localdate()
    spec = spec_of(item.kind)
    for name in spec.needed:
        if getattr(item, name) in (None, "", []):
            found.append(_("Enter: %(field)s.") % {"field": label_of(item.kind, name)})
    for name in PAST:
        day = getattr(item, name)
        if name in spec.needed and day is not None and day > today:
            found.append(_("“%(field)s” lies in the future.") % {"field": label_of(item.kind, name)})
    return [*found, *(meeting_says_something(item) if item.kind == WorkKind.MEETING else [])]


def meeting_says_something(item: WorkItem) -> list[str]:
    if item.conclusions.exists() or item.result.strip():
        return []
    return [_("Write down the conclusions, or a summary.")]


def attendance_problems(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """A meeting of tomorrow was neither attended nor missed, and a day stands once."""
    today, found = timezone.localdate(), []
    days = [row["on"] for row in rows]
    if any(row["on"] > today and row["status"] in Attendance.HELD for row in rows):
        found.append(_("A meeting that is still to come cannot be attended or missed yet."))
    if len(days) != len(set(days)):
        found.append(_("Each day stands once: one of them is here twice."))
    return found


# --- reports ----------------------------------------------------------------------------------------------------------


def texts_match_figures(case: Case) -> list[str]:
    """A text by hand was written over certain figures: when they have changed, somebody looks at it once more."""
    report = report_of_case(case)
    if (snapshot := report.snapshot) is None:
        return [_("The figures are not frozen yet.")]
    titles = {place["key"]: place["title"] for place in outline_in(report)}
    found = []
    for key, drift in drifts_of(report, snapshot).items():
        if drift.figures and key in titles:
            changes = "; ".join(
                f"{ref_words(Ref.parse(ref), snapshot)}: {before or _('none')} → {now or _('none')}"
                for ref, before, now in drift.figures[:3]
            )
            words = _(
                "“%(section)s”: figures have changed since the text was written by hand (%(changes)s). Look at it and save it."
            )
            found.append(words % {"section": titles[key], "changes": changes})
    return found


def nothing_is_being_made(case: Case) -> str | None:
    """Figures that are being collected would not be those that were read."""
    job = report_of_case(case).job
    if job.is_live and "printed" not in job.params:
        return _("The figures are being collected. Wait until that is done, then submit.")
    return None


def part_says_something(case: Case) -> str | None:
    """A text, or that there was nothing: an empty part says neither."""
    part = part_of(case)
    if part.texts.exists() or part.confirmations.exists():
        return None
    return _("Write under at least one heading, or confirm of what there was nothing.")
