"""How do rows become a spreadsheet, and how is a spreadsheet read? XLSX and CSV of the same columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter
from django.utils import timezone

from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.normalise import nfc

Kind = Literal["text", "int", "decimal", "date", "money"]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 32_767  # Excel's own
ELLIPSIS = "…"
SHEET_NAME_LIMIT = 31
FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
# A text that begins so is run as a formula by a spreadsheet that opens the CSV, full-width twins included.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
NUMBER_FORMATS: dict[Kind, str] = {"int": "#,##0", "decimal": "#,##0", "money": "#,##0", "date": "dd/mm/yyyy"}
WITH_DECIMALS = "#,##0.00"
FIRST_YEAR = 1900  # of Excel's calendar
# A workbook carries its time of creation; a fixed one makes the same rows the same bytes.
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no time zone


@dataclass(frozen=True)
class Column:
    """One column: its header, how to get the value from a row, what it is, and its width in characters.

    `value` may give None (an empty cell). Kinds: text (str), int, decimal and money (Decimal or int), date (date or
    datetime).
    """

    header: str
    value: Callable[[Any], object]
    kind: Kind = "text"
    width: float = 16


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. `total` gives one value per column and stands bold below the rows."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    total: Sequence[object] | None = None


def to_xlsx(
    sheet_title: str, columns: Sequence[Column], rows: Iterable[Any], total_row: Sequence[object] | None = None
) -> bytes:
    """A workbook of one sheet; see `to_workbook`."""
    return to_workbook(sheet_title, [Sheet(sheet_title, columns, rows, total_row)])


def to_workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """A workbook: each sheet with a bold frozen header and a filter, real numbers and dates, no formulas, no links.

    The same input gives the same bytes. Sheets whose titles would be the same name are numbered.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": nfc(title), "created": CREATED})
        header = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#F6F8FA"}
        )
        taken: set[str] = set()
        for sheet in sheets:
            name = _free_name(sheet.title, taken)
            taken.add(name.casefold())
            _fill(book, book.add_worksheet(name), sheet, header)
    return target.getvalue()


def _free_name(title: str, taken: Set[str]) -> str:
    name, number = sheet_name(title), 1
    while name.casefold() in taken:
        number += 1
        name = sheet_name(f"{number} {title}")
    return name


def _fill(book: xlsxwriter.Workbook, page: Any, sheet: Sheet, header: Any) -> None:
    columns = sheet.columns
    for position, column in enumerate(columns):
        page.set_column(position, position, column.width)
        page.write_string(0, position, nfc(column.header), header)
    looks, bold = _looks(book, columns), _looks(book, columns, bold=True)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for position, column in enumerate(columns):
            _write(page, last, position, column.value(row), looks[position])
    if columns:
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, last, len(columns) - 1)
    for position, value in enumerate(sheet.total or ()):
        _write(page, last + 1, position, value, bold[position])


def to_csv(columns: Sequence[Column], rows: Iterable[Any], total_row: Sequence[object] | None = None) -> bytes:
    """Comma-separated UTF-8 with the mark that Excel needs; dates dd/mm/yyyy, numbers plain with a decimal point.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([_plain(column.header) for column in columns])
    writer.writerows([_plain(column.value(row)) for column in columns] for row in rows)
    if total_row:
        writer.writerow([_plain(value) for value in total_row])
    return target.getvalue().encode("utf-8-sig")


def sheet_name(title: str) -> str:
    """A name that Excel takes: at most 31 characters, none of []:*?/\\, no apostrophe at the ends, not empty."""
    cleaned = " ".join(FORBIDDEN_IN_SHEET_NAMES.sub(" ", nfc(title)).split()).strip("' ")
    cleaned = cleaned[:SHEET_NAME_LIMIT].strip("' ")
    # Excel keeps this one for itself.
    return "Sheet1" if cleaned.casefold() in ("", "history") else cleaned


@dataclass(frozen=True)
class _Look:
    """The two formats of a column: Excel's optional decimals would leave a lone comma behind whole numbers."""

    whole: Any
    broken: Any


def _looks(book: xlsxwriter.Workbook, columns: Sequence[Column], *, bold: bool = False) -> list[_Look]:
    looks = []
    for column in columns:
        look = {"valign": "top", "text_wrap": column.kind == "text", "bold": bold}
        if column.kind in NUMBER_FORMATS:
            look["num_format"] = NUMBER_FORMATS[column.kind]
        looks.append(_Look(book.add_format(look), book.add_format({**look, "num_format": WITH_DECIMALS})))
    return looks


def _write(sheet: Any, line: int, position: int, value: object, look: _Look) -> None:
    match value:
        case None | "":
            sheet.write_blank(line, position, None, look.whole)
        case bool():
            sheet.write_boolean(line, position, value, look.whole)
        case int() | Decimal() | float():
            sheet.write_number(line, position, value, look.broken if value % 1 else look.whole)
        case dt.datetime() | dt.date() if value.year >= FIRST_YEAR:
            sheet.write_datetime(line, position, _day(value), look.whole)
        case _:
            text = table_date(_day(value)) if isinstance(value, dt.date) else nfc(str(value))
            if len(text) > CELL_LIMIT:
                text = text[: CELL_LIMIT - 1] + ELLIPSIS
            sheet.write_string(line, position, text, look.whole)


def _day(value: dt.date) -> dt.date:
    """The day in the portal's time zone, if the value knows its own."""
    if not isinstance(value, dt.datetime):
        return value
    return timezone.localdate(value) if timezone.is_aware(value) else value.date()


def _plain(value: object) -> str:
    match value:
        case None:
            return ""
        case dt.datetime() | dt.date():
            return table_date(_day(value))
        case Decimal():
            return f"{value:f}"
        case int() | float():
            return str(value)
        case _:
            text = nfc(str(value))
            return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
