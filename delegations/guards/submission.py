"""What keeps a trip from being submitted: the sentences that the user reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import AttachmentKind, Mode, Part
from delegations.guards.limits import Look
from delegations.guards.numbers import numbers_agree
from delegations.guards.plan_line import is_open
from delegations.guards.unplanned import asks_reason
from delegations.guards.warnings import warnings
from delegations.models import OutboundDelegation
from intlcoop.regulations.choices import Severity

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case


def trip_of(case: Case) -> OutboundDelegation:
    return case.outbound


def has_people(case: Case) -> list[str]:
    """A led delegation has a head; an accompanying one at least a member."""
    trip = trip_of(case)
    members = list(trip.members.all())
    if not members:
        return [_("Name the people who travel.")]
    if trip.mode == Mode.LED and not any(member.part == Part.HEAD for member in members):
        return [_("Name the head of the delegation.")]
    return []


def has_days_and_places(case: Case) -> list[str]:
    trip = trip_of(case)
    found = []
    if trip.departs_on is None or trip.returns_on is None:
        found.append(_("Enter the days of departure and return."))
    elif trip.departs_on < timezone.localdate():
        found.append(_("The day of departure has passed. Correct the date."))
    return [*found, *has_places(case)]


def has_places(case: Case) -> list[str]:
    """At least one stay, each within the days of the trip."""
    trip = trip_of(case)
    legs = list(trip.legs.all())
    found = [] if legs else [_("Enter at least one country of the itinerary.")]
    for leg in legs:
        outside = trip.departs_on and leg.arrives_on and leg.arrives_on < trip.departs_on
        outside = outside or (trip.returns_on and leg.leaves_on and leg.leaves_on > trip.returns_on)
        if outside:
            found.append(
                _("The stay in %(place)s lies outside the days of the trip. Correct the stay or the trip.")
                % {"place": str(leg)}
            )
    return found


def has_purpose(case: Case) -> list[str]:
    trip = trip_of(case)
    found = []
    if not trip.purpose or not trip.purpose_text.strip():
        found.append(_("Say why the delegation travels: kind of purpose, and content."))
    if not trip.expected_result.strip():
        found.append(_("Say what result is expected."))
    return found


def has_basis(case: Case) -> list[str]:
    """A led trip stands on an invitation; an accompanying one on the document on the delegation's composition."""
    trip = trip_of(case)
    if trip.mode == Mode.ACCOMPANYING:
        if not trip.principal or not trip.composition_number or trip.composition_date is None:
            return [
                _("Enter the accompanied leader, and number and date of the document on the delegation's composition.")
            ]
        return []
    found = []
    if not trip.inviting_body and trip.host_partner_id is None:
        found.append(_("Say who invites."))
    has_letter = case.attachments.current().filter(kind=AttachmentKind.INVITATION).exists()
    if not has_letter and not (trip.secret_outside and trip.secret_particulars):
        found.append(_("Attach the invitation letter. If it is secret, say that it is kept outside this system."))
    return found


def has_plan_or_reason(case: Case) -> list[str]:
    """Every led trip comes from an approved plan or says why not (W002-02)."""
    trip = trip_of(case)
    if trip.mode == Mode.ACCOMPANYING:
        return []
    if trip.plan_line is None:
        rule = asks_reason(Look(trip))
        if rule is None or rule.severity != Severity.BLOCK:
            return []
        return [_("Choose the line of the plan, or say why the trip is not in it.")]
    found = []
    if not trip.plan_line.plan.is_approved:
        found.append(
            _("The plan of this line is not approved yet. Choose another line, or file the trip as unplanned.")
        )
    elif not is_open(trip.plan_line):
        found.append(
            _("This line of the plan no longer stands for an outbound delegation (%(state)s). Choose another line.")
            % {"state": trip.plan_line.get_state_display()}
        )
    if trip.departs_on and trip.plan_line.plan.year != trip.departs_on.year:
        found.append(
            _("The line belongs to the plan of %(plan)s, the trip departs in %(year)s.")
            % {"plan": trip.plan_line.plan.year, "year": trip.departs_on.year}
        )
    return found


def has_funding(case: Case) -> list[str]:
    """Who pays; an estimate is not asked when the host pays everything."""
    trip = trip_of(case)
    if trip.host_pays_all or trip.funding.exists():
        return []
    return [_("Say who pays: at least one source and amount, or that the host pays everything.")]


def keeps_limits(case: Case) -> list[str]:
    """What a rule blocks is not explained away: each sentence with its rule, and what to do."""
    return [
        _("%(finding)s Not allowed by %(rule)s. Change the file, or ask who administers the rules.")
        % {"finding": finding.text, "rule": finding.citation.rstrip(".")}
        for finding in warnings(trip_of(case))
        if finding.blocks
    ]


def explains_warnings(case: Case) -> list[str]:
    """One explanation covers all warnings of a submission."""
    trip = trip_of(case)
    if trip.warning_reason.strip():
        return []
    found = [finding for finding in warnings(trip) if not finding.blocks]
    if not found:
        return []
    return [
        _("This file has warnings: %(warnings)s Explain them in the box “%(box)s”.")
        % {"warnings": " ".join(warning.text for warning in found), "box": _("explanation of the warnings")}
    ]


SUBMISSION_GUARDS = (
    has_people,
    has_days_and_places,
    has_purpose,
    has_basis,
    has_plan_or_reason,
    has_funding,
    keeps_limits,
    numbers_agree,
    explains_warnings,
)
