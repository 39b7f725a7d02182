"""The table of a plan (domain.md B.12) for papers and as a workbook, with its TOTAL row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from delegations.choices import PlanKind
from delegations.exports import particulars as p
from delegations.models import AnnualPlan, PlanLine
from delegations.queries.plan_values import line_values, with_links, words
from delegations.queries.plans import accepted, money_totals
from intlcoop.exporting import tables
from intlcoop.exporting.papers import Block, Heading, Paragraph, Table
from intlcoop.people.choices import Rank
from intlcoop.vietnamese.joining import join_and
from intlcoop.vietnamese.numbers import format_money, roman

RANKS = {
    Rank.MINISTER: "Bộ trưởng",
    Rank.DEPUTY_MINISTER: "Thứ trưởng",
    Rank.DIRECTOR: "Lãnh đạo đơn vị",
    Rank.OFFICIAL: "Công chức, viên chức",
}
KINDS = {
    PlanKind.OUTBOUND: "Đoàn ra",
    PlanKind.INBOUND: "Đoàn vào",
    PlanKind.EVENT: "Hội nghị, hội thảo quốc tế",
}
HEADERS = (
    "TT", "Tên đoàn, hoạt động", "Đơn vị chủ trì", "Trưởng đoàn (cấp)", "Nước, đối tác", "Mục đích, nội dung",
    "Thời gian dự kiến", "Số người", "Số ngày", "Kinh phí và nguồn", "Căn cứ", "Ghi chú",
)  # fmt: skip
WIDTHS = (1, 4, 2.6, 2.4, 2.8, 4, 1.8, 1.1, 1.1, 3, 2.8, 1.6)
ALIGNS = ("center", "left", "left", "left", "left", "left", "center", "center", "center", "left", "left", "left")


def when(line: PlanLine) -> str:
    if line.month:
        return f"Tháng {line.month}"
    return f"Quý {roman(line.quarter)}" if line.quarter else ""


def led_by(line: PlanLine) -> str:
    rank = RANKS.get(Rank(line.head_rank), "") if line.head_rank else ""
    return " ".join(part for part in (rank, line.leader.full_name if line.leader else "") if part)


def place(line: PlanLine) -> str:
    names = join_and(country.name_vi for country in line.countries.all())
    partner = line.partner.name_vi if line.partner else line.partner_text
    return "; ".join(part for part in (names, partner) if part)


def money(line: PlanLine) -> str:
    amount = ""
    if line.amount is not None and line.currency is not None:
        amount = format_money(line.amount, line.currency.code, decimals=line.currency.decimals)
    source = p.SOURCES.get(line.funding_source, "") if line.funding_source else ""  # type: ignore[call-overload]
    return f"{amount} ({source})" if amount and source else amount or source.capitalize()


def cells(line: PlanLine) -> tuple[str, ...]:
    return (
        str(line.position), line.title, line.unit.name_vi, led_by(line), place(line), line.purpose_text, when(line),
        str(line.persons or ""), str(line.days or ""), money(line), line.basis, line.note,
    )  # fmt: skip


def lines_of(plan: AnnualPlan) -> list[PlanLine]:
    """What the plan holds: before the approval what is taken in, afterwards everything that was approved."""
    rows = plan.lines.in_plan() if plan.approved_on else accepted(plan)
    return list(with_links(rows).order_by("position", "pk"))


def total_money(plan: AnnualPlan) -> str:
    rows = plan.lines.in_plan() if plan.approved_on else accepted(plan)
    sums: dict[tuple[str, int], Any] = {}
    for _source, code, decimals, amount in money_totals(rows):
        sums[code, decimals] = sums.get((code, decimals), 0) + amount
    return "; ".join(format_money(amount, code, decimals=decimals) for (code, decimals), amount in sums.items())


def table_of(kind: PlanKind, lines: Sequence[PlanLine]) -> Table:
    """The table of B.12 with its TOTAL row: lines, people and the money of each currency."""
    sums: dict[tuple[str, int], Any] = {}
    for line in lines:
        if line.amount is not None and line.currency is not None:
            key = (line.currency.code, line.currency.decimals)
            sums[key] = sums.get(key, 0) + line.amount
    paid = "; ".join(format_money(amount, code, decimals=decimals) for (code, decimals), amount in sums.items())
    people = sum(line.persons or 0 for line in lines)
    total = ("", f"Tổng cộng: {len(lines):02d}", "", "", "", "", "", str(people or ""), "", paid, "", "")
    return Table(
        headers=HEADERS,
        rows=tuple(cells(line) for line in lines),
        widths=WIDTHS,
        aligns=ALIGNS,  # type: ignore[arg-type]
        total=total,
    )


def tables_of(plan: AnnualPlan) -> list[Block]:
    """One table per kind that occurs, each under its heading."""
    lines = lines_of(plan)
    blocks: list[Block] = []
    kinds = [kind for kind in PlanKind if any(line.kind == kind for line in lines)]
    for number, kind in enumerate(kinds, start=1):
        blocks.append(Heading(f"{roman(number)}. {KINDS[kind]}"))
        blocks.append(table_of(kind, [line for line in lines if line.kind == kind]))
    return blocks or [Paragraph("Kế hoạch chưa có hoạt động nào.")]


def plan_xlsx(plan: AnnualPlan) -> bytes:
    """The same table as a workbook, with real numbers and the TOTAL row."""
    with p.in_vietnamese():
        lines = lines_of(plan)
        columns = [
            tables.Column("TT", lambda line: line.position, "int", 6),
            tables.Column("Tên đoàn, hoạt động", lambda line: line.title, "text", 48),
            tables.Column("Loại", lambda line: KINDS[PlanKind(line.kind)], "text", 20),
            tables.Column("Đơn vị chủ trì", lambda line: line.unit.name_vi, "text", 28),
            tables.Column("Trưởng đoàn (cấp)", led_by, "text", 28),
            tables.Column("Nước, đối tác", place, "text", 28),
            tables.Column("Mục đích, nội dung", lambda line: line.purpose_text, "text", 48),
            tables.Column("Thời gian dự kiến", when, "text", 16),
            tables.Column("Số người", lambda line: line.persons, "int", 10),
            tables.Column("Số ngày", lambda line: line.days, "int", 10),
            tables.Column("Kinh phí", lambda line: line.amount, "money", 18),
            tables.Column("Tiền tệ", lambda line: line.currency.code if line.currency else "", "text", 8),
            tables.Column("Nguồn kinh phí", lambda line: words("funding_source", line_values(line)), "text", 24),
            tables.Column("Căn cứ", lambda line: line.basis, "text", 40),
            tables.Column("Ghi chú", lambda line: line.note, "text", 28),
        ]
        return tables.to_xlsx(f"Kế hoạch {plan.year}", columns, lines, total_row=total_row(plan, lines))


def total_row(plan: AnnualPlan, lines: Sequence[PlanLine]) -> list[Any]:
    """One figure of money only where one currency is used; several are told in words."""
    codes = {line.currency.code for line in lines if line.currency and line.amount is not None}
    one = len(codes) == 1
    paid: Any = sum(line.amount or 0 for line in lines) if one else total_money(plan)
    people = sum(line.persons or 0 for line in lines)
    counted = ["", f"Tổng cộng: {len(lines)}", *[""] * 6, people, ""]
    return [*counted, paid, codes.pop() if one else "", "", "", ""]
