"""Internal meetings and courses stand in the calendar of their month."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intlcoop.workflow.models import Case
from reports.models import WorkAttendance
from tests.reports.works import work

pytestmark = pytest.mark.django_db

MARCH = "/lich/?thang=2026-03"


@pytest.fixture
def ministry(built, db):
    return built


@pytest.fixture
def go(client, ministry):
    def login(name: str):
        client.force_login(ministry.person(name))
        return client

    return login


def page(client, address: str = MARCH) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def filled(ministry) -> None:
    work(ministry, "meeting", "Họp triển khai", starts_on=dt.date(2026, 3, 12), place="Phòng họp A")
    work(ministry, "training", "Lớp tiếng Anh", starts_on=dt.date(2026, 2, 20), ends_on=dt.date(2026, 3, 2))
    series = work(ministry, "recurring", "Họp Ban Chỉ đạo")
    WorkAttendance.objects.create(item=series, on=dt.date(2026, 3, 5), attended_by="Vụ trưởng")


def test_meetings_and_courses_of_the_month_with_their_days(go, ministry):
    filled(ministry)
    work(ministry, "meeting", "Họp tháng khác", starts_on=dt.date(2026, 4, 1))
    work(ministry, "coordination", "Việc phối hợp", starts_on=dt.date(2026, 3, 9))
    gone = work(ministry, "meeting", "Họp đã bỏ", starts_on=dt.date(2026, 3, 9))
    Case.objects.filter(pk=gone.case_id).update(state="cancelled")
    said = page(go("htqt"))
    for words in ("Họp triển khai", "12/03/2026", "Phòng họp A", "Lớp tiếng Anh", "Họp Ban Chỉ đạo", "05/03/2026"):
        assert words in said
    for words in ("Họp tháng khác", "Việc phối hợp", "Họp đã bỏ"):
        assert words not in said
    assert said.index("Họp Ban Chỉ đạo") < said.index("Họp triển khai")  # by day


def test_only_what_the_reader_may_see_and_the_filters_keep(go, ministry):
    filled(ministry)
    assert "Họp triển khai" not in page(go("truonghoc"))
    unit = ministry.unit("CSDP").pk
    assert "Họp triển khai" not in page(go("htqt"), f"{MARCH}&don_vi={unit}")
    assert "Họp triển khai" in page(go("htqt"), f"{MARCH}&don_vi={ministry.unit('HTQT').pk}")
    assert "Họp triển khai" not in page(go("htqt"), f"{MARCH}&lanh_dao=1")


def test_the_calendar_costs_the_same_with_one_of_each_and_with_three(go, ministry):
    client = go("htqt")

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client)
        return len(seen)

    filled(ministry)
    count()
    once = count()
    filled(ministry)
    filled(ministry)
    assert count() == once
