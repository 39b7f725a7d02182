"""Do members, days, countries and money agree between list, itinerary, estimate and request (B8)? Each mismatch with both values.

Without an estimate there is nothing to compare: it is optional when the host pays everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from delegations import estimating
from delegations.choices import ExpenseItem, FundingSource
from delegations.models import EstimateItem, OutboundDelegation
from delegations.queries.estimates import Sheet
from intlcoop.catalogues.models import Country, Currency
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.numbers import format_money, format_number

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

#: Where a mismatch is mended: the estimate's own page, its day of rates, or a section of the form of the trip.
ESTIMATE, MONEY = "estimate", "tien"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    text: str
    place: str = ESTIMATE


def numbers_agree(case: Case) -> list[str]:
    return [mismatch.text for mismatch in mismatches(case.outbound)]


def mismatches(trip: OutboundDelegation, sheet: Sheet | None = None) -> list[Mismatch]:
    """Everything in which the estimate says something else than the rest of the file, in the order of the estimate."""
    sheet = Sheet(trip) if sheet is None else sheet
    if not sheet:
        return []
    return [
        *_of_people(sheet),
        *_of_days(sheet),
        *_of_countries(sheet),
        *_of_lines(sheet),
        *_of_money(sheet),
    ]


def _of_people(sheet: Sheet) -> list[Mismatch]:
    counted = {key for line in sheet.lines if not line.of_group for key in line.people}
    missing = [member.full_name for member in sheet.members if member.pk not in counted]
    if not missing:
        return []
    text = _("The list has %(list)s people, the estimate counts %(estimate)s; without %(names)s.") % {
        "list": len(sheet.members),
        "estimate": len(counted),
        "names": ", ".join(missing),
    }
    return [Mismatch(text=text)]


def _of_days(sheet: Sheet) -> list[Mismatch]:
    """Meals count each day of the stay, and may count the days of travel; nobody sleeps more nights than the trip has."""
    trip, spans = sheet.trip, sheet.spans()
    if not trip.days:
        return []
    stayed = sum(span.days for span in spans.values()) if spans else 0
    found = []
    eaten = _longest(sheet, ExpenseItem.MEALS)
    if eaten is not None and eaten > trip.days:
        text = _("The trip takes %(trip)s days, the estimate counts meals for %(estimate)s days.")
        found.append(Mismatch(text=text % {"trip": trip.days, "estimate": format_number(eaten)}))
    elif eaten is not None and eaten < min(stayed, trip.days):
        text = _("The itinerary has %(trip)s days, the estimate counts meals for %(estimate)s days.")
        found.append(Mismatch(text=text % {"trip": min(stayed, trip.days), "estimate": format_number(eaten)}))
    slept = _longest(sheet, ExpenseItem.LODGING)
    if slept is not None and slept > trip.days - 1:
        text = _("The trip has %(trip)s nights, the estimate counts lodging for %(estimate)s nights.")
        found.append(Mismatch(text=text % {"trip": trip.days - 1, "estimate": format_number(slept)}))
    return found


def _longest(sheet: Sheet, item: str) -> Decimal | None:
    """For how many days or nights this item is counted for one person, at most; None when nobody has it."""
    sums: dict[int, Decimal] = {}
    for line in sheet.lines:
        if line.item == item and not line.of_group:
            for person in line.people:
                sums[person] = sums.get(person, Decimal(0)) + line.quantity
    return max(sums.values(), default=None)


def _of_countries(sheet: Sheet) -> list[Mismatch]:
    on_the_way: dict[str, Country] = {leg.country.iso2: leg.country for leg in sheet.trip.legs.all()}
    estimated = {item.country.iso2: item.country for item in sheet.items if item.country is not None}
    found = []
    if extra := [country.name for code, country in estimated.items() if code not in on_the_way]:
        text = _("The estimate has lines for %(names)s, which the itinerary does not have (%(itinerary)s).")
        names = ", ".join(country.name for country in on_the_way.values()) or _("no country yet")
        found.append(Mismatch(text=text % {"names": ", ".join(extra), "itinerary": names}))
    if estimated and (left := [country.name for code, country in on_the_way.items() if code not in estimated]):
        text = _("The itinerary goes to %(names)s, the estimate has no line for it (%(estimate)s).")
        names = ", ".join(country.name for country in estimated.values())
        found.append(Mismatch(text=text % {"names": ", ".join(left), "estimate": names}))
    return found


def _of_lines(sheet: Sheet) -> list[Mismatch]:
    """Lines that say nothing yet, and lines above their norm without a reason."""
    found = []
    for item, line in zip(sheet.items, sheet.lines, strict=True):
        name = line_name(item)
        if line.unit_amount is None:
            found.append(Mismatch(text=_("The line “%(line)s” of the estimate has no amount yet.") % {"line": name}))
        if not line.of_group and not line.people:
            found.append(Mismatch(text=_("The line “%(line)s” of the estimate is for nobody.") % {"line": name}))
        if sheet.is_over(item) and not item.over_reason.strip():
            assert item.norm is not None
            assert item.unit_amount is not None
            text = _("The line “%(line)s” takes %(amount)s, the norm is %(norm)s. Say why.") % {
                "line": name,
                "amount": money(item.unit_amount, item.currency),
                "norm": money(item.norm.amount, item.norm.currency),
            }
            found.append(Mismatch(text=text))
    for code in sheet.totals.without_rate:
        found.append(Mismatch(text=missing_rate(code, sheet)))
    return found


def missing_rate(code: str, sheet: Sheet) -> str:
    return _("There is no rate of %(currency)s for %(day)s yet. Ask the finance department to enter it.") % {
        "currency": code,
        "day": table_date(sheet.rates_on),
    }


def _of_money(sheet: Sheet) -> list[Mismatch]:
    """What is asked for per source is what the estimate comes to; what the host pays need not be asked for."""
    totals = sheet.totals
    if totals.without_rate or totals.without_amount:
        return []
    asked = asked_of(sheet)
    sources = dict.fromkeys([*totals.by_source, *asked])
    found = []
    for source in sources:
        both = (asked.get(source, Decimal(0)), totals.by_source.get(source, Decimal(0)))
        if source == FundingSource.HOST and not all(both):
            continue
        if both[0] is None or both[1] is None or estimating.agree(both[0], both[1]):
            continue
        text = _("%(source)s: %(asked)s is asked for, the estimate comes to %(estimate)s.") % {
            "source": FundingSource(source).label,
            "asked": format_money(both[0], "VND", decimals=0),
            "estimate": format_money(both[1], "VND", decimals=0),
        }
        found.append(Mismatch(text=text, place=MONEY))
    if sheet.trip.host_pays_all and totals.own:
        text = _("The host pays everything, but the estimate takes %(estimate)s from other sources.")
        amount = format_money(totals.own, "VND", decimals=0)
        found.append(Mismatch(text=text % {"estimate": amount}, place=MONEY))
    return found


def asked_of(sheet: Sheet) -> dict[str, Decimal | None]:
    """What the file asks for by source, in đồng at the rates of the estimate; None where a rate is missing."""
    found: dict[str, Decimal | None] = {}
    for item in sheet.trip.funding.all():
        rate = sheet.rates.on(item.currency.code, sheet.rates_on)
        amount = None if rate is None else estimating.rounded(item.amount * rate)
        found[item.source] = estimating.plus([found.get(item.source, Decimal(0)), amount])
    return found


def money(amount: Decimal, currency: Currency) -> str:
    return format_money(amount, currency.code, decimals=currency.decimals)


def line_name(item: EstimateItem) -> str:
    """ "Tiền phòng nghỉ, Thái Lan"."""
    label = str(item.get_item_display())
    return f"{label}, {item.country.name}" if item.country else label
