"""What passes on with a unit in this room: the files that somebody has still to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from intlcoop.people.heirs import Estate, register_estate
from intlcoop.people.models import OrgUnit
from intlcoop.workflow import registry
from intlcoop.workflow.choices import StepState
from intlcoop.workflow.models import Case, Step


def undecided_files(user: Any, ids: set[int]) -> Any:
    waiting = Step.objects.open().filter(case=OuterRef("pk"))
    return Case.objects.visible_to(user).filter(Exists(waiting), unit__in=ids)


def register() -> None:
    register_estate(40, Estate("files", _("Files being decided"), undecided_files, lambda unit: ""))


def unfinished_files(unit_ids: set[int], living: Mapping[str, Iterable[str]]) -> Any:
    """The files of these units on which something is still to be done: drafts, what is on its route, and what `living` says
    of a kind ({kind: states}) beyond its route."""
    wanted = Q(pk__in=[])
    for kind in registry.all_kinds():
        route = {kind.lifecycle.initial, *kind.lifecycle.editable, *kind.lifecycle.in_route, *living.get(kind.code, ())}
        wanted |= Q(kind=kind.code, state__in=sorted(map(str, route)))
    return Case.objects.filter(wanted, unit__in=unit_ids).order_by("kind", "number")


@transaction.atomic
def hand_over(case: Case, unit: OrgUnit) -> Case:
    """A division of units gives this file to another one: what is still to be decided waits for that one's offices."""
    old = case.unit_id
    case.unit = unit
    case.save(update_fields=["unit"])
    waiting = Step.objects.current().filter(case=case, unit=old, state__in=(StepState.PENDING, StepState.OPEN))
    for step in waiting:
        step.unit = unit
        step.save(update_fields=["unit"])
    return case
