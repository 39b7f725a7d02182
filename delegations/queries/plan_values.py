"""A line of the plan as plain values with their words, for versions and revisions: what it said then stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from delegations.choices import FundingSource, PlanKind, Purpose
from delegations.models import PlanLine
from intlcoop.people.choices import Rank
from intlcoop.vietnamese.numbers import format_money, format_number

#: Fields that a unit proposes and a revision can change, in the order in which pages and papers show them.
FIELDS = (
    "kind", "title", "unit", "head_rank", "leader", "countries", "partner", "partner_text", "purpose", "purpose_text",
    "field", "month", "quarter", "persons", "days", "amount", "currency", "funding_source", "basis", "note",
)  # fmt: skip
LINKS = ("unit", "leader", "partner", "field", "currency")
CHOICES: Mapping[str, Any] = {
    "kind": PlanKind,
    "head_rank": Rank,
    "purpose": Purpose,
    "funding_source": FundingSource,
}
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that a change touches, with the words before and after."""

    label: Any
    before: str
    after: str


def with_links(lines: QuerySet[PlanLine]) -> QuerySet[PlanLine]:
    """The lines with all that their values name: two queries however many they are."""
    return lines.select_related("unit", "leader", "partner", "field", "currency", "plan").prefetch_related("countries")


def line_values(line: PlanLine) -> Values:
    """JSON of a line; a link is [key, name as of now]."""
    values: Values = {}
    for name in FIELDS:
        if name == "countries":
            values[name] = sorted([country.iso2, country.name_vi] for country in line.countries.all())
        elif name in LINKS:
            row = getattr(line, name)
            values[name] = [row.pk, str(row)] if row is not None else None
        else:
            value = getattr(line, name)
            values[name] = str(value) if isinstance(value, Decimal) else value
    return values


def words(name: str, values: Values) -> str:
    """One field in words; empty when nothing is said."""
    value = values.get(name)
    if value in (None, "", []):
        return ""
    if name == "countries":
        return ", ".join(each[1] for each in value)
    if name == "amount":
        currency = values.get("currency")
        return format_money(Decimal(value), currency[1]) if currency else format_number(Decimal(value))
    if name in LINKS:
        return str(value[1])
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    return str(value)


def differences(before: Values, after: Values) -> list[Difference]:
    """What differs, field by field. A new line has nothing before; one that is taken out nothing after."""
    found = []
    for name in FIELDS:
        old, new = words(name, before), words(name, after)
        if old != new and name != "currency":
            label = PlanLine._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # FIELDS are no reverse relations
            found.append(Difference(label, old, new))
    return found


def snapshot(lines: QuerySet[PlanLine]) -> list[Values]:
    """The lines of a version, in the order of the plan."""
    rows = with_links(lines).order_by("position", "pk")
    return [{"line": row.pk, "position": row.position, "state": row.state, **line_values(row)} for row in rows]
