"""What is to come, what was asked for, what leaders said: directions, proposals, opinions, conclusions, the conference itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from delegations.choices import PlanKind
from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.joining import without_end
from reports.choices import Key, MeetingSort, RowKind
from reports.queries.figures import Ref
from reports.queries.narrative import blocks
from reports.queries.narrative.blocks import Block, bullets, cell, paragraph, plain
from reports.queries.narrative.material import Material

#: So many lines of the plan, commitments, agreements are named.
NAMED = 10
#: With one of these a title says that it is a meeting.
MEETING_WORDS = ("hội nghị", "buổi", "cuộc", "phiên", "hội thảo", "giao ban")
STILL = (
    (RowKind.OUTBOUND, Key.TOTAL, ("đoàn ra", "outbound delegation", "outbound delegations")),
    (RowKind.INBOUND, Key.VISITS, ("đoàn vào", "inbound delegation", "inbound delegations")),
    (RowKind.EVENT, Key.HOSTED, ("hội nghị, hội thảo chủ trì", "event held", "events held")),
    (RowKind.EVENT, Key.EVENTS_ATTENDED, ("hội nghị, hội thảo tham dự", "event attended", "events attended")),
    (RowKind.AGREEMENT, Key.SIGNED, ("thỏa thuận dự kiến ký", "agreement to be signed", "agreements to be signed")),
)
NEXT = (
    (Key.NEXT_OUTBOUND, PlanKind.OUTBOUND, ("đoàn ra", "outbound delegation", "outbound delegations")),
    (Key.NEXT_INBOUND, PlanKind.INBOUND, ("đoàn vào", "inbound delegation", "inbound delegations")),
    (Key.NEXT_EVENTS, PlanKind.EVENT, ("hội nghị, hội thảo quốc tế", "international event", "international events")),
)


def directions(material: Material) -> list[Block]:
    """Composed from what is decided on, next year's plan, open commitments, and what ends or falls due."""
    parts = (_still_to_come, _next_plan, _later, _wished, _commitments, _expiring, _reports_owed, _needs)
    return [paragraph(text) for part in parts for text in part(material)]


def _still_to_come(material: Material) -> Iterator[str]:
    voice, estimate = material.voice, material.figures.get("estimate", {})
    parts = [
        voice.counted(estimate[key], Ref.expected(key), *nouns) for _kind, key, nouns in STILL if key in estimate
    ]  # fmt: skip
    if parts:
        yield voice(
            "Từ sau ngày {day} đến hết kỳ báo cáo, theo các quyết định đã có, tiếp tục thực hiện {parts}.",
            "After {day}, until the end of the period, there will be, as decided: {parts}.",
            day=material.as_of_said,
            parts=", ".join(parts),
        )


def _next_plan(material: Material) -> Iterator[str]:
    voice, year = material.voice, material.period.year + 1
    parts = [voice.counted(found, key, *nouns) for key, _kind, nouns in NEXT if (found := material.get(key))]
    if not parts:
        return
    lines = [row for row in material.of(RowKind.PLAN_LINE) if row["next"]]
    approved = all(row["approved"] for row in lines)
    yield voice(
        "Tổ chức thực hiện kế hoạch năm {year}{draft}: {parts}.",
        "Carry out the plan of {year}{draft}: {parts}.",
        year=year,
        draft="" if approved else voice(" (đang trình phê duyệt)", " (not approved yet)"),
        parts=", ".join(parts),
    )
    leaders = [row for row in lines if row["head_rank"] in ("minister", "deputy_minister")]
    if leaders:
        yield voice("Trong đó, các đoàn do Lãnh đạo dẫn đầu: {named}", "Led by the leadership: {named}",
                    named=voice.titled(leaders, keep=NAMED))  # fmt: skip


def _later(material: Material) -> Iterator[str]:
    """Events that are agreed on for the time after the period, each with what is known of its day."""
    voice = material.voice
    coming = [row for row in material.told("later") if not row["done"] and row["kind"] != RowKind.WORK]
    for hosted, vietnamese, english in (
        (True, "Chuẩn bị và chủ trì tổ chức: {named}", "Prepare and hold: {named}"),
        (False, "Tham dự: {named}", "Attend: {named}"),
    ):
        if rows := [row for row in coming if bool(row["hosted"]) is hosted]:
            yield voice(vietnamese, english, named=voice.titled(rows, keep=20, dated=True))


