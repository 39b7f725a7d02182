"""Opening the planning of a year: its orientation, the call to the units, the two plans with their files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import PlanLevel
from delegations.models import AnnualPlan, PlanYear
from delegations.queries.planning_people import everybody_planning
from intlcoop.notifications.services import notify
from intlcoop.people.principals import own_unit
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import parameters
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean, write
from intlcoop.workflow.services import open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: Names of papers are Vietnamese on every page.
TITLES = {
    PlanLevel.PM: "Kế hoạch cấp Bộ về hợp tác quốc tế năm {year} (do Thủ tướng Chính phủ phê duyệt)",
    PlanLevel.MINISTRY: "Kế hoạch hợp tác quốc tế năm {year} (do Bộ trưởng phê duyệt)",
}
FIRST_YEAR, LAST_YEAR = 2000, 2100


@transaction.atomic
def open_year(year: int, *, actor: User, fields: Mapping[str, Any] | None = None, is_sample: bool = False) -> PlanYear:
    """Begin the planning of a year: the year with its orientation, and a plan file for each level that has none.

    A plan that was approved before the portal keeps its row as it is. Raises NotAllowed, Refused (opened already).
    """
    if not rules.has_perm("delegations.plan_years", actor):
        raise NotAllowed(_("Only the ICD opens the planning of a year."))
    if PlanYear.objects.filter(year=year).exists():
        raise Refused(_("The planning of %(year)s is open already.") % {"year": year})
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(_("Give a year between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR})
    opened = PlanYear(year=year, is_sample=is_sample, adjustments_due_on=usual_adjustment_day(year))
    write(opened, {name: value for name, value in (fields or {}).items() if value or name != "adjustments_due_on"})
    unit = own_unit(actor)
    assert unit is not None
    for level in PlanLevel:
        plan = AnnualPlan.objects.filter(year=year, level=level).first()
        if plan is not None and (plan.case_id is not None or plan.approved_on is not None):
            continue
        title = TITLES[level].format(year=year)
        case = open_case("plan", title=title, unit=unit, actor=actor, year=year, is_sample=is_sample)
        plan = plan or AnnualPlan(year=year, level=level, is_sample=is_sample)
        plan.case, plan.title = case, title
        clean(plan)
        plan.save()
        record_content(case, actor=actor)
    return opened


def usual_adjustment_day(year: int) -> dt.date | None:
    """Until when units ask for adjustments unless the ICD says otherwise: the dated rule's day, None where none holds."""
    rule = parameters([ParameterKey.PLAN_ADJUST], dt.date(year, 1, 1)).get(ParameterKey.PLAN_ADJUST)
    return dt.date.fromisoformat(f"{year}-{rule.value}") if rule else None


@transaction.atomic
def update_year(opened: PlanYear, *, actor: User, fields: Mapping[str, Any]) -> PlanYear:
    """Correct the orientation or move a due day."""
    if not rules.has_perm("delegations.plan_years", actor):
        raise NotAllowed(_("Only the ICD opens the planning of a year."))
    write(opened, fields)
    return opened


@transaction.atomic
def call_units(opened: PlanYear, *, actor: User) -> int:
    """Ask every unit for its proposals: a notice and a mail to its head and focal point; returns how many people were told.

    May be repeated on another day as a reminder. Raises NotAllowed, Refused (no due day, or one that has passed).
    """
    if not rules.has_perm("delegations.plan_years", actor):
        raise NotAllowed(_("Only the ICD opens the planning of a year."))
    today = timezone.localdate()
    if opened.proposals_due_on is None:
        raise Refused(_("Say until when the units propose, then send the call."))
    if opened.proposals_due_on < today:
        raise Refused(_("The last day for proposals has passed. Set a later one, then send the call."))
    people = everybody_planning()
    new = notify(
        people,
        event_key=f"plan-call-{opened.year}-{today:%Y%m%d}",
        subject=_("Propose for the plan of international cooperation %(year)s · due %(day)s")
        % {"year": opened.year, "day": table_date(opened.proposals_due_on)},
        body=_call_text(opened),
        url=f"{opened.get_absolute_url()}de-xuat/",
    )
    opened.called_at = timezone.now()
    opened.save(update_fields=["called_at"])
    return len(new)


def _call_text(opened: PlanYear) -> str:
    """No money: a mail leaves the house."""
    lines = [
        _("Please enter what your unit plans for %(year)s, or answer “nothing planned”.") % {"year": opened.year},
        _("Last day: %(day)s.") % {"day": table_date(opened.proposals_due_on or dt.date.min)},
    ]
    if opened.orientation_title:
        paper = " ".join(part for part in (opened.orientation_number, opened.orientation_title) if part)
        lines.append(_("Orientation: %(paper)s") % {"paper": paper})
    return "\n".join([*lines, *([opened.orientation_text] if opened.orientation_text else [])])


@transaction.atomic
def set_consultation(plan: AnnualPlan, due_on: dt.date, *, actor: User) -> None:
    """Until when the units comment on the whole plan. Raises Refused for a day that has passed."""
    if not rules.has_perm("delegations.consolidate_plan", actor, plan):
        raise NotAllowed(_("Only the ICD puts the plan together."))
    if due_on < timezone.localdate():
        raise Refused(_("The last day for opinions has passed. Choose a later one."))
    plan.consultation_due_on = due_on
    plan.save(update_fields=["consultation_due_on"])
