"""Which open steps wait for a person: the queue behind "Chờ tôi xử lý"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from intlcoop.people import offices
from intlcoop.people.principals import principal_of
from intlcoop.workflow import registry
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case, ContentVersion, Step
from intlcoop.workflow.querysets import StepQuerySet

if TYPE_CHECKING:
    from intlcoop.people.models import User


def waiting_for(user: User, on: dt.date) -> StepQuerySet:
    """The open steps that this person may act on today, in their own right or standing in, earliest due first.

    Steps of a body outside wait for those who record its answer: the ICD.
    """
    held = offices.offices_of(user, on)
    mine = Q(assigned_to=user)
    for code, unit_ids in held.items():
        office = Q(acting_office=code, assigned_to__isnull=True)
        mine |= office & Q(unit__in=unit_ids) if code in offices.OF_UNIT else office
    if any(holder.user.pk == user.pk for holder in offices.signers_for_minister(on)):
        mine |= Q(kind=StepKind.SIGN, acting_office=offices.MINISTER, assigned_to__isnull=True)
    if principal_of(user).is_icd:
        mine |= Q(acting_office__in=offices.OUTSIDE)
    edited = ContentVersion.objects.filter(case=OuterRef("case"), created_by=user, changes_binding=True)
    taking_part = Case.objects.filter(registry.takes_part(user), pk=OuterRef("case"))
    return (
        Step.objects.open()
        .filter(mine)
        .exclude(case__created_by=user)
        .exclude(Exists(edited))
        .exclude(Exists(taking_part))
        .select_related("case__unit", "case__created_by", "unit")
        .order_by("due_on", "opened_at", "pk")
    )
