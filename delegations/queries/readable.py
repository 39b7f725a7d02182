"""A content version of a trip in words, as people compare two of them: ids become names, dates days, sums money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from agreements.models import Partner
from delegations.choices import ExpenseItem, FundingSource, MemberClass, Mode, Part, Purpose
from delegations.models import PlanLine
from intlcoop.catalogues.models import Country
from intlcoop.people.models import User
from intlcoop.vietnamese.dates import table_date, table_range
from intlcoop.vietnamese.numbers import format_money, format_number

NO_DAY = "0001-01-01"


def readable_content(content: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """(label, lines) in the order of the form; a facet that this version does not have is left out."""
    wording, programme = content.get("wording", {}), content.get("programme", {})
    return [
        (_("Title of the trip"), [wording.get("title", "")]),
        (_("Members"), _members(content.get("people", []))),
        (_("Posts"), [", ".join(filter(None, text.split("|"))) for text in wording.get("posts", [])]),
        *_time_and_place(content.get("time_place", {}), wording.get("legs", [])),
        *_programme(programme),
        (_("Content"), _paragraphs(wording.get("purpose_text", ""))),
        (_("Expected result"), _paragraphs(wording.get("expected_result", ""))),
        (_("Funding"), [_money(key, amount) for key, amount in content.get("money", {}).items()]),
        (_("Cost estimate"), _estimate(wording.get("estimate", []))),
        (_("Scheme or programme that it serves"), [wording.get("serves", "")]),
        (_("Why it is not in the plan"), _paragraphs(wording.get("out_of_plan_reason", ""))),
        (_("Explanation of the warnings"), _paragraphs(wording.get("warning_reason", ""))),
    ]


def _members(people: list[str]) -> list[str]:
    rows = [text.split("|", 2) for text in people]
    ids = {int(who) for _part, _class, who in rows if who.isdigit()}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "full_name"))
    parts, classes = dict(Part.choices), dict(MemberClass.choices)
    lines = []
    for part, member_class, who in rows:
        name = names.get(int(who), who) if who.isdigit() else who
        said = [str(parts.get(part, part))]
        if member_class != MemberClass.OFFICIAL:
            said.append(str(classes.get(member_class, member_class)))
        lines.append(f"{name} ({', '.join(said)})")
    return lines


def _time_and_place(time_place: Mapping[str, Any], legs: list[Any]) -> list[tuple[str, list[str]]]:
    first, last = _day(time_place.get("from", NO_DAY)), _day(time_place.get("to", NO_DAY))
    only = first or last
    days = table_range(first, last) if first and last else table_date(only) if only else ""
    codes = {*time_place.get("countries", []), *(leg["country"] for leg in legs if isinstance(leg, dict))}
    countries = {each.iso2: each.name for each in Country.objects.filter(iso2__in=codes)}
    return [
        (_("Days"), [days]),
        (_("Countries"), [countries.get(code, code) for code in time_place.get("countries", [])]),
        (_("Itinerary"), [_leg(leg, countries) for leg in legs]),
    ]


def _leg(leg: Any, countries: Mapping[str, str]) -> str:
    if not isinstance(leg, dict):
        return str(leg)
    first, last = _day(leg["from"]), _day(leg["to"])
    days = table_range(first, last) if first and last else ""
    place = ", ".join(filter(None, (leg["city"], countries.get(leg["country"], leg["country"]))))
    return " · ".join(filter(None, (place, days, leg["note"])))


def _programme(programme: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    # No pk finds no row, whatever the stubs say.
    partner = Partner.objects.filter(pk=programme.get("host_partner")).first()  # type: ignore[misc]
    lines = PlanLine.objects.filter(pk=programme.get("plan_line"))  # type: ignore[misc]
    line = lines.select_related("plan").first()
    return [
        (_("Form"), [str(dict(Mode.choices).get(programme.get("mode", ""), ""))]),
        (_("Plan"), [f"{line.plan}: {line}" if line else ""]),
        (_("Accompanied leader"), [programme.get("principal", "")]),
        (_("Document on composition"), [programme.get("composition", "")]),
        (_("Host, inviting body"), [str(partner or ""), programme.get("inviting_body", "")]),
        (_("Purpose"), [str(dict(Purpose.choices).get(programme.get("purpose", ""), ""))]),
        (_("The host pays everything."), [_("yes")] if programme.get("host_pays_all") else []),
    ]


def _money(key: str, amount: str) -> str:
    source, _space, currency = key.partition(" ")
    label = str(dict(FundingSource.choices).get(source, source))
    return f"{label}: {format_money(Decimal(amount), currency)}"


def _estimate(texts: list[str]) -> list[str]:
    """The lines of the estimate, as `estimates.wording_of` keeps them."""
    rows = [text.split(" | ", 9) for text in texts]
    found = Country.objects.filter(iso2__in={row[1] for row in rows if row[1]}) if rows else ()
    countries = {each.iso2: each.name for each in found}
    items, sources = dict(ExpenseItem.choices), dict(FundingSource.choices)
    return [
        " · ".join(
            str(part)
            for part in (
                items.get(item, item),
                countries.get(country, country),
                person_class and _("class %(name)s") % {"name": person_class},
                people,
                f"{format_number(Decimal(quantity))} × {_price(amount, currency)}",
                sources.get(source, source),
                *rest,
            )
            if part
        )
        for item, country, person_class, people, quantity, amount, currency, source, *rest in rows
    ]


def _price(amount: str, currency: str) -> str:
    return format_money(Decimal(amount), currency) if amount else _("not known yet")


def _paragraphs(text: str) -> list[str]:
    return text.splitlines()


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text and text != NO_DAY else None
