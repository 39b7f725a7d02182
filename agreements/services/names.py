"""Rows that go by a name: kept without stray spaces, sorted in Vietnamese order, found by each of their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intlcoop.catalogues.searching import search_text
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.sorting import sort_key

NAMES = ("name_vi", "name_en", "short_name")


def take_over(row: Any, fields: Mapping[str, Any]) -> None:
    """These values, names tidied. Saves nothing."""
    for name, value in fields.items():
        setattr(row, name, " ".join(nfc(value).split()) if name in NAMES else value)


def list_by_name(row: Any, *more: str) -> None:
    """What lists sort by and the search reads; `more` finds it too. Saves nothing."""
    row.sort_key = sort_key(row.name_vi)[: row._meta.get_field("sort_key").max_length]
    row.search_text = search_text(*(getattr(row, name) for name in NAMES), *more)
