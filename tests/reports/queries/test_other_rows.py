"""What a report counts besides trips, and totals that a source states."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from delegations.event_choices import EventRole, EventState
from delegations.models import InboundDelegation, InternationalEvent
from delegations.visit_choices import InboundState
from intlcoop.workflow.models import Case
from intlcoop.workflow.services import open_case
from reports.choices import WorkState
from reports.models import RecordedTotal, WorkItem
from reports.queries.figures import compute
from reports.queries.narrative.activities import inbound
from reports.queries.narrative.gaps import gaps_of
from reports.queries.narrative.material import Material
from reports.queries.other_rows import gather_others
from reports.queries.recorded import stated_in
from reports.queries.windows import Period, Scope, calendar_year, own_days, statutory_year
from tests.delegations.visiting import full
from tests.reports.works import closed, work

pytestmark = pytest.mark.django_db
YEAR, END = calendar_year(2026), dt.date(2026, 12, 31)
STATUTORY = statutory_year(2026, {"from": "12-15", "until": "12-14"})


@pytest.fixture
def ministry(db, built):
    return built


def visit(ministry, state=InboundState.COMPLETED, on=dt.date(2026, 4, 6), **fields) -> InboundDelegation:
    made = full(ministry, **fields)
    InboundDelegation.objects.filter(pk=made.pk).update(arrives_on=on, leaves_on=on + dt.timedelta(days=2))
    Case.objects.filter(pk=made.case_id).update(state=state)
    return made


def event(ministry, on, state=EventState.COMPLETED, role=EventRole.HOST) -> InternationalEvent:
    case = open_case("event", title="Hội thảo", unit=ministry.unit("HTQT"), actor=ministry.htqt)
    Case.objects.filter(pk=case.pk).update(state=state)
    return InternationalEvent.objects.create(case=case, role=role, starts_on=on - dt.timedelta(days=1), ends_on=on)


def numbers(period=YEAR, as_of=END):
    return [row["number"] for row in gather_others(period, as_of)]


@pytest.mark.parametrize("state", InboundState.values)
def test_only_visits_that_took_place_count(ministry, state):
    made = visit(ministry, state)
    assert numbers() == ([made.case.number] if state in InboundState.COUNTED else [])


def test_a_visit_counts_by_its_arrival_and_not_after_the_day_of_the_figures(ministry):
    inside, _outside = visit(ministry, on=dt.date(2026, 12, 31)), visit(ministry, on=dt.date(2025, 12, 31))
    assert numbers() == [inside.case.number]
    assert numbers(as_of=dt.date(2026, 12, 30)) == []


def test_an_event_of_14_and_of_15_december_stand_in_different_reporting_years(ministry):
    first, second = event(ministry, dt.date(2026, 12, 14)), event(ministry, dt.date(2026, 12, 15))
    assert numbers(STATUTORY) == [first.case.number]
    assert numbers() == [first.case.number, second.case.number]


@pytest.mark.parametrize("state", EventState.values)
def test_only_events_that_took_place_count(ministry, state):
    made = event(ministry, dt.date(2026, 5, 1), state)
    assert numbers() == ([made.case.number] if state in EventState.COUNTED else [])


def test_rows_are_plain_json_and_give_the_figures_of_the_contract(ministry, django_assert_num_queries):
    visit(ministry)
    visit(ministry, persons=9, title="Đoàn thứ hai")
    event(ministry, dt.date(2026, 5, 1))
    event(ministry, dt.date(2026, 6, 1), role=EventRole.ATTEND)
    closed(ministry, work(ministry))
    closed(ministry, work(ministry, "training", "Lớp tiếng Anh"))
    with django_assert_num_queries(7):  # mechanisms, visits, guests, receptions (none), events, meetings, work
        rows = gather_others(YEAR, END)
    found = compute(json.loads(json.dumps(rows)))["figures"]
    assert {key: figure["value"] for key, figure in found.items()} == {
        "inbound.total": 2,
        "inbound.persons": 10,
        "events.hosted": 1,
        "events.attended": 1,
        "coordination_tasks.total": 1,
        "trainings.total": 1,
        "trainings.persons": 18,
    }


def test_a_stated_total_belongs_to_the_window_it_was_counted_in(ministry):
    said = {"key": "inbound.total", "value": 20, "qualifier": "more_than"}
    days = {"first_day": dt.date(2026, 1, 1), "last_day": dt.date(2026, 12, 9)}
    article = {"source_text": "Bài viết ngày 09/12/2026", "entered_by": ministry.htqt}
    RecordedTotal.objects.create(**said, **days, **article)
    RecordedTotal.objects.create(**said | {"value": 18}, last_day=dt.date(2026, 12, 1), **article)
    assert stated_in(Scope(YEAR, END)) == [said | {"source": "Bài viết ngày 09/12/2026"}], (
        "a total since nobody knows when is of no year"
    )
    assert stated_in(Scope(STATUTORY, END)) == [said | {"source": "Bài viết ngày 09/12/2026"}]
    assert stated_in(Scope(calendar_year(2025), END)) == []


def test_a_total_as_of_a_day_speaks_where_the_report_ends_on_that_day(ministry):
    article = {"source_text": "Bài viết ngày 10/05/2021", "entered_by": ministry.htqt}
    day = dt.date(2021, 5, 10)
    said = {"key": "inbound.total", "value": 18, "qualifier": ""}
    RecordedTotal.objects.create(**said, last_day=day, **article)
    told = said | {"source": "Bài viết ngày 10/05/2021", "until": "2021-05-10"}
    own = own_days(2021, dt.date(2020, 1, 1), day)
    assert stated_in(Scope(own, day)) == [told]
    for other in (
        calendar_year(2021),
        own_days(2021, own.first, dt.date(2021, 5, 11)),
        Period(2021, "calendar", own.first, day),
    ):
        assert stated_in(Scope(other, day)) == [], other
    figures = compute([], [told])
    paper = {"superior": "Ủy ban Dân tộc", "short": "Ủy ban"}
    material = Material(period=own, as_of=day, rows=[], figures=figures, paper=paper, recorded=[told])
    sentence = str(inbound(material))
    assert "Tính đến ngày 10/5/2021, Ủy ban" in sentence
    assert "Trong năm 2021" not in sentence
    doubts = gaps_of([], figures, year=2021, ministry="Ủy ban", plans=[], recorded=[told])
    assert any("không nêu số liệu được tính từ ngày nào" in each for each in doubts)
    other_source = article | {"source_text": "Báo cáo năm"}
    RecordedTotal.objects.create(**said | {"value": 7}, first_day=dt.date(2021, 1, 1), last_day=day, **other_source)
    assert [total["value"] for total in stated_in(Scope(own, day))] == [7], "what was counted in these days goes first"


def test_a_course_that_is_only_a_wish_is_no_course_held(ministry):
    wish = work(ministry, "training", "Bồi dưỡng tiếng Lào", starts_on=None)
    assert numbers() == []
    known = work(ministry, "training", "Lớp tiếng Anh", starts_on=dt.date(2026, 3, 1))
    assert numbers() == [known.case.number]
    WorkItem.objects.filter(pk=wish.pk).update(request_on=dt.date(2026, 3, 2))
    Case.objects.filter(pk=wish.case_id).update(state=WorkState.COMPLETED)
    assert numbers() == [known.case.number, wish.case.number], "it was held, on a day that nobody wrote down"
