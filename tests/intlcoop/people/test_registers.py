"""Taking over a staff list from a spreadsheet."""

from __future__ import annotations

import datetime as dt

import pytest

from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.exporting.tables import Column, to_xlsx
from intlcoop.people.choices import Role, UnitType
from intlcoop.people.models import Appointment, User
from intlcoop.people.registers import import_staff
from tests.intlcoop.people.factories import OrgUnitFactory, UserFactory

pytestmark = pytest.mark.django_db

HEADERS = ["Họ và tên", "Tên đăng nhập", "Thư điện tử", "Đơn vị (mã)", "Vai trò", "Chức vụ", "Từ ngày", "Đến ngày"]
AN = ["Nguyễn Văn An", "an.nv", "An.NV@vi-du.vn", "vdp", "", "Vụ trưởng", "01/03/2026", ""]
BINH = ["Trần Thị Bình", "binh.tt", "", "VDP", "Chuyên viên", "Chuyên viên chính", dt.date(2026, 3, 1), "31/12/2026"]


@pytest.fixture(autouse=True)
def unit():
    return OrgUnitFactory(code="vdp", name_vi="Vụ Địa phương", unit_type=UnitType.DEPARTMENT)


def sheet(*rows, headers=HEADERS):
    columns = [
        Column(
            header=header,
            value=lambda row, n=number: row[n] if n < len(row) else None,
            kind="date" if "ngày" in header else "text",
        )
        for number, header in enumerate(headers)
    ]
    return to_xlsx("Cán bộ", columns, rows)


def take(*rows, dry_run=False, headers=HEADERS):
    return import_staff(sheet(*rows, headers=headers), dry_run=dry_run, actor=None)


def actions(result):
    return [row.action for row in result.rows]


def test_people_and_appointments_are_created(unit):
    result = take(AN, BINH)
    assert (actions(result), result.saved) == (["create", "create"], True)
    an, binh = Appointment.objects.order_by("person__username")
    assert (an.person.full_name, an.person.email, an.person.has_usable_password()) == (
        "Nguyễn Văn An",
        "an.nv@vi-du.vn",
        False,
    )
    assert (an.role, an.title_vi, an.unit, an.valid_from, an.valid_until) == (
        Role.HEAD,
        "",
        unit,
        dt.date(2026, 3, 1),
        None,
    )
    assert (binh.role, binh.title_vi, binh.valid_until) == (Role.OFFICER, "Chuyên viên chính", dt.date(2026, 12, 31))


def test_lines_are_numbered_as_in_the_sheet():
    assert [row.line for row in take(AN, BINH).rows] == [2, 3]


def test_the_same_list_twice_changes_nothing():
    take(AN, BINH)
    again = take(AN, BINH)
    assert actions(again) == ["skip", "skip"]
    assert Appointment.objects.count() == 2


def test_what_changed_is_updated():
    take(AN)
    result = take([*AN[:2], "moi@vi-du.vn", *AN[3:7], "30/11/2026"])
    assert actions(result) == ["update"]
    assert User.objects.get(username="an.nv").email == "moi@vi-du.vn"
    assert Appointment.objects.get().valid_until == dt.date(2026, 11, 30)


def test_a_dry_run_says_what_would_happen_and_saves_nothing():
    result = take(AN, BINH, dry_run=True)
    assert (actions(result), result.saved) == (["create", "create"], False)
    assert not User.objects.exists()


def test_one_wrong_row_and_nothing_is_saved():
    result = take(AN, ["", "x", "", "vdp", "Chuyên viên", "", "01/03/2026"], BINH)
    assert (actions(result), result.saved) == (["create", "error", "create"], False)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (0, "", "Họ và tên"),
        (1, "nguyễn", ""),
        (2, "khong-phai-thu", ""),
        (3, "khong-co", "khong-co"),
        (4, "Vua", "Vua"),
        (6, "31/02/2026", "31/02/2026"),
        (7, "01/01/2026", ""),
    ],
)
def test_each_mistake_is_said_at_its_row(column, value, said):
    result = take([*AN[:column], value, *AN[column + 1 :]])
    assert actions(result) == ["error"]
    assert said in result.rows[0].message
    assert result.rows[0].message


def test_a_second_head_in_the_same_list_is_an_error():
    result = take(AN, ["Lê Văn Hai", "hai.lv", "", "vdp", "", "Vụ trưởng", "01/04/2026"])
    assert actions(result) == ["create", "error"]


def test_a_deputy_in_charge_is_recognised_by_the_title():
    take(["Hoàng Văn Phó", "pho.hv", "", "vdp", "", "Phó Vụ trưởng phụ trách", "01/03/2026"])
    appointment = Appointment.objects.get()
    assert (appointment.role, appointment.acting, appointment.title_vi) == (Role.DEPUTY_HEAD, True, "")


def test_a_title_that_gives_no_role_asks_for_one():
    assert actions(take([*AN[:5], "Cố vấn", *AN[6:]])) == ["error"]
    assert actions(take([*AN[:4], "chuyên viên", "Cố vấn", *AN[6:]])) == ["create"]


def test_headers_are_known_by_other_names_and_the_unit_by_its_name():
    headers = ["HỌ TÊN", "Tài khoản", "Đơn vị", "Chức danh", "Ngày bắt đầu", "Ghi chú"]
    result = take(["Nguyễn Văn An", "an.nv", "vụ địa phương", "Vụ trưởng", "01/03/2026", "x"], headers=headers)
    assert actions(result) == ["create"]


def test_an_existing_person_gets_the_appointment():
    person = UserFactory(username="an.nv", full_name="Nguyễn Văn An", email="an.nv@vi-du.vn")
    take(AN)
    assert Appointment.objects.get().person == person
    assert User.objects.count() == 1


def test_a_sheet_without_the_columns_is_refused():
    with pytest.raises(TableUnreadable, match="Tên đăng nhập"):
        take(["A"], headers=["Họ và tên"])
    with pytest.raises(TableUnreadable):
        import_staff(b"khong phai xlsx", dry_run=True, actor=None)
