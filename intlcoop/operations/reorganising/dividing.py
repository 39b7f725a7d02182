"""Dividing a unit: every record is asked for; what is given to no other passes to the first successor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.aid import ProjectState
from agreements.choices import AgreementState, AmendmentState, CommitmentState
from agreements.models import PartnerUnit
from agreements.services import hand_over_partner
from delegations.choices import OutboundState
from intlcoop.people import reorganising
from intlcoop.people.models import OrgUnit, UnitChange, User
from intlcoop.people.reorganising import Decision
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import registry
from intlcoop.workflow.models import Case
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
    for record in records:
        heir = by_id.get(given.get(record.key, heirs[0].pk), heirs[0])
        if heir == heirs[0]:
            continue
        if isinstance(record.row, PartnerUnit):
            hand_over_partner(record.row, heir)
        else:
            handed.append(hand_over(record.row, heir).pk)
    change.memory[HANDED] = handed
    change.save(update_fields=["memory"])
    return change
