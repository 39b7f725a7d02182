"""Sections on visits received, and on conferences and workshops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from delegations.event_choices import EventFormat
from reports.choices import Key, RowKind
from reports.queries.figures import Ref, Row
from reports.queries.figures.money import EVENTS_SPENT, INBOUND_COST
from reports.queries.narrative.blocks import Block, paragraph
from reports.queries.narrative.material import Material

#: So many visits are named one by one.
NAMED = 10
#: Forms in which events are held, as a sentence says them.
FORMS = (
    (EventFormat.IN_PERSON, "trực tiếp", "in person"),
    (EventFormat.ONLINE, "trực tuyến", "online"),
    (EventFormat.HYBRID, "trực tiếp kết hợp trực tuyến", "in hybrid form"),
)
EVENT_NOUNS = ("hội nghị, hội thảo, cuộc họp quốc tế", "international event", "international events")


def inbound(material: Material) -> list[Block]:
    """How many delegations and guests; where the total is a source's, what is known by name of it."""
    voice, rows = material.voice, material.of(RowKind.INBOUND)
    visits, guests = material.get(Key.VISITS), material.get(Key.GUESTS)
    if not visits:
        return []
    with_guests = ""
    if guests:
        said = voice.counted(guests, Key.GUESTS, "lượt khách", "guest", "guests")
        with_guests = voice(", với {said}", " with {said}", said=said)
    found = [
        voice(
            "{opening}, {ministry} đã tổ chức đón, tiếp {said} khách quốc tế đến thăm và làm việc{guests}.",
            "{opening}, {ministry} received {said}{guests}.",
            opening=material.opening(visits),
            ministry=material.ministry,
            said=voice.counted(visits, Key.VISITS, "đoàn", "foreign delegation", "foreign delegations"),
            guests=with_guests,
        )
    ]
    if rows and (visits["source"] is not None or len(rows) <= NAMED):
        found.append(voice("Trong đó có: {named}", "Among them: {named}", named=voice.titled(rows, keep=20)))
    if countries := material.get(Key.GUEST_COUNTRIES):
        said = voice.counted(countries, Key.GUEST_COUNTRIES, "quốc gia, vùng lãnh thổ", "country or territory",
                             "countries and territories", padded=False)  # fmt: skip
        found.append(voice("Các đoàn đến từ {said}.", "They came from {said}.", said=said))
    if sums := sums_of(material, INBOUND_COST):
        found.append(voice("Kinh phí đón tiếp: {sums}.", "Cost of reception: {sums}.", sums=sums))
    return [paragraph(text) for text in found]


def sums_of(material: Material, name: str) -> str:
    """The sums of one kind, each in its currency; "" without any."""
    voice, money = material.voice, material.figures.get("money", {})
    said = [voice.money(figure, key) for key, figure in money.items() if key.startswith(f"{name}.")]
    return voice(" và ", " and ").join(said)


def held(material: Material) -> list[Block]:
    """Held and attended apart; the one without records is not mentioned. What takes place in a mechanism of cooperation is named
    with its mechanism (narrative.channels)."""
    voice = material.voice
    parts: dict[str, list[str]] = {}
    for key, vietnamese, english in (
        (Key.HOSTED, "chủ trì tổ chức {said}", "held {said}"),
        (Key.EVENTS_ATTENDED, "tham dự {said}", "attended {said}"),
    ):
        if found := material.get(key):
            said = voice(vietnamese, english, said=voice.counted(found, key, *EVENT_NOUNS))
            parts.setdefault(material.opening(found), []).append(said)
    if not parts:
        return []
    text = [
        voice("{begin}, {ministry} đã {said}.", "{begin}, {ministry} {said}.", begin=begin, ministry=material.ministry,
              said=voice(" và ", " and ").join(said))
        for begin, said in parts.items()
    ]  # fmt: skip
    text += filter(None, (as_chair(material), by_form(material), sessions(material)))
    rows = [row for row in material.of(RowKind.EVENT) if not row.get("mechanisms")]
    for hosted, begin, english in ((True, "Đã chủ trì tổ chức", "Held"), (False, "Đã tham dự", "Attended")):
        if named := [row for row in rows if row["hosted"] is hosted]:
            text.append(voice("{begin}: {named}", "{begin}: {named}", begin=voice(begin, english),
                              named=voice.titled(named, dated=True)))  # fmt: skip
    if sums := sums_of(material, EVENTS_SPENT):
        text.append(voice("Kinh phí tổ chức: {sums}.", "Cost of the events held: {sums}.", sums=sums))
    return [paragraph(each) for each in text]


def as_chair(material: Material) -> str:
    chaired = material.get(Key.CHAIRED)
    if not chaired:
        return ""
    said = material.voice.counted(chaired, Key.CHAIRED, "hoạt động", "event", "events")
    return material.voice(
        "Trong đó, {said} được tổ chức với vai trò Chủ tịch luân phiên.",
        "Of these, {said} as rotating chair.",
        said=said,
    )


def by_form(material: Material) -> str:
    """How many in person, online and hybrid, as far as that is known."""
    voice, parts = material.voice, []
    for form, vietnamese, english in FORMS:
        found = material.figures.get("by_form", {}).get(str(form), {})
        total = [(key, found[key]) for key in (Key.HOSTED, Key.EVENTS_ATTENDED) if key in found]
        said = [
            voice.counted(
                each,
                Ref(str(key), "form", str(form)),
                "cuộc chủ trì" if key == Key.HOSTED else "cuộc tham dự",
                "held" if key == Key.HOSTED else "attended",
                "held" if key == Key.HOSTED else "attended",
            )
            for key, each in total
        ]
        if said:
            where = voice("theo hình thức {form}", "{form}", form=voice(vietnamese, english))
            parts.append(f"{voice(', ', ', ').join(said)} {where}")
    return voice("Xét theo hình thức: {parts}.", "By form: {parts}.", parts="; ".join(parts)) if parts else ""


def sessions(material: Material) -> str:
    """Sessions of mechanisms that took place without us are said here too: who does not come is asked why."""
    missed = material.get(Key.SESSIONS_MISSED)
    if not missed:
        return ""
    said = material.voice.counted(missed, Key.SESSIONS_MISSED, "phiên họp", "session", "sessions")
    return material.voice(
        "Có {said} của các cơ chế hợp tác chưa cử người tham dự.",
        "Nobody attended {said} of mechanisms of cooperation.",
        said=said,
    )


def of_mechanisms(rows: Sequence[Row], keys: set[str]) -> list[Any]:
    """The rows that belong to these mechanisms, directly or through a body of theirs."""
    return [row for row in rows if {each["key"] for each in row.get("mechanisms") or ()} & keys]
