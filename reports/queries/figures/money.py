"""Money of a report: planned and spent on trips, the cost of receptions, aid of projects. Currencies are never added up.

{"money.outbound.planned.VND": {"amount": "120000000.00", "currency", "decimals", "qualifier", "rows", "source", "items"}}: one
item per file and source with its own amount. A sum that not every file says is a lower bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from intlcoop.vietnamese.counts import Qualifier
from intlcoop.vietnamese.numbers import format_money
from reports.choices import RowKind
from reports.queries.figures.counting import Row, of_kind

#: {"source", "amount" as text, "currency", "decimals"}
Amount = Mapping[str, Any]
OUTBOUND_PLANNED, OUTBOUND_SPENT = "money.outbound.planned", "money.outbound.spent"
INBOUND_COST = "money.inbound.cost"
EVENTS_PLANNED, EVENTS_SPENT = "money.events.planned", "money.events.spent"
AID, COUNTERPART, DISBURSED = "money.projects.aid", "money.projects.counterpart", "money.projects.disbursed"


def money_of(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Every sum of these rows, one for each currency."""
    trips, visits, events = (of_kind(rows, kind) for kind in (RowKind.OUTBOUND, RowKind.INBOUND, RowKind.EVENT))
    projects = [row for row in of_kind(rows, RowKind.PROJECT) if row["active"]]
    return {
        **_sums(OUTBOUND_PLANNED, trips, "funding", silent=lambda row: not row["funding"] and not row["host_pays_all"]),
        **_sums(OUTBOUND_SPENT, trips, "spent", silent=lambda row: not row.get("settled") and not row["host_pays_all"]),
        **_sums(INBOUND_COST, visits, "cost"),
        **_sums(EVENTS_PLANNED, [row for row in events if row["hosted"]], "budget"),
        **_sums(EVENTS_SPENT, [row for row in events if row["hosted"]], "spent"),
        **_sums(AID, projects, "aid"),
        **_sums(COUNTERPART, projects, "counterpart", silent=lambda row: False),
        **_sums(DISBURSED, of_kind(rows, RowKind.PROJECT), "disbursed", silent=lambda row: False),
    }


def _sums(key: str, rows: Sequence[Row], name: str, *, silent: Any = None) -> dict[str, dict[str, Any]]:
    """`silent`: the row does not say its amount; by default one that has none."""
    known: dict[tuple[str, int], list[tuple[Row, Amount]]] = {}
    for row in rows:
        for amount in row.get(name) or ():
            known.setdefault((amount["currency"], amount["decimals"]), []).append((row, amount))
    says = silent or (lambda row: not row.get(name))
    complete = not any(says(row) for row in rows)
    return {
        f"{key}.{currency}": _sum(found, currency, decimals, complete)
        for (currency, decimals), found in sorted(known.items(), key=lambda each: (each[0][0] != "VND", each[0]))
    }


def _sum(found: Iterable[tuple[Row, Amount]], currency: str, decimals: int, complete: bool) -> dict[str, Any]:
    pairs = list(found)
    total = sum((Decimal(amount["amount"]) for _row, amount in pairs), Decimal(0))
    return {
        "amount": f"{total:f}",
        "currency": currency,
        "decimals": decimals,
        "qualifier": None if complete else str(Qualifier.AT_LEAST),
        "rows": list(dict.fromkeys(row["number"] for row, _amount in pairs)),
        "source": None,
        "items": [
            {
                "text": f"{row['title']}: {format_money(Decimal(amount['amount']), currency, decimals=decimals)}",
                "rows": [row["number"]],
            }
            for row, amount in pairs
        ],
    }
