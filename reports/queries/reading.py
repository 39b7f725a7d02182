"""What stands behind a figure of a frozen report, in words and row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from delegations.event_choices import EventFormat
from intlcoop.vietnamese.counts import WORDS, Qualifier, count
from intlcoop.vietnamese.numbers import format_money, format_number
from reports.choices import Channel
from reports.queries.figure_names import figure_name
from reports.queries.figures import NOWHERE, Ref
from reports.queries.narrative.annexes import days_said
from reports.queries.narrative.blocks import plain

if TYPE_CHECKING:
    from reports.models import Snapshot


@dataclass(frozen=True, slots=True)
class Source:
    """A row behind a line; `url` leads to it if this reader may open it. Only a file has a `number` of its own."""

    number: str
    title: str
    days: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    sources: tuple[Source, ...]


def rows_behind(figure: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows that prove the items of a figure."""
    numbers = {number for item in figure["items"] for number in item["rows"]}
    return [row for row in rows if row["number"] in numbers]


def drill_down(
    figure: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], addresses: Mapping[str, str]
) -> list[Line]:
    """Exactly as many lines as the figure counts."""
    by_number = {row["number"]: row for row in rows}
    return [
        Line(plain(item["text"]), tuple(_source(by_number[number], addresses) for number in item["rows"]))
        for item in figure["items"]
    ]


def _source(row: Mapping[str, Any], addresses: Mapping[str, str]) -> Source:
    number = "" if "link" in row else row["number"]
    return Source(number, plain(row["title"]), days_said(row), addresses.get(row["number"], ""))


def ref_words(ref: Ref, snapshot: Snapshot) -> str:
    """The figure's name on the page: "Đoàn ra do Bộ chủ trì – Vụ Chính sách địa phương"."""
    member = member_name(ref, snapshot.rows)
    return f"{figure_name(ref.key)} – {member}" if member else figure_name(ref.key)


def member_name(ref: Ref, rows: Sequence[Mapping[str, Any]]) -> str:
    """What the figure is broken down by, as a reader calls it; "" for a figure of everything."""
    match ref.dimension:
        case "unit":
            units = (unit for row in rows for unit in row.get("units", [row["unit"]]))
            return next((plain(unit["name"]) for unit in units if unit["code"] == ref.member), ref.member)
        case "country" if ref.member == NOWHERE:
            return _("country not stated")
        case "country":
            places = (place for row in rows for place in row.get("countries", ()))
            return next((plain(place["name"]) for place in places if place["iso2"] == ref.member), ref.member)
        case "mechanism":
            known = (each for row in rows for each in row.get("mechanisms", ()))
            return next((plain(each["name"]) for each in known if each["key"] == ref.member), ref.member)
        case "channel":
            return str(Channel(ref.member).label) if ref.member in Channel.values else ref.member
        case "form":
            return str(EventFormat(ref.member).label) if ref.member in EventFormat.values else ref.member
        case "month":
            return month_name(ref.member)
        case "estimate":
            return _("still to come until the end of the period")
    return ""


def month_name(member: str) -> str:
    """ "tháng 3/2026"."""
    if member == NOWHERE:
        return _("month not stated")
    year, _dash, month = member.partition("-")
    return _("month %(month)s/%(year)s") % {"month": month.lstrip("0"), "year": year}


def figure_said(figure: Mapping[str, Any]) -> str:
    """The value as documents write it: "hơn 20", "05"; a sum of money with its currency."""
    if "amount" not in figure:
        return count(figure["value"], figure["qualifier"])
    said = format_money(Decimal(figure["amount"]), figure["currency"], decimals=figure["decimals"])
    return f"{WORDS[Qualifier(figure['qualifier'])]} {said}" if figure["qualifier"] else said


def plain_said(value: int, qualifier: str | None) -> str:
    """The value as tables of a page write it: without a zero in front."""
    return f"{WORDS[Qualifier(qualifier)]} {format_number(value)}" if qualifier else format_number(value)
