"""Dividing a unit: every record is asked for; what is given to no other passes to the first successor."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core import serializers
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from agreements.aid import ProjectState
from agreements.choices import AgreementState, AmendmentState, CommitmentState
from agreements.models import Partner, PartnerUnit
from agreements.services import hand_over_partner
from delegations.choices import OutboundState
from intlcoop.people import reorganising
from intlcoop.people.models import OrgUnit, UnitChange, User
from intlcoop.people.offices import UNIT_HEAD
from intlcoop.people.reorganising import Decision
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import registry
from intlcoop.workflow.choices import StepState
from intlcoop.workflow.models import Case, Step
from intlcoop.workflow.passing_on import hand_over, unfinished_files

#: Beyond the route something is still to be done in these states.
LIVING: Mapping[str, Sequence[str]] = {
    "agreement": AgreementState.LIVING,
    "agreement_change": (AmendmentState.SETTLED,),
    "project": (ProjectState.APPROVED, ProjectState.IMPLEMENTING),
    "commitment": CommitmentState.UNFINISHED,
    "outbound": (OutboundState.DECIDED, OutboundState.TRAVELLING, OutboundState.REPORT_DUE),
}
#: In the memory of a division: the files that it gave to another than the first successor.
HANDED = "handed"
#: And how everything that was given away comes back.
RETURNS = "returns"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing of the unit that somebody has to carry on."""

    key: str
    kind: Any
    title: str
    row: PartnerUnit | Case


def records_of(unit: OrgUnit, decision: Decision) -> list[Record]:
    """The partners and unfinished files of a unit and of those merged into it."""
    ids = OrgUnit.objects.lineage_ids([unit.pk], decision.on)
    partners = PartnerUnit.objects.filter(unit__in=ids, partner__merged_into__isnull=True).select_related("partner")
    found = [
        Record(f"p{row.pk}", _("Partners"), row.partner.name, row)
        for row in partners.order_by("partner__sort_key", "pk")
    ]
    cases = unfinished_files(ids, LIVING)
    return found + [
        Record(f"f{case.pk}", registry.kind_of(case).label, f"{shown(case.number)} {case.title}", case)
        for case in cases
    ]


@transaction.atomic
def divide_unit(
    unit: OrgUnit,
    heirs: Sequence[OrgUnit],
    *,
    decision: Decision,
    roles: Mapping[int, tuple[int, str]],
    given: Mapping[str, int],
    actor: User,
) -> UnitChange:
    """`roles` = {appointment: (id of the unit, role there)}, `given` = {key of a record: id of the unit}.

    Raises ValidationError.
    """
    records = records_of(unit, decision)
    change = reorganising.split_unit(unit, heirs, decision=decision, roles=roles, actor=actor)
    by_id, handed = {heir.pk: heir for heir in heirs}, []
    back = Returns(last_step=Step.objects.aggregate(last=Max("pk"))["last"] or 0)
    for record in records:
        heir = by_id.get(given.get(record.key, heirs[0].pk), heirs[0])
        if heir == heirs[0]:
            continue
        if isinstance(record.row, PartnerUnit):
            back.partners.append([record.row.pk, record.row.unit_id, heir.pk])
            back.rows.append(as_json(record.row))
            hand_over_partner(record.row, heir)
        else:
            back.cases.append([record.row.pk, record.row.unit_id, heir.pk])
            waiting = waiting_steps(record.row.pk).filter(unit=record.row.unit_id)
            back.steps += list(waiting.values_list("pk", flat=True))
            handed.append(hand_over(record.row, heir).pk)
    change.memory |= {HANDED: handed, RETURNS: asdict(back)}
    change.save(update_fields=["memory"])
    return change


# --- back again -----------------------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Returns:
    """[[record, unit before, unit after]], the steps that waited, the rows of partners as they were."""

    last_step: int = 0
    cases: list[list[int]] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    partners: list[list[int]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)


def returns_of(change: UnitChange) -> Returns:
    return Returns(**change.memory.get(RETURNS, {}))


def waiting_steps(case: int) -> Any:
    return Step.objects.current().filter(case=case, state__in=(StepState.PENDING, StepState.OPEN))


def as_json(row: PartnerUnit) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(serializers.serialize("json", [row]))[0]["fields"]
    return found


@transaction.atomic
def hand_back(change: UnitChange) -> None:
    """Every partner and file that was given to another unit is again of the unit that it came from."""
    handed = returns_of(change)
    for pk, before, after in handed.cases:
        case = Case.objects.select_for_update(of=("self",)).get(pk=pk)
        if case.unit_id != after:
            continue
        mine = Q(pk__in=handed.steps) | Q(pk__gt=handed.last_step, office=UNIT_HEAD)
        for step in waiting_steps(pk).filter(mine, unit=after):
            step.unit_id = before
            step.save(update_fields=["unit"])
        case.unit_id = before
        case.save(update_fields=["unit"])
    for (pk, before, after), kept in zip(handed.partners, handed.rows, strict=True):
        take_up_partner(pk, before, after, kept)


def take_up_partner(pk: int, before: int, after: int, kept: Mapping[str, Any]) -> None:
    """The row goes back; one that was not needed there is written again. Of a partner that was merged meanwhile its heir."""
    moved = PartnerUnit.objects.filter(pk=pk, unit=after).first()
    partner = moved.partner if moved is not None else Partner.objects.filter(pk=kept["partner"]).first()
    while partner is not None and partner.merged_into is not None:
        partner = partner.merged_into
    if partner is None or PartnerUnit.objects.filter(partner=partner, unit=before).exists():
        if moved is not None:
            moved.delete()
    elif moved is not None:
        moved.unit_id = before
        moved.save(update_fields=["unit"])
    else:
        fields = {name: kept[name] for name in ("since", "until", "content", "is_sample")}
        PartnerUnit.objects.create(partner=partner, unit_id=before, **fields)


def returning(change: UnitChange) -> list[tuple[Any, str]]:
    """What taking a division back returns, in words: (kind, title)."""
    handed = returns_of(change)
    partners = Partner.objects.filter(pk__in=[kept["partner"] for kept in handed.rows]).order_by("sort_key")
    cases = Case.objects.filter(pk__in=[pk for pk, _before, _after in handed.cases]).order_by("kind", "number")
    found: list[tuple[Any, str]] = [(_("Partners"), partner.name) for partner in partners]
    return found + [(registry.kind_of(case).label, f"{shown(case.number)} {case.title}") for case in cases]
