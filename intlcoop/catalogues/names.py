"""By which names is a country known? From the shipped list alone, without asking the database: for pure comparisons of texts."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

COUNTRIES = Path(__file__).parent / "data" / "countries.csv"


@cache
def country_names() -> Mapping[str, tuple[str, ...]]:
    """Two-letter code -> every name of the shipped list, Vietnamese and English, official ones and other spellings included."""
    with COUNTRIES.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return MappingProxyType({row["iso2"]: tuple(_names(row)) for row in rows})


def _names(row: dict[str, str]) -> list[str]:
    names = [row["name_vi"], row["name_en"], row["official_vi"], row["official_en"], *row["aliases"].split(";")]
    # Many write the syllables of "Ni-giê-ri-a" as one word.
    joined = [name.replace("-", "") for name in names if "-" in name]
    return [name for name in (*names, *joined) if name]
