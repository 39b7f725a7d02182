"""Which open steps wait for a person: the queue behind "Chờ tôi xử lý"."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from intlcoop.people import offices
from intlcoop.people.principals import principal_of
from intlcoop.workflow import registry
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case, ContentVersion, Step
from intlcoop.workflow.querysets import StepQuerySet
from intlcoop.workflow.separation import may_act

if TYPE_CHECKING:
    from intlcoop.people.models import User


def waiting_for(user: User, on: dt.date) -> StepQuerySet:
    """The open steps that this person may act on today, in their own right or standing in, earliest due first.

    Steps of a body outside wait for those who record its answer: the ICD.
    """
    mine = Q(assigned_to=user) | _held(user, on)
    if principal_of(user).is_icd:
        mine |= Q(acting_office__in=offices.OUTSIDE)
    found: StepQuerySet = (
        Step.objects.open()
        .filter(mine)
        .exclude(_concerned(user))
        .select_related("case__unit", "case__created_by", "unit")
        .order_by("due_on", "opened_at", "pk")
    )
    return found.exclude(pk__in=_above_ceiling(user, found, on))


def _above_ceiling(user: User, steps: StepQuerySet, on: dt.date) -> list[int]:
    """Of these steps those that a ceiling of money leaves with the person away. Nothing is looked at without a ceiling."""
    ceilings = [row.ceiling for row in offices.stood_in_for(user, on) if row.ceiling is not None]
    if not ceilings:
        return []
    rows = [step for step in steps if step.acting_office not in offices.OUTSIDE]
    amounts: dict[int, Decimal | None] = {}
    for kind in {step.case.kind for step in rows}:
        amounts |= registry.get(kind).amounts([step.case for step in rows if step.case.kind == kind])
    lowest = min(ceilings)
    dear = [step for step in rows if (amount := amounts[step.case_id]) is None or amount > lowest]
    return [step.pk for step in dear if may_act(user, step, on) is None]


def _held(user: User, on: dt.date) -> Q:
    """Steps of the offices that this person may act in; a substitute of some kinds of files sees only those."""
    if not offices.may_hold_one(user, on):
        return Q(pk__in=[])
    rows = offices.stood_in_for(user, on)
    if not any(row.kinds for row in rows):
        return _of_offices(user, on, offices.ANY)
    held = Q(pk__in=[])
    for kind in registry.all_kinds():
        held |= Q(case__kind=kind.code) & _of_offices(user, on, offices.Matter(kind=kind.code))
    return held


def _of_offices(user: User, on: dt.date, matter: offices.Matter) -> Q:
    """In own right everything; in somebody else's name nothing that concerns that person, and what was handed to them."""
    own = frozenset(row.person_id for row in offices.stood_in_for(user, on))
    found = _steps_of(user, on, offices.Matter(kind=matter.kind, concerned=own), Q(assigned_to__isnull=True))
    for row in offices.stood_in_for(user, on):
        others = offices.Matter(kind=matter.kind, concerned=own - {row.person_id})
        theirs = Q(assigned_to__isnull=True) | Q(assigned_to=row.person)
        found |= _steps_of(user, on, others, theirs) & ~_concerned(row.person)
    return found


def _steps_of(user: User, on: dt.date, matter: offices.Matter, handed: Q) -> Q:
    found = Q(pk__in=[])
    for code, unit_ids in offices.offices_of(user, on, matter).items():
        office = Q(acting_office=code) & handed
        found |= office & Q(unit__in=unit_ids) if code in offices.OF_UNIT else office
    if any(holder.user.pk == user.pk for holder in offices.signers_for_minister(on, matter)):
        found |= Q(kind=StepKind.SIGN, acting_office=offices.MINISTER) & handed
    return found


def _concerned(person: User) -> Q:
    """Steps of files that this person filed, edited or travels in."""
    edited = ContentVersion.objects.filter(case=OuterRef("case"), created_by=person, changes_binding=True)
    taking_part = Case.objects.filter(registry.takes_part(person), pk=OuterRef("case"))
    return Q(case__created_by=person) | Q(Exists(edited)) | Q(Exists(taking_part))
