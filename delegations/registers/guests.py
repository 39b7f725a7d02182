"""A list of guests pasted from a sheet: tabs between the columns, a line for each guest, names in any script.

A first line of headers says which column is which; without one the order is name, post, body, country. A column that only
counts is left out. Nothing is guessed: a country or day that cannot be read is said with its line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from delegations.registers.places import Atlas
from delegations.registers.problems import CellUnclear
from delegations.visit_choices import GuestPart, GuestRank
from intlcoop.catalogues.models import Country
from intlcoop.vietnamese.dates import parse_date
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc

#: The headers by which a column is known, folded; the longest that fits counts.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "number": ("stt", "tt", "so tt", "so thu tu", "no", "no.", "#", "order"),
    "full_name": ("ho va ten", "ho ten", "ten", "ten khach", "full name", "name", "guest"),
    "honorific": ("danh xung", "cach xung ho", "title", "form of address", "honorific", "mr/ms"),
    "post": ("chuc vu", "chuc danh", "position", "post", "job title", "designation"),
    "body": ("co quan", "don vi", "to chuc", "don vi cong tac", "organisation", "organization", "body", "institution", "agency"),
    "country": ("nuoc", "quoc gia", "quoc tich", "country", "nationality"),
    "rank": ("cap", "cap bac", "hang", "rank", "level"),
    "equivalent": ("chuc vu tuong duong", "tuong duong", "equivalent", "equivalent post"),
    "part": ("vai tro", "thanh phan", "part", "role"),
    "dietary": ("an kieng", "che do an", "yeu cau an uong", "diet", "dietary", "food", "meals"),
    "seating": ("cho ngoi", "sap xep cho ngoi", "seating", "seat"),
    "arrives_on": ("ngay den", "den ngay", "arrival", "arrives", "arrival date"),
    "leaves_on": ("ngay di", "ngay ve", "ngay roi", "departure", "leaves", "departure date"),
}  # fmt: skip
USUAL = ("full_name", "post", "body", "country")
LONGEST: Mapping[str, int] = {
    "full_name": 200, "honorific": 40, "post": 200, "body": 200, "equivalent": 200, "dietary": 200, "seating": 200
}  # fmt: skip
PARTS: Mapping[str, tuple[str, ...]] = {
    GuestPart.DEPUTY_HEAD: ("pho truong doan", "deputy head"),
    GuestPart.HEAD: ("truong doan", "head of delegation", "head"),
    GuestPart.SECRETARY: ("thu ky", "secretary"),
    GuestPart.INTERPRETER: ("phien dich", "interpreter"),
    GuestPart.SPOUSE: ("phu nhan", "phu quan", "spouse"),
    GuestPart.ENTOURAGE: ("tuy tung", "bao ve", "entourage"),
}
RANKS: Mapping[str, tuple[str, ...]] = {
    GuestRank.DEPUTY_MINISTER: ("thu truong", "vice minister", "deputy minister"),
    GuestRank.TOP: ("nguyen thu", "tong thong", "thu tuong", "president", "prime minister"),
    GuestRank.DEPUTY_HEAD: ("pho thu tuong", "bo truong ngoai giao", "deputy prime minister", "foreign minister"),
    GuestRank.MINISTER: ("bo truong", "minister"),
    GuestRank.AMBASSADOR: ("dai su", "ambassador", "truong dai dien", "resident representative"),
    GuestRank.DIRECTOR: ("vu truong", "cuc truong", "giam doc", "director"),
    GuestRank.OFFICIAL: ("chuyen vien", "chuyen gia", "can bo", "official", "expert", "officer"),
}
#: A number, a dot or a bracket: what a column that only counts says.
COUNTS = re.compile(r"^\d{1,4}[.)]?$")


@dataclass(slots=True)
class Pasted:
    """The guests understood, and what could not be, each by its line."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)


