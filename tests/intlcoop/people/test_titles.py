"""What people are called, and the lines above a signature (Decree 30/2020, article 13)."""

from __future__ import annotations

import datetime as dt

import pytest

from intlcoop.people import offices, reference
from intlcoop.people.choices import Role, UnitType
from intlcoop.people.models import OfficeTitle
from tests.intlcoop.people.factories import AppointmentFactory, OrgUnitFactory, appointed, build_ministry

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)


def lines(user, code, unit=None):
    holder = offices.can_act(user, code, unit, TODAY)
    assert holder is not None
    return offices.signature_lines(holder)


def test_the_minister_signs_in_own_right():
    ministry = build_ministry()
    assert lines(ministry.minister, offices.MINISTER) == ["BỘ TRƯỞNG"]


def test_a_deputy_minister_signs_kt():
    ministry = build_ministry()
    assert lines(ministry.deputy, offices.DEPUTY_MINISTER, ministry.unit) == ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"]


def test_a_ministry_with_a_double_title_says_so_everywhere():
    ministry = build_ministry()
    OfficeTitle.objects.filter(role=Role.MINISTER).update(title_vi="Bộ trưởng, Chủ nhiệm")
    OfficeTitle.objects.filter(role=Role.DEPUTY_MINISTER).update(title_vi="Thứ trưởng, Phó Chủ nhiệm")
    assert lines(ministry.deputy, offices.DEPUTY_MINISTER, ministry.unit) == [
        "KT. BỘ TRƯỞNG, CHỦ NHIỆM",
        "THỨ TRƯỞNG, PHÓ CHỦ NHIỆM",
    ]


def test_a_head_signs_for_the_unit_and_by_order_for_the_ministry():
    ministry = build_ministry()
    holder = offices.can_act(ministry.icd_head, offices.ICD_HEAD, None, TODAY)
    assert offices.signature_lines(holder) == ["VỤ TRƯỞNG"]
    assert offices.signature_lines(offices.by_order(holder)) == ["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ HỢP TÁC QUỐC TẾ"]


def test_a_deputy_in_charge_signs_as_a_deputy():
    ministry = build_ministry()
    ministry.icd_head.appointments.all().update(valid_until=dt.date(2025, 1, 1))
    acting = appointed(ministry.icd, Role.DEPUTY_HEAD, "phutrach", acting=True)
    holder = offices.can_act(acting, offices.ICD_HEAD, None, TODAY)
    assert offices.signature_lines(holder) == ["KT. VỤ TRƯỞNG", "PHÓ VỤ TRƯỞNG"]
    assert offices.signature_lines(offices.by_order(holder)) == [
        "TL. BỘ TRƯỞNG",
        "KT. VỤ TRƯỞNG VỤ HỢP TÁC QUỐC TẾ",
        "PHÓ VỤ TRƯỞNG",
    ]
    assert (holder.title, holder.title_in("en")) == (
        "Phó Vụ trưởng phụ trách",
        "Deputy Director General in charge",
    )


def test_the_chief_of_the_office_is_not_named_twice():
    ministry = build_ministry()
    chief = appointed(ministry.office, Role.HEAD, "chanhvanphong")
    holder = offices.can_act(chief, offices.UNIT_HEAD, ministry.office, TODAY)
    assert offices.signature_lines(offices.by_order(holder)) == ["TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG"]


@pytest.mark.parametrize(
    ("unit_type", "role", "title"),
    [
        (UnitType.DEPARTMENT, Role.HEAD, "Vụ trưởng"),
        (UnitType.AUTHORITY, Role.HEAD, "Cục trưởng"),
        (UnitType.UNIVERSITY, Role.HEAD, "Hiệu trưởng"),
        (UnitType.ACADEMY, Role.DEPUTY_HEAD, "Phó Giám đốc"),
        (UnitType.INSTITUTE, Role.OFFICER, "Chuyên viên"),
    ],
)
def test_titles_follow_role_and_type_of_unit(unit_type, role, title):
    appointment = AppointmentFactory(unit=OrgUnitFactory(unit_type=unit_type), role=role)
    assert offices.title_of(appointment) == title


def test_an_own_title_comes_first():
    appointment = AppointmentFactory(role=Role.OFFICER, title_vi="Chuyên viên chính", title_en="Principal Official")
    assert offices.title_of(appointment) == "Chuyên viên chính"
    assert offices.title_of(appointment, "en") == "Principal Official"


def test_loading_titles_again_brings_back_what_is_missing_and_changes_nothing():
    OfficeTitle.objects.filter(role=Role.MINISTER).update(title_vi="Bộ trưởng, Chủ nhiệm")
    OfficeTitle.objects.filter(role=Role.CLERK).delete()
    reference.load()
    assert OfficeTitle.objects.get(role=Role.MINISTER).title_vi == "Bộ trưởng, Chủ nhiệm"
    assert OfficeTitle.objects.get(role=Role.CLERK).title_vi == "Văn thư"
