"""Sample norms, rates, estimates and a settlement. Every figure is made up and marked "minh họa"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from delegations import services
from delegations.choices import ExpenseItem, OutboundState, PersonClass
from delegations.models import OutboundDelegation
from delegations.queries.norms import NormBook
from delegations.queries.proposals import proposed_rows
from delegations.queries.settlements import planned_rows
from intlcoop.catalogues.models import Country, Currency
from intlcoop.people.models import User

GROUPS = (
    ("Nhóm I (minh họa)", ("TH", "LA", "KH", "LK", "MM", "NP"), {"lodging": (90, 75), "meals": (70, 60), "transfer": (90, 90)}),
    ("Nhóm II (minh họa)", ("JP", "KR", "DE", "SE", "CH"), {"lodging": (120, 100), "meals": (85, 75), "transfer": (100, 100)}),
)  # fmt: skip
RATES = (("USD", Decimal(26100)), ("EUR", Decimal(28400)))
#: What the samples pay once, in đồng.
ONCE = {ExpenseItem.VISA: Decimal(1_300_000), ExpenseItem.INSURANCE: Decimal(600_000)}
SOURCE = "Số liệu minh họa, không phải tỷ giá chính thức"


def build(people: Mapping[str, User]) -> None:
    finance = User.objects.get(pk=people["taichinh"].pk)
    today = timezone.localdate()
    _norms(finance, today)
    _rates(finance, today)
    trips = OutboundDelegation.objects.select_related("case__created_by").filter(case__is_sample=True)
    for country, complete in (("JP", False), ("TH", True), ("LK", True)):
        trip = trips.filter(
            legs__country__iso2=country, case__state__in=(OutboundState.PLANNED, OutboundState.IN_APPROVAL)
        ).first()
        if trip is not None:
            _estimate(trip, complete=complete)
    over = trips.filter(case__state=OutboundState.COMPLETED, funding__isnull=False).order_by("-departs_on").first()
    if over is not None:
        _settle(over, finance)


def _norms(finance: User, today: dt.date) -> None:
    table = NormBook(today).table
    if table is None:
        return
    dollar = Currency.objects.get(code="USD")
    for position, (name, codes, amounts) in enumerate(GROUPS, start=1):
        countries = Country.objects.filter(iso2__in=codes)
        group = services.save_country_group(
            None, table, name=name, is_rest=False, countries=countries, position=position, actor=finance, is_sample=True
        )
        for item, by_class in amounts.items():
            for person_class, amount in zip(PersonClass.values, by_class, strict=True):
                services.set_norm(
                    group,
                    item=item,
                    person_class=person_class,
                    amount=Decimal(amount),
                    currency=dollar,
                    valid_from=table.valid_from,
                    reason="Số liệu minh họa, không phải định mức của Thông tư",
                    needs_check=True,
                    actor=finance,
                    is_sample=True,
                )


def _rates(finance: User, today: dt.date) -> None:
    """One rate for this month and one for the next, so that the demo of tomorrow has one too."""
    first = today.replace(day=1)
    second = (first + dt.timedelta(days=31)).replace(day=1)
    third = (second + dt.timedelta(days=31)).replace(day=1)
    for code, value in RATES:
        currency = Currency.objects.get(code=code)
        for start, end in ((first, second), (second, third)):
            services.save_rate(
                None,
                currency=currency,
                valid_from=start,
                valid_until=end - dt.timedelta(days=1),
                value=value,
                source=SOURCE,
                actor=finance,
                is_sample=True,
            )


def _estimate(trip: OutboundDelegation, *, complete: bool) -> None:
    """The proposed lines; a complete one comes to what the trip asks for, the tickets taking what is left."""
    rows = proposed_rows(trip)
    for row in rows:
        row["unit_amount"] = row["unit_amount"] if row["country"] else ONCE.get(row["item"])
    if complete:
        _fill_tickets(trip, rows)
    services.save_estimate(
        trip,
        actor=trip.case.created_by,
        rows=rows,
        note="Mức chi minh họa; giá vé theo khảo sát của đơn vị (minh họa).",
    )


def _fill_tickets(trip: OutboundDelegation, rows: list[dict[str, Any]]) -> None:
    asked = sum(row["planned"] for row in planned_rows(trip))
    others = Decimal(0)
    for row in rows:
        if row["item"] == ExpenseItem.CONFERENCE_FEE:
            row["unit_amount"] = Decimal(0)
        if row["unit_amount"] is not None:
            rate = dict(RATES).get(row["currency"].code, Decimal(1))
            others += row["unit_amount"] * row["quantity"] * len(row["people"]) * rate
    for row in rows:
        if row["item"] == ExpenseItem.TICKET:
            row["unit_amount"] = max((asked - others) // len(row["people"]), Decimal(0))


def _settle(trip: OutboundDelegation, finance: User) -> None:
    """One trip is settled: a little less than planned, with the reason."""
    rows = [
        {
            "source": row["source"],
            "currency": row["currency"],
            "spent": row["planned"] - Decimal(6_500_000),
            "reason": "Giá vé máy bay thực tế thấp hơn dự toán (minh họa).",
        }
        for row in planned_rows(trip)
    ]
    services.save_settlement(trip, actor=finance, rows=rows, note="Chứng từ số 15/CT (minh họa).")
    services.close_settlement(trip, actor=finance)
