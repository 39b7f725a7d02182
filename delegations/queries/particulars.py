"""What is decided on a trip, in (label, value) lines for pages and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from delegations.choices import Mode
from delegations.models import OutboundDelegation
from delegations.queries.trips import countries_text, days_text, head_of
from intlcoop.vietnamese.dates import table_range
from intlcoop.vietnamese.numbers import format_money

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case


def particulars(trip: OutboundDelegation) -> list[tuple[str, Any]]:
    """(label, value) of what is decided on, in the order in which a leader asks; an empty value has not been given yet."""
    found: list[tuple[str, Any]] = [
        (_("Purpose"), trip.get_purpose_display() if trip.purpose else ""),
        (_("Content"), trip.purpose_text),
        (_("Expected result"), trip.expected_result),
        (_("Days"), days_words(trip)),
        (_("Place"), countries_text(trip)),
        (_("Form"), trip.get_mode_display()),
        *(led_particulars(trip) if trip.mode == Mode.LED else accompanying_particulars(trip)),
        (_("Number of people"), str(len(trip.members.all()) or "")),
        (_("Host, inviting body"), " · ".join(x for x in (str(trip.host_partner or ""), trip.inviting_body) if x)),
    ]
    if trip.field:
        found.append((_("Field of cooperation"), trip.field))
    if trip.programme:
        found.append((_("Scheme or programme that it serves"), trip.programme))
    if trip.warning_reason:
        found.append((_("Explanation of the warnings"), trip.warning_reason))
    return [*found, (_("Unit"), trip.case.unit), (_("Filed by"), trip.case.created_by)]


def days_words(trip: OutboundDelegation) -> str:
    return _("%(days)s (%(n)s days)") % {"days": days_text(trip), "n": trip.days} if trip.days else days_text(trip)


def led_particulars(trip: OutboundDelegation) -> list[tuple[str, Any]]:
    head = head_of(trip)
    unplanned = _("Unplanned: %(reason)s") % {"reason": trip.out_of_plan_reason or "…"}
    plan = f"{trip.plan_line.plan}: {trip.plan_line}" if trip.plan_line else unplanned
    who = ", ".join(part for part in (head.full_name, head.post) if part) if head else ""
    return [(_("Head of delegation"), who), (_("Plan"), plan)]


def accompanying_particulars(trip: OutboundDelegation) -> list[tuple[str, Any]]:
    day = table_range(trip.composition_date, trip.composition_date) if trip.composition_date else ""
    paper = " · ".join(part for part in (trip.composition_number, day) if part)
    return [(_("Accompanied leader"), trip.principal), (_("Document on composition"), paper)]


def money_words(trip: OutboundDelegation) -> str:
    """ "120.000.000 VND (Ngân sách nhà nước)", one source after the other."""
    items = [
        f"{format_money(item.amount, item.currency.code, decimals=item.currency.decimals)} ({item.get_source_display()})"
        for item in trip.funding.select_related("currency")
    ]
    return "; ".join([*([_("The host pays everything.")] if trip.host_pays_all else []), *items])


def decision_facts(case: Case) -> list[tuple[str, Any]]:
    """What whoever decides has to see without opening the file: the particulars, with the names and the money."""
    trip = (
        OutboundDelegation.everything.select_related(
            "case__unit", "case__created_by", "plan_line__plan", "host_partner", "field", "programme"
        )
        .prefetch_related("legs__country", "members")
        .get(case=case)
    )
    names = ", ".join(member.full_name for member in trip.members.all())
    return [*particulars(trip), (_("Members"), names), (_("Funding"), money_words(trip))]
