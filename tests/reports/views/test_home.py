"""The first page, per person: what waits, what was filed, who is abroad, what is due."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils.html import strip_tags

from agreements.models import AgreementDuty
from delegations.choices import OutboundState, ReportState
from delegations.models import DelegationMember, OutboundDelegation, TripReport
from intlcoop.workflow.models import Case
from intlcoop.workflow.services import open_case
from reports.queries.home import Home
from tests.agreements.signing import agreement
from tests.delegations.factories import plan_line, submit, trip, walk_to_appraisal
from tests.reports.factories import accompanying_trip, past_trip

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 18)  # a Wednesday


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 18, 3, 0, tzinfo=dt.UTC), tick=True):
        yield


def home_of(user) -> Home:
    return Home(user, TODAY)


def numbers(rows) -> list[str]:
    return [row.number for row in rows]


def in_state(made: OutboundDelegation, state: str) -> None:
    Case.objects.filter(pk=made.case_id).update(state=state)


def back_since(ministry, days: int, **fields):
    """A trip that came back so many days ago and whose report is due."""
    return past_trip(
        ministry, departs=TODAY - dt.timedelta(days=days + 3), days=4, state=OutboundState.REPORT_DUE, **fields
    )


def with_report(made: OutboundDelegation, ministry, state: str) -> TripReport:
    case = open_case("trip_report", title=made.case.title, unit=made.case.unit, actor=made.case.created_by)
    Case.objects.filter(pk=case.pk).update(state=state)
    return TripReport.objects.create(case=case, delegation=made)


# --- what waits ----------------------------------------------------------------------------------------------------


def test_an_open_step_waits_for_its_holder_with_all_that_they_need(ministry):
    case = submit(trip(ministry), ministry)
    [task] = home_of(ministry.lanhdaodonvi).waiting

    assert (task.number, task.title, task.place) == (case.number, case.title, "Thái Lan")
    assert task.from_whom == "Nguyễn Minh An · Vụ Chính sách địa phương"
    assert task.days_left == 2
    assert task.due == dt.date(2026, 11, 20)
    assert "chịu trách nhiệm về đề xuất" in task.why
    assert task.act_url.startswith("/buoc/")
    assert home_of(ministry.chuyenvien).waiting == []
    assert numbers(home_of(ministry.chuyenvien).submitted) == [case.number]


def test_parallel_steps_wait_for_both_offices(ministry):
    case = submit(trip(ministry), ministry)
    walk_to_appraisal(case, ministry)

    assert numbers(home_of(ministry.htqt).waiting) == [case.number]
    assert numbers(home_of(ministry.taichinh).waiting) == [case.number]
    assert home_of(ministry.phapche).waiting == []


def test_what_is_due_first_stands_first_and_drafts_stand_last(ministry):
    draft = trip(ministry, filer="htqt", unit="HTQT")
    returned = trip(ministry, filer="htqt", unit="HTQT")
    in_state(returned, OutboundState.RETURNED)
    late = back_since(ministry, 40, filer="htqt", unit="HTQT")
    fresh_report = back_since(ministry, 2, filer="htqt", unit="HTQT")
    case = submit(trip(ministry, days_ahead=90), ministry)
    walk_to_appraisal(case, ministry)

    found = home_of(ministry.htqt).waiting

    assert numbers(found) == [
        late.case.number, case.number, fresh_report.case.number, returned.case.number, draft.case.number,
    ]  # fmt: skip
    assert found[0].days_left < 0


def test_whoever_filed_or_travelled_owes_the_report_until_it_is_filed(ministry):
    made = back_since(ministry, 3)
    DelegationMember.objects.filter(delegation=made, part="head").update(person=ministry.chuyenvien2)

    for who in ("chuyenvien", "chuyenvien2"):
        [task] = home_of(ministry.person(who)).waiting
        assert task.act_url == f"/doan-ra/{made.case.number}/bao-cao/sua/"
        assert task.due == dt.date(2026, 11, 30)  # 15 days after the return
    with_report(made, ministry, ReportState.FILED)
    assert home_of(ministry.chuyenvien).waiting == []


def test_a_deadline_on_a_day_off_moves_to_the_next_working_day(ministry):
    made = back_since(ministry, 4)  # back on Saturday 14/11; 15 days later is Sunday 29/11
    [task] = home_of(ministry.chuyenvien).waiting

    assert made.returns_on == dt.date(2026, 11, 14)
    assert task.due == dt.date(2026, 11, 30)


def test_a_filed_report_waits_for_the_icd_but_not_for_whoever_is_concerned(ministry):
    made = back_since(ministry, 3)
    with_report(made, ministry, ReportState.FILED)
    own = back_since(ministry, 3, filer="htqt", unit="HTQT")
    with_report(own, ministry, ReportState.FILED)
    travelled = back_since(ministry, 3)
    DelegationMember.objects.filter(delegation=travelled, part="head").update(person=ministry.htqt)
    with_report(travelled, ministry, ReportState.FILED)

    assert numbers(home_of(ministry.htqt).waiting) == [made.case.number]
    assert len(home_of(ministry.htqt2).waiting) == 3
    assert home_of(ministry.lanhdaodonvi).waiting == []


# --- the other lists -------------------------------------------------------------------------------------------------


def test_abroad_are_the_trips_of_today_whose_days_are_known(ministry):
    away = past_trip(ministry, departs=TODAY - dt.timedelta(days=1), state=OutboundState.TRAVELLING)
    past_trip(ministry, departs=TODAY - dt.timedelta(days=30))
    past_trip(ministry, departs=TODAY - dt.timedelta(days=1), state=OutboundState.IN_APPROVAL)
    past_trip(ministry, departs=dt.date(2026, 1, 1), days=365, date_precision="year")

    assert numbers(home_of(ministry.botruong).abroad) == [away.case.number]
    assert home_of(ministry.truonghoc).abroad == []


def test_reports_that_others_owe_stand_with_the_longest_overdue_first(ministry):
    young, old = back_since(ministry, 1), back_since(ministry, 30)
    filed = back_since(ministry, 3)
    with_report(filed, ministry, ReportState.FILED)

    found = home_of(ministry.htqt).reports_due

    assert numbers(found) == [old.case.number, young.case.number]
    assert found[0].days_left < 0 < found[1].days_left
    assert home_of(ministry.chuyenvien).reports_due == []


def test_a_submitted_trip_says_at_which_step_it_is(ministry):
    submit(trip(ministry), ministry)
    [line] = home_of(ministry.chuyenvien).submitted

    assert line.badge.tone == "waiting"
    assert line.badge.label


# --- the page ----------------------------------------------------------------------------------------------------------


def page(client, user):
    client.force_login(user)
    return client.get("/")


@pytest.mark.parametrize("who", ["botruong", "thutruong", "vutruong"])
def test_leaders_see_the_year_against_the_plan_in_four_figures(client, ministry, who):
    past_trip(ministry, planned=True)
    plan_line(ministry, year=2026)
    past_trip(ministry)
    accompanying_trip(ministry, departs=dt.date(2026, 4, 1))
    submit(trip(ministry), ministry)
    figures = page(client, ministry.person(who)).context["year_figures"]

    assert [(figure.value, figure.of) for figure in figures] == [(1, 2), (1, None), (1, None), (1, None)]
    assert all(client.get(figure.url).status_code == 200 for figure in figures)


@pytest.mark.parametrize("who", ["chuyenvien", "htqt", "quantri", "kiemtoan", "vanthu"])
def test_nobody_else_does(client, ministry, who):
    assert page(client, ministry.person(who)).context["year_figures"] == []


def test_the_first_heading_is_what_waits(client, ministry):
    submit(trip(ministry), ministry)
    response = page(client, ministry.lanhdaodonvi)

    assert response.text.count("<h1") == 1
    assert "Học tập kinh nghiệm chính quyền địa phương" in strip_tags(response.text)
    assert 'href="/buoc/' in response.text


@pytest.mark.parametrize(
    ("who", "action"), [("chuyenvien", "/doan-ra/lap/"), ("quantri", "/bao-cao/lap/"), ("botruong", "")]
)
def test_an_empty_page_says_so_and_offers_what_this_person_may_do(client, ministry, who, action):
    text = page(client, ministry.person(who)).text

    assert '<div class="empty">' in text
    assert ("btn btn-primary" in text) is bool(action)
    assert action in text


def test_an_agreement_waits_for_its_filer_as_draft_when_returned_and_when_it_may_be_signed(ministry):
    case = agreement(ministry).case

    def waits(state):
        Case.objects.filter(pk=case.pk).update(state=state)
        home = home_of(ministry.chuyenvien)
        return [task.act_url for task in home.waiting], numbers(home.submitted)

    edit, sign = (f"/thoa-thuan/{case.number}/{page}/" for page in ("sua", "ky"))
    assert waits("proposed") == waits("returned") == ([edit], [])
    assert waits("cleared") == ([sign], [])
    assert waits("in_approval") == ([], [case.number])
    assert waits("in_force") == ([], [])
    assert home_of(ministry.chuyenvien2).waiting == []


def test_what_is_owed_after_a_signing_waits_for_the_filer_by_its_day(ministry):
    case = agreement(ministry).case
    Case.objects.filter(pk=case.pk).update(state="in_force")
    for code, due_on in (("report-pm", TODAY + dt.timedelta(days=15)), ("plan", None)):
        AgreementDuty.objects.create(case=case, code=code, name_vi="Báo cáo việc ký", counted_from=TODAY, due_on=due_on)
    [task] = home_of(ministry.chuyenvien).waiting
    # Eleven weekdays, of which 24/11 is a holiday.
    assert (task.due, task.days_left) == (TODAY + dt.timedelta(days=15), 10)
    assert "Báo cáo việc ký" in task.why
    assert "/viec/" in task.act_url


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("chuyenvien", 25), ("htqt", 24), ("thutruong", 25)])
def test_the_page_costs_the_same_for_one_and_many(client, ministry, rows, who, queries, django_assert_num_queries):
    """Of these the frame takes 6 (session, person, offices, ministry's name, worker, notices), the offices that a person
    may act in none or 3, the page itself 3 (steps, trips, days off), the year and the absence of a leader 3, the rules 2
    or (ICD) 3, what has to be prepared 5 where something is due, commitments 1, other work 1, reports of projects 1,
    own agreements and duties 2, visits 1, events 1, questions 1, invitations 1 (not for a leader)."""
    for number in range(rows):
        made = trip(ministry, filer="chuyenvien", days_ahead=60 + 10 * number)
        walk_to_appraisal(submit(made, ministry), ministry)
        past_trip(
            ministry, departs=TODAY - dt.timedelta(days=1), state=OutboundState.TRAVELLING, filer="luutru", unit="VTLT"
        )
        back_since(ministry, 3 + number, filer="luutru", unit="VTLT")
        back_since(ministry, 3 + number)
    client.force_login(ministry.person(who))

    with django_assert_num_queries(queries):
        response = client.get("/")
    assert len(response.context["home"].trips) >= rows


def test_the_icd_sees_the_next_yearly_deadlines_and_everybody_what_is_new(client, ministry):
    from intlcoop.regulations.services import add_deadline, record_change

    soon = TODAY + dt.timedelta(days=20)
    add_deadline(
        day=soon.day, month=soon.month, what_vi="Việc minh họa hằng năm", citation="minh họa", reason="minh họa",
        actor=ministry.quantri,
    )  # fmt: skip
    record_change(
        sort="deadline", act="added", subject="Quy định minh họa", news="Điểm mới minh họa", reason="minh họa",
        is_published=True, actor=ministry.quantri,
    )  # fmt: skip
    for who, sees in [("htqt", True), ("vutruong", True), ("chuyenvien", False), ("thutruong", False)]:
        client.force_login(ministry.person(who))
        text = client.get("/").content.decode()
        assert ("Việc minh họa hằng năm" in text) is sees, who
        assert "Điểm mới minh họa" in text, who
