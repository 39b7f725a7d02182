"""The calendar of absences: who is away when, who is in two places, which leaders and which lines of the plan meet."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from delegations.choices import LineState, Part
from delegations.models import AnnualPlan, OutboundDelegation
from delegations.queries.radar import Radar
from intlcoop.audit.models import SecurityEvent
from intlcoop.catalogues.models import Country
from intlcoop.people.choices import Rank, Role
from intlcoop.people.models import Appointment
from intlcoop.workflow.models import Case
from tests.delegations import factories as f
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db

URL = "/lich/"
YEAR = timezone.localdate().year + 1


@pytest.fixture
def ministry(db, built):
    return built


def away(
    ministry, first: str, last: str, *names: str, unit: str = "CSDP", filer: str = "chuyenvien", rank=Rank.OFFICIAL
):
    """A submitted trip on these days of next year ("12-05")."""
    rows = [
        f.member(ministry.person(name), Part.HEAD if n == 0 else Part.MEMBER, rank)
        for n, name in enumerate(names or ("chuyenvien2",))
    ]
    made = f.trip(ministry, members=rows, unit=unit, filer=filer, out_of_plan_reason="Phát sinh", warning_reason="Có")
    first_day, last_day = (
        dt.date.fromisoformat(f"{YEAR}-{text}") if len(text) == 5 else dt.date.fromisoformat(text)
        for text in (first, last)
    )
    OutboundDelegation.objects.filter(pk=made.pk).update(departs_on=first_day, returns_on=last_day)
    f.submit(OutboundDelegation.objects.get(pk=made.pk), ministry, filer)
    return made


def radar(ministry, month: int, account: str = "htqt", **filters) -> Radar:
    return Radar(ministry.person(account), YEAR, month, **filters)


def text_of(client, **query) -> str:
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_month_shows_who_is_away_leaders_first(go, ministry):
    away(ministry, "12-03", "12-05")
    away(ministry, "12-10", "12-12", "thutruong", rank=Rank.DEPUTY_MINISTER)
    seen = radar(ministry, 12)
    assert [person.name for person in seen.people] == [ministry.thutruong.full_name, ministry.chuyenvien2.full_name]
    text = text_of(go("htqt"), thang=f"{YEAR}-12")
    assert text.index(ministry.thutruong.full_name) < text.rindex("Triệu Hoài Linh")
    assert f"Lịch vắng mặt tháng 12/{YEAR}" in text
    days = {day.day: len(stays) for week in seen.weeks for cell in week if cell for day, stays in [cell]}
    assert (days[2], days[3], days[5], days[6], days[11]) == (0, 1, 1, 0, 1)


def test_a_trip_over_new_years_eve_stands_in_both_months(ministry):
    away(ministry, "12-30", f"{YEAR + 1}-01-02")
    assert radar(ministry, 12).people
    assert Radar(ministry.htqt, YEAR + 1, 1).people
    assert not Radar(ministry.htqt, YEAR + 1, 2).people


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("12-01", "12-20", "có tên trong hai đoàn cùng lúc"),  # encloses
        ("12-06", "12-07", "có tên trong hai đoàn cùng lúc"),  # lies within
        ("12-08", "12-10", "có tên trong hai đoàn cùng lúc"),  # touches the last day
        ("12-09", "12-11", "hôm sau đi tiếp"),  # the next day
        ("12-10", "12-11", ""),
    ],
)
def test_people_in_two_places_at_once(go, ministry, first, last, text):
    away(ministry, "12-05", "12-08")
    away(ministry, first, last)
    page = text_of(go("htqt"), thang=f"{YEAR}-12")
    assert (text in page) if text else ("can-luu-y" not in page)


def test_a_clash_over_the_end_of_a_month_is_seen_in_both(ministry):
    away(ministry, "10-28", "10-31")
    away(ministry, "11-01", "11-03")
    for month in (10, 11):
        assert [pair.days for pair in radar(ministry, month).twice] == [None], month


def test_leaders_of_the_ministry_away_together(ministry):
    other = Appointment.objects.create(
        person=ministry.truonghoc, unit=ministry.unit("HTQT"), role=Role.OFFICER, valid_from=dt.date(2020, 1, 1)
    ).person
    away(ministry, "12-01", "12-06", "thutruong", rank=Rank.DEPUTY_MINISTER)
    away(ministry, "12-06", "12-09", "botruong", rank=Rank.MINISTER)
    away(ministry, "12-01", "12-30", other.username)
    group = radar(ministry, 12).together[0]
    assert (group.unit, group.first, group.last) == ("", dt.date(YEAR, 12, 6), dt.date(YEAR, 12, 6))
    assert set(group.names) == {ministry.thutruong.full_name, ministry.botruong.full_name}


def test_the_head_and_a_deputy_of_one_unit_away_together(ministry):
    unit = ministry.unit("CSDP")
    Appointment.objects.create(
        person=ministry.chuyenvien2, unit=unit, role=Role.DEPUTY_HEAD, valid_from=dt.date(2020, 1, 1)
    )
    away(ministry, "12-01", "12-06", "lanhdaodonvi", rank=Rank.DIRECTOR)
    away(ministry, "12-05", "12-09", "chuyenvien2", rank=Rank.DIRECTOR)
    away(ministry, "12-05", "12-09", "vutruong", rank=Rank.DIRECTOR)  # head of another unit: no clash
    assert [group.unit for group in radar(ministry, 12).together] == [unit.name_vi]


def test_the_filters_narrow_what_is_shown_but_not_what_clashes(go, ministry):
    away(ministry, "12-03", "12-05")
    away(ministry, "12-05", "12-12", "chuyenvien2", unit="DHPT", filer="truonghoc")
    away(ministry, "12-10", "12-12", "thutruong", rank=Rank.DEPUTY_MINISTER)
    unit = ministry.unit("CSDP").pk
    seen = radar(ministry, 12, unit=unit)
    assert len(seen.stays) == 2
    assert len(seen.twice) == 1
    assert [person.name for person in radar(ministry, 12, leaders=True).people] == [ministry.thutruong.full_name]
    assert radar(ministry, 12, person=ministry.thutruong.pk).stays == radar(ministry, 12, leaders=True).stays
    assert "Không có ai trong số này" in text_of(go("htqt"), thang=f"{YEAR}-12", nguoi=ministry.botruong.pk)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_each_sees_the_absences_of_the_files_that_they_may_see(go, ministry, account):
    away(ministry, "12-03", "12-05", "htqt", unit="DHPT", filer="truonghoc")
    made = OutboundDelegation.objects.get()
    sees = OutboundDelegation.objects.visible_to(ministry.person(account)).filter(pk=made.pk).exists()
    assert (f"Đ{made.case.number[1:]}" in text_of(go(account), thang=f"{YEAR}-12")) is sees


@pytest.mark.parametrize("state", ["cancelled", "rejected", "postponed"])
def test_who_does_not_travel_is_not_away(ministry, state):
    made = away(ministry, "12-03", "12-05")
    Case.objects.filter(pk=made.case_id).update(state=state)
    assert radar(ministry, 12).people == []


def test_a_trip_known_to_the_month_only_makes_nobody_absent(ministry):
    made = away(ministry, "12-01", "12-30")
    OutboundDelegation.objects.filter(pk=made.pk).update(date_precision="month")
    assert radar(ministry, 12).people == []


def test_lines_of_the_plan_that_clash_and_those_without_a_trip(go, ministry):
    lines = [f.plan_line(ministry, year=YEAR) for _turn in range(4)]
    leader, country = ministry.thutruong, Country.objects.get(iso2="JP")
    for line, month in zip(lines, (12, 12, 12, 11), strict=True):
        line.month, line.leader, line.title = month, leader, f"Dòng {line.pk}"
        line.save()
    lines[1].leader = None
    lines[1].purpose = "study"
    lines[1].save()
    lines[2].purpose = "study"
    lines[2].save()
    for line in lines[1:3]:
        line.countries.add(country)
    seen = radar(ministry, 12)
    assert [(clash.leader, clash.countries) for clash in seen.line_clashes] == [
        (str(leader), ()),
        ("", ("Nhật Bản",)),
    ]
    text = text_of(go("chuyenvien"), thang=f"{YEAR}-12")
    assert "cùng lãnh đạo (Ngô Đức Nam)" in text
    assert f"/doan-ra/lap/?dong={lines[1].pk}" in text
    assert f"/doan-ra/lap/?dong={lines[3].pk}" not in text
    assert "/doan-ra/lap/" not in text_of(go("kiemtoan"), thang=f"{YEAR}-12")
    type(lines[0]).objects.filter(pk=lines[0].pk).update(state=LineState.DROPPED)
    AnnualPlan.objects.filter(pk=lines[0].plan_id)
    assert len(radar(ministry, 12).open_lines) == 2
    AnnualPlan.objects.filter(pk=lines[0].plan_id).update(approved_on=None, approval_number="")
    assert radar(ministry, 12).lines == []


@pytest.mark.parametrize(
    "query",
    [
        {"thang": "2026-13"}, {"thang": "0001-01"}, {"thang": "9999-12"}, {"thang": "x"}, {"thang": "2026-٣"},
        {"don_vi": "x", "nguoi": "9" * 30}, {"don_vi": "-1"}, {"lanh_dao": "có"}, {"xuat": "pdf"},
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_gives_a_month(go, query):
    assert go("htqt").get(URL, query).status_code == 200


def test_the_edges_of_the_calendar(go):
    for month in ("2000-01", "2100-12", "2028-02"):
        assert "calendar-day" in text_of(go("htqt"), thang=month)


def test_the_same_rows_as_a_workbook_with_a_line_in_the_log(go, ministry):
    away(ministry, "12-05", "12-08")
    away(ministry, "12-08", "12-10")
    answer = go("htqt").get(URL, {"thang": f"{YEAR}-12", "xuat": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Họ và tên"
    assert [row[6] for row in rows[1:]] == [dt.date(YEAR, 12, 5), dt.date(YEAR, 12, 8)]
    assert all("hai đoàn cùng lúc" in row[-1] for row in rows[1:])
    assert SecurityEvent.objects.filter(kind="export").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_costs_the_same_for_one_and_many(go, ministry, count, django_assert_num_queries):
    for turn in range(count):
        away(ministry, f"12-{1 + 4 * turn:02d}", f"12-{3 + 4 * turn:02d}", "lanhdaodonvi", rank=Rank.DIRECTOR)
        line = f.plan_line(ministry, year=YEAR)
        line.month, line.leader = 12, ministry.thutruong
        line.save()
        line.countries.add(Country.objects.get(iso2="JP"))
    client = go("htqt")
    client.get(URL)
    with django_assert_num_queries(15):
        assert client.get(URL, {"thang": f"{YEAR}-12"}).status_code == 200