def _wished(material: Material) -> Iterator[str]:
    voice = material.voice
    rows = [
        *material.told("wished"),
        *(row for row in material.told("later") if row["kind"] == RowKind.WORK and not row["done"]),
    ]
    if rows:
        yield voice("Tổ chức các khóa đào tạo, bồi dưỡng: {named}", "Hold these courses: {named}",
                    named=voice.titled(rows, keep=NAMED, dated=True))  # fmt: skip


def _commitments(material: Material) -> Iterator[str]:
    voice = material.voice
    rows = [row for row in material.of(RowKind.COMMITMENT) if row["open"]]
    found = material.get(Key.OPEN)
    if found and rows:
        named = [f"{without_end(plain(row['title']))}{_due(material, row)}" for row in rows[:NAMED]]
        yield voice(
            "Tiếp tục thực hiện {said} với đối tác: {named}",
            "Go on carrying out {said}: {named}",
            said=voice.counted(found, Key.OPEN, "cam kết", "commitment", "commitments"),
            named=voice.listed([*named, "…"] if len(rows) > NAMED else named),
        )


def _due(material: Material, row: Mapping[str, Any]) -> str:
    if not row["due_on"]:
        return ""
    return material.voice(" (hạn {day})", " (due {day})", day=material.voice.date(row["due_on"]))


def _expiring(material: Material) -> Iterator[str]:
    found, voice = material.get(Key.EXPIRING), material.voice
    if found:
        rows = [row for row in material.of(RowKind.AGREEMENT) if row["expiring"]]
        yield voice(
            "Rà soát, đề xuất gia hạn hoặc kết thúc {said} sắp hết hạn: {named}",
            "Review, and extend or end, {said}: {named}",
            said=voice.counted(
                found, Key.EXPIRING, "thỏa thuận", "agreement that expires soon", "agreements that expire soon"
            ),
            named=voice.titled(rows, keep=NAMED),
        )


def _reports_owed(material: Material) -> Iterator[str]:
    voice = material.voice
    rows = [row for row in material.of(RowKind.TREATY_REPORT) if not row["sent_on"] and row["due_on"]]
    if rows:
        named = voice.listed(f"{plain(row['title'])}{_due(material, row)}" for row in rows)
        yield voice("Hoàn thành báo cáo quốc gia: {named}", "Complete national reports: {named}", named=named)


def _needs(material: Material) -> Iterator[str]:
    voice, rows = material.voice, material.told("needs")
    if rows:
        named = [f"{plain(row['title'])} ({voice.name(row['unit']['name'])})" for row in rows[:NAMED]]
        yield voice(
            "Tìm kiếm đối tác cho nhu cầu của các đơn vị: {named}", "Look for partners for the needs of units: {named}",
            named=voice.listed([*named, "…"] if len(rows) > NAMED else named),
        )  # fmt: skip


# --- what was said ------------------------------------------------------------------------------------------------------


def proposals(material: Material) -> list[Block]:
    """What the department itself asked for."""
    said = [each["text"] for session in material.told("sessions") for each in session["opinions"] if each["of_icd"]]
    return _list(material, said, "{issuer} kiến nghị, đề xuất:", "{issuer} proposes:")


def opinions(material: Material) -> list[Block]:
    """What units said at sessions, each with its unit."""
    voice, items = material.voice, []
    for session in material.told("sessions"):
        for each in session["opinions"]:
            if not each["of_icd"]:
                who = voice.name(each["unit"]["name"]) or plain(each["speaker"])
                items.append(f"{who}: {_lower(plain(each['text']))}")
    return _list(material, items, "Các đơn vị có ý kiến, đề xuất:", "Units said and proposed:")


def conclusions(material: Material) -> list[Block]:
    """What leaders concluded, session by session, in the order in which it was written down."""
    found: list[Block] = []
    for session in material.told("sessions"):
        texts = [each["text"] for each in session["conclusions"]]
        found += _list(material, texts, "Kết luận tại {where}:", "Conclusions at {where}:", where=_at(session["title"]))
    return found


def _list(material: Material, texts: Iterable[str], vietnamese: str, english: str, **parts: str) -> list[Block]:
    items = [text for text in map(plain, texts) if text]
    if not items:
        return []
    ended = [f"{item.rstrip('.;')};" for item in items[:-1]] + [f"{items[-1].rstrip('.;')}."]
    return [paragraph(material.voice(vietnamese, english, issuer=material.issuer, **parts)), bullets(ended)]


