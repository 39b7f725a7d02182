"""A small world of links around three partners, and where each of them points: for the tests of mergers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from agreements.models import (
    AgreementParty,
    GroupMembership,
    InternationalAgreement,
    Partner,
    PartnerGroup,
    PartnerName,
    PartnerUnit,
)
from agreements.queries.partner_links import links
from agreements.services import create_partner, record_dealing, save_group, update_partner
from agreements.services.partners import refresh_names
from delegations.models import OutboundDelegation
from delegations.services import create_trip
from intlcoop.catalogues.models import CooperationField
from intlcoop.people.models import OrgUnit, User
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.models import Case

NAMES = ("Cơ quan thứ nhất", "Cơ quan thứ hai", "Cơ quan giữ lại", "Cơ quan trung gian")


@dataclass
class World:
    """Three partners that may become one and a fourth between them in the tree; what they may be linked to."""

    actor: User
    partners: list[Partner]
    groups: list[PartnerGroup]
    units: list[OrgUnit]
    fields: list[CooperationField]
    agreements: list[InternationalAgreement]
    trips: list[OutboundDelegation]


def build_world(actor: User, filer: User) -> World:
    units = list(OrgUnit.objects.order_by("pk")[:3])
    cases = [
        Case.objects.create(number=f"TTQT-2020-{n}", kind="agreement", title=f"{n}", unit=units[0], created_by=actor)
        for n in (1, 2)
    ]  # fmt: skip
    return World(
        actor=actor,
        partners=[create_partner(name_vi=name, kind="other", actor=actor) for name in NAMES],
        groups=[save_group(None, name_vi=f"Nhóm {n}", actor=actor) for n in (1, 2)],
        units=units,
        fields=list(CooperationField.objects.order_by("pk")[:2]),
        agreements=[InternationalAgreement.objects.create(case=case) for case in cases],
        trips=[create_trip(f"Chuyến đi {n}", OrgUnit.objects.get(code="CSDP"), actor=filer) for n in (1, 2)],
    )


#: (kind of link, which partner, which thing)
LINKS = st.lists(
    st.tuples(
        st.sampled_from(
            ["group", "unit", "field", "party", "trip", "dealing", "case_dealing", "name", "parent", "short"]
        ),
        st.integers(0, 3),
        st.integers(0, 1),
    ),
    max_size=14,
)


def tie(world: World, kind: str, who: int, what: int) -> None:
    """Make one link, if there is none of it yet."""
    partner = Partner.objects.get(pk=world.partners[who].pk)
    match kind:
        case "group":
            GroupMembership.objects.get_or_create(partner=partner, group=world.groups[what])
        case "unit":
            PartnerUnit.objects.get_or_create(partner=partner, unit=world.units[what])
        case "field":
            partner.fields.add(world.fields[what])
        case "party":
            AgreementParty.objects.get_or_create(partner=partner, agreement=world.agreements[what])
        case "trip":
            OutboundDelegation.everything.filter(pk=world.trips[what].pk).update(host_partner=partner)
        case "dealing" | "case_dealing":
            case = world.agreements[what].case if kind == "case_dealing" else None
            record_dealing(partner, on=dt.date(2026, 1, 5), kind="meeting", title="Gặp", unit=world.units[0], case=case)
        case "name":
            name = ("Tên chung", "Tên khác")[what]
            PartnerName.objects.get_or_create(partner=partner, folded=fold(name), defaults={"name": name})
            refresh_names(partner)
        case "short":
            update_partner(partner, short_name=("TC", "TK")[what], actor=world.actor)
        case "parent":
            above = Partner.objects.get(pk=world.partners[(who + 1 + what) % 4].pk)
            below = {partner.pk}
            while above.pk not in below and above.parent is not None:
                below.add(above.pk)
                above = above.parent
            if above.pk not in below:
                Partner.objects.filter(pk=partner.pk).update(parent=world.partners[(who + 1 + what) % 4])


def state(world: World) -> dict[str, Any]:
    """Where every link of every table points, and by which words each partner is found."""
    found: dict[str, Any] = {}
    for link in links():
        if link.model is PartnerName:
            rows = PartnerName.objects.values_list("partner", "folded", "kind").order_by("partner", "folded", "kind")
            found["names"] = list(rows)
            continue
        rows = link.model._base_manager.order_by("pk").values_list("pk", link.field.attname)
        found[f"{link.model._meta.label_lower}.{link.field.name}"] = list(rows)
    ids = [partner.pk for partner in world.partners]
    # The words of a partner's other names stand in no order.
    found["words"] = {
        pk: (set(text.split()), set(traces.split(" | ")), merged)
        for pk, text, traces, merged in Partner.objects.filter(pk__in=ids).values_list(
            "pk", "search_text", "likeness", "merged_into"
        )
    }
    return found
