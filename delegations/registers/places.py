"""Which countries does a cell of a register mean? Several in one cell, in Vietnamese or English, with or without accents."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from delegations.registers.problems import CellUnclear
from intlcoop.catalogues.models import Country
from intlcoop.vietnamese.folding import fold

#: Between two countries for certain; "và" and "-" only when the whole is not itself a name ("An-ti-goa và Bác-bu-đa").
SURE = re.compile(r"[;,\n+/]|\s[–—-]\s|\d+\s*[.)]\s+")
UNSURE = re.compile(r"\s+(?:và|va|and|&)\s+", re.IGNORECASE)
CITY = re.compile(r"\(([^)]*)\)")
#: Forms of state before a short name; folded.
FORMS = (
    "cong hoa dan chu nhan dan", "cong hoa nhan dan", "cong hoa lien bang", "cong hoa xa hoi chu nghia", "cong hoa",
    "vuong quoc", "lien bang", "hop chung quoc", "dai cong quoc", "cong quoc", "nha nuoc", "chdcnd", "chnd", "chlb",
    "ch", "vq", "lb", "nuoc",
)  # fmt: skip
SEVERAL = ("chau au", "eu", "asean", "chau a", "chau phi", "nhieu nuoc", "cac nuoc")


@dataclass(frozen=True, slots=True)
class Place:
    country: Country
    city: str = ""


class Atlas:
    """All countries by all their names; loaded once for a register."""

    def __init__(self) -> None:
        named: dict[str, set[int]] = defaultdict(set)
        self.countries = {country.pk: country for country in Country.objects.all()}
        for country in self.countries.values():
            names = (country.name_vi, country.name_en, country.official_name_vi, country.official_name_en)
            for name in (*names, *country.aliases, ASIDE_OF.sub("", country.name_vi)):
                named[fold(name)].add(country.pk)
            named[country.iso3.lower()].add(country.pk)
        self.names = {name: next(iter(ids)) for name, ids in named.items() if name and len(ids) == 1}

    def places(self, text: str) -> list[Place]:
        """Each country once, in the order in which they stand. Raises CellUnclear."""
        found: list[Place] = []
        for piece in self._pieces(text):
            found += self._read(piece)
        if not found:
            raise CellUnclear(_("The country is missing."))
        return list({(place.country.pk, place.city): place for place in found}.values())

    def _pieces(self, text: str) -> list[str]:
        """Cut at the signs that stand between countries, but never inside brackets."""
        kept: list[str] = []
        plain = CITY.sub(lambda match: f"({kept.append(match[1]) or len(kept) - 1})", text)  # type: ignore[func-returns-value]
        if self._country(text):
            return [text]
        pieces = [piece.strip(" .:") for piece in SURE.split(plain)]
        return [CITY.sub(lambda match: f"({kept[int(match[1])]})", piece) for piece in pieces if piece]

    def _read(self, piece: str) -> list[Place]:
        if place := self._place(piece):
            return [place]
        parts = [self._place(part) for part in UNSURE.split(piece)]
        if len(parts) > 1 and all(parts):
            return [part for part in parts if part]
        unknown = next((p for p, place in zip(UNSURE.split(piece), parts, strict=True) if place is None), piece)
        raise CellUnclear(self._unknown(unknown))

    def _place(self, text: str) -> Place | None:
        if country := self._country(text):
            return self._abroad(country, "")
        city = CITY.search(text)
        country = self._country(CITY.sub("", text)) if city else None
        return self._abroad(country, " ".join(city[1].split())) if country and city else None

    def _abroad(self, country: Country, city: str) -> Place:
        if country.iso2 == "VN":
            raise CellUnclear(_("A trip abroad cannot lead to Viet Nam. Correct the country."))
        return Place(country, city[:120])

    def _country(self, text: str) -> Country | None:
        plain = fold(text)
        for _times in range(2):
            if plain in self.names:
                return self.countries[self.names[plain]]
            form = next((form for form in FORMS if plain.startswith(f"{form} ")), None)
            if form is None:
                return None
            plain = plain.removeprefix(form).strip()
        return self.countries[self.names[plain]] if plain in self.names else None

    def _unknown(self, text: str) -> str:
        if fold(text) in SEVERAL:
            return _("“%(value)s” is not a country. Name each country.") % {"value": text[:60]}
        near = difflib.get_close_matches(fold(text), self.names, n=1, cutoff=0.8)
        if near:
            name = self.countries[self.names[near[0]]].name_vi
            return _("There is no country “%(value)s”. Is it “%(name)s”?") % {"value": text[:60], "name": name}
        return _("There is no country “%(value)s”. A city goes into brackets: Thái Lan (Băng Cốc).") % {
            "value": text[:60]
        }


ASIDE_OF = re.compile(r"\s*\([^)]*\)\s*$")