def _at(title: str) -> str:
    """ "hội nghị triển khai …"; a meeting whose title is no meeting's is called one."""
    title = plain(title)
    return _lower(title) if _lower(title).startswith(MEETING_WORDS) else f"cuộc họp “{title}”"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def session(material: Material) -> list[Block]:
    """The conference that the report is made for: when, where, who, what about."""
    voice, found = material.voice, []
    for each in material.told("sessions"):
        if each["sort"] != MeetingSort.KICK_OFF:
            continue
        parts = [
            voice("ngày {day}", "{day}", day=voice.date(each["on"])) if each["on"] else "",
            voice("tại {place}", "at {place}", place=_lower(plain(each["place"]))) if each["place"] else "",
            voice("do {chair} chủ trì", "chaired by {chair}", chair=plain(each["chair"])) if each["chair"] else "",
        ]
        found.append(f"{plain(each['title'])}: {', '.join(filter(None, parts))}.")
        if each["attendees"]:
            who = _lower(plain(each["attendees"])).rstrip(".")
            found.append(voice("Thành phần tham dự: {who}.", "Attended by: {who}.", who=who))
        if each["content"]:
            found.append(plain(each["content"]))
    return [paragraph(text) for text in found if not text.endswith(": .")]


def rules(material: Material) -> list[Block]:
    """New documents of the period that no session spoke of already."""
    spoken = " ".join(each["content"] for each in material.told("sessions"))
    shown = {each["instrument"]["symbol"] for each in material.told("programmes") if each["instrument"]}
    items = [
        f"{plain(each['symbol'])}{_issued(material, each)}: {plain(each['title'])}"
        for each in material.told("instruments")
        if each["symbol"] not in spoken and each["symbol"] not in shown
    ]
    return _list(
        material,
        items,
        "Văn bản được ban hành hoặc có hiệu lực trong kỳ:",
        "New documents:",
    )


def _issued(material: Material, each: Mapping[str, Any]) -> str:
    return material.voice(" ngày {day}", " of {day}", day=material.voice.date(each["on"])) if each["on"] else ""


# --- by unit ------------------------------------------------------------------------------------------------------------

BY_UNIT = (
    ("Đoàn ra", Key.TOTAL),
    ("Đoàn vào", Key.VISITS),
    ("Thỏa thuận ký trong kỳ", Key.SIGNED),
    ("Thỏa thuận đã ký", Key.AGREEMENTS),
    ("Đối tác", Key.PARTNERS),
    ("Dự án", Key.PROJECTS),
)


def by_unit(material: Material) -> list[Block]:
    """The figures of each unit in one table; columns that no unit fills are left out."""
    voice, found = material.voice, material.figures.get("by_unit", {})
    columns = [(title, key) for title, key in BY_UNIT if any(key in figures for figures in found.values())]
    units = {
        unit["code"]: unit for row in material.rows for unit in row.get("units", [row["unit"]]) if unit["code"] in found
    }
    named = sorted(units.values(), key=lambda unit: (unit["position"], unit["code"]))
    named = [unit for unit in named if any(key in found[unit["code"]] for _title, key in columns)]
    if not columns or not named:
        return []
    rows = [
        {
            "cells": [
                cell(voice.name(unit["name"])),
                *(_figure_cell(found[unit["code"]], key, unit["code"]) for _t, key in columns),
            ]
        }
        for unit in named
    ]
    return [
        blocks.table(
            voice("Số liệu theo đơn vị", "Figures by unit"),
            [voice.word("Đơn vị"), *(voice.word(title) for title, _key in columns)],
            rows,
            widths=[40, *(14 for _ in columns)],
            aligns=["left", *("center" for _ in columns)],
        )
    ]


def _cells(found: Mapping[str, Any], unit: str, columns: Sequence[tuple[str, Key]]) -> list[blocks.Cell]:
    return [_figure_cell(found[unit], key, unit) for _title, key in columns]


def _figure_cell(figures: Mapping[str, Any], key: Key, unit: str) -> blocks.Cell:
    if key not in figures:
        return cell()
    found = figures[key]
    return cell(count(found["value"], found["qualifier"]), ref=Ref(str(key), "unit", unit))
