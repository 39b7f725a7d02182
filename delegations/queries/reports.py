"""What the engine and the pages ask of a trip report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from delegations.models import ReportMeeting
from delegations.queries.trips import outbound_summary
from intlcoop.workflow.registry import Related, Summary

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case


def report_content(case: Case) -> dict[str, Any]:
    report = case.trip_report
    return {
        "wording": {
            "results": report.results,
            "not_achieved": report.not_achieved,
            "recommendations": report.recommendations,
            "meetings": [
                f"{row.held_on} {row.counterpart} {row.content} {row.result}" for row in report.meetings.all()
            ],
        }
    }


def report_summary(case: Case) -> Summary:
    trip = case.trip_report.delegation
    inner = outbound_summary(trip.case)
    return Summary(
        title=case.title,
        where=inner.where,
        when=inner.when,
        who=inner.who,
        url=reverse("delegations:report", args=[trip.case.number]),
        on=inner.on,
        lines=inner.lines,
    )


def report_history(case: Case) -> Related:
    return Related(rows=[case.trip_report], follow=[(ReportMeeting, "report")])


def report_edit_url(case: Case) -> str:
    return reverse("delegations:report_edit", args=[case.trip_report.delegation.case.number])
