"""Separation of duties: nobody decides a file that they created, travel in, or edited. Superusers included.

First another holder of the same office decides, then the next higher one; above the Minister is the Prime Minister. Nobody
decides in the name of a person concerned either: a substitute of the head who travels does not decide the head's trip.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from intlcoop.people import offices
from intlcoop.people.offices import Holder
from intlcoop.workflow import registry
from intlcoop.workflow.choices import StepKind

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, Step


def conflicted_ids(case: Case) -> set[int]:
    """Ids of the people who may decide nothing on this file: its creator, its members, whoever changed what it binds."""
    editors = case.content_versions.filter(changes_binding=True).values_list("created_by_id", flat=True)
    return {case.created_by_id, *editors, *registry.kind_of(case).participants(case)}


def free_holders(step: Step, conflicted: set[int], on: dt.date) -> tuple[str, list[Holder]]:
    """The office that has to act on this step, and the people who may, on this day.

    Goes up from the step's own office until somebody without a conflict holds it. Only a conflict climbs: an office that
    nobody holds is a vacancy to be filled or reassigned, not a reason for others to do its work. An office outside the
    ministry has no holders here: its answer is recorded (`StepKind.EXTERNAL_PERMISSION`, or the Prime Minister above the
    Minister).
    """
    return _free_holders(step, conflicted, on, matter_of(step.case, conflicted))


def matter_of(case: Case, conflicted: set[int]) -> offices.Matter:
    """What an office is asked to act on; the sum of the file is computed once, and only if somebody asks."""

    @cache
    def amount() -> Decimal | None:
        return registry.kind_of(case).amounts([case])[case.pk]

    return offices.Matter(kind=case.kind, concerned=frozenset(conflicted), amount=amount)


def above_ceiling(step: Step, conflicted: set[int], on: dt.date) -> list[Holder]:
    """Who would act on this step for somebody else, were its file not above the sum up to which they may."""
    if not offices.has_ceilings(on):
        return []
    matter = matter_of(step.case, conflicted)
    _office, free = _free_holders(step, conflicted, on, matter)
    _office, all_free = _free_holders(step, conflicted, on, replace(matter, amount=None))
    ids = {holder.user.pk for holder in free}
    return [holder for holder in all_free if holder.user.pk not in ids and holder.substitution is not None]


def _free_holders(step: Step, conflicted: set[int], on: dt.date, matter: offices.Matter) -> tuple[str, list[Holder]]:
    handed = step.assigned_to is not None and step.assigned_to_id not in conflicted and step.assigned_to.is_active
    if handed and (found := _assigned(step, conflicted, on, matter)):
        return step.office, found
    holders = _holders(step, step.office, on, matter)
    if not holders:
        return step.office, []
    office: str | None = step.office
    while office is not None:
        free = [holder for holder in holders if holder.user.pk not in conflicted]
        if free or office in offices.OUTSIDE:
            return office, free
        office = offices.next_higher(office, step.unit)
        holders = _holders(step, office, on, matter) if office else []
    return step.office, []


def _assigned(step: Step, conflicted: set[int], on: dt.date, matter: offices.Matter) -> list[Holder]:
    """The person to whom the step was handed, and who stands in for that person in its office; nobody when the person has
    left, so that the office itself takes the step up again."""
    assert step.assigned_to is not None
    try:
        own = offices.personal_holder(step.assigned_to, step.office, step.unit, on, matter)
    except ValueError:
        return []
    stand_ins = [
        holder
        for holder in _holders(step, step.office, on, matter)
        if holder.on_behalf_of == step.assigned_to and holder.user.pk not in conflicted
    ]
    return [own, *stand_ins]


def _holders(step: Step, office: str, on: dt.date, matter: offices.Matter) -> list[Holder]:
    if step.kind == StepKind.SIGN and office == offices.MINISTER:
        # Decree 30/2020, article 13: a deputy signs KT. for the head without any further order.
        return offices.signers_for_minister(on, matter)
    return offices.holders_of(office, step.unit, on, matter)


def may_act(user: User, step: Step, on: dt.date) -> Holder | None:
    """In what capacity this person may act on this step today; None if not at all."""
    _office, holders = free_holders(step, conflicted_ids(step.case), on)
    return next((holder for holder in holders if holder.user.pk == user.pk), None)


def may_take_over(person: User, step: Step, on: dt.date) -> bool:
    """Whether a step may be handed to this person: a holder of its office or of the next higher one."""
    matter = matter_of(step.case, conflicted_ids(step.case))
    higher = offices.next_higher(step.office, step.unit)
    codes = [step.office, *([higher] if higher else [])]
    return any(offices.can_act(person, code, step.unit, on, matter) is not None for code in codes)
