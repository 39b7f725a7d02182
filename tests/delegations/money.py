"""Norms, rates and estimates as tests need them. All amounts are made up."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from delegations import services
from delegations.choices import ExpenseItem, FundingSource
from delegations.models import CountryGroup, ExchangeRate, NormTable, OutboundDelegation
from intlcoop.catalogues.models import Country, Currency
from tests.ministry import Ministry


def currency(code: str) -> Currency:
    return Currency.objects.get(code=code)


def table(day: dt.date | None = None) -> NormTable:
    return NormTable.objects.on(day or timezone.localdate()).get()


def group(ministry: Ministry, *countries: str, name: str = "Nhóm I", of: NormTable | None = None) -> CountryGroup:
    found = [Country.objects.get(iso2=code) for code in countries or ("TH", "LA")]
    return services.save_country_group(
        None, of or table(), name=name, is_rest=False, countries=found, actor=ministry.taichinh
    )


def norm(ministry: Ministry, of: CountryGroup, item: str, amount: int, person_class: str = "B", **more: Any) -> Any:
    values = {"valid_from": of.table.valid_from, "reason": "Nhập theo phụ lục", "currency": currency("USD")} | more
    return services.set_norm(
        of, item=item, person_class=person_class, amount=Decimal(amount), actor=ministry.taichinh, **values
    )


def rate(ministry: Ministry, code: str = "USD", value: str = "26000", day: dt.date | None = None) -> ExchangeRate:
    day = day or timezone.localdate()
    return services.save_rate(
        None, currency=currency(code), valid_from=day, valid_until=day, value=Decimal(value), source="Thông báo tỷ giá",
        actor=ministry.taichinh,
    )  # fmt: skip


def line(trip: OutboundDelegation, item: str, amount: int | str | None, **more: Any) -> dict[str, Any]:
    """A line for everybody, once, in đồng from the state budget unless told otherwise."""
    of_group = item in ExpenseItem.OF_GROUP
    return {
        "item": item,
        "country": None,
        "person_class": "",
        "people": [] if of_group else [member.pk for member in trip.members.all()],
        "quantity": Decimal(1),
        "unit_amount": None if amount is None else Decimal(amount),
        "currency": currency("VND"),
        "source": FundingSource.STATE_BUDGET,
        "over_reason": "",
        "note": "",
    } | more


def estimate(trip: OutboundDelegation, ministry: Ministry, *rows: dict[str, Any], by: str = "chuyenvien") -> None:
    """An estimate of these lines; without any, tickets for as much as the factory's trip asks for."""
    lines = rows or (line(trip, "ticket", 120_000_000 // max(trip.members.count(), 1)),)
    services.save_estimate(trip, actor=ministry.person(by), rows=list(lines))
