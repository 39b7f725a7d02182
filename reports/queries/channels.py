"""By which way do we work with somebody? Partners and mechanisms by their kinds (article 004, domain.md A5 II.4 to II.6)."""

from __future__ import annotations

from typing import Any

from agreements.choices import MechanismKind, PartnerKind
from agreements.models import Mechanism
from reports.choices import Channel

OF_PARTNERS = {
    PartnerKind.UN_AGENCY: Channel.UNITED_NATIONS,
    PartnerKind.IFI: Channel.UNITED_NATIONS,
    PartnerKind.INTERGOVERNMENTAL: Channel.UNITED_NATIONS,
    PartnerKind.INGO: Channel.NGO,
    PartnerKind.NGO: Channel.NGO,
    PartnerKind.DONOR_GROUP: Channel.NGO,
    PartnerKind.FOREIGN_MINISTRY: Channel.BILATERAL,
    PartnerKind.EMBASSY: Channel.BILATERAL,
}
OF_MECHANISMS = {
    MechanismKind.REGIONAL: Channel.REGIONAL,
    MechanismKind.INTERREGIONAL: Channel.FORUM,
    MechanismKind.SUB_REGIONAL: Channel.FORUM,
    MechanismKind.UN_BODY: Channel.UNITED_NATIONS,
    MechanismKind.BILATERAL: Channel.BILATERAL,
    MechanismKind.DOMESTIC: Channel.DOMESTIC,
}


def channel_of(partner: Any, *, with_country: bool = False) -> Channel:
    """Of a partner; a body that belongs to a country, and a country alone, is bilateral. Not stated where neither is known."""
    if partner is None:
        return Channel.BILATERAL if with_country else Channel.UNKNOWN
    kind = PartnerKind(partner.kind)
    if kind in OF_PARTNERS:
        return OF_PARTNERS[kind]
    return Channel.BILATERAL if partner.country_id else Channel.UNKNOWN


def channel_in(mechanisms: list[dict[str, str]]) -> Channel:
    """Of what takes place in a mechanism: the channel of the mechanism itself."""
    return OF_MECHANISMS[MechanismKind(mechanisms[0]["kind"])] if mechanisms else Channel.UNKNOWN


class Tree:
    """The mechanisms, read once: each with those above it, from itself upwards."""

    def __init__(self) -> None:
        self.places = {row.pk: row for row in Mechanism.objects.all()}

    def path(self, mechanism_id: int | None) -> list[dict[str, str]]:
        """[{"key", "name", "short", "kind"}, ...] from itself upwards."""
        found, seen = [], set()
        while mechanism_id in self.places and mechanism_id not in seen:
            seen.add(mechanism_id)
            row = self.places[mechanism_id]
            found.append({"key": str(row.pk), "name": row.name_vi, "short": row.short_name, "kind": row.kind})
            mechanism_id = row.parent_id
        return found
