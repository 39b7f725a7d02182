"""Events of the past out of a register: what is read, what is refused, and nothing twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from agreements.models import Mechanism, MeetingSeries, MeetingSession
from delegations.models import InternationalEvent
from delegations.registers import import_events
from tests.delegations.registers.sheets import workbook

pytestmark = pytest.mark.django_db

HEAD = ("STT", "Tên hội nghị", "Loại", "Vai trò", "Hình thức", "Ngày khai mạc", "Ngày bế mạc", "Địa điểm", "Đơn vị",
        "Chuỗi hội nghị", "Lần thứ", "Số đại biểu nước ngoài")  # fmt: skip


def row(number: int = 1, **changes):
    values = {
        "stt": number, "title": f"Hội thảo về cải cách công vụ {number}", "kind": "", "role": "Chủ trì tổ chức",
        "format": "Trực tuyến", "starts": dt.date(2021, 4, 8), "ends": None, "place": "Hà Nội", "unit": "", "series": "",
        "session": "", "foreign": "20",
    }  # fmt: skip
    return list((values | changes).values())


def read(ministry, rows, **options):
    options = {"dry_run": False, "source": "so-hoi-nghi.xlsx"} | options
    return import_events(workbook(rows, head=HEAD), actor=ministry.htqt, **options)


def actions(result):
    return [one.action for one in result.rows]


@pytest.fixture
def series():
    mechanism = Mechanism.objects.create(
        name_vi="Hợp tác thử", kind="multilateral", tree_key="a", sort_key="a", search_text=""
    )
    return MeetingSeries.objects.create(
        mechanism=mechanism, name_vi="Cuộc họp cấp cao thử", kind="senior_officials", sort_key="a", search_text=""
    )


def test_rows_become_events_that_are_over(ministry, series):
    rows = [
        row(1, series="Cuộc họp cấp cao thử", session="21"),
        row(2, role="Tham dự", format="Kết hợp", starts="tháng 2/2022", kind="Diễn đàn"),
    ]
    result = read(ministry, rows)
    assert actions(result) == ["create", "create"], [one.message for one in result.rows]
    first, second = InternationalEvent.objects.select_related("case", "session").order_by("starts_on")
    assert (first.case.state, first.role, first.format, first.kind) == ("completed", "host", "online", "workshop")
    assert (first.session.number, first.session.status, first.session.case_id) == (21, "held", first.case_id)
    assert first.case.number.startswith("HN-2021-")
    assert "so-hoi-nghi.xlsx" in first.case.status_changes.get().comment
    assert (second.case.state, second.role, second.kind) == ("held", "attend", "forum")
    assert (second.date_precision, second.starts_on, second.foreign_count) == ("month", dt.date(2022, 2, 1), 20)


def test_a_second_reading_adds_nothing_and_a_dry_run_neither(ministry):
    assert read(ministry, [row(1)], dry_run=True).saved is False
    assert InternationalEvent.objects.count() == 0
    read(ministry, [row(1)])
    assert actions(read(ministry, [row(1), row(1, stt=2)])) == ["skip", "skip"]
    assert InternationalEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts": dt.date(2021, 4, 8), "ends": dt.date(2021, 4, 7)}, "trước ngày khai mạc"),
        ({"starts": dt.date(2099, 1, 1)}, "2099"),
        ({"title": ""}, ""),
        ({"role": "Xem"}, "Xem"),
        ({"unit": "Vụ không có"}, "Vụ không có"),
        ({"series": "Chuỗi không có"}, "Chuỗi không có"),
        ({"foreign": "nhiều"}, "nhiều"),
    ],
)
def test_one_wrong_row_saves_nothing(ministry, changes, words):
    result = read(ministry, [row(1), row(2, **changes)])
    assert InternationalEvent.objects.count() == 0 or "title" in changes
    if "title" not in changes:
        assert result.has_errors
        assert words in " ".join(one.message for one in result.rows if one.action == "error")


def test_a_session_number_twice_is_refused(ministry, series):
    twice = [row(n, series="Cuộc họp cấp cao thử", session="21") for n in (1, 2)]
    result = read(ministry, twice)
    assert actions(result).count("error") == 1
    assert InternationalEvent.objects.count() == 0
    assert not MeetingSession.objects.exists()


def test_the_command_knows_the_register(ministry, tmp_path, capsys):
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook([row(1)], head=HEAD))
    call_command("import_register", "events", str(path), "--dry-run", "--actor", "htqt")
    assert InternationalEvent.objects.count() == 0
    call_command("import_register", "events", str(path), "--actor", "htqt")
    assert InternationalEvent.objects.count() == 1
