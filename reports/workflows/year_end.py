"""The lifecycle of a year-end report: ordered, then ready, failed or cancelled, all as its job goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.vietnamese.dates import table_date, table_range
from intlcoop.workflow import engine, notices, registry
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.registry import Summary
from reports.choices import ReportState
from reports.services import KIND

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange

S = ReportState


def tell_ready(case: Case, change: StatusChange, actor: User | None) -> None:
    _tell(case, change, ending=gettext("ready"), text=gettext("The report is ready. You can read and download it."))


def tell_failed(case: Case, change: StatusChange, actor: User | None) -> None:
    text = gettext("The report could not be made. %(reason)s") % {"reason": change.comment}
    _tell(case, change, ending=gettext("not made"), text=text)


def _tell(case: Case, change: StatusChange, *, ending: str, text: str) -> None:
    notices.tell(case, [case.created_by], event_key=f"status-{change.pk}", ending=ending, text=text)


YEAR_END = Lifecycle(
    states=ReportState,
    initial=S.ORDERED,
    transitions=(
        Transition(name="finish", label=_("Finish"), sources=(S.ORDERED,), target=S.READY, effects=(tell_ready,)),
        Transition(
            name="fail",
            label=_("Give up"),
            sources=(S.ORDERED,),
            target=S.FAILED,
            needs_comment=True,
            effects=(tell_failed,),
        ),
        Transition(name="cancel", label=_("Cancel the order"), sources=(S.ORDERED,), target=S.CANCELLED),
        Transition(name="order_again", label=_("Order again"), sources=S.STOPPED, target=S.ORDERED),
    ),
)


@transaction.atomic
def move(case: Case, name: str, *, comment: str = "") -> None:
    """Fire a transition as the consequence of the job; nothing when the report stands there already."""
    locked = engine.lock(case)
    transition = YEAR_END[name]
    if locked.state in transition.sources:
        engine.apply(locked, transition, actor=None, comment=comment)


def summary(case: Case) -> Summary:
    report = case.year_end_report
    days = table_range(report.first_day, report.last_day)
    return Summary(
        title=case.title,
        where="",
        when=days,
        who=str(case.created_by),
        url=reverse("reports:report", args=[case.number]),
        on=report.last_day,
        lines=((gettext("Period"), days), (gettext("Figures as of"), table_date(report.as_of))),
    )


def register() -> None:
    """Make the kind known to the engine (called from AppConfig.ready)."""
    registry.register(
        registry.FileKind(
            code=KIND,
            prefix="BC",
            label=_("Year-end report"),
            lifecycle=YEAR_END,
            summary=summary,
            history=lambda case: registry.Related(rows=[case.year_end_report]),
        )
    )
