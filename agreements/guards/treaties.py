"""What must be written down before a national report moves on (W000-01, W001-01)?

A report that names a source is history: its dates and numbers may be unknown, but nothing of it may lie in the future.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.choices import TreatyPaperKind
from agreements.models import TreatyConsultation, TreatyPaper, TreatyReport
from agreements.series import lies_ahead, text_of
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

NAMED = 3


def report_of(case: Case) -> TreatyReport:
    return TreatyReport.objects.get(case=case)


def bodies_are_asked(case: Case) -> str | None:
    """Somebody is asked, by a letter with a day."""
    report = report_of(case)
    asked = list(report.consultations.all())
    if not asked:
        return _("Write down which bodies are asked for their opinion.")
    undated = [row.body for row in asked if row.sent_on is None]
    if undated and not report.source_text:
        return _("Enter the day on which these bodies were asked: %(bodies)s.") % {"bodies": listed(undated)}
    return None


def opinions_are_in(case: Case) -> str | None:
    """Everybody has answered, or their time is over: silence does not hold the report up for ever."""
    report, today = report_of(case), timezone.localdate()
    waiting = [row.body for row in report.consultations.all() if still_waits(row, today)]
    if not waiting or report.source_text:
        return None
    text = ngettext(
        "%(count)d body has not answered yet and still has time: %(bodies)s. "
        "Enter the answer, or the day by which it was to answer.",
        "%(count)d bodies have not answered yet and still have time: %(bodies)s. "
        "Enter the answers, or the day by which they were to answer.",
        len(waiting),
    )
    return text % {"count": len(waiting), "bodies": listed(waiting)}


def still_waits(row: TreatyConsultation, today: dt.date) -> bool:
    return row.answered_on is None and (row.due_on is None or row.due_on >= today)


def submission_is_there(case: Case) -> list[str]:
    return paper_problems(report_of(case), TreatyPaperKind.SUBMISSION)


def decision_is_there(case: Case) -> list[str]:
    report = report_of(case)
    found = paper_problems(report, TreatyPaperKind.DECISION)
    submitted, decided = (newest(report, kind) for kind in (TreatyPaperKind.SUBMISSION, TreatyPaperKind.DECISION))
    if submitted and decided and submitted.issued_on and decided.issued_on and decided.issued_on < submitted.issued_on:
        found.append(_("The decision is older than the submission that it answers. Check both dates."))
    return found


def newest(report: TreatyReport, kind: str) -> TreatyPaper | None:
    return report.chain.filter(kind=kind).last()


def paper_problems(report: TreatyReport, kind: str) -> list[str]:
    """A paper of this kind is written down, with number and day unless it is history."""
    paper, name = newest(report, kind), TreatyPaperKind(kind).label
    if paper is None:
        return [_("Write down the paper “%(paper)s” in the papers of the report.") % {"paper": name}]
    found = []
    if lies_ahead(paper.issued_on, paper.precision, timezone.localdate()):
        found.append(_("The day of “%(paper)s” lies in the future.") % {"paper": name})
    if not (report.source_text or paper.source_text):
        if not paper.number:
            found.append(_("Enter the number of “%(paper)s”.") % {"paper": name})
        if paper.issued_on is None:
            found.append(_("Enter the day of “%(paper)s”.") % {"paper": name})
    return found


def sending_is_known(case: Case) -> str | None:
    report = report_of(case)
    if report.sent_on is None:
        return _("Enter when the report was sent.")
    if lies_ahead(report.sent_on, report.sent_precision, timezone.localdate()):
        when = text_of(report.sent_on, report.sent_precision)
        return _("The day of sending (%(when)s) is still to come. Record it when the report is sent.") % {"when": when}
    return None


def defence_is_known(case: Case) -> str | None:
    report = report_of(case)
    if report.defended_on is None:
        return _("Enter when the report was defended.")
    if lies_ahead(report.defended_on, report.defended_precision, timezone.localdate()):
        when = text_of(report.defended_on, report.defended_precision)
        return _("The defence (%(when)s) is still to come. Record it when it has taken place.") % {"when": when}
    if report.sent_on is not None and report.defended_on < report.sent_on:
        return _("The report cannot be defended before it is sent. Check both dates.")
    return None


def paper_row_problems(rows: Sequence[dict[str, object]], today: dt.date) -> list[str]:
    """Papers as typed: a signed paper is not of tomorrow."""
    return [
        _("The day of “%(paper)s” lies in the future.") % {"paper": row.get("number") or row.get("title") or ""}
        for row in rows
        if lies_ahead(row.get("issued_on"), str(row.get("precision")), today)  # type: ignore[arg-type]
    ]


def answer_row_problems(rows: Sequence[dict[str, object]], today: dt.date) -> list[str]:
    found = []
    for row in rows:
        answered = row.get("answered_on")
        if isinstance(answered, dt.date) and answered > today:
            values = {"body": row.get("body"), "day": table_date(answered)}
            found.append(_("%(body)s cannot have answered on %(day)s, which is still to come.") % values)
    return found


def listed(bodies: Sequence[str]) -> str:
    more = len(bodies) - NAMED
    shown = ", ".join(bodies[:NAMED])
    return _("%(bodies)s and %(count)s more") % {"bodies": shown, "count": more} if more > 0 else shown
