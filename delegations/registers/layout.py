"""Where does the table of a register begin, which column is which, and which lines are rows of it?

Registers come as people keep them: titles in merged cells above the header, a header over two lines, a line that numbers
the columns, groups with Roman numbers, a total at the end, signatures below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from delegations.registers.persons import is_title
from delegations.registers.problems import CellUnclear
from intlcoop.exporting.table_reading import Cell, Sheet, TableUnreadable, read_sheet
from intlcoop.vietnamese.folding import fold

LOOKED_AT = 40  # lines from the top in which the header is looked for
ASIDE = re.compile(r"\(([^)]*)\)")
COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")
TOTAL = re.compile(r"(?:tong|tong cong|tong so|cong|total)(?:\b|$)")
ROMAN_OR_LETTER = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|[a-zđ])[.)]?")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: its cells by our names of the columns."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        value = self.cells.get(name)
        return " ".join(str(value).split()) if value is not None else ""

    def long_text(self, name: str) -> str:
        """With its line breaks."""
        value = self.cells.get(name)
        return str(value).strip() if value is not None else ""


@dataclass(slots=True)
class Table:
    """The rows, the lines left out with the reason, and what stands above the header."""

    columns: dict[str, int]
    labels: dict[str, str]
    units: dict[str, str]
    title: str
    lines: list[Line] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)

    def first_of(self, *names: str) -> str:
        """The first of these columns that is there, else the last."""
        return next((name for name in names if name in self.columns), names[-1])

    def address(self, name: str, number: int) -> str:
        """ "I12": the cell as the spreadsheet names it."""
        return (
            f"{letters(self.columns[name])}{number}" if name in self.columns else _("row %(line)d") % {"line": number}
        )

    def says(self, name: str, number: int, sentence: str) -> str:
        """A sentence with the cell and the header of its column before it."""
        if name not in self.columns:
            return sentence
        return _("Cell %(cell)s (%(column)s): %(sentence)s") % {
            "cell": self.address(name, number),
            "column": self.labels[name],
            "sentence": sentence,
        }


class Cells:
    """Reads the cells of a row and goes on where one is unclear, so that every sentence is said at once."""

    def __init__(self, line: Line, table: Table) -> None:
        self.line, self.table = line, table
        self.problems: list[str] = []

    def read(self, column: str, read: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return read()
        except CellUnclear as unclear:
            self.problems.append(self.table.says(column, self.line.number, str(unclear)))
            return otherwise


def read_table(
    data: bytes, columns: Mapping[str, Sequence[str]], *, needed: Sequence[Sequence[str]], marks: Sequence[str]
) -> Table:
    """The table in the first sheet. `columns`: our name -> headers by which it is known.

    `needed`: of each group at least one column has to be there. `marks`: the columns that make a line a row; one without
    any of them is a group, a total or a remark. Raises TableUnreadable with a sentence.
    """
    sheet = read_sheet(data)
    known = {fold(header): name for name, headers in columns.items() for header in headers}
    found = _header(sheet, known)
    if found is None:
        raise TableUnreadable(_("No header row was found. It has to name columns such as “Ngày đi” and “Nước đến”."))
    top, height, names, units = found
    missing = [" / ".join(columns[name][0] for name in group) for group in needed if not set(group) & set(names)]
    if missing:
        raise TableUnreadable(_("The header row lacks: %(names)s.") % {"names": ", ".join(missing)})
    title = " ".join(str(cell) for line in sheet.lines[:top] for cell in line if cell is not None)
    labels = {name: columns[name][0] for name in names}
    table = Table(columns=names, labels=labels, units=units, title=title)
    for index in range(top + height, len(sheet.lines)):
        _sort_in(table, index + 1, sheet.lines[index], marks)
    return table


def letters(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


# --- the header ---------------------------------------------------------------------------------------------------


def _header(sheet: Sheet, known: Mapping[str, str]) -> tuple[int, int, dict[str, int], dict[str, str]] | None:
    """(first line, number of lines, column of each name, unit that a header adds) of the best header near the top."""
    best = None
    for top in range(min(LOOKED_AT, len(sheet.lines))):
        for height in (1, 2):
            if top + height > len(sheet.lines):
                continue
            names, units = _names(sheet, top, height, known)
            # Of two that know the same columns the lower one: a title may hold a word that is also a header.
            if len(names) >= 3 and (best is None or len(names) > len(best[2])):
                best = (top, height, names, units)
    return best


def _names(sheet: Sheet, top: int, height: int, known: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    upper = _spread(sheet, top)
    lower = sheet.lines[top + 1] if height == 2 else []
    names: dict[str, int] = {}
    units: dict[str, str] = {}
    for column in range(max(len(upper), len(lower))):
        above = _words(upper, column)
        below = _words(lower, column)
        for text in (below, f"{above} {below}", above) if below else (above,):
            plain = fold(ASIDE.sub(" ", text))
            name = known.get(plain)
            if name and name not in names:
                names[name] = column
                if unit := ASIDE.search(f"{above} {below}"):
                    units[name] = unit[1]
                break
    return names, units


def _spread(sheet: Sheet, index: int) -> list[Cell]:
    """A line with what stands in merged cells repeated over all of them, to the right."""
    line = list(sheet.lines[index])
    for (top, left), (_bottom, right) in sheet.merged:
        if top == index:
            for column in range(left, min(right + 1, len(line))):
                line[column] = line[left]
    return line


def _words(line: Sequence[Cell], column: int) -> str:
    value = line[column] if column < len(line) else None
    return " ".join(str(value).split()) if value is not None else ""


# --- the lines below it -------------------------------------------------------------------------------------------


def _sort_in(table: Table, number: int, line: Sequence[Cell], marks: Sequence[str]) -> None:
    filled: list[Cell] = [cell for cell in line if cell is not None]
    if not filled:
        return
    cells = {name: line[column] for name, column in table.columns.items() if column < len(line)}
    row = Line(number, {name: value for name, value in cells.items() if value is not None})
    first = " ".join(str(filled[0]).split())
    if len(filled) > 2 and all(COLUMN_NUMBER.fullmatch(str(cell)) for cell in filled) and not table.lines:
        return
    if any(TOTAL.match(fold(str(cell))) for cell in filled[:2]) and not row.cells.keys() & set(marks):
        table.left_out.append((number, _("Total, not a row: “%(text)s”.") % {"text": _short(filled)}))
    elif len(filled) == 1 or (len(filled) == 2 and (ROMAN_OR_LETTER.fullmatch(first) or "number" not in row.cells)):
        _alone(table, row, filled)
    else:
        table.lines.append(row)


def _alone(table: Table, row: Line, filled: list[Cell]) -> None:
    """One text in a line of its own: more people of the row above, or the title of a group."""
    in_members = set(row.cells) == {"members"} and bool(table.lines)
    text = row.text("members")
    if in_members and not ROMAN_OR_LETTER.fullmatch(text.split(" ")[0]) and text != text.upper() and not is_title(text):
        above = table.lines[-1]
        table.lines[-1] = Line(
            above.number, {**above.cells, "members": f"{above.long_text('members')}\n{row.long_text('members')}"}
        )
        table.left_out.append((row.number, _("Read together with row %(line)d.") % {"line": above.number}))
        return
    table.left_out.append((row.number, _("Title or remark, not a row: “%(text)s”.") % {"text": _short(filled)}))


def _short(cells: Sequence[Cell]) -> str:
    text = " ".join(" ".join(str(cell).split()) for cell in cells)
    return text if len(text) <= 80 else f"{text[:79]}…"
