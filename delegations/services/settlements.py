"""Writes on what a trip did cost: planned against spent by source, closed by the finance department (U001-02)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.models import OutboundDelegation, SettlementLine, TripSettlement
from delegations.queries.settlements import planned_rows
from intlcoop.vietnamese.numbers import format_money
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.rows import Rows, clean

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def save_settlement(trip: OutboundDelegation, *, actor: User, rows: Rows, note: str = "") -> TripSettlement:
    """Write what was spent: dicts of source, currency, spent, reason. What was planned is taken from the file itself.

    Raises NotAllowed (not these people, trip not over, closed), Refused.
    """
    engine.lock(trip.case)
    settlement = TripSettlement.objects.filter(delegation=trip).first() or TripSettlement(delegation=trip)
    _may(actor, "delegations.write_settlement", trip)
    settlement.note = note
    clean(settlement)
    settlement.save()
    planned = {(row["source"], row["currency"].pk): row["planned"] for row in planned_rows(trip)}
    settlement.lines.all().delete()
    typed = {(row["source"], row["currency"].pk): row for row in rows}
    if len(typed) < len(rows):
        raise Refused(_("This source stands here twice in the same currency."))
    known = {row["currency"].pk: row["currency"] for row in [*rows, *planned_rows(trip)]}
    for position, key in enumerate(dict.fromkeys([*planned, *typed])):
        row: Any = typed.get(key, {})
        line = SettlementLine(
            settlement=settlement,
            source=key[0],
            currency=known[key[1]],
            planned=planned.get(key, Decimal(0)),
            spent=row.get("spent"),
            reason=row.get("reason", ""),
            position=position,
        )
        clean(line)
        line.save()
    return settlement


@transaction.atomic
def close_settlement(trip: OutboundDelegation, *, actor: User) -> TripSettlement:
    """The finance department closes the money side. Raises NotAllowed, Conflict (closed already), Refused (what is missing)."""
    engine.lock(trip.case)
    settlement = TripSettlement.objects.filter(delegation=trip).prefetch_related("lines__currency").first()
    if settlement is not None and settlement.closed_at is not None:
        raise Conflict(_("This settlement is closed already."))
    _may(actor, "delegations.close_settlement", trip)
    if settlement is None:
        raise Refused(_("Enter first what was spent."))
    if problems := what_is_missing(settlement):
        raise Refused(problems)
    settlement.closed_at, settlement.closed_by = timezone.now(), actor
    settlement.save(update_fields=["closed_at", "closed_by"])
    return settlement


@transaction.atomic
def reopen_settlement(trip: OutboundDelegation, *, reason: str, actor: User) -> TripSettlement:
    """Open a closed settlement again; who closed it stays in the history. Raises NotAllowed, Refused (no reason)."""
    engine.lock(trip.case)
    if not rules.has_perm("delegations.reopen_settlement", actor, trip):
        raise NotAllowed(_("Only the finance department closes and reopens settlements."))
    settlement = TripSettlement.objects.get(delegation=trip)
    if not reason.strip():
        raise Refused(_("Say why."))
    settlement.closed_at = settlement.closed_by = None
    settlement.note = "\n".join(
        part for part in (settlement.note, _("Reopened: %(why)s") % {"why": reason.strip()}) if part
    )
    clean(settlement)
    settlement.save()
    return settlement


def what_is_missing(settlement: TripSettlement) -> list[str]:
    """Sentences for lines without what was spent, or with a difference nobody explained."""
    found = []
    for line in settlement.lines.all():
        name = {"source": line.get_source_display(), "currency": line.currency.code}
        if line.spent is None:
            found.append(_("%(source)s (%(currency)s): enter what was spent, 0 if nothing was.") % name)
        elif line.difference and not line.reason.strip():
            values = {
                "planned": format_money(line.planned, line.currency.code, decimals=line.currency.decimals),
                "spent": format_money(line.spent, line.currency.code, decimals=line.currency.decimals),
            }
            text = _("%(source)s: planned %(planned)s, spent %(spent)s. Say why it differs.")
            found.append(text % (name | values))
    return found


def _may(actor: User, rule: str, trip: OutboundDelegation) -> None:
    if not rules.has_perm(rule, actor, trip):
        raise NotAllowed(_("You may not do this on the settlement of this trip."))
