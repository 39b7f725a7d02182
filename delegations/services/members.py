"""What a decision does to the members of a delegation, and to the money that was counted for them (C9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from delegations import estimating
from delegations.models import DelegationMember, OutboundDelegation
from delegations.queries.estimates import Sheet
from delegations.queries.trips import MEMBER_KEY

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

KEPT = ("full_name", "post", "body", "rank", "part", "member_class")
VND = "VND"


def leave_out_members(case: Case, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Take members out of the delegation of a file; {key: what the row said}, for the record of the decision.

    Their shares leave the estimate, and what is asked for falls by as much. The totals before and after are kept with the
    first of them, once per decision.
    """
    ids = {int(key.removeprefix(MEMBER_KEY)): key for key in keys}
    trip = OutboundDelegation.everything.get(case=case)
    members = list(trip.members.filter(pk__in=ids))
    snapshots = {
        ids[member.pk]: {"person": member.person_id, **{name: getattr(member, name) for name in KEPT}}
        for member in members
    }
    before, people, asked = Sheet(trip), trip.members.count(), asked_by_currency(trip)
    estimated = before.totals
    _take_out(members, before)
    after = Sheet(OutboundDelegation.everything.get(pk=trip.pk))
    _ask_for_less(trip, before, estimated.by_source_and_currency, after.totals.by_source_and_currency)
    totals = [
        _total("people", people, people - len(members)),
        *(
            _total("asked", amount, asked_by_currency(trip).get(code, Decimal(0)), code)
            for code, amount in asked.items()
        ),
    ]
    if before and estimated.all is not None and after.totals.all is not None:
        totals.append(_total("estimated", estimated.all, after.totals.all, VND))
    if snapshots:
        first = next(iter(snapshots.values()))
        first |= {"totals": totals, "has_estimate": bool(before)}
    return snapshots


def asked_by_currency(trip: OutboundDelegation) -> dict[str, Decimal]:
    """What the file asks for, in each currency by itself."""
    found: dict[str, Decimal] = {}
    for code, amount in trip.funding.values_list("currency__code", "amount"):
        found[code] = found.get(code, Decimal(0)) + amount
    return found


def _take_out(members: Sequence[DelegationMember], sheet: Sheet) -> None:
    """A line that was for nobody else goes with them; else it would be for nobody, or for the whole delegation."""
    gone = {member.pk for member in members}
    for item, line in zip(sheet.items, sheet.lines, strict=True):
        if line.people and gone.issuperset(line.people):
            item.delete()
    for member in members:
        member.delete()


def _ask_for_less(
    trip: OutboundDelegation,
    sheet: Sheet,
    before: Mapping[tuple[str, str], Decimal | None],
    after: Mapping[tuple[str, str], Decimal | None],
) -> None:
    """Each source pays less by what the estimate of this source fell; in its currency if it pays in that, else in đồng."""
    rows: dict[str, dict[str, Any]] = {}
    for item in trip.funding.select_related("currency").order_by("-position", "-pk"):
        rows.setdefault(item.source, {})[item.currency.code] = item
    for (source, code), amount in before.items():
        left = after.get((source, code), Decimal(0))
        if amount is None or left is None or amount <= left:
            continue
        drop, rate = amount - left, sheet.rates.on(code, sheet.rates_on)
        row = rows.get(source, {}).get(code)
        if row is None:
            row = rows.get(source, {}).get(VND)
            drop = estimating.rounded(drop * rate) if rate is not None else Decimal(0)
        if row is not None and drop:
            row.amount = max(row.amount - drop, Decimal(0))
            row.save(update_fields=["amount"])
            if not row.amount and trip.funding.filter(amount__gt=0).exists():
                row.delete()
                del rows[source][row.currency.code]


def _total(of: str, before: int | Decimal, after: int | Decimal, currency: str = "") -> dict[str, str]:
    return {"of": of, "currency": currency, "before": f"{Decimal(before):f}", "after": f"{Decimal(after):f}"}
