"""What the pages about money print: lines and sums already worded, so that templates only choose and print."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations import guards
from delegations.choices import ExpenseItem, FundingSource
from delegations.guards.numbers import MONEY, Mismatch, line_name
from delegations.models import EstimateItem, OutboundDelegation
from delegations.queries.estimates import Comparison, Sheet, budget_of, similar_trips
from delegations.queries.settlements import settlement_of
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.numbers import format_money, format_number
from intlcoop.web.display import Caution, Fact
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line of the estimate as the table has it."""

    name: str
    whom: str
    how: str
    amount: str
    foreign: bool
    vnd: str
    source: str
    norm: str
    over: bool
    reason: str
    note: str


def money(amount: Decimal | None, code: str = "VND", decimals: int = 0) -> str:
    return _("not known yet") if amount is None else format_money(amount, code, decimals=decimals)


def shown_lines(sheet: Sheet) -> list[ShownLine]:
    names = {member.pk: member.full_name for member in sheet.members}
    found = []
    for item, line in zip(sheet.items, sheet.lines, strict=True):
        decimals = item.currency.decimals
        found.append(
            ShownLine(
                name=line_name(item),
                whom=whom(line.people, names, of_group=line.of_group),
                how=how(item, line.times),
                amount=money(line.amount, item.currency.code, decimals),
                foreign=item.currency.code != "VND" and line.amount is not None,
                vnd=money(line.vnd),
                source=str(item.get_source_display()),
                norm=norm_words(item),
                over=bool(sheet.is_over(item)),
                reason=item.over_reason,
                note=item.note,
            )
        )
    return found


def whom(people: tuple[int, ...], names: dict[int, str], *, of_group: bool) -> str:
    """ "Cả đoàn", or the names as long as they are few."""
    if of_group:
        return _("the delegation as a whole")
    if len(people) == len(names) and len(people) > 1:
        return _("everybody (%(n)s people)") % {"n": len(people)}
    if len(people) > 3:
        return _("%(n)s people") % {"n": len(people)}
    return ", ".join(names.get(pk, "") for pk in people) or _("nobody")


def how(item: EstimateItem, times: int) -> str:
    """ "2 × 4 × 60,00 USD": people, days, amount."""
    factors = [] if item.item in ExpenseItem.OF_GROUP else [str(times)]
    factors.append(format_number(item.quantity))
    factors.append(money(item.unit_amount, item.currency.code, item.currency.decimals))
    return " × ".join(factors)


def norm_words(item: EstimateItem) -> str:
    if item.norm is None:
        return ""
    amount = money(item.norm.amount, item.norm.currency.code, item.norm.currency.decimals)
    sample = _(" (sample)") if item.norm.is_sample else ""
    return _("norm %(amount)s, class %(class)s") % {"amount": amount, "class": item.norm.person_class} + sample


def mended_at(trip: OutboundDelegation, found: Mismatch) -> str:
    if found.place == MONEY:
        return f"{reverse('delegations:estimate', args=[trip.case.number])}#nguon"
    return reverse("delegations:estimate_edit", args=[trip.case.number])


def mismatch_links(trip: OutboundDelegation) -> list[tuple[str, str]]:
    """(sentence, where it is mended) of everything in which the numbers of the file do not agree (B8)."""
    return [(found.text, mended_at(trip, found)) for found in guards.mismatches(trip)]


def estimate_page(trip: OutboundDelegation, user: Any, *, may_edit: bool) -> dict[str, Any]:
    """Everything on the estimate's page: a fixed number of queries, whatever the length of the estimate."""
    sheet = Sheet(trip)
    return {
        "sheet": sheet,
        "lines": shown_lines(sheet),
        "cautions": [
            Caution(text=each.text, url=mended_at(trip, each) if may_edit else "")
            for each in guards.mismatches(trip, sheet)
        ],
        "facts": facts_of(sheet) if sheet else [],
        "by_source": by_source(sheet),
        "by_item": [(str(ExpenseItem(item).label), money(sum_)) for item, sum_ in sheet.totals.by_item.items()],
        "by_person": by_person(sheet),
        "budget": budget_facts(trip, sheet),
        "compared": compared(trip, sheet, user),
        "paper_url": reverse("delegations:paper", args=[trip.case.number, "du-toan"]),
        **settlement_context(trip, user),
    }


