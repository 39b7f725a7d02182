"""Who may act in an office on a day, and who is above it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from intlcoop.people import offices
from intlcoop.people.choices import Rank, Role, SignatureForm, UnitFunction, UnitType
from intlcoop.people.models import Supervision
from tests.intlcoop.people.factories import (
    AppointmentFactory,
    OrgUnitFactory,
    SubstitutionFactory,
    SupervisionFactory,
    UserFactory,
    appointed,
    build_ministry,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


def names(code, unit, on=TODAY):
    return [holder.user.username for holder in offices.holders_of(code, unit, on)]


def absent(person, substitute, **fields):
    return SubstitutionFactory(
        person=person, substitute=substitute, valid_from=YESTERDAY, valid_until=TOMORROW, **fields
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (offices.MINISTER, ["botruong"]),
        (offices.DEPUTY_MINISTER, ["thutruong"]),
        (offices.ICD_HEAD, ["vutruong"]),
        (offices.ICD_OFFICER, ["htqt"]),
        (offices.UNIT_HEAD, ["lanhdaodonvi"]),
        (offices.ORG_PERSONNEL, ["tccb"]),
        (offices.FINANCE, ["taichinh"]),
        (offices.LEGAL, ["phapche"]),
        (offices.CLERK, ["vanthu"]),
        (offices.CLERK_HEAD, []),
        (offices.PRIME_MINISTER, []),
        (offices.EXTERNAL, []),
    ],
)
def test_each_office_has_its_holders(code, expected):
    ministry = build_ministry()
    assert names(code, ministry.unit) == expected


def test_every_office_has_holders_a_name_and_a_way_up_to_the_prime_minister():
    for code in offices.ALL:
        assert offices.office_label(code)
        above, seen = code, []
        while (above := offices.next_higher(above)) is not None:
            seen.append(above)
        assert seen[-1:] == ([] if code in offices.OUTSIDE else [offices.PRIME_MINISTER])


def test_an_unknown_office_is_an_error_of_the_program():
    with pytest.raises(KeyError):
        offices.holders_of("king", None, TODAY)


def test_the_deputy_minister_in_charge_is_found_up_the_tree():
    ministry = build_ministry()
    division = OrgUnitFactory(parent=ministry.unit, unit_type=UnitType.DIVISION)
    assert names(offices.DEPUTY_MINISTER, division) == ["thutruong"]


def test_where_nobody_is_in_charge_every_deputy_minister_may_act():
    ministry = build_ministry()
    assert names(offices.DEPUTY_MINISTER, ministry.university) == ["thutruong", "thutruong2"]
    assert names(offices.DEPUTY_MINISTER, None) == ["thutruong", "thutruong2"]


def test_who_left_office_is_not_in_charge_any_more():
    ministry = build_ministry()
    ministry.deputy.appointments.update(valid_until=YESTERDAY)
    assert names(offices.DEPUTY_MINISTER, ministry.unit) == ["thutruong2"]


def test_supervision_is_dated():
    ministry = build_ministry()
    Supervision.objects.update(valid_until=YESTERDAY)
    SupervisionFactory(unit=ministry.unit, deputy_minister=ministry.other_deputy, valid_from=TODAY)
    assert names(offices.DEPUTY_MINISTER, ministry.unit, YESTERDAY) == ["thutruong"]
    assert names(offices.DEPUTY_MINISTER, ministry.unit, TODAY) == ["thutruong2"]


def test_a_deputy_in_charge_holds_the_office_and_signs_kt():
    ministry = build_ministry()
    ministry.unit_head.appointments.update(valid_until=YESTERDAY)
    ministry.unit_deputy_head.appointments.update(acting=True)
    (holder,) = offices.holders_of(offices.UNIT_HEAD, ministry.unit, TODAY)
    assert (holder.user, holder.form, holder.acting) == (ministry.unit_deputy_head, SignatureForm.KT, True)
    assert holder.on_behalf_of is None
    assert holder.title == "Phó Vụ trưởng phụ trách"


def test_a_plain_deputy_does_not_act_for_the_head():
    ministry = build_ministry()
    assert offices.can_act(ministry.unit_deputy_head, offices.UNIT_HEAD, ministry.unit, TODAY) is None


def test_waiting_work_moves_to_the_substitute_and_comes_back():
    ministry = build_ministry()
    absent(ministry.unit_head, ministry.unit_deputy_head)
    assert names(offices.UNIT_HEAD, ministry.unit) == ["lanhdaodonvi", "phodonvi"]
    assert names(offices.UNIT_HEAD, ministry.unit, TOMORROW + dt.timedelta(days=1)) == ["lanhdaodonvi"]
    holder = offices.can_act(ministry.unit_deputy_head, offices.UNIT_HEAD, ministry.unit, TODAY)
    assert holder is not None
    assert (holder.form, holder.on_behalf_of) == (SignatureForm.KT, ministry.unit_head)


def test_a_revoked_substitution_ends_at_once():
    ministry = build_ministry()
    row = absent(ministry.unit_head, ministry.unit_deputy_head)
    row.revoked_at = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(9)))
    row.save()
    assert names(offices.UNIT_HEAD, ministry.unit, YESTERDAY) == ["lanhdaodonvi", "phodonvi"]
    assert names(offices.UNIT_HEAD, ministry.unit, TODAY) == ["lanhdaodonvi"]


def test_a_substitution_is_never_passed_on():
    ministry = build_ministry()
    third = appointed(ministry.unit, Role.DEPUTY_HEAD, "pho2")
    absent(ministry.unit_head, ministry.unit_deputy_head)
    absent(ministry.unit_deputy_head, third)
    assert offices.can_act(third, offices.UNIT_HEAD, ministry.unit, TODAY) is None


def test_a_substitute_without_the_right_office_cannot_act():
    ministry = build_ministry()
    absent(ministry.unit_head, ministry.staff)
    absent(ministry.minister, ministry.administrator)
    assert names(offices.UNIT_HEAD, ministry.unit) == ["lanhdaodonvi"]
    assert names(offices.MINISTER, None) == ["botruong"]


def test_a_substitution_for_one_unit_does_not_reach_another():
    ministry = build_ministry()
    other = OrgUnitFactory(parent=ministry.root)
    AppointmentFactory(person=ministry.unit_head, unit=other, role=Role.HEAD)
    AppointmentFactory(person=ministry.unit_deputy_head, unit=other, role=Role.DEPUTY_HEAD)
    absent(ministry.unit_head, ministry.unit_deputy_head, unit=other)
    assert names(offices.UNIT_HEAD, other) == ["lanhdaodonvi", "phodonvi"]
    assert names(offices.UNIT_HEAD, ministry.unit) == ["lanhdaodonvi"]


def test_the_head_of_a_subordinate_unit_stands_in_by_authorisation():
    ministry = build_ministry()
    absent(ministry.minister, ministry.rector, form=SignatureForm.TUQ, document="01/GUQ-BMH")
    holder = offices.can_act(ministry.rector, offices.MINISTER, None, TODAY)
    assert holder is not None
    assert offices.signature_lines(holder) == ["TUQ. BỘ TRƯỞNG", "HIỆU TRƯỞNG TRƯỜNG ĐẠI HỌC MINH HỌA"]


def test_any_deputy_minister_signs_kt_for_the_minister():
    build_ministry()
    signers = offices.signers_for_minister(TODAY)
    assert [(holder.user.username, holder.form) for holder in signers] == [
        ("botruong", SignatureForm.OWN),
        ("thutruong", SignatureForm.KT),
        ("thutruong2", SignatureForm.KT),
    ]


def test_but_no_deputy_minister_decides_in_the_ministers_office_without_being_asked_to():
    ministry = build_ministry()
    assert offices.can_act(ministry.deputy, offices.MINISTER, None, TODAY) is None


def test_the_office_of_a_merged_unit_is_that_of_its_heir():
    ministry = build_ministry()
    old = OrgUnitFactory(merged_into=ministry.unit, valid_until=YESTERDAY)
    former = AppointmentFactory(unit=old, role=Role.HEAD).person
    assert names(offices.UNIT_HEAD, old, YESTERDAY) == [former.username]
    assert names(offices.UNIT_HEAD, old, TODAY) == ["lanhdaodonvi"]
    assert names(offices.DEPUTY_MINISTER, old, TODAY) == ["thutruong"]


def test_administrators_auditors_and_closed_accounts_hold_no_office():
    ministry = build_ministry()
    AppointmentFactory(person=ministry.unit_head, unit=ministry.root, role=Role.AUDITOR)
    ministry.minister.is_active = False
    ministry.minister.save()
    assert names(offices.UNIT_HEAD, ministry.unit) == []
    assert names(offices.MINISTER, None) == []


def test_the_head_of_a_division_with_the_function_is_not_head_of_the_department():
    ministry = build_ministry()
    division = OrgUnitFactory(parent=ministry.icd, function=UnitFunction.ICD, unit_type=UnitType.DIVISION)
    chief = appointed(division, Role.HEAD, "truongphong")
    assert names(offices.ICD_HEAD, None) == ["vutruong"]
    assert chief.username in names(offices.ICD_OFFICER, None)


def test_heads_come_before_the_people_of_their_department():
    ministry = build_ministry()
    appointed(ministry.finance, Role.HEAD, "vutruong-tc")
    assert names(offices.FINANCE, None) == ["vutruong-tc", "taichinh"]


def test_somebody_named_by_an_administrator_acts_in_the_office_or_by_own_appointment():
    ministry = build_ministry()
    holder = offices.personal_holder(ministry.unit_head, offices.UNIT_HEAD, ministry.unit, TODAY)
    assert holder == offices.can_act(ministry.unit_head, offices.UNIT_HEAD, ministry.unit, TODAY)
    by_name = offices.personal_holder(ministry.staff, offices.UNIT_HEAD, ministry.unit, TODAY)
    assert (by_name.user, by_name.title, by_name.form) == (ministry.staff, "Chuyên viên", SignatureForm.OWN)
    with pytest.raises(ValueError, match="no business appointment"):
        offices.personal_holder(ministry.administrator, offices.UNIT_HEAD, ministry.unit, TODAY)


def test_ranks_of_many_cost_one_query(django_assert_num_queries):
    ministry = build_ministry()
    division = OrgUnitFactory(unit_type=UnitType.DIVISION)
    chief = appointed(division, Role.HEAD, "truongphong")
    outsider = UserFactory()
    people = [ministry.minister, ministry.deputy, ministry.unit_deputy_head, ministry.staff, chief, outsider]
    with django_assert_num_queries(1):
        ranks = offices.ranks_of([person.pk for person in people], TODAY)
    assert [ranks[person.pk] for person in people] == [
        Rank.MINISTER,
        Rank.DEPUTY_MINISTER,
        Rank.DIRECTOR,
        Rank.OFFICIAL,
        Rank.OFFICIAL,
        Rank.OFFICIAL,
    ]
    assert offices.rank_of(ministry.minister, TODAY) == Rank.MINISTER


def test_many_questions_in_one_request_cost_no_more_than_one(django_assert_max_num_queries):
    ministry = build_ministry()
    with offices.kept_rosters(), django_assert_max_num_queries(5):
        for unit in (ministry.unit, ministry.university, ministry.icd):
            for code in offices.ALL:
                [offices.signature_lines(holder) for holder in offices.holders_of(code, unit, TODAY)]
        offices.offices_of(ministry.staff, TODAY)


def test_a_kept_roster_is_dropped_when_told():
    ministry = build_ministry()
    with offices.kept_rosters():
        assert names(offices.MINISTER, None) == ["botruong"]
        ministry.minister.appointments.update(valid_until=YESTERDAY)
        assert names(offices.MINISTER, None) == ["botruong"]
        offices.forget()
        assert names(offices.MINISTER, None) == []
