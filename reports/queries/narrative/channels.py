"""Sections by channel of cooperation: the United Nations, ASEAN, forums, bilateral, non-governmental (articles 002 and 004)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agreements.choices import MechanismPart, PartnerTier
from reports.choices import Channel, Key, RowKind
from reports.queries.figures import Row
from reports.queries.narrative.blocks import Block, paragraph, plain
from reports.queries.narrative.material import Material

#: So many partners of a channel are named.
NAMED = 12
PARTS: Mapping[str, tuple[str, str]] = {
    MechanismPart.MEMBER: ("{holder} là thành viên {mechanism}", "{holder} is a member of {mechanism}"),
    MechanismPart.FOCAL_POINT: ("{holder} là đầu mối {mechanism}", "{holder} is the focal point for {mechanism}"),
    MechanismPart.ROTATING_CHAIR: (
        "{holder} là Chủ tịch luân phiên {mechanism}",
        "{holder} chairs {mechanism} in rotation",
    ),
    MechanismPart.LEAD: (
        "{holder} chủ trì, tham mưu công tác {mechanism} trong nước",
        "{holder} leads the work on {mechanism} inside the country",
    ),
    MechanismPart.OBSERVER: ("{holder} là quan sát viên {mechanism}", "{holder} is an observer of {mechanism}"),
}


def channel_section(material: Material, channel: Channel) -> list[Block]:
    """Mechanisms with our part in them, what was held and attended there, its partners, and what was done with them."""
    sentences = (
        *mechanisms(material, channel),
        *meetings(material, channel),
        *after_the_period(material, channel),
        *documents(material, channel),
        partners(material, channel),
        *(helpers(material) if channel == Channel.NGO else ()),
        dealings(material, channel),
    )
    return [paragraph(text) for text in sentences if text]


def of_channel(rows: Sequence[Mapping[str, Any]], channel: Channel) -> list[Any]:
    return [row for row in rows if row.get("channel") == channel]


# --- mechanisms -----------------------------------------------------------------------------------------------------


def mechanisms(material: Material, channel: Channel) -> Iterator[str]:
    """Which there are, and what we are in them."""
    voice, known = material.voice, of_channel(material.told("mechanisms"), channel)
    if known:
        yield voice(
            "{ministry} tham gia, theo dõi hợp tác trong khuôn khổ: {named}",
            "{ministry} takes part in or follows: {named}",
            ministry=material.ministry,
            named=voice.listed(called(material, each) for each in known),
        )
    roles = [role_said(material, each, role) for each in known for role in each["roles"]]
    if roles:
        yield voice("Về vai trò: {roles}", "Roles: {roles}", roles=voice.listed(roles))


def called(material: Material, mechanism: Mapping[str, Any]) -> str:
    """ "Diễn đàn Hợp tác Á - Âu (ASEM)"."""
    name = material.voice.name(mechanism["name"])
    return f"{name} ({mechanism['short']})" if mechanism["short"] and mechanism["short"] not in name else name


def role_said(material: Material, mechanism: Mapping[str, Any], role: Mapping[str, Any]) -> str:
    """ "Bộ Nội vụ là Chủ tịch luân phiên ACCSM lần thứ 21"."""
    voice = material.voice
    holder = plain(role["holder"]) or voice.name(role["unit"]["name"]) or material.ministry
    number = voice(" lần thứ {n}", " {n}", n=role["session"]) if role["session"] else ""
    called_short = mechanism["short"] or voice.name(mechanism["name"])
    return voice(*PARTS[role["part"]], holder=holder, mechanism=f"{called_short}{number}")


def meetings(material: Material, channel: Channel) -> Iterator[str]:
    """What was held and attended in the mechanisms of this channel, by name and day."""
    voice = material.voice
    for hosted, key, begin, english in (
        (True, Key.HOSTED, "Đã chủ trì tổ chức {said}: {named}", "Held {said}: {named}"),
        (False, Key.EVENTS_ATTENDED, "Đã tham dự {said}: {named}", "Attended {said}: {named}"),
    ):
        rows = [
            row
            for row in of_channel(material.of(RowKind.EVENT), channel)
            if row["hosted"] is hosted and row.get("mechanisms")
        ]
        found = material.in_channel(channel, key)
        if rows and found:
            said = voice.counted(*found, "hoạt động", "event", "events")
            yield voice(begin, english, said=said, named=voice.titled(rows, keep=20, dated=True))
    alone = [
        row for row in of_channel(material.of(RowKind.SESSION), channel) if not row["file"] and row["status"] == "held"
    ]
    if alone:
        yield voice("Các phiên họp khác: {named}", "Other sessions: {named}", named=voice.titled(alone, dated=True))


def after_the_period(material: Material, channel: Channel) -> Iterator[str]:
    """What took place between the end of the period and the day of the figures; it counts in no figure."""
    voice = material.voice
    past = [row for row in of_channel(material.told("later"), channel) if row["done"] and row["kind"] != RowKind.WORK]
    for hosted, begin, english in ((True, "đã chủ trì tổ chức", "held"), (False, "đã tham dự", "attended")):
        if rows := [row for row in past if bool(row["hosted"]) is hosted]:
            yield voice(
                "Sau kỳ báo cáo, đến ngày {day}, {begin}: {named}",
                "After the period, by {day}, {begin}: {named}",
                day=material.as_of_said,
                begin=voice(begin, english),
                named=voice.titled(rows, dated=True),
            )


def documents(material: Material, channel: Channel) -> Iterator[str]:
    """The papers of statements and goals of these mechanisms that domestic documents carry out."""
    voice = material.voice
    found = [law for each in of_channel(material.told("mechanisms"), channel) for law in each["laws"] if law["about"]]
    if found:
        named = voice.listed(plain(each["about"]) for each in found)
        yield voice("Đang triển khai: {named}", "Being carried out: {named}", named=named)


# --- partners -------------------------------------------------------------------------------------------------------


def partners(material: Material, channel: Channel) -> str:
    """Those of the channel, the old friends first; named while they are few."""
    voice = material.voice
    rows = [row for row in of_channel(material.of(RowKind.PARTNER), channel) if not is_placeholder(row)]
    if channel == Channel.BILATERAL:
        rows = [row for row in rows if row["tier"] in (PartnerTier.STRATEGIC, PartnerTier.TRADITIONAL) or row["active"]]
    if not rows:
        return ""
    found = material.in_channel(channel, Key.PARTNERS)
    rows.sort(key=lambda row: row["tier"] not in (PartnerTier.STRATEGIC, PartnerTier.TRADITIONAL))
    items = [voice.name(row["title"]) for row in rows[:NAMED]]
    named = voice.listed([*items, "…"] if len(rows) > NAMED else items)
    if found and channel != Channel.BILATERAL:
        said = voice.counted(*found, "đối tác", "partner", "partners")
        return voice("Có quan hệ với {said}: {named}", "Relations with {said}: {named}", said=said, named=named)
    return voice("Đối tác truyền thống và đối tác có hoạt động trong kỳ: {named}",
                 "Traditional partners and those with activities in the period: {named}", named=named)  # fmt: skip


def is_placeholder(row: Row) -> bool:
    """A partner that a source only counts."""
    return "nguồn không nêu tên" in row["title"]


def helpers(material: Material) -> Iterator[str]:
    """Groups of partners, and with what organisations help."""
    voice = material.voice
    if named := [voice.name(each["name"]) for each in material.told("groups")]:
        yield voice(
            "Các nhóm đối tác đang phối hợp: {named}",
            "Groups of partners worked with: {named}",
            named=voice.listed(named),
        )
    fields = list(dict.fromkeys(field for each in material.told("helpers") for field in each["fields"]))
    if fields:
        yield voice("Lĩnh vực hỗ trợ: {fields}", "Fields of support: {fields}", fields=voice.listed(map(plain, fields)))
    offers = list(
        dict.fromkeys(plain(each["capacity"]) for each in material.told("helpers") if each["capacity"].strip())
    )
    if offers:
        yield voice(
            "Nội dung có thể hỗ trợ: {offers}", "They can help with: {offers}", offers=voice.listed(offers[:NAMED])
        )


def dealings(material: Material, channel: Channel) -> str:
    """How often one met with partners of this channel, and what was signed."""
    voice, parts = material.voice, []
    for key, vietnamese, english in (
        (Key.TOTAL, "{said} đi công tác", "{said} went out"),
        (Key.VISITS, "{said} đến làm việc", "{said} came"),
        (Key.SIGNED, "{said} được ký", "{said} signed"),
        (Key.PROJECTS, "{said} đang thực hiện", "{said} under way"),
    ):
        if found := material.in_channel(channel, key):
            nouns = NOUNS[key]
            parts.append(voice(vietnamese, english, said=voice.counted(*found, *nouns)))
    if not parts:
        return ""
    return voice("Về hoạt động trong kỳ: {parts}.", "Activities in the period: {parts}.", parts="; ".join(parts))


NOUNS = {
    Key.TOTAL: ("đoàn ra", "delegation", "delegations"),
    Key.VISITS: ("đoàn vào", "delegation", "delegations"),
    Key.SIGNED: ("thỏa thuận", "agreement", "agreements"),
    Key.PROJECTS: ("chương trình, dự án", "programme or project", "programmes and projects"),
}
