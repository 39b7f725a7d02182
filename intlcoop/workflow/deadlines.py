"""The last day of an open step, and the office that holds it: both follow when the calendar or the offices change."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar, add_working_days
from intlcoop.workflow.models import Step
from intlcoop.workflow.querysets import StepQuerySet
from intlcoop.workflow.separation import conflicted_ids, free_holders


def due_day(step: Step, days: Calendar) -> dt.date | None:
    """Working days are counted from the day after the step opened; None while it has no term or is not open."""
    if step.due_working_days is None or step.opened_at is None:
        return None
    return add_working_days(timezone.localdate(step.opened_at), step.due_working_days, days)


@transaction.atomic
def recompute_deadlines() -> int:
    """Count the last days of all open steps again, after the days off changed; returns how many moved. Safe to repeat."""
    days, moved = calendar(), 0
    open_steps: StepQuerySet = Step.objects.open().filter(due_working_days__isnull=False)
    for step in open_steps.select_for_update().order_by("pk"):
        due = due_day(step, days)
        if due != step.due_on:
            step.due_on = due
            step.save(update_fields=["due_on"])
            moved += 1
    return moved


@transaction.atomic
def refresh_acting_offices(on: dt.date) -> int:
    """Let every open step wait at the office that has to act today; returns how many changed hands. Safe to repeat.

    Somebody who filed a file and left office since no longer sends its step upwards, and the other way round.
    """
    changed = 0
    steps: StepQuerySet = Step.objects.open().select_for_update(of=("self",))
    for step in steps.select_related("case", "unit", "assigned_to").order_by("pk"):
        office, _holders = free_holders(step, conflicted_ids(step.case), on)
        if office != step.acting_office:
            step.acting_office = office
            step.save(update_fields=["acting_office"])
            changed += 1
    return changed
