"""The lifecycle tables of trips and reports: every transition x state x role, from one literal list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.choices import OutboundState as S
from delegations.choices import ReportState as R
from delegations.models import OutboundDelegation
from delegations.services import save_report
from delegations.workflows import OUTBOUND, TRIP_REPORT, move_with_the_calendar
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case, StatusChange
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from tests.delegations import factories as f
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db

FILERS = ("chuyenvien", "lanhdaodonvi")
ICD = ("htqt", "vutruong")

#: state -> transition -> who. Whatever is not here is not offered.
OFFERED = {
    S.PLANNED: {"submit": FILERS, "cancel": FILERS},
    S.IN_APPROVAL: {"withdraw": FILERS, "postpone": FILERS, "cancel": FILERS},
    S.RETURNED: {"submit": FILERS, "postpone": FILERS, "cancel": FILERS},
    S.AWAITING_DECISION: {"postpone": FILERS, "cancel": FILERS},
    S.DECIDED: {},
    S.TRAVELLING: {},
    S.REPORT_DUE: {},
    S.COMPLETED: {},
    S.POSTPONED: {"resume": FILERS, "cancel": FILERS},
    S.CANCELLED: {},
    S.REJECTED: {},
}

REPORT_OFFERED = {
    R.DRAFT: {"file": FILERS},
    R.RETURNED: {"file": FILERS},
    R.FILED: {"accept": ICD, "ask_for_more": ICD},
    R.ACCEPTED: {},
}


def offers(case, ministry, state):
    Case.objects.filter(pk=case.pk).update(state=state, first_submitted_at=timezone.now(), submitted_at=timezone.now())
    case = f.fresh(case)
    found = {}
    for account in ACCOUNTS:
        for transition in engine.offered(case, ministry.person(account)):
            found.setdefault(transition.name, set()).add(account)
    return found


@pytest.mark.parametrize("state", S.values)
def test_trips_offer_each_transition_to_exactly_these_people(ministry, state):
    case = f.trip(ministry).case
    assert offers(case, ministry, state) == {name: set(who) for name, who in OFFERED[S(state)].items()}


@pytest.mark.parametrize("state", S.values)
def test_what_is_not_offered_is_refused_when_forged(ministry, state):
    case = f.trip(ministry).case
    Case.objects.filter(pk=case.pk).update(state=state)
    for transition in OUTBOUND.transitions:
        allowed = OFFERED[S(state)].get(transition.name, ())
        for account in ACCOUNTS:
            if account in allowed:
                continue
            with pytest.raises((NotAllowed, Conflict)):
                engine.fire(f.fresh(case), transition.name, actor=ministry.person(account), comment="x")
    assert f.fresh(case).state == state


@pytest.mark.parametrize(
    "transition", [row for row in OUTBOUND.transitions if row.needs_comment], ids=lambda row: row.name
)
@pytest.mark.parametrize("comment", ["", " \u00a0\n"])
def test_what_asks_for_a_reason_does_not_happen_without_one(ministry, transition, comment):
    case = f.trip(ministry).case
    Case.objects.filter(pk=case.pk).update(state=transition.sources[0])
    with pytest.raises(Refused, match="lý do"):
        engine.apply(f.fresh(case), transition, actor=ministry.chuyenvien, comment=comment)
    assert f.fresh(case).state == transition.sources[0]


@pytest.mark.parametrize("state", R.values)
def test_reports_offer_each_transition_to_exactly_these_people(ministry, state):
    report = reported(ministry)
    assert offers(report.case, ministry, state) == {name: set(who) for name, who in REPORT_OFFERED[R(state)].items()}


@pytest.mark.parametrize("lifecycle", [OUTBOUND, TRIP_REPORT])
def test_every_state_can_be_reached_and_every_row_is_complete(lifecycle):
    reached = {lifecycle.initial}
    for _round in lifecycle.transitions:
        for row in lifecycle.transitions:
            if reached & set(row.sources):
                reached.add(row.target)
    assert {str(state) for state in reached} == set(lifecycle.states.values)
    assert len({row.name for row in lifecycle.transitions}) == len(lifecycle.transitions)
    assert all(str(row.label) for row in lifecycle.transitions)


# --- submission -------------------------------------------------------------------------------------------------


def test_a_draft_needs_a_title_only_and_submission_says_everything_that_is_missing_at_once(ministry):
    from delegations.services import create_trip

    made = create_trip("Đi học tập", ministry.unit("CSDP"), actor=ministry.chuyenvien)
    assert made.case.number.startswith(f"DR-{timezone.localdate().year}-")
    with pytest.raises(Refused) as refusal:
        engine.fire(made.case, "submit", actor=ministry.chuyenvien)
    assert len(refusal.value.reasons) >= 7
    assert f.fresh(made.case).state == S.PLANNED


@pytest.mark.parametrize(
    "missing",
    [
        {"members": []},
        {"departs_on": None, "returns_on": None},
        {"purpose": ""},
        {"expected_result": " "},
        {"inviting_body": ""},
        {"invitation": False},
        {"plan_line": None},
    ],
)
def test_each_thing_that_a_led_trip_needs_is_asked_for(ministry, missing):
    made = f.trip(ministry, **missing)
    with pytest.raises(Refused):
        f.submit(made, ministry)


def test_a_secret_invitation_is_kept_outside_and_blocks_nothing(ministry):
    made = f.trip(ministry, invitation=False, secret_outside=True, secret_particulars="Số 07/M, Bộ Nội vụ nước bạn")
    assert f.submit(made, ministry).state == S.IN_APPROVAL


def test_late_filing_is_accepted_with_a_reason_only(ministry):
    made = f.trip(ministry, days_ahead=12)
    with pytest.raises(Refused) as refusal:
        f.submit(made, ministry)
    assert "20" in str(refusal.value)
    OutboundDelegation.objects.filter(pk=made.pk).update(warning_reason="Thư mời đến muộn.")
    assert f.submit(OutboundDelegation.objects.get(pk=made.pk), ministry).state == S.IN_APPROVAL


def test_an_enclosing_trip_is_found_with_its_number(ministry):
    from delegations.guards import warnings

    long = f.trip(ministry, days_ahead=60, length=10)
    inner = f.trip(ministry, days_ahead=62, length=3, country="LA")
    apart = f.trip(ministry, days_ahead=80, length=3, country="SG")
    assert [warning.number for warning in warnings(inner) if warning.code == "overlap"] == [long.case.number]
    assert [warning.number for warning in warnings(long) if warning.code == "overlap"] == [inner.case.number]
    assert [warning.code for warning in warnings(apart)] == []


def test_a_trip_in_a_year_of_another_plan_is_refused(ministry):
    made = f.trip(ministry, plan_line=f.plan_line(ministry, year=2020))
    with pytest.raises(Refused, match="2020"):
        f.submit(made, ministry)


def test_an_office_without_holder_stops_submission_and_says_which(ministry):
    from intlcoop.people.models import Appointment

    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Appointment.objects.filter(unit__code="TCCB").update(valid_until=yesterday)
    made = f.trip(ministry)
    with pytest.raises(Refused) as refusal:
        f.submit(made, ministry)
    assert len(refusal.value.reasons) == 1
    assert f.fresh(made.case).state == S.PLANNED


# --- what time does, and the report -----------------------------------------------------------------------------


def decided(ministry, time_machine, **fields):
    made = f.trip(ministry, **fields)
    f.walk_to_the_end(f.submit(made, ministry), ministry)
    return made


def test_a_delegation_departs_and_comes_back_with_the_calendar(ministry, time_machine):
    made = decided(ministry, time_machine)
    assert move_with_the_calendar(timezone.localdate()) == 0
    assert move_with_the_calendar(made.departs_on) == 1
    assert f.fresh(made.case).state == S.TRAVELLING
    assert move_with_the_calendar(made.returns_on) == 0
    assert move_with_the_calendar(made.returns_on + dt.timedelta(days=1)) == 1
    assert f.fresh(made.case).state == S.REPORT_DUE
    assert move_with_the_calendar(made.returns_on + dt.timedelta(days=1)) == 0


def reported(ministry):
    made = f.trip(ministry)
    Case.objects.filter(pk=made.case.pk).update(state=S.REPORT_DUE, first_submitted_at=timezone.now())
    made = OutboundDelegation.objects.get(pk=made.pk)
    return save_report(
        made,
        actor=ministry.chuyenvien,
        fields={"results": "Đã trao đổi.", "not_achieved": "", "recommendations": "Mời bạn thăm lại."},
        meetings=[{"held_on": made.departs_on, "counterpart": "Bộ Nội vụ nước bạn", "result": "Thống nhất hợp tác."}],
    )


def test_the_report_is_filed_accepted_and_completes_the_trip(ministry):
    report = reported(ministry)
    engine.fire(report.case, "file", actor=ministry.chuyenvien)
    engine.fire(f.fresh(report.case), "accept", actor=ministry.htqt)
    assert f.fresh(report.delegation.case).state == S.COMPLETED
    assert StatusChange.objects.filter(case=report.delegation.case, transition="complete", actor=ministry.htqt).exists()


def test_a_report_without_results_meetings_or_recommendations_is_not_filed(ministry):
    report = reported(ministry)
    save_report(
        report.delegation, actor=ministry.chuyenvien, fields={"results": "", "recommendations": ""}, meetings=[]
    )
    with pytest.raises(Refused) as refusal:
        engine.fire(f.fresh(report.case), "file", actor=ministry.chuyenvien)
    assert len(refusal.value.reasons) == 3


def test_an_icd_official_does_not_accept_the_report_of_a_trip_they_took_part_in(ministry):
    report = reported(ministry)
    report.delegation.members.create(person=ministry.htqt, full_name="x", position=5)
    engine.fire(report.case, "file", actor=ministry.chuyenvien)
    with pytest.raises(NotAllowed):
        engine.fire(f.fresh(report.case), "accept", actor=ministry.htqt)
    engine.fire(f.fresh(report.case), "accept", actor=ministry.htqt2)


def test_a_copy_takes_people_places_and_purpose_but_no_days_letters_or_reasons(ministry):
    from delegations.services import copy_trip

    made = f.trip(ministry, warning_reason="x")
    copy = copy_trip(made, actor=ministry.chuyenvien)
    assert copy.case.number != made.case.number
    assert [member.full_name for member in copy.members.all()] == [member.full_name for member in made.members.all()]
    assert (copy.departs_on, copy.plan_line, copy.warning_reason, copy.case.attachments.count()) == (None, None, "", 0)
    assert copy.purpose_text == made.purpose_text
