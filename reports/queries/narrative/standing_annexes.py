"""The annexes on agreements, projects, and the main figures beside the estimate and the years before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.numbers import format_money
from intlcoop.web.file_numbers import shown
from reports.choices import Key, RowKind, Window
from reports.queries.figures import Ref, Row
from reports.queries.narrative import blocks
from reports.queries.narrative.annexes import days_said
from reports.queries.narrative.blocks import Block, cell, plain
from reports.queries.narrative.material import Material
from reports.queries.narrative.other import list_of
from reports.queries.narrative.voice import Voice

AGREEMENT_COLUMNS = (
    ("TT", 11, "center"),
    ("Tên thỏa thuận", 84, "left"),
    ("Đối tác", 56, "left"),
    ("Nước", 30, "left"),
    ("Ngày ký", 30, "left"),
    ("Nơi ký", 36, "left"),
    ("Thời hạn", 30, "left"),
    ("Đơn vị chủ trì", 40, "left"),
)
PROJECT_COLUMNS = (
    ("TT", 11, "center"),
    ("Tên chương trình, dự án", 80, "left"),
    ("Nhà tài trợ", 48, "left"),
    ("Viện trợ", 40, "left"),
    ("Vốn đối ứng", 40, "left"),
    ("Thời gian", 36, "left"),
    ("Địa bàn", 40, "left"),
    ("Đơn vị chủ trì", 40, "left"),
)
#: What stands in the table of figures: key, name in Vietnamese and in English.
MAIN: tuple[tuple[Key, str, str], ...] = (
    (Key.LED, "Đoàn ra do Bộ chủ trì", "Outbound delegations led by the ministry"),
    (
        Key.ACCOMPANYING,
        "Đoàn tháp tùng Lãnh đạo Đảng, Nhà nước và Chính phủ",
        "Delegations accompanying senior leaders",
    ),
    (Key.IN_PLAN, "Đoàn ra trong kế hoạch", "Outbound delegations in the plan"),
    (Key.OUT_OF_PLAN, "Đoàn ra ngoài kế hoạch", "Outbound delegations outside the plan"),
    (Key.PERSONS, "Lượt người đi công tác nước ngoài", "Person-trips abroad"),
    (Key.VISITS, "Đoàn vào", "Inbound delegations"),
    (Key.GUESTS, "Lượt khách quốc tế", "Foreign guests"),
    (Key.HOSTED, "Hội nghị, hội thảo quốc tế chủ trì tổ chức", "International events held"),
    (Key.EVENTS_ATTENDED, "Hội nghị, hội thảo quốc tế tham dự", "International events attended"),
    (Key.SIGNED, "Thỏa thuận được ký", "Agreements signed"),
    (Key.IN_FORCE, "Thỏa thuận đang có hiệu lực", "Agreements in force"),
    (Key.PARTNERS, "Đối tác", "Partners"),
    (Key.NEW_PARTNERS, "Đối tác mới", "New partners"),
    (Key.PROJECTS, "Chương trình, dự án đang thực hiện", "Programmes and projects under way"),
    (Key.KEPT, "Cam kết đã hoàn thành", "Commitments carried out"),
    (Key.OVERDUE, "Cam kết quá hạn", "Commitments overdue"),
    (Key.TASKS, "Công việc phối hợp", "Coordination tasks"),
    (Key.TRAININGS, "Khóa đào tạo, bồi dưỡng", "Training courses"),
)


def list_of_agreements(material: Material) -> list[Block]:
    """Those signed in the period, in the order of signing."""
    rows = [row for row in material.of(RowKind.AGREEMENT) if row["signed"]]
    if not rows:
        return []
    voice = material.voice
    total = [cell() for _column in AGREEMENT_COLUMNS]
    total[1] = cell(voice("Tổng số: {n} thỏa thuận", "Total: {n}", n=count(len(rows))))
    lines = [{"cells": list(_agreement(place, row, voice))} for place, row in enumerate(rows, start=1)]
    return [list_of(AGREEMENT_COLUMNS, lines, total, voice)]


def _agreement(place: int, row: Row, voice: Voice) -> Iterator[blocks.Cell]:
    yield cell(str(place))
    yield cell(f"{plain(row['title'])} ({shown(row['number'])})", file=row["number"])
    yield cell("; ".join(voice.name(each["name"]) for each in row["partners"]))
    yield cell("; ".join(voice.name(each["name"]) for each in row["countries"]))
    yield cell(days_said(row))
    yield cell(plain(row["place"]))
    yield cell(voice.date(row["expires_on"]) if row["expires_on"] else "")
    yield cell(voice.name(row["unit"]["name"]))


def list_of_projects(material: Material) -> list[Block]:
    """Carried out, approved or closed, and on their way."""
    rows, voice = material.of(RowKind.PROJECT), material.voice
    if not rows:
        return []
    total = [cell() for _column in PROJECT_COLUMNS]
    total[1] = cell(voice("Tổng số: {n} chương trình, dự án", "Total: {n}", n=count(len(rows))))
    lines = [{"cells": list(_project(place, row, voice))} for place, row in enumerate(rows, start=1)]
    return [list_of(PROJECT_COLUMNS, lines, total, voice)]


def _project(place: int, row: Row, voice: Voice) -> Iterator[blocks.Cell]:
    yield cell(str(place))
    yield cell(f"{plain(row['title'])} ({shown(row['number'])})", file=row["number"])
    yield cell("; ".join(voice.name(each["name"]) for each in row["donors"]))
    yield cell(_sums(row["aid"]))
    yield cell(_sums(row["counterpart"]))
    yield cell(days_said(row))
    yield cell("; ".join(map(plain, row["localities"])))
    yield cell(voice.name(row["unit"]["name"]))


def _sums(amounts: Any) -> str:
    return "; ".join(
        format_money(Decimal(each["amount"]), each["currency"], decimals=each["decimals"]) for each in amounts
    )


# --- the main figures ---------------------------------------------------------------------------------------------------


def main_figures(material: Material) -> list[Block]:
    """Each figure as of its day, what it will be at the end of the period, and what it was in the years before."""
    voice, figures = material.voice, material.figures
    estimate, years = figures.get("estimate", {}), figures.get("years", {})
    kept = [(key, voice(vietnamese, english)) for key, vietnamese, english in MAIN if material.get(key)]
    before = sorted((year for year in years if any(key in years[year] for key, _name in kept)), reverse=True)
    if not kept or not (before or estimate):
        return []
    head = [voice.word("Chỉ tiêu"), voice("Đến ngày {day}", "As of {day}", day=material.as_of_said)]
    if estimate:
        whole_year = material.period.window in (Window.CALENDAR, Window.STATUTORY)
        head.append(voice.word("Ước cả năm" if whole_year else "Ước cả kỳ"))
    head += [voice("Năm {year}", "{year}", year=year) for year in before]
    rows = [{"cells": [cell(name), *_line(material, key, before)]} for key, name in kept]
    widths = [46, *(18 for _ in head[1:])]
    table = blocks.table(
        voice("Số liệu chủ yếu", "Main figures"),
        head,
        rows,
        widths=widths,
        aligns=["left", *("center" for _ in head[1:])],
    )
    return [table, *_over_years(material, before)]


def _line(material: Material, key: Key, before: list[str]) -> Iterator[blocks.Cell]:
    figures = material.figures
    found = material.get(key)
    assert found is not None  # only keys that have a figure stand in the table
    yield cell(count(found["value"], found["qualifier"]), ref=Ref(str(key)))
    if estimate := figures.get("estimate", {}):
        coming = estimate.get(key)
        if coming:
            yield cell(count(coming["whole"], coming["whole_qualifier"]), ref=Ref.expected(str(key)))
        else:
            yield cell(count(found["value"], found["qualifier"]))
    for year in before:
        earlier = figures["years"][year].get(key)
        yield cell(count(earlier["value"], earlier["qualifier"]) if earlier else "")


def _over_years(material: Material, before: list[str]) -> Iterator[Block]:
    """Outbound delegations year by year, where two years before are known."""
    voice, now = material.voice, material.get(Key.LED)
    known = [(year, material.figures["years"][year].get(Key.LED)) for year in reversed(before)]
    bars = [(year, figure["value"]) for year, figure in known if figure]
    if now and len(bars) >= 2:
        title = voice("Số đoàn ra do {ministry} chủ trì qua các năm", "Outbound delegations led by {ministry} over the years",
                      ministry=material.ministry)  # fmt: skip
        yield blocks.chart(
            title, voice("đoàn", "delegations"), voice("Năm", "Year"), [*bars, (str(material.period.year), now["value"])],
            kind="line",
        )  # fmt: skip
