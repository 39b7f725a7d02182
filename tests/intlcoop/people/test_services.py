"""The writes of this room, and the sentences with which they refuse."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from django.core.exceptions import ValidationError

from intlcoop.people import offices, services
from intlcoop.people.choices import Role, SignatureForm, UnitType
from intlcoop.people.models import Substitution, User
from intlcoop.people.principals import principal_of
from tests.intlcoop.people.factories import (
    FIRST_DAY,
    PASSWORD,
    AppointmentFactory,
    OrgUnitFactory,
    UserFactory,
    appointed,
    build_ministry,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)
ONE_DAY = dt.timedelta(days=1)
NEXT_WEEK = TODAY + dt.timedelta(days=7)


def refused(field):
    return pytest.raises(ValidationError, match=rf"'{field}'")


# --- people


def create(**fields):
    given = {"username": "nguyen.an", "full_name": "Nguyễn Văn An", "email": "an@vi-du.vn", "actor": None} | fields
    return services.create_person(**given)


def test_a_person_is_stored_in_one_spelling():
    decomposed = unicodedata.normalize("NFD", "Nguyễn  Văn Ân ")
    person = create(username=" Nguyen.AN", full_name=decomposed, email="An@Vi-Du.vn ")
    assert (person.username, person.full_name, person.email) == ("nguyen.an", "Nguyễn Văn Ân", "an@vi-du.vn")


def test_people_stand_in_vietnamese_order_and_are_found_without_accents():
    for number, name in enumerate(["Trần Văn Bình", "Lê Thị Ân", "Phạm Thị An", "Đỗ Văn Ánh"]):
        create(username=f"n{number}", full_name=name, email="")
    assert [person.get_short_name() for person in User.objects.all()] == ["An", "Ánh", "Ân", "Bình"]
    assert User.objects.matching("do ANH").get().full_name == "Đỗ Văn Ánh"
    assert not User.objects.matching("không có").exists()


def test_without_a_password_nobody_can_log_in():
    assert not create().has_usable_password()
    assert create(username="b", email="", password=PASSWORD).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"username": "nguyễn"}, "username"),
        ({"username": ""}, "username"),
        ({"full_name": "  "}, "full_name"),
        ({"email": "khong-phai-thu"}, "email"),
        ({"full_name": "A" * 121}, "full_name"),
        ({"language": "fr"}, "language"),
    ],
)
def test_bad_fields_are_refused_by_name(fields, field):
    with refused(field):
        create(**fields)
    assert not User.objects.exists()


def test_a_weak_password_is_refused():
    with pytest.raises(ValidationError):
        create(password="12345678")
    with pytest.raises(ValidationError):
        services.set_password(UserFactory(), "ngan", actor=None)


def test_two_people_do_not_share_a_user_name_or_address():
    create()
    with refused("username"):
        create(email="khac@vi-du.vn")
    with pytest.raises(ValidationError):
        create(username="khac")


def test_nobody_closes_their_own_account():
    person = UserFactory()
    with refused("is_active"):
        services.update_person(person, is_active=False, actor=person)
    services.update_person(person, is_active=False, actor=UserFactory())
    assert not User.objects.get(pk=person.pk).is_active


def test_only_known_fields_are_changed():
    with pytest.raises(TypeError):
        services.update_person(UserFactory(), is_superuser=True, actor=None)


# --- appointments


def test_an_appointment_is_seen_at_once():
    person, unit = UserFactory(), OrgUnitFactory()
    with offices.kept_rosters():
        assert offices.holders_of(offices.UNIT_HEAD, unit, TODAY) == []
        assert not principal_of(person, TODAY).has(Role.HEAD)
        services.appoint(person, unit, Role.HEAD, valid_from=TODAY, actor=None)
        assert [h.user for h in offices.holders_of(offices.UNIT_HEAD, unit, TODAY)] == [person]
        assert principal_of(person, TODAY).has(Role.HEAD)


def test_a_second_head_is_refused_with_a_sentence():
    head = AppointmentFactory(role=Role.HEAD)
    with pytest.raises(ValidationError, match=r"đã có|already has a head"):
        services.appoint(UserFactory(), head.unit, Role.HEAD, valid_from=TODAY, actor=None)
    services.end_appointment(head, on=TODAY - ONE_DAY, actor=None)
    services.appoint(UserFactory(), head.unit, Role.HEAD, valid_from=TODAY, actor=None)


def test_an_appointment_cannot_end_before_it_began():
    with refused("valid_until"):
        services.end_appointment(AppointmentFactory(valid_from=TODAY), on=TODAY - ONE_DAY, actor=None)


@pytest.mark.parametrize(
    ("unit_type", "role", "field"),
    [
        (UnitType.DEPARTMENT, Role.MINISTER, "unit"),
        (UnitType.DEPARTMENT, Role.DEPUTY_MINISTER, "unit"),
        (UnitType.MINISTRY, Role.HEAD, "role"),
        (UnitType.MINISTRY, Role.DEPUTY_HEAD, "role"),
    ],
)
def test_leaders_are_appointed_where_they_lead(unit_type, role, field):
    with refused(field):
        services.appoint(UserFactory(), OrgUnitFactory(unit_type=unit_type), role, valid_from=TODAY, actor=None)


@pytest.mark.parametrize(("first", "last"), [(FIRST_DAY - ONE_DAY, TODAY), (TODAY, None), (TODAY, NEXT_WEEK + ONE_DAY)])
def test_nobody_is_appointed_when_the_unit_does_not_exist(first, last):
    unit = OrgUnitFactory(valid_until=NEXT_WEEK)
    with refused("unit"):
        services.appoint(UserFactory(), unit, Role.OFFICER, valid_from=first, valid_until=last, actor=None)
    services.appoint(UserFactory(), unit, Role.OFFICER, valid_from=TODAY, valid_until=NEXT_WEEK, actor=None)


@pytest.mark.parametrize("outside", Role.OUTSIDE_BUSINESS)
def test_administrators_and_auditors_are_nothing_else_in_the_same_days(outside):
    person, unit = UserFactory(), OrgUnitFactory()
    services.appoint(person, unit, Role.OFFICER, valid_from=FIRST_DAY, valid_until=TODAY, actor=None)
    with refused("role"):
        services.appoint(person, unit, outside, valid_from=TODAY, actor=None)
    services.appoint(person, unit, outside, valid_from=TODAY + ONE_DAY, actor=None)
    with refused("role"):
        services.appoint(person, unit, Role.HEAD, valid_from=NEXT_WEEK, actor=None)


# --- units


def unit(**fields):
    given = {"code": "vu-a", "name_vi": "Vụ A", "unit_type": UnitType.DEPARTMENT, "valid_from": FIRST_DAY}
    return services.create_unit(**(given | fields), actor=None)


def test_a_unit_is_found_by_name_and_code():
    made = unit(name_vi="Vụ  Địa phương ", short_name="VĐP")
    assert made.name_vi == "Vụ Địa phương"
    assert type(made).objects.matching("dia phuong").get() == made


def test_a_unit_is_not_part_of_itself():
    upper = unit()
    lower = unit(code="phong-a", parent=upper)
    with refused("parent"):
        services.update_unit(upper, parent=lower, actor=None)


def test_a_tree_of_units_never_closes_to_a_circle():
    top = unit()
    middle = unit(code="phong-a", parent=top)
    bottom = unit(code="to-a", parent=middle)
    for above in (middle, bottom):
        with refused("parent"):
            services.update_unit(top, parent=above, actor=None)
    top.refresh_from_db()
    assert top.parent is None


def test_a_merger_moves_people_and_leaves_files_where_they_are():
    ministry = build_ministry()
    services.merge_unit(ministry.unit, ministry.legal, on=TODAY, actor=None)
    ministry.unit.refresh_from_db()
    assert (ministry.unit.merged_into, ministry.unit.valid_until) == (ministry.legal, TODAY - ONE_DAY)
    staff = User.objects.get(pk=ministry.staff.pk)
    assert principal_of(staff, TODAY).own_unit_ids == {ministry.legal.pk, ministry.unit.pk}
    assert principal_of(staff, TODAY - ONE_DAY).own_unit_ids == {ministry.unit.pk}
    head = User.objects.get(pk=ministry.unit_head.pk)
    assert principal_of(head, TODAY).appointments == ()
    assert offices.holders_of(offices.UNIT_HEAD, ministry.unit, TODAY) == []
    assert not ministry.unit.supervisions.on(TODAY).exists()


def test_impossible_mergers_are_refused():
    ministry = build_ministry()
    ended = OrgUnitFactory(valid_until=TODAY - ONE_DAY)
    with refused("into"):
        services.merge_unit(ministry.unit, ministry.unit, on=TODAY, actor=None)
    with refused("on"):
        services.merge_unit(ministry.unit, ended, on=TODAY, actor=None)
    with refused("into"):
        services.merge_unit(ministry.root, ministry.unit, on=TODAY, actor=None)
    services.merge_unit(ministry.unit, ministry.legal, on=TODAY, actor=None)
    with refused("into"):
        services.merge_unit(ministry.legal, ministry.unit, on=NEXT_WEEK, actor=None)


# --- supervision


def test_a_new_leader_in_charge_ends_the_former_one_the_day_before():
    ministry = build_ministry()
    services.set_supervision(ministry.unit, ministry.other_deputy, valid_from=TODAY, actor=None)
    in_charge = lambda day: [h.user for h in offices.holders_of(offices.DEPUTY_MINISTER, ministry.unit, day)]  # noqa: E731
    assert in_charge(TODAY - ONE_DAY) == [ministry.deputy]
    assert in_charge(TODAY) == [ministry.other_deputy]


def test_only_a_deputy_minister_is_put_in_charge():
    ministry = build_ministry()
    with refused("deputy_minister"):
        services.set_supervision(ministry.unit, ministry.minister, valid_from=TODAY, actor=None)


# --- substitution


def stand_in(person, substitute, **fields):
    given = {"form": SignatureForm.KT, "valid_from": TODAY, "valid_until": NEXT_WEEK, "actor": person} | fields
    return services.record_substitution(person, substitute, **given)


def test_a_deputy_stands_in_for_the_head():
    ministry = build_ministry()
    stand_in(ministry.unit_head, ministry.unit_deputy_head)
    assert offices.can_act(ministry.unit_deputy_head, offices.UNIT_HEAD, ministry.unit, TODAY)


def test_a_deputy_minister_stands_in_for_another_and_for_the_minister():
    ministry = build_ministry()
    stand_in(ministry.deputy, ministry.other_deputy)
    stand_in(ministry.minister, ministry.other_deputy)
    assert offices.can_act(ministry.other_deputy, offices.DEPUTY_MINISTER, ministry.unit, TODAY)
    assert offices.can_act(ministry.other_deputy, offices.MINISTER, None, TODAY)


@pytest.mark.parametrize(
    ("person", "substitute", "form", "field"),
    [
        ("unit_head", "staff", SignatureForm.KT, "substitute"),
        ("unit_head", "icd_head", SignatureForm.KT, "substitute"),
        ("unit_head", "unit_deputy_head", SignatureForm.TL, "substitute"),
        ("unit_head", "unit_deputy_head", SignatureForm.OWN, "form"),
        ("unit_head", "rector", SignatureForm.TUQ, "substitute"),
        ("minister", "unit_deputy_head", SignatureForm.TUQ, "substitute"),
        ("minister", "administrator", SignatureForm.KT, "substitute"),
        ("unit_deputy_head", "unit_head", SignatureForm.KT, "person"),
        ("staff", "unit_head", SignatureForm.KT, "person"),
        ("administrator", "deputy", SignatureForm.KT, "person"),
    ],
)
def test_who_may_not_stand_in_is_refused(person, substitute, form, field):
    ministry = build_ministry()
    with refused(field):
        stand_in(getattr(ministry, person), getattr(ministry, substitute), form=form, document="01/GUQ-BMH")


def test_an_authorisation_goes_down_the_tree_in_writing():
    ministry = build_ministry()
    with pytest.raises(ValidationError):
        stand_in(ministry.minister, ministry.rector, form=SignatureForm.TUQ)
    stand_in(ministry.minister, ministry.rector, form=SignatureForm.TUQ, document="01/GUQ-BMH")


@pytest.mark.parametrize("last", [None, TODAY - ONE_DAY, TODAY + dt.timedelta(days=400)])
def test_a_substitution_is_limited_in_time(last):
    ministry = build_ministry()
    with pytest.raises(ValidationError):
        stand_in(ministry.unit_head, ministry.unit_deputy_head, valid_until=last)


def test_there_is_no_chain_no_loop_and_no_second_substitute():
    ministry = build_ministry()
    second = appointed(ministry.root, Role.DEPUTY_MINISTER, "thutruong3")
    stand_in(ministry.deputy, ministry.other_deputy)
    with refused("substitute"):
        stand_in(second, ministry.deputy)
    with refused("person"):
        stand_in(ministry.other_deputy, second)
    with pytest.raises(ValidationError):
        stand_in(ministry.other_deputy, ministry.deputy)
    with refused("valid_from"):
        stand_in(ministry.deputy, second)
    assert Substitution.objects.count() == 1
    stand_in(ministry.deputy, second, valid_from=NEXT_WEEK + ONE_DAY, valid_until=NEXT_WEEK + ONE_DAY)


def test_revoking_gives_the_work_back_and_may_be_repeated():
    ministry = build_ministry()
    row = stand_in(ministry.unit_head, ministry.unit_deputy_head)
    revoked = services.revoke_substitution(row, actor=ministry.unit_head)
    assert services.revoke_substitution(row, actor=ministry.unit_head).revoked_at == revoked.revoked_at
    day = revoked.revoked_at.astimezone().date()
    assert not Substitution.objects.on(max(day, TODAY)).exists()
    stand_in(ministry.unit_head, ministry.unit_deputy_head)