def read_guests(text: str, atlas: Atlas | None = None) -> Pasted:
    """What was pasted as guests. Never raises."""
    lines = [(number, cells_of(line)) for number, line in enumerate(nfc(text).splitlines(), start=1)]
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        return Pasted()
    columns, begins = columns_of([cells for _number, cells in lines])
    found = Pasted(columns=[column for column in columns if column])
    book = atlas or Atlas()
    for number, cells in lines[begins:]:
        row, problems = read_line(dict(zip(columns, cells, strict=False)), book)
        found.problems += [_("Line %(n)s: %(problem)s") % {"n": number, "problem": problem} for problem in problems]
        if row:
            found.rows.append(row)
    return found


def cells_of(line: str) -> list[str]:
    return [" ".join(cell.split()) for cell in line.split("\t")]


def columns_of(lines: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    """(the name of each column, in which line the guests begin); a column that nobody knows is called ""."""
    named = [known_header(cell) for cell in lines[0]]
    if "full_name" in named:
        return [name if name not in named[:place] else "" for place, name in enumerate(named)], 1
    width = max(len(cells) for cells in lines)
    counted = width > 1 and all(COUNTS.match(cells[0]) for cells in lines if cells and cells[0])
    names = ["number"] if counted and any(cells[0] for cells in lines) else []
    return [*names, *USUAL][:width], 0


def known_header(text: str) -> str:
    """What this header calls its column; what stands in brackets does not count."""
    plain = fold(re.sub(r"\([^)]*\)", "", text)).strip(" .:")
    return next((name for name, headers in HEADERS.items() if plain in headers), "")


def read_line(cells: Mapping[str, str], atlas: Atlas) -> tuple[dict[str, Any], list[str]]:
    """(the fields of a guest, what is wrong with the line); {} where the line names nobody."""
    name = cells.get("full_name", "")
    if not name:
        return {}, [_("the name is missing.")] if any(cells.values()) else []
    problems: list[str] = []
    row: dict[str, Any] = {"full_name": name}
    for column in ("honorific", "post", "body", "equivalent", "dietary", "seating"):
        if text := cells.get(column, ""):
            row[column] = text
    for column, longest in LONGEST.items():
        if len(str(row.get(column, ""))) > longest:
            problems.append(_("%(name)s: a text is longer than %(n)s characters.") % {"name": name[:40], "n": longest})
    row["part"] = meant(cells.get("part", ""), PARTS) or GuestPart.MEMBER
    row["rank"] = meant(cells.get("rank", "") or cells.get("post", ""), RANKS)
    if text := cells.get("country", ""):
        try:
            row["country"] = country_of(text, atlas)
        except CellUnclear as unclear:
            problems.append(f"{name[:40]}: {unclear}")
    for column in ("arrives_on", "leaves_on"):
        if text := cells.get(column, ""):
            day = day_of(text)
            if day is None:
                problems.append(_("%(name)s: “%(value)s” is not a date.") % {"name": name[:40], "value": text[:40]})
            row[column] = day
    first, last = row.get("arrives_on"), row.get("leaves_on")
    if first and last and last < first:
        problems.append(_("%(name)s leaves before arriving.") % {"name": name[:40]})
    return row, problems


def meant(text: str, table: Mapping[str, tuple[str, ...]]) -> str:
    """The value of which the longest word stands in the text; "" when none does."""
    plain = f" {fold(text)} "
    hits = [(len(word), value) for value, words in table.items() for word in words if f" {word} " in plain]
    return str(max(hits)[1]) if hits else ""


def country_of(text: str, atlas: Atlas) -> Country:
    """Raises CellUnclear. Viet Nam is a country here: a guest may hold its nationality."""
    if fold(text) in ("viet nam", "vietnam", "vn", "vnm"):
        return next(country for country in atlas.countries.values() if country.iso2 == "VN")
    return atlas.places(text)[0].country


def day_of(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except (ValueError, OverflowError):
        return None
