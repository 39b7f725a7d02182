"""Where does the table of a register begin, and what do the cells mean that all registers of this room have?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from intlcoop.catalogues.models import Country
from intlcoop.exporting.table_reading import Cell, TableUnreadable, read_sheet
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc

LOOKED_AT = 40
PARTS = re.compile(r"\s*[;\n]\s*")
ASIDE = re.compile(r"\([^)]*\)")
INTERNATIONAL = {"quoc te", "to chuc quoc te", "international", "da phuong"}


class CellUnclear(ValueError):  # noqa: N818  says what happened
    """One cell cannot be understood; the message is a sentence for whoever mends the file."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: its number in the sheet and its cells by our names of the columns."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        """The cell in one line and in composed letters; "" where there is none."""
        value = self.cells.get(name)
        return " ".join(nfc(str(value)).split()) if value is not None else ""

    def parts(self, name: str) -> list[str]:
        """What stands in one cell, divided by semicolons or line breaks."""
        value = self.cells.get(name)
        pieces = PARTS.split(nfc(str(value))) if value is not None else []
        return [" ".join(piece.split()) for piece in pieces if piece.strip()]


def read_lines(data: bytes, columns: Mapping[str, Sequence[str]], *, needed: Sequence[str]) -> list[Line]:
    """The rows below the header row, which may stand below titles. `columns`: our name -> headers by which it is known.

    Raises TableUnreadable with a sentence when there is no such row or a needed column is missing.
    """
    sheet = read_sheet(data)
    known = {fold(header): name for name, headers in columns.items() for header in headers}
    best: tuple[int, dict[int, str]] = (-1, {})
    for index, line in enumerate(sheet.lines[:LOOKED_AT]):
        names = _names(line, known)
        if len(names) > len(best[1]):
            best = (index, names)
    top, names = best
    missing = [columns[name][0] for name in needed if name not in names.values()]
    if missing:
        raise TableUnreadable(_("The header row lacks: %(names)s.") % {"names": ", ".join(missing)})
    lines = []
    for number, line in enumerate(sheet.lines[top + 1 :], start=top + 2):
        cells = {name: line[column] for column, name in names.items() if column < len(line)}
        filled = {name: value for name, value in cells.items() if value is not None and str(value).strip()}
        if set(filled) - {"number"}:
            lines.append(Line(number, filled))
    return lines


def _names(line: Sequence[Cell], known: Mapping[str, str]) -> dict[int, str]:
    """Column -> our name, of a line that may be the header; each name once."""
    found: dict[int, str] = {}
    for column, cell in enumerate(line):
        text = str(cell) if cell is not None else ""
        name = known.get(fold(text)) or known.get(fold(ASIDE.sub(" ", text)))
        if name and name not in found.values():
            found[column] = name
    return found


class Atlas:
    """All countries by all their names; loaded once for a register."""

    def __init__(self) -> None:
        self.names: dict[str, Country] = {}
        for country in Country.objects.all():
            own = (country.name_vi, country.name_en, country.official_name_vi, country.official_name_en)
            for name in (*own, *country.aliases, country.iso2, country.iso3):
                self.names.setdefault(fold(name), country)
                self.names.setdefault(fold(name).replace(" ", ""), country)

    def country(self, text: str) -> Country | None:
        """The country of this name; None for "quốc tế" and an empty cell. Raises CellUnclear with a suggestion."""
        plain = fold(text)
        if not plain or plain in INTERNATIONAL:
            return None
        found = self.names.get(plain) or self.names.get(plain.replace(" ", ""))
        if found is not None:
            return found
        near = difflib.get_close_matches(plain, self.names, n=1, cutoff=0.75)
        if near:
            text_of = _("There is no country “%(value)s”. Is it “%(name)s”?")
            raise CellUnclear(text_of % {"value": text[:60], "name": self.names[near[0]].name_vi})
        text_of = _("There is no country “%(value)s”. Write its name, or “quốc tế” for an international organisation.")
        raise CellUnclear(text_of % {"value": text[:60]})


class Units:
    """All units by code, symbol and names; loaded once for a register."""

    def __init__(self, default: OrgUnit | None = None) -> None:
        self.default = default
        self.names: dict[str, OrgUnit] = {}
        for unit in OrgUnit.objects.order_by("valid_from"):
            for name in (unit.code, unit.symbol, unit.short_name, unit.name_vi):
                if name:
                    self.names[fold(name)] = unit

    def units(self, texts: Sequence[str]) -> list[OrgUnit]:
        """The units of a cell, else the default. Raises CellUnclear for a name that no unit has."""
        found = []
        for text in texts:
            unit = self.names.get(fold(text)) or self.default
            if unit is None:
                sentence = _("There is no unit “%(unit)s”. Correct the name, or choose a unit for rows without one.")
                raise CellUnclear(sentence % {"unit": text[:80]})
            found.append(unit)
        return found or ([self.default] if self.default else [])
