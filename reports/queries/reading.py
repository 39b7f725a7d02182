"""What stands behind a figure of a frozen report, in words and row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.choices import Key, TotalKey
from reports.queries.figures import NOWHERE, Ref
from reports.queries.narrative.annexes import days_said
from reports.queries.narrative.blocks import plain

if TYPE_CHECKING:
    from reports.models import Snapshot

NAMES = {
    Key.TOTAL: gettext_lazy("Outbound delegations"),
    Key.LED: gettext_lazy("Outbound delegations led by the ministry"),
    Key.ACCOMPANYING: gettext_lazy("Outbound delegations accompanying senior leaders"),
    Key.IN_PLAN: gettext_lazy("Outbound delegations in the plan"),
    Key.OUT_OF_PLAN: gettext_lazy("Outbound delegations outside the plan"),
    Key.PERSONS: gettext_lazy("Person-trips"),
    Key.COUNTRIES: gettext_lazy("Countries visited"),
    **{Key(key): key.label for key in TotalKey if key in set(Key)},
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file behind a line; `readable` says whether this reader may open it."""

    number: str
    title: str
    days: str
    readable: bool


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    sources: tuple[Source, ...]


def drill_down(figure: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], readable: set[str]) -> list[Line]:
    """Exactly as many lines as the figure counts."""
    by_number = {row["number"]: row for row in rows}
    return [
        Line(plain(item["text"]), tuple(_source(by_number[number], number in readable) for number in item["rows"]))
        for item in figure["items"]
    ]


def _source(row: Mapping[str, Any], readable: bool) -> Source:
    return Source(row["number"], plain(row["title"]), days_said(row), readable)


def ref_words(ref: Ref, snapshot: Snapshot) -> str:
    """The figure's name on the page: "Đoàn ra do Bộ chủ trì – Vụ Chính sách địa phương"."""
    name = str(NAMES[Key(ref.key)])
    member = _member_name(ref, snapshot.rows)
    return f"{name} – {member}" if member else name


def _member_name(ref: Ref, rows: Sequence[Mapping[str, Any]]) -> str:
    if ref.dimension == "unit":
        return next((plain(row["unit"]["name"]) for row in rows if row["unit"]["code"] == ref.member), ref.member)
    if ref.dimension == "country":
        if ref.member == NOWHERE:
            return _("country not stated")
        places = (place for row in rows for place in row.get("countries", ()))
        return next((plain(place["name"]) for place in places if place["iso2"] == ref.member), ref.member)
    return ""
