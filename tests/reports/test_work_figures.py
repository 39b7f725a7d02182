"""What the register counts in a window, what a morning reminds of, and the notice of conclusions on paper."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import Paragraph
from intlcoop.workflow import coverage, engine
from intlcoop.workflow.facts import facts_of
from intlcoop.workflow.models import RouteRule
from intlcoop.workflow.refusals import NotAllowed, Refused
from reports.choices import Frequency, WorkKind
from reports.exports.conclusions import load, notice
from reports.models import WorkItem
from reports.notifications import meetings_unrecorded, replies_due
from reports.queries.recorded import with_recorded
from reports.queries.work_figures import work_figures
from reports.queries.work_lines import missing_months
from reports.services import record_total, save_lines
from tests.reports.works import closed, fresh, work

pytestmark = pytest.mark.django_db

YEAR = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def test_a_figure_without_records_is_absent(ministry):
    assert work_figures(*YEAR) == {}


def test_what_counts_in_the_year_and_what_does_not(ministry):
    one = work(ministry, request_on=dt.date(2026, 1, 1))
    two = closed(ministry, work(ministry, request_on=dt.date(2026, 1, 5)))
    work(ministry, request_on=dt.date(2025, 12, 31))
    dropped = work(ministry, request_on=dt.date(2026, 3, 1))
    engine.fire(dropped.case, "drop", actor=ministry.htqt, comment="Không còn đề nghị")
    course = work(ministry, "training", persons=20)
    unknown = work(ministry, "training", persons=None)
    found = work_figures(*YEAR)
    assert found["coordination_tasks.total"] == {
        "value": 2, "qualifier": None, "rows": sorted([one.case.number, two.case.number]), "source": None,
    }  # fmt: skip
    assert found["trainings.total"]["value"] == 2
    assert (found["trainings.persons"]["value"], found["trainings.persons"]["rows"]) == (20, [course.case.number])
    assert unknown.case.number in found["trainings.total"]["rows"]
    assert "meetings.attended" not in found


def stated(ministry, value, **more):
    days = {"first_day": dt.date(2026, 1, 1), "last_day": dt.date(2026, 5, 10)}
    said = {"key": "coordination_tasks.total", "value": value, "qualifier": ""}
    fields = {**said, **days, "source_text": "Báo cáo của Vụ tại buổi làm việc"}
    return record_total(None, actor=ministry.htqt, fields=fields | more)


def test_a_total_that_a_source_states_keeps_its_source_and_only_rows_that_exist(ministry):
    stated(ministry, 20, qualifier="more_than")
    expected = {"value": 20, "qualifier": "more_than", "rows": [], "source": "Báo cáo của Vụ tại buổi làm việc"}
    assert work_figures(*YEAR) == {"coordination_tasks.total": expected}
    item = work(ministry, request_on=dt.date(2026, 1, 5))
    assert work_figures(*YEAR)["coordination_tasks.total"] == expected | {"rows": [item.case.number]}
    assert work_figures(dt.date(2025, 1, 1), dt.date(2025, 12, 31)) == {}
    stated(ministry, 25, first_day=None, last_day=dt.date(2026, 6, 1))
    assert work_figures(*YEAR)["coordination_tasks.total"]["value"] == 20, "since nobody knows when: of no year"
    stated(ministry, 18, key="inbound.total")
    assert set(work_figures(*YEAR)) == {"coordination_tasks.total"}
    assert with_recorded({}, *YEAR, ["inbound.total"])["inbound.total"]["value"] == 18
    assert work_figures(*YEAR, WorkItem.objects.all())["coordination_tasks.total"]["value"] == 1


def test_the_records_count_where_they_know_more_and_the_last_word_of_several_holds(ministry):
    stated(ministry, 2, last_day=dt.date(2026, 4, 1))
    stated(ministry, 1)
    assert work_figures(*YEAR)["coordination_tasks.total"]["value"] == 1
    for day in (1, 2, 3):
        work(ministry, request_on=dt.date(2026, 1, day))
    found = work_figures(*YEAR)["coordination_tasks.total"]
    assert (found["value"], found["source"]) == (3, None)


def test_a_total_of_a_longer_time_or_of_the_future_does_not_count(ministry):
    stated(ministry, 20, first_day=dt.date(2025, 12, 31))
    assert work_figures(*YEAR) == {}
    with pytest.raises(Refused):
        stated(ministry, 20, last_day=timezone.localdate() + dt.timedelta(days=1))
    with pytest.raises(Refused):
        stated(ministry, 21, first_day=dt.date(2026, 1, 1))
    with pytest.raises(NotAllowed):
        record_total(None, actor=ministry.chuyenvien, fields={"last_day": dt.date(2026, 1, 1)})


def test_meetings_count_on_their_own_day(ministry):
    item = work(ministry, "recurring", starts_on=dt.date(2025, 1, 1))
    days = {dt.date(2025, 12, 31): "attended", dt.date(2026, 1, 1): "attended", dt.date(2026, 2, 1): "missed",
            dt.date(2026, 3, 1): "not_held", dt.date(2090, 1, 1): "planned"}  # fmt: skip
    save_lines(item, "attendances", [{"on": on, "status": status} for on, status in days.items()], actor=ministry.htqt)
    found = work_figures(*YEAR)
    assert (found["meetings.attended"]["value"], found["meetings.missed"]["value"]) == (1, 1)


@pytest.mark.parametrize(
    ("frequency", "until", "today", "months"),
    [
        ("monthly", None, dt.date(2026, 4, 15), [(2026, 2), (2026, 3)]),
        ("monthly", None, dt.date(2026, 5, 1), [(2026, 2), (2026, 3), (2026, 4)]),
        ("monthly", dt.date(2026, 2, 10), dt.date(2026, 5, 1), [(2026, 2)]),
        ("quarterly", None, dt.date(2026, 5, 1), []),
    ],
)
def test_months_of_which_nobody_wrote_anything(frequency, until, today, months):
    item = WorkItem(
        kind=WorkKind.RECURRING, frequency=Frequency(frequency), starts_on=dt.date(2026, 1, 20), ends_on=until
    )
    found = missing_months(item, {dt.date(2026, 1, 30)}, today)
    assert [(day.year, day.month) for day in found] == months


def test_a_source_may_say_of_months_that_every_meeting_was_attended():
    """F000-07: no day of a meeting is known, and none is asked about."""
    known = {"kind": WorkKind.RECURRING, "frequency": Frequency.MONTHLY, "starts_on": dt.date(2026, 1, 1)}
    until_april = WorkItem(**known, attended_until=dt.date(2026, 4, 30))
    assert [day.month for day in missing_months(until_april, set(), dt.date(2026, 7, 5))] == [5, 6]
    within_may = WorkItem(**known, attended_until=dt.date(2026, 5, 30))
    assert [day.month for day in missing_months(within_may, set(), dt.date(2026, 7, 5))] == [5, 6]


def test_nobody_attended_what_is_still_to_come(ministry):
    with pytest.raises(Refused):
        work(ministry, "recurring", attended_until=timezone.localdate() + dt.timedelta(days=1))
    item = work(ministry, "recurring", attended_until=timezone.localdate())
    assert item.attended_until == timezone.localdate()


def test_each_side_is_reminded_and_the_head_of_the_unit_only_after_days(ministry):
    due = dt.date(2026, 6, 10)
    ours = work(ministry, unit="CSDP", writer="chuyenvien", due_on=due)
    theirs = work(ministry, direction="outgoing", due_on=due, owner=ministry.htqt2)
    done = closed(ministry, work(ministry, due_on=due))

    def told(day):
        return {(each.person.username, each.section, each.url) for each in replies_due(day)}

    assert told(due - dt.timedelta(days=20)) == set()
    assert told(due) == {
        ("chuyenvien", "today", ours.get_absolute_url()),
        ("htqt2", "today", theirs.get_absolute_url()),
    }
    assert "lanhdaodonvi" not in {name for name, _section, _url in told(due + dt.timedelta(days=1))}
    late = told(due + dt.timedelta(days=7))
    assert ("lanhdaodonvi", "others", ours.get_absolute_url()) in late
    assert not any(url == done.get_absolute_url() for _name, _section, url in late)
    texts = {each.person.username: each.text() for each in replies_due(due)}
    assert "Bộ Ngoại giao" in texts["htqt2"]
    assert texts["htqt2"] != texts["chuyenvien"]


def test_a_month_that_nobody_wrote_down_is_asked_about_once(ministry):
    item = work(ministry, "recurring", starts_on=dt.date(2026, 1, 1), owner=ministry.htqt2)
    save_lines(item, "attendances", [{"on": dt.date(2026, 1, 8), "status": "attended"}], actor=ministry.htqt)
    found = list(meetings_unrecorded(dt.date(2026, 3, 2)))
    assert [(each.person.username, each.key) for each in found] == [("htqt2", f"work-{item.pk}-month-2026-02")]
    assert not list(meetings_unrecorded(dt.date(2026, 2, 20)))


def test_every_report_and_comment_meets_a_route(ministry):
    rules = RouteRule.objects.applying("work", dt.date(2026, 6, 1))
    routes = [coverage.Candidate(code=r.code, priority=r.priority, conditions=r.conditions) for r in rules]
    domain = {each.name: each.values for each in facts_of("work")}
    assert coverage.gaps(routes, domain) == []
    assert coverage.shadowed(routes, domain) == {}


def test_the_notice_numbers_conclusions_and_names_who_carries_them_out(ministry):
    item = work(ministry, "meeting", "Hội nghị triển khai công tác hợp tác quốc tế năm 2026", place="Hà Nội")
    rows = [
        {"text": "Gửi kế hoạch <đoàn ra>", "unit": ministry.unit("CSDP"), "due_on": dt.date(2026, 3, 30)},
        {"text": "Rà soát các thỏa thuận.", "unit": None, "due_on": None},
    ]
    save_lines(item, "conclusions", rows, actor=ministry.htqt)
    opinion = {"unit": ministry.unit("VTLT"), "speaker": "", "text": "Đề nghị bổ sung kinh phí"}
    save_lines(fresh(item), "opinions", [opinion], actor=ministry.htqt)
    paper = notice(load(item.case.number))
    texts = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    assert "1. Gửi kế hoạch <đoàn ra>. Đơn vị thực hiện: Vụ Chính sách địa phương; thời hạn: 30/03/2026." in texts
    assert "2. Rà soát các thỏa thuận." in texts
    assert paper.subject.startswith("Kết luận của Bộ trưởng Nguyễn Văn A tại hội nghị")
    assert "Vụ Chính sách địa phương" in paper.recipients.items
    assert paper.signature.authority == ("TL. Bộ trưởng",)
    assert build_docx(paper)[:2] == b"PK"