def estimate_context(trip: OutboundDelegation, user: Any) -> dict[str, Any]:
    """The few lines that the page of the trip shows of its estimate."""
    sheet = Sheet(trip)
    over = [line_name(item) for item in sheet.items if sheet.is_over(item)]
    return {
        "estimate": {
            "url": reverse("delegations:estimate", args=[trip.case.number]),
            "edit_url": reverse("delegations:estimate_edit", args=[trip.case.number]),
            "exists": bool(sheet),
            "facts": facts_of(sheet) if sheet else [],
            "over": ", ".join(over),
        },
        **settlement_context(trip, user),
    }


def facts_of(sheet: Sheet) -> list[Fact]:
    totals = sheet.totals
    facts = [Fact(_("Total without what the host pays"), money(totals.own))]
    if totals.host:
        facts.append(Fact(_("Paid by the host"), money(totals.host)))
    if sheet.members and totals.own is not None:
        each = totals.own / len(sheet.members)
        facts.append(Fact(_("Per person, on average"), money(each.quantize(Decimal(1)))))
    currencies = sorted({line.currency for line in sheet.lines if line.currency != "VND"})
    for code in currencies:
        facts.append(Fact(_("Rate of %(currency)s") % {"currency": code}, rate_words(sheet, code)))
    return facts


def rate_words(sheet: Sheet, code: str) -> str:
    rate = next((line.rate for line in sheet.lines if line.currency == code), None)
    if rate is None:
        return guards.missing_rate(code, sheet)
    source = sheet.rates.source(code, sheet.rates_on)
    words = {"rate": format_number(rate.normalize()), "day": table_date(sheet.rates_on), "source": source}
    return _("%(rate)s đồng on %(day)s. %(source)s") % words


def by_source(sheet: Sheet) -> list[tuple[str, str, str]]:
    """(source, what the estimate comes to, what is asked for)."""
    if not sheet:
        return []
    asked = guards.asked_of(sheet)
    return [
        (str(FundingSource(source).label), money(sheet.totals.by_source.get(source, Decimal(0))),
         money(asked[source]) if source in asked else "–")
        for source in dict.fromkeys([*sheet.totals.by_source, *asked])
    ]  # fmt: skip


def by_person(sheet: Sheet) -> list[tuple[str, str]]:
    if not sheet:
        return []
    return [(member.full_name, money(sheet.totals.by_person.get(member.pk))) for member in sheet.members]


def budget_facts(trip: OutboundDelegation, sheet: Sheet) -> list[Fact]:
    """What is left of the plan line for this trip, in đồng."""
    budget = budget_of(trip.plan_line, without=trip)
    if budget is None:
        return []
    facts = [
        Fact(_("Planned for the line"), money(budget.planned)),
        Fact(_("Taken by other trips"), money(budget.taken)),
        Fact(_("Left for this trip"), money(budget.left)),
    ]
    own = sheet.totals.own if sheet else None
    if own is not None:
        facts.append(Fact(_("Left after this trip"), money(budget.left - own)))
    if budget.unknown:
        facts.append(Fact(_("Trips without known cost"), ", ".join(shown(number) for number in budget.unknown)))
    return facts


def compared(trip: OutboundDelegation, sheet: Sheet, user: Any) -> dict[str, Any] | None:
    """Cost per head against similar trips; those that this person may not open count, but are not named."""
    found: Comparison = similar_trips(trip, sheet.norms)
    if not found.trips:
        return None
    pks = [each.trip.case_id for each in found.trips]
    open_to = set(Case.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True))
    per_head = None
    if sheet and sheet.members and sheet.totals.own is not None:
        per_head = (sheet.totals.own / len(sheet.members)).quantize(Decimal(1))
    return {
        "count": len(found.trips),
        "own": "" if per_head is None else money(per_head),
        "median": money(found.median),
        "range": f"{money(found.lowest)} – {money(found.highest)}",
        "trips": [(each.trip, money(each.per_head)) for each in found.trips if each.trip.case_id in open_to][:10],
    }


def settlement_context(trip: OutboundDelegation, user: Any) -> dict[str, Any]:
    settlement = settlement_of(trip)
    return {
        "settlement": settlement,
        "may_settle": rules.has_perm("delegations.write_settlement", user, trip),
    }
