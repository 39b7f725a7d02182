"""The yearly report on conferences: what it counts by which days, what it says of each, and who may see it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from delegations.event_choices import EventRole, EventState
from delegations.exports.event_year import year_paper, year_xlsx
from delegations.exports.prints import EVENT_YEARS
from delegations.models import EventReport, InternationalEvent
from delegations.queries.event_figures import event_figures
from delegations.queries.event_year import days_of, event_year
from intlcoop.exporting.decree30 import paper_html
from intlcoop.exporting.table_reading import read_xlsx
from intlcoop.jobs.models import Job
from intlcoop.workflow.models import Case
from tests.delegations import eventing as e

pytestmark = pytest.mark.django_db

YEAR = 2026
PAGE = f"/hoi-nghi/bao-cao-nam/?nam={YEAR}"


@pytest.fixture
def ministry(built, db):
    return built


def event(ministry, closes: dt.date, state: str = EventState.COMPLETED, **more) -> InternationalEvent:
    """As records have it: closed that day, and in this state."""
    made = e.hosted(ministry, starts_on=closes - dt.timedelta(days=1), ends_on=closes, **more)
    Case.objects.filter(pk=made.case_id).update(state=state, first_submitted_at=made.case.created_at)
    return e.fresh(made)


def titles(lines) -> list[str]:
    return [line.title for line in lines]


def test_the_year_runs_from_15_december_to_14_december_and_counts_by_the_closing_day(ministry):
    assert days_of(YEAR) == (dt.date(2025, 12, 15), dt.date(2026, 12, 14))
    event(ministry, dt.date(2025, 12, 14), title="Trước kỳ")
    event(ministry, dt.date(2025, 12, 15), title="Ngày đầu")
    event(ministry, dt.date(2026, 12, 14), title="Ngày cuối")
    event(ministry, dt.date(2026, 12, 15), title="Sau kỳ")
    event(ministry, dt.date(2026, 6, 2), title="Chỉ dự", role=EventRole.ATTEND)
    event(ministry, dt.date(2026, 6, 3), title="Đã hủy", state=EventState.CANCELLED)
    event(ministry, dt.date(2026, 12, 2), title="Sắp họp", state=EventState.PERMITTED)
    event(ministry, dt.date(2027, 3, 2), title="Năm sau", state=EventState.PLANNED)
    event(ministry, dt.date(2028, 1, 2), title="Hai năm sau", state=EventState.PLANNED)
    found = event_year(ministry.htqt, YEAR)
    assert titles(found.held) == ["Ngày đầu", "Ngày cuối"]
    assert titles(found.planned) == ["Sắp họp", "Năm sau"]
    assert titles(event_year(ministry.htqt, YEAR + 1).held) == ["Sau kỳ"]
    assert (found.due_on, found.deadline.recipient) == (dt.date(2026, 12, 18), "Bộ Ngoại giao")


def test_each_line_says_who_permitted_it_and_the_figures_of_its_report(ministry):
    made = e.hosted(ministry, topics=["ethnic_affairs"])
    e.submit(made, ministry)
    e.walk(made, ministry)
    assert e.state_of(made) == EventState.PERMITTED
    closes = dt.date(2026, 6, 2)
    InternationalEvent.objects.filter(pk=made.pk).update(starts_on=closes, ends_on=closes)
    Case.objects.filter(pk=made.case_id).update(state=EventState.COMPLETED)
    line = event_year(ministry.htqt, YEAR).held[0]
    assert "Thủ tướng" in line.permitted_by
    assert line.permission
    assert (line.vietnamese, line.foreign) == (60, 20)  # as the scheme said
    assert len(line.missing) == 1
    EventReport.objects.create(
        event=made, vietnamese_count=71, foreign_count=0, countries_text="Lào", spent_vnd=240_000_000, number="15/BC-VP",
        sent_on=dt.date(2026, 6, 10), written_by=ministry.htqt,
    )  # fmt: skip
    line = event_year(ministry.htqt, YEAR).held[0]
    assert (line.vietnamese, line.foreign, line.countries, line.spent) == (71, 0, "Lào", 240_000_000)
    assert line.report == "số 15/BC-VP ngày 10/06/2026"
    assert not line.missing


def test_the_page_the_paper_and_the_workbook_say_the_same(go, ministry):
    event(ministry, dt.date(2026, 6, 2), title="Hội thảo về nền công vụ")
    event(ministry, dt.date(2026, 12, 10), title="Diễn đàn sắp tới", state=EventState.PERMITTED)
    client = go("htqt")
    page = client.get(PAGE).content.decode()
    for words in ("Hội thảo về nền công vụ", "Diễn đàn sắp tới", "văn bản cho phép", "18/12/2026", "Điều 8 (Mẫu 03)"):
        assert words in page
    html = str(paper_html(year_paper(event_year(ministry.htqt, YEAR))))
    for words in ("Đã tổ chức 01 hội nghị", "Hội thảo về nền công vụ", "Diễn đàn sắp tới", "Bộ Ngoại giao"):
        assert words in html
    rows = read_xlsx(year_xlsx(event_year(ministry.htqt, YEAR)))
    said = next(row for row in rows if row["Tên hội nghị, hội thảo"] == "Hội thảo về nền công vụ")
    assert (said["Phần"], said["Đại biểu Việt Nam"], said["Đến ngày"]) == ("Đã tổ chức", 60, dt.date(2026, 6, 2))
    for kind in ("docx", "xlsx"):
        answer = client.get(f"{PAGE}&xuat={kind}")
        assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert client.post(reverse("delegations:event_year_print", args=[YEAR])).status_code == 302
    assert Job.objects.get(kind=EVENT_YEARS.code).params == {"year": YEAR, "reader": ministry.htqt.pk}


def test_a_year_without_events_and_years_that_make_no_sense(go, ministry):
    client = go("vutruong")
    for year in ("2019", "x", "99999999999", "-1", "0000", ""):
        assert client.get(f"/hoi-nghi/bao-cao-nam/?nam={year}").status_code == 200
    assert "không có hội nghị" in str(paper_html(year_paper(event_year(ministry.htqt, 2019))))
    assert client.post(reverse("delegations:event_year_print", args=[1])).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"), [("htqt", 200), ("thutruong", 200), ("kiemtoan", 200), ("chuyenvien", 403), ("taichinh", 403)]
)
def test_who_sees_the_whole_sees_the_report(go, name, status):
    client = go(name)
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}&xuat=xlsx").status_code == status
    assert ("/hoi-nghi/bao-cao-nam/" in client.get("/hoi-nghi/").content.decode()) == (status == 200)
    if status == 403:
        assert client.post(reverse("delegations:event_year_print", args=[YEAR])).status_code == 403


def test_the_page_costs_the_same_with_one_event_and_with_three(go, ministry):
    client = go("htqt")

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PAGE).status_code == 200
        return len(seen)

    event(ministry, dt.date(2026, 6, 2))
    count()
    once = count()
    event(ministry, dt.date(2026, 6, 3))
    event(ministry, dt.date(2026, 12, 3), state=EventState.PERMITTED)
    assert count() == once


def test_an_event_counts_by_its_closing_day(ministry):
    first, last = dt.date(2024, 12, 15), dt.date(2025, 12, 14)
    for closes in (dt.date(2025, 12, 14), dt.date(2025, 12, 15)):
        made = e.hosted(ministry, role="attend", starts_on=dt.date(2025, 12, 13), ends_on=closes)
        e.fire(made, "hold", ministry.chuyenvien)
    old = event_figures(first, last, timezone.localdate())
    new = event_figures(dt.date(2025, 12, 15), dt.date(2026, 12, 14), timezone.localdate())
    assert {key: figure.value for key, figure in old.items()} == {"events.attended": 1}
    assert {key: figure.value for key, figure in new.items()} == {"events.attended": 1}
    assert old["events.attended"].rows != new["events.attended"].rows
    assert event_figures(first, last, dt.date(2025, 12, 13)) == {}
