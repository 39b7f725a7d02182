"""The lines of an annual plan from a spreadsheet in the table of domain.md B.12. All rows or none; twice adds nothing twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from delegations import services
from delegations.choices import FundingSource, PlanKind, PlanLevel, Purpose
from delegations.models import AnnualPlan
from delegations.registers.amounts import has_figures, read_amounts
from delegations.registers.layout import Cells, Line, Table, read_table
from delegations.registers.persons import rank_of
from delegations.registers.places import Atlas
from delegations.registers.problems import CellUnclear, RowUnclear
from delegations.registers.reading import PURPOSES, SOURCES, Book, kind_in
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.people.models import OrgUnit
from intlcoop.people.registers import ImportResult, RowResult
from intlcoop.vietnamese.folding import fold

if TYPE_CHECKING:
    from intlcoop.people.models import User

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("TT", "STT", "Số TT"),
    "title": ("Tên đoàn", "Tên hoạt động", "Nội dung hoạt động", "Tên đoàn/hoạt động", "Tên đoàn, hoạt động"),
    "kind": ("Loại", "Loại hoạt động", "Hình thức"),
    "unit": ("Đơn vị chủ trì", "Đơn vị", "Đơn vị đề xuất", "Đơn vị thực hiện"),
    "head": ("Trưởng đoàn", "Trưởng đoàn (cấp)", "Cấp trưởng đoàn"),
    "countries": ("Nước/đối tác", "Nước, đối tác", "Nước", "Nước đến", "Quốc gia"),
    "partner": ("Đối tác", "Cơ quan đối tác"),
    "purpose": ("Mục đích, nội dung", "Mục đích", "Nội dung"),
    "when": ("Thời gian dự kiến", "Thời gian", "Thời gian thực hiện", "Tháng", "Tháng/quý"),
    "persons": ("Số người", "Số lượng người", "Số thành viên"),
    "days": ("Số ngày",),
    "amount": ("Kinh phí và nguồn", "Kinh phí & nguồn", "Kinh phí", "Kinh phí dự kiến", "Số tiền"),
    "funding": ("Nguồn kinh phí", "Nguồn"),
    "basis": ("Căn cứ", "Cơ sở"),
    "note": ("Ghi chú",),
}
NEEDED = (("title",), ("countries", "when", "unit"))
MARKS = ("when", "persons", "days", "countries", "unit")
KINDS = (
    (PlanKind.OUTBOUND, ("doan ra",)),
    (PlanKind.INBOUND, ("doan vao",)),
    (PlanKind.EVENT, ("hoi nghi", "hoi thao", "su kien")),
)
MOST_ROWS = 5_000
MONTH = re.compile(r"(?:tháng|th\.?|t)?\s*(\d{1,2})(?:\s*(?:[/.-]|năm)\s*(\d{4}))?", re.IGNORECASE)
QUARTER = re.compile(r"qu[ýí]\s*(I{1,3}|IV|[1-4])(?:\s*(?:[/.-]|năm)?\s*(\d{4}))?", re.IGNORECASE)
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
COUNT = re.compile(r"(?:khoảng|~)?\s*(\d{1,3})\s*(?:người|ngày|thành viên)?\.?", re.IGNORECASE)


def import_plan(
    data: bytes,
    *,
    dry_run: bool,
    actor: User | None,
    source: str = "",
    default_unit: OrgUnit | None = None,
    year: int | None = None,
    level: str = "",
) -> ImportResult:
    """Add lines to the plan of a year and level; where neither is given, the title above the table has to say which.

    Raises TableUnreadable when the file is no such table, or the plan of that year is not open.
    """
    if actor is None:
        raise TableUnreadable(_("Say in whose name the lines are taken over (--actor USERNAME)."))
    table = read_table(data, COLUMNS, needed=NEEDED, marks=MARKS)
    if len(table.lines) > MOST_ROWS:
        raise TableUnreadable(_("The file has more than %(limit)s rows. Split it.") % {"limit": MOST_ROWS})
    plan = plan_of(table, year, level)
    result = ImportResult([RowResult(number, "skip", reason) for number, reason in table.left_out])
    book, rows = Book(default_unit), []
    for line in table.lines:
        try:
            rows.append(read_line(line, table, book, plan.year))
        except RowUnclear as unclear:
            result.rows.append(RowResult(line.number, "error", " ".join(unclear.sentences)))
    # A row that cannot be read keeps the others from being saved, but what would become of them is said too.
    result.rows += services.import_plan_lines(plan, rows, actor=actor, dry_run=dry_run or result.has_errors)
    result.rows.sort(key=lambda row: row.line)
    result.saved = not dry_run and not result.has_errors
    return result


def plan_of(table: Table, year: int | None, level: str) -> AnnualPlan:
    """The plan that the lines belong to. Raises TableUnreadable."""
    if year is None:
        years = sorted({int(text) for text in re.findall(r"\b(20\d{2})\b", table.title)})
        if len(years) != 1:
            raise TableUnreadable(_("Say for which year the plan is: in the title above the table, or by choosing it."))
        year = years[0]
    title = fold(table.title)
    level = level or (PlanLevel.PM if "thu tuong" in title or "ke hoach cap bo" in title else PlanLevel.MINISTRY)
    plan = AnnualPlan.objects.filter(year=year, level=level).first()
    if plan is None:
        text = _("There is no plan of %(year)s at the level “%(level)s” yet. Open the planning year first.")
        raise TableUnreadable(text % {"year": year, "level": PlanLevel(level).label})
    return plan


def read_line(line: Line, table: Table, book: Book, year: int) -> dict[str, Any]:
    """{"line": its number, and the fields of a PlanLine; "countries" is a list}. Raises RowUnclear."""
    cells = Cells(line, table)
    month, quarter = cells.read("when", lambda: read_when(line.text("when"), year), (None, None))
    countries, partner = cells.read("countries", lambda: read_countries(line, book.atlas), ([], ""))
    amount, currency = cells.read("amount", lambda: read_money(line, table, book), (None, None))
    values = {
        "line": line.number,
        "kind": kind_in(KINDS, line.text("kind")) or PlanKind.OUTBOUND,
        "title": cells.read("title", lambda: read_title(line), ""),
        "unit": cells.read("unit", lambda: book.unit(line.text("unit")), None),
        "head_rank": rank_of(line.text("head")) if line.text("head") else "",
        "countries": countries,
        "partner_text": (line.text("partner") or partner)[:300],
        "purpose": kind_in(PURPOSES, line.text("purpose")) or (Purpose.OTHER if line.text("purpose") else ""),
        "purpose_text": line.long_text("purpose")[:4000],
        "month": month,
        "quarter": quarter,
        "persons": cells.read("persons", lambda: read_count(line.text("persons")), None),
        "days": cells.read("days", lambda: read_count(line.text("days")), None),
        "amount": amount,
        "currency": currency,
        "funding_source": kind_in(SOURCES, f"{line.text('funding')} {line.text('amount')}")
        or (FundingSource.OTHER if line.text("funding") else ""),
        "basis": line.text("basis")[:600],
        "note": line.text("note")[:600],
    }
    if cells.problems:
        raise RowUnclear(cells.problems)
    return values


def read_title(line: Line) -> str:
    if not line.text("title"):
        raise CellUnclear(_("What is planned is missing."))
    return line.text("title")[:300]


def read_when(text: str, year: int) -> tuple[int | None, int | None]:
    """(month, quarter): "tháng 4", "4/2027", "Quý II"; both None where nothing is said."""
    plain = re.sub(r"^(?:dự kiến|khoảng|trong)\s+", "", text.strip(" ."), flags=re.IGNORECASE)
    if not plain or fold(plain) in ("ca nam", "trong nam", f"nam {year}", str(year)):
        return None, None
    if match := QUARTER.fullmatch(plain):
        _same_year(match[2], year)
        return None, ROMAN.get(match[1].upper()) or int(match[1])
    if (match := MONTH.fullmatch(plain)) and 1 <= int(match[1]) <= 12:
        _same_year(match[2], year)
        return int(match[1]), None
    raise CellUnclear(
        _("“%(value)s” is neither a month nor a quarter. Write “tháng 4” or “quý II”.") % {"value": text[:60]}
    )


def _same_year(named: str | None, year: int) -> None:
    if named and int(named) != year:
        raise CellUnclear(_("The plan is that of %(year)s, not of %(named)s.") % {"year": year, "named": named})


def read_countries(line: Line, atlas: Atlas) -> tuple[list[Any], str]:
    """The countries, and what the column "Nước/đối tác" says besides: "Lào / Bộ Nội vụ Lào" or a line for the partner."""
    text = line.long_text("countries")
    if not text:
        return [], ""
    first, _sign, rest = text.partition("\n")
    if not rest and " / " in text:
        first, _sign, rest = text.partition(" / ")
    if rest:
        try:
            return [place.country for place in atlas.places(text)], ""
        except CellUnclear:
            return [place.country for place in atlas.places(first)], " ".join(rest.split())
    return [place.country for place in atlas.places(text)], ""


def read_count(text: str) -> int | None:
    if not text:
        return None
    match = COUNT.fullmatch(text)
    if match is None or not int(match[1]):
        raise CellUnclear(_("“%(value)s” is not a number of people or days.") % {"value": text[:60]})
    return int(match[1])


def read_money(line: Line, table: Table, book: Book) -> tuple[Any, Any]:
    """One sum; a line of a plan has one currency."""
    cell = line.cells.get("amount")
    if not has_figures(cell):
        return None, None
    text = str(cell).split("\n")[0].split(";")[0] if isinstance(cell, str) else cell
    found = read_amounts(text, table.units.get("amount", ""))
    if not found:
        return None, None
    if len(found) > 1:
        raise CellUnclear(_("A line of the plan has one sum in one currency."))
    amount, code = found[0]
    if code not in book.currencies:
        raise CellUnclear(_("The currency %(code)s is not in the catalogue.") % {"code": code})
    return amount, book.currencies[code]
