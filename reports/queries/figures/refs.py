"""How a figure is named in a text and in an address: "outbound.led", "outbound.led@unit=CSDP"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.choices import Key
from reports.queries.figures.counting import FigureJson

#: Stands among the members for rows that do not say where they belong: no country, no month, no mechanism.
NOWHERE = "unknown"
#: How an address names what a figure is broken down by.
PARAMETERS = {
    "don_vi": "unit",
    "nuoc": "country",
    "co_che": "mechanism",
    "kenh": "channel",
    "hinh_thuc": "form",
    "thang": "month",
    "uoc": "estimate",
}
#: The one member of the estimate: what is decided on and still to come until the end of the period.
STILL_TO_COME = "den-het-ky"
MONEY = "money."


@dataclass(frozen=True, slots=True)
class Ref:
    """Which figure: of everything, of one member of a dimension, or of what is still to come."""

    key: str
    dimension: str = ""
    member: str = ""

    def __str__(self) -> str:
        return f"{self.key}@{self.dimension}={self.member}" if self.dimension else self.key

    @classmethod
    def parse(cls, text: str) -> Ref:
        key, _, rest = text.partition("@")
        dimension, _, member = rest.partition("=")
        return cls(key, dimension, member)

    @classmethod
    def expected(cls, key: str) -> Ref:
        """The same figure of what is decided on and still to come."""
        return cls(key, "estimate", STILL_TO_COME)

    @classmethod
    def from_query(cls, key: str, query: Mapping[str, str]) -> Ref | None:
        """The reference that an address names; None for a key that this version does not know."""
        if key not in set(Key) and not key.startswith(MONEY):
            return None
        for name, dimension in PARAMETERS.items():
            if query.get(name):
                return cls(key, dimension, query[name])
        return cls(key)

    @property
    def query(self) -> dict[str, str]:
        """The part of the address behind the key."""
        return {name: self.member for name, dimension in PARAMETERS.items() if dimension == self.dimension}

    def look_up(self, figures: Mapping[str, Any]) -> FigureJson | None:
        """The figure in what `compute` gave, or None."""
        found: FigureJson | None
        if self.key.startswith(MONEY):
            found = None if self.dimension else figures.get("money", {}).get(self.key)
        elif self.dimension == "estimate":
            found = figures.get("estimate", {}).get(self.key) if self.member == STILL_TO_COME else None
        elif self.dimension:
            found = figures.get(f"by_{self.dimension}", {}).get(self.member, {}).get(self.key)
        else:
            found = figures["figures"].get(self.key)
        return found
