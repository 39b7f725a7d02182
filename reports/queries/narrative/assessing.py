"""The general assessment, as far as figures bear it: what grew, what was kept, what is overdue. Judgement is written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.choices import Key, RowKind
from reports.queries.narrative.blocks import Block, paragraph, plain
from reports.queries.narrative.material import Material

#: What is compared with the year before: key, noun.
COMPARED: tuple[tuple[Key, tuple[str, str]], ...] = (
    (Key.LED, ("đoàn ra do Bộ chủ trì", "outbound delegations led by the ministry")),
    (Key.ACCOMPANYING, ("đoàn tháp tùng", "accompanying delegations")),
    (Key.VISITS, ("đoàn vào", "inbound delegations")),
    (Key.HOSTED, ("hội nghị, hội thảo quốc tế chủ trì", "international events held")),
    (Key.EVENTS_ATTENDED, ("hội nghị, hội thảo quốc tế tham dự", "international events attended")),
    (Key.SIGNED, ("thỏa thuận được ký", "agreements signed")),
    (Key.TASKS, ("công việc phối hợp", "coordination tasks")),
    (Key.TRAININGS, ("khóa đào tạo, bồi dưỡng", "training courses")),
)


def strengths(material: Material) -> list[Block]:
    return [paragraph(text) for text in _strengths(material)]


def _strengths(material: Material) -> Iterator[str]:
    voice = material.voice
    year = str(material.period.year - 1)
    if up := list(_changed(material, year, up=True)):
        yield voice(
            "So với năm {year}, tăng: {parts}.", "More than in {year}: {parts}.", year=year, parts="; ".join(up)
        )
    for key, vietnamese, english, nouns in (
        (Key.NEW_PARTNERS, "Đã thiết lập quan hệ với {said}.", "Relations were taken up with {said}.",
         ("đối tác mới", "new partner", "new partners")),
        (Key.KEPT, "Đã thực hiện xong {said}.", "Carried out: {said}.",
         ("cam kết với đối tác", "commitment to partners", "commitments to partners")),
        (Key.PLAN_DONE, "Đã hoàn thành {said} trong kế hoạch năm.", "Completed: {said} of the plan.",
         ("hoạt động", "line", "lines")),
    ):  # fmt: skip
        if found := material.get(key):
            yield voice(vietnamese, english, said=voice.counted(found, key, *nouns))
    sent, asked = material.get(Key.UNITS_SENT), material.get(Key.UNITS_ASKED)
    if sent and asked and sent["value"] == asked["value"]:
        said = voice.counted(sent, Key.UNITS_SENT, "đơn vị", "unit", "units")
        yield voice("Cả {said} được yêu cầu đều đã gửi báo cáo.", "All {said} asked sent their reports.", said=said)


def _changed(material: Material, year: str, *, up: bool) -> Iterator[str]:
    """ "đoàn vào (từ 12 lên 18)"; only exact figures are compared."""
    before = material.figures.get("years", {}).get(year, {})
    voice = material.voice
    for key, nouns in COMPARED:
        now, then = material.get(key), before.get(key)
        if not now or not then or now["qualifier"] or then["qualifier"] or now.get("until"):
            continue
        if now["value"] != then["value"] and (now["value"] > then["value"]) is up:
            said = voice.counted(now, key, "", "", "")
            yield voice(
                "{noun} (từ {then} lên {now})" if up else "{noun} (từ {then} xuống {now})",
                "{noun} (from {then} to {now})",
                noun=voice(*nouns),
                then=f"{then['value']:02d}" if not voice.is_english else then["value"],
                now=said,
            )


def limits(material: Material) -> list[Block]:
    return [paragraph(text) for text in _limits(material)]


def _limits(material: Material) -> Iterator[str]:
    """What the figures show to be late, missing or asleep."""
    voice = material.voice
    for key, vietnamese, english, nouns in (
        (Key.OVERDUE, "Còn {said} quá hạn chưa hoàn thành.", "Overdue: {said}.",
         ("cam kết", "commitment", "commitments")),
        (Key.DORMANT, "Có {said} đang có hiệu lực nhưng lâu không phát sinh hoạt động.",
         "Nothing happened for long under {said}.",
         ("thỏa thuận", "agreement", "agreements")),
        (Key.OUT_OF_PLAN, "Còn {said} phát sinh ngoài kế hoạch.", "Outside the plan: {said}.",
         ("đoàn ra", "outbound delegation", "outbound delegations")),
        (Key.PLAN_NOT_YET, "Còn {said} trong kế hoạch chưa được triển khai.", "Not begun yet: {said} of the plan.",
         ("hoạt động", "line", "lines")),
        (Key.PLAN_DROPPED, "Có {said} trong kế hoạch không thực hiện được.", "Not carried out: {said} of the plan.",
         ("hoạt động", "line", "lines")),
        (Key.MEETINGS_MISSED, "Chưa tham dự được {said}.", "Not attended: {said}.",
         ("cuộc họp định kỳ", "recurring meeting", "recurring meetings")),
        (Key.UNITS_MISSING, "Còn {said} chưa gửi báo cáo theo yêu cầu.", "Reports are missing from {said}.",
         ("đơn vị", "unit", "units")),
    ):  # fmt: skip
        found = material.get(key)
        if found and found["value"]:
            yield voice(vietnamese, english, said=voice.counted(found, key, *nouns))
    late = [
        row
        for kind in (RowKind.OUTBOUND, RowKind.INBOUND, RowKind.EVENT)
        for row in material.of(kind)
        if row["state"] == "report_due"
    ]
    if late:
        yield voice(
            "Còn {n} hồ sơ đoàn ra, đoàn vào, hội nghị, hội thảo chưa có báo cáo kết quả.",
            "The reports on {n} delegations and events are still missing.",
            n=f"{len(late):02d}" if not voice.is_english else len(late),
        )
    year = str(material.period.year - 1)
    if down := list(_changed(material, year, up=False)):
        yield voice(
            "So với năm {year}, giảm: {parts}.", "Fewer than in {year}: {parts}.", year=year, parts="; ".join(down)
        )


def causes(material: Material) -> list[Block]:
    """The reasons that were written down for lines of the plan that were not carried out or moved."""
    reasons: dict[str, list[Any]] = {}
    for row in material.of(RowKind.PLAN_LINE):
        if not row["next"] and row["progress"] in ("dropped", "moved") and (row["reason_text"] or "").strip():
            reasons.setdefault(plain(row["reason_text"]), []).append(row)
    if not reasons:
        return []
    voice = material.voice
    items = [
        voice("{reason} ({n} hoạt động)", "{reason} ({n})", reason=text, n=f"{len(rows):02d}")
        for text, rows in reasons.items()
    ]
    named = voice.listed(items)
    text = voice(
        "Lý do các hoạt động trong kế hoạch không thực hiện hoặc chuyển thời gian: {named}",
        "Reasons why lines of the plan were not carried out or moved: {named}",
        named=named,
    )
    return [paragraph(text)]
