"""What does an uploaded spreadsheet say? Rows of the first sheet by header, or a sentence that a person can act on."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from python_calamine import CalamineError, CalamineWorkbook

from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc

UNPACKED_LIMIT = 100 * 1024 * 1024
ROW_LIMIT = 20_000
COLUMN_LIMIT = 200

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None


class TableUnreadable(Exception):  # noqa: N818 - says what happened
    """The file cannot be taken as a table; the message is a sentence for the user."""


class Row(dict[str, Cell]):
    """Header -> value of one line; `number` is the line in the sheet, as Excel counts it."""

    number: int

    def __init__(self, number: int, values: dict[str, Cell]) -> None:
        super().__init__(values)
        self.number = number


def read_xlsx(data: bytes, *, required: Sequence[str] = ()) -> list[Row]:
    """The lines of the first sheet below its header line, empty ones left out.

    Texts are composed and trimmed, empty cells None, whole numbers int, dates date (datetime if a time is set).
    Headers named in `required` are found without regard to case, accents and signs and returned as named there.
    Raises TableUnreadable: not a workbook, too large, no header, a header missing or given twice.
    """
    _check_size(data)
    lines = _lines(data)
    start = next((i for i, line in enumerate(lines) if any(cell is not None for cell in line)), None)
    if start is None:
        raise TableUnreadable(gettext("The first sheet of the file is empty."))
    headers = _headers(lines[start], required)
    rows = []
    for number, line in enumerate(lines[start + 1 :], start=start + 2):
        if any(cell is not None for cell in line):
            rows.append(Row(number, {header: cell for header, cell in zip(headers, line, strict=False) if header}))
    if len(rows) > ROW_LIMIT:
        raise TableUnreadable(gettext("The file has more than %(limit)s rows. Split it.") % {"limit": ROW_LIMIT})
    return rows


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet as it stands, line by line; `merged` are (top, left), (bottom, right) counted from 0."""

    lines: list[list[Cell]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


def read_sheet(data: bytes) -> Sheet:
    """The whole first sheet, for tables whose header is not simply the first line. Raises TableUnreadable."""
    _check_size(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            merged = book.get_sheet_by_index(0).merged_cell_ranges or []
    except (CalamineError, IndexError, OSError) as error:
        raise TableUnreadable(_not_a_workbook()) from error
    lines = _lines(data)
    if not any(cell is not None for line in lines for cell in line):
        raise TableUnreadable(gettext("The first sheet of the file is empty."))
    return Sheet(lines, [((top, left), (bottom, right)) for (top, left), (bottom, right) in merged])


def _check_size(data: bytes) -> None:
    """Before the reader unpacks it: a small file may unpack to gigabytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise TableUnreadable(_not_a_workbook()) from error
    if "xl/workbook.xml" not in names:
        raise TableUnreadable(_not_a_workbook())
    if unpacked > UNPACKED_LIMIT:
        raise TableUnreadable(gettext("The file is too large to be read."))


def _not_a_workbook() -> str:
    return gettext("The file is not an Excel workbook (.xlsx). Save it as “Excel Workbook” and try again.")


def _lines(data: bytes) -> list[list[Cell]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheet = book.get_sheet_by_index(0)
            if sheet.width > COLUMN_LIMIT or sheet.total_height > ROW_LIMIT * 2:
                raise TableUnreadable(gettext("The file is too large to be read."))
            return [[_value(cell) for cell in line] for line in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, IndexError, OSError) as error:
        raise TableUnreadable(_not_a_workbook()) from error


def _value(cell: object) -> Cell:
    if isinstance(cell, str):
        return nfc(cell).strip() or None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    return cell  # type: ignore[return-value]


def _headers(line: list[Cell], required: Sequence[str]) -> list[str]:
    by_fold = {fold(name): name for name in required}
    headers = [str(cell) if cell is not None else "" for cell in line]
    headers = [by_fold.get(fold(header), header) for header in headers]
    if missing := [name for name in required if name not in headers]:
        raise TableUnreadable(gettext("The header row lacks: %(names)s.") % {"names": ", ".join(missing)})
    if twice := sorted({header for header in headers if header and headers.count(header) > 1}):
        raise TableUnreadable(gettext("The header row names twice: %(names)s.") % {"names": ", ".join(twice)})
    return headers
