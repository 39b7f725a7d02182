"""Who may do what with trips. What a person may see is the case's own rule (workflow)."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone

from delegations import visit_rules as visit_rules  # the autodiscovery of rules looks at this module alone
from delegations.choices import LineState, OutboundState, PlanState, ReportState, RevisionState
from delegations.event_choices import EventState
from delegations.visit_choices import InboundState
from intlcoop.people import offices
from intlcoop.people.choices import Role
from intlcoop.people.principals import principal_of
from intlcoop.workflow import rules as rules_of_cases

#: Who in a unit files its trips: everybody who works there, except those who only read or administer.
FILERS = (Role.OFFICER, Role.FOCAL, Role.HEAD, Role.DEPUTY_HEAD)
#: A plan whose lines can still be written.
PLAN_OPEN = PlanState.TAKES_LINES


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
def is_icd(user: Any, thing: Any = None) -> bool:
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


@rules.predicate
def watches_lateness(user: Any) -> bool:
    """The ICD and the leadership; auditors and administrators read along."""
    return user.is_authenticated and principal_of(user).sees_everything_submitted


rules.add_perm("delegations.watch_lateness", watches_lateness)
rules.add_perm("delegations.see_event_year", watches_lateness)


# --- annual plans ------------------------------------------------------------------------------------------------


@rules.predicate
def plan_is_open(user: Any, plan: Any) -> bool:
    """Still being made: neither submitted nor approved, and with a file of its own."""
    return plan is not None and plan.case is not None and plan.case.state in PLAN_OPEN


@rules.predicate
def of_own_unit(user: Any, unit: Any) -> bool:
    """Works for this unit, not merely reads or administers."""
    principal = principal_of(user)
    return unit is not None and unit.pk in principal.own_unit_ids and any(principal.has(role) for role in FILERS)


@rules.predicate
def sees_plan(user: Any, plan: Any) -> bool:
    """The same as `AnnualPlan.objects.visible_to(user)`: whoever reads its file; a plan of the past is known by its approval."""
    if plan is None or not user.is_authenticated or not user.is_active:
        return False
    if plan.case is None:
        return plan.approved_on is not None
    return bool(rules.has_perm("workflow.view_case", user, plan.case))


@rules.predicate
def sees_line(user: Any, line: Any) -> bool:
    """The same as `PlanLine.objects.visible_to(user)`; a property test holds the two together.

    An approved plan is a circulated document: every unit reads it. What a unit proposes is between it and the ICD.
    """
    if line is None or not user.is_authenticated or not user.is_active:
        return False
    principal = principal_of(user)
    if line.unit_id in principal.own_unit_ids:
        return True
    if principal.sees_everything_submitted:
        return bool(line.state != LineState.DRAFT)
    return line.state in LineState.IN_PLAN and bool(sees_plan.test(user, line.plan))


@rules.predicate
def line_is_mine(user: Any, line: Any) -> bool:
    """The unit its own draft; the ICD what units have sent, as long as the plan is open."""
    if line is None or not plan_is_open.test(user, line.plan):
        return False
    if line.state == LineState.DRAFT:
        return bool(of_own_unit.test(user, line.unit))
    return is_icd.test(user, line.plan) and line.state in (LineState.PROPOSED, LineState.ACCEPTED)


@rules.predicate
def endorses_for(user: Any, unit: Any) -> bool:
    """Heads the unit, or acts for its head today."""
    return unit is not None and offices.can_act(user, offices.UNIT_HEAD, unit, timezone.localdate()) is not None


@rules.predicate
def plan_is_in_force(user: Any, plan: Any) -> bool:
    return plan is not None and plan.approved_on is not None


@rules.predicate
def line_can_be_settled(user: Any, line: Any) -> bool:
    return line is not None and line.plan.approved_on is not None and line.state in LineState.IN_PLAN


@rules.predicate
def revision_collects(user: Any, revision: Any) -> bool:
    return revision is not None and revision.case.state == RevisionState.COLLECTING


@rules.predicate
def is_clerk(user: Any, thing: Any = None) -> bool:
    return user.is_authenticated and principal_of(user).is_clerk


rules.add_perm("delegations.keep_plan_papers", is_icd | is_clerk)
rules.add_perm("delegations.view_plan", sees_plan)
rules.add_perm("delegations.view_line", sees_line)
rules.add_perm("delegations.plan_years", is_icd)
rules.add_perm("delegations.plan_is_open", plan_is_open)
rules.add_perm("delegations.import_plan", is_icd | is_administrator)
rules.add_perm("delegations.consolidate_plan", is_icd & plan_is_open)
rules.add_perm("delegations.propose_line", of_own_unit)
rules.add_perm("delegations.edit_line", line_is_mine)
rules.add_perm("delegations.send_proposal", endorses_for)
rules.add_perm("delegations.settle_line", is_icd & line_can_be_settled)
rules.add_perm("delegations.revise_plan", is_icd & plan_is_in_force)
rules.add_perm("delegations.ask_change", files_trips & revision_collects)
rules.add_perm("delegations.consolidate_revision", is_icd & revision_collects)


# --- changes of decided trips, events ---------------------------------------------------------------------------------


@rules.predicate
def changes_trips_of_unit(user: Any, trip: Any) -> bool:
    """The filer or the filing unit may ask to change a trip that has its decision and is not back (C17)."""
    if trip is None or trip.amends_id is not None:
        return False
    decided = trip.case.state in (OutboundState.DECIDED, OutboundState.TRAVELLING)
    return decided and bool(rules.has_perm("workflow.submit_case", user, trip.case))


@rules.predicate
def edits_case(user: Any, trip: Any) -> bool:
    return trip is not None and bool(rules.has_perm("workflow.edit_case", user, trip.case))


@rules.predicate
def content_is_asked_for(user: Any, trip: Any) -> bool:
    """A request to put off or call off a trip asks for no other content, so there is none to write."""
    return trip is not None and (trip.amends_id is None or trip.case.trip_change.has_content)


@rules.predicate
def runs_events_of_unit(user: Any, event: Any) -> bool:
    """The unit of the event, or the ICD, keeps it up to date."""
    if event is None or not rules.has_perm("workflow.view_case", user, event.case):
        return False
    return principal_of(user).is_icd or bool(rules.has_perm("workflow.submit_case", user, event.case))


@rules.predicate
def runs_event_case(user: Any, case: Any) -> bool:
    return case is not None and runs_events_of_unit.test(user, case.event)


@rules.predicate
def permits_are_asked_for(user: Any, case: Any) -> bool:
    """Of an event that we hold, where hosting need not be agreed in principle first or has been."""
    return case is not None and case.event.is_hosted and not case.event.wants_principle


@rules.predicate
def principle_is_asked_for(user: Any, case: Any) -> bool:
    return case is not None and bool(case.event.wants_principle)


@rules.predicate
def held_without_asking(user: Any, case: Any) -> bool:
    """What we only attend is held when its day has come; what we hold has to be permitted before."""
    return case is not None and (not case.event.is_hosted or case.state == EventState.PERMITTED)


@rules.predicate
def event_is_hosted(user: Any, case: Any) -> bool:
    return case is not None and case.event.is_hosted


@rules.predicate
def is_icd_of_case(user: Any, case: Any) -> bool:
    return user.is_authenticated and principal_of(user).is_icd


may_submit = rules.is_active & rules_of_cases.can_view & rules_of_cases.is_filer
rules.add_perm("delegations.ask_permission", may_submit & permits_are_asked_for)
rules.add_perm("delegations.ask_principle", may_submit & principle_is_asked_for)
rules.add_perm("delegations.hold_event", runs_event_case & held_without_asking)
rules.add_perm("delegations.report_event", runs_event_case & event_is_hosted)
rules.add_perm("delegations.reopen_event_report", is_icd_of_case & event_is_hosted)
rules.add_perm("delegations.open_change", changes_trips_of_unit)
rules.add_perm("delegations.edit_trip", edits_case & content_is_asked_for)
rules.add_perm("delegations.edit_event", runs_events_of_unit)
rules.add_perm("delegations.run_event", runs_event_case)
# --- preparation ----------------------------------------------------------------------------------------------------

#: Nothing is prepared for a trip that does not take place.
NOT_PREPARED = (OutboundState.POSTPONED, OutboundState.CANCELLED, OutboundState.REJECTED)


@rules.predicate
def is_to_take_place(user: Any, trip: Any) -> bool:
    return trip is not None and trip.case.state not in NOT_PREPARED


@rules.predicate
def files_for_its_unit(user: Any, trip: Any) -> bool:
    """The filer, or a colleague of the filing unit who files trips for it."""
    if trip is None:
        return False
    principal = principal_of(user)
    colleague = trip.case.unit_id in principal.own_unit_ids and any(principal.has(role) for role in FILERS)
    return trip.case.created_by_id == user.pk or colleague


@rules.predicate
def is_icd_head(user: Any, thing: Any = None) -> bool:
    return user.is_authenticated and principal_of(user).is_icd_head


rules.add_perm("delegations.prepare_trip", sees_trip & is_to_take_place & (files_for_its_unit | is_icd))
rules.add_perm("delegations.keep_preparation_tasks", is_administrator | is_icd_head)

# --- receiving guests -------------------------------------------------------------------------------------------------

#: Who keeps programme, records and gifts of a file, by its kind.
RECEIVES = {
    "inbound": visit_rules.runs_visit_case,
    "event": runs_event_case,
    "outbound": rules.predicate(lambda user, case: filed_or_travels.test(user, case.outbound), "runs_trip_case"),
}
#: Of what does not take place there is nothing to keep.
NOT_HELD = (*OutboundState.CALLED_OFF, *EventState.CALLED_OFF, *InboundState.CALLED_OFF)


@rules.predicate
def keeps_reception(user: Any, case: Any) -> bool:
    """Whoever runs the file, as long as it is not called off: costs and gifts are written down after the guests left as well."""
    if case is None or case.kind not in RECEIVES or case.state in NOT_HELD:
        return False
    return bool(rules.has_perm("workflow.view_case", user, case)) and bool(RECEIVES[case.kind].test(user, case))


@rules.predicate
def keeps_gift(user: Any, gift: Any) -> bool:
    """With its file; a gift of no file is kept by its unit and by the ICD."""
    if gift is None or gift.withdrawn_at is not None:
        return False
    if gift.case is not None:
        return bool(keeps_reception.test(user, gift.case))
    return is_icd.test(user, gift) or bool(of_own_unit.test(user, gift.org_unit))


rules.add_perm("delegations.keep_reception", keeps_reception)
rules.add_perm("delegations.keep_visit_costs", keeps_reception | (rules_of_cases.can_view & is_finance))
rules.add_perm("delegations.add_gift", files_trips)
rules.add_perm("delegations.keep_gift", keeps_gift)
