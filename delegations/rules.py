"""Who may do what with trips. What a person may see is the case's own rule (workflow)."""

from __future__ import annotations

from typing import Any

import rules

from delegations.choices import OutboundState, ReportState
from intlcoop.people.choices import Role
from intlcoop.people.principals import principal_of

#: Who in a unit files its trips: everybody who works there, except those who only read or administer.
FILERS = (Role.OFFICER, Role.FOCAL, Role.HEAD, Role.DEPUTY_HEAD)


@rules.predicate
def files_trips(user: Any) -> bool:
    """Works in a unit of the ministry and so may file trips for it."""
    return user.is_authenticated and any(principal_of(user).has(role) for role in FILERS)


@rules.predicate
def filed_or_travels(user: Any, trip: Any) -> bool:
    """The filer, a member of the delegation, or a colleague of the filing unit: whoever can write its report."""
    if trip is None:
        return False
    principal = principal_of(user)
    colleague = trip.case.unit_id in principal.own_unit_ids and any(principal.has(role) for role in FILERS)
    return trip.case.created_by_id == user.pk or colleague or trip.members.filter(person=user).exists()


@rules.predicate
def report_is_due(user: Any, trip: Any) -> bool:
    return trip is not None and trip.case.state in (OutboundState.REPORT_DUE, OutboundState.TRAVELLING)


@rules.predicate
def report_open_for_filer(user: Any, case: Any) -> bool:
    return case is not None and case.state in (ReportState.DRAFT, ReportState.RETURNED)


@rules.predicate
def wrote_report(user: Any, case: Any) -> bool:
    return case is not None and filed_or_travels.test(user, case.trip_report.delegation)


@rules.predicate
def appraises_reports(user: Any, case: Any = None) -> bool:
    """The ICD accepts trip reports, though nobody accepts the report of a trip they took part in or filed."""
    if not principal_of(user).is_icd:
        return False
    if case is None:
        return True
    trip = case.trip_report.delegation
    involved = user.pk in (case.created_by_id, trip.case.created_by_id)
    return not involved and not trip.members.filter(person=user).exists()


rules.add_perm("delegations.add_trip", files_trips)
rules.add_perm("delegations.write_report", filed_or_travels & report_is_due)
rules.add_perm("delegations.edit_report", wrote_report & report_open_for_filer)
rules.add_perm("delegations.file_report", wrote_report)
rules.add_perm("delegations.accept_report", appraises_reports)


@rules.predicate
def is_icd(user: Any, trip: Any = None) -> bool:
    return user.is_authenticated and principal_of(user).is_icd


rules.add_perm("delegations.mark_highlight", is_icd)


# --- money ----------------------------------------------------------------------------------------------------------

#: A trip is settled when it is over; what was decided and did not happen has nothing to settle.
SETTLED_IN = (OutboundState.REPORT_DUE, OutboundState.COMPLETED)


@rules.predicate
def is_finance(user: Any, thing: Any = None) -> bool:
    return user.is_authenticated and principal_of(user).is_finance


@rules.predicate
def is_administrator(user: Any, thing: Any = None) -> bool:
    return user.is_authenticated and principal_of(user).is_administrator


@rules.predicate
def trip_is_over(user: Any, trip: Any) -> bool:
    return trip is not None and trip.case.state in SETTLED_IN


@rules.predicate
def sees_trip(user: Any, trip: Any) -> bool:
    return trip is not None and rules.has_perm("workflow.view_case", user, trip.case)


@rules.predicate
def settlement_is_open(user: Any, trip: Any) -> bool:
    settlement = getattr(trip, "settlement", None)
    return settlement is None or settlement.closed_at is None


@rules.predicate
def took_part(user: Any, trip: Any) -> bool:
    """Filed the trip or travelled on it: such a person does not close its money side."""
    return trip is not None and (trip.case.created_by_id == user.pk or trip.members.filter(person=user).exists())


rules.add_perm("delegations.keep_norms", is_finance | is_administrator)
rules.add_perm("delegations.keep_rates", is_finance | is_administrator)
rules.add_perm(
    "delegations.write_settlement", sees_trip & trip_is_over & settlement_is_open & (filed_or_travels | is_finance)
)
rules.add_perm("delegations.close_settlement", sees_trip & trip_is_over & settlement_is_open & is_finance & ~took_part)
rules.add_perm("delegations.reopen_settlement", sees_trip & ~settlement_is_open & is_finance & ~took_part)
