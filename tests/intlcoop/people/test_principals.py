"""What a person is on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from intlcoop.people.choices import Role, UnitFunction
from intlcoop.people.principals import NOBODY, principal_of
from tests.intlcoop.people.factories import AppointmentFactory, OrgUnitFactory, UserFactory, build_ministry

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("who", "facts"),
    [
        ("minister", {"is_minister", "is_leadership", "sees_everything_submitted"}),
        ("deputy", {"is_deputy_minister", "is_leadership", "sees_everything_submitted"}),
        ("icd_head", {"is_icd", "is_icd_head", "sees_everything_submitted"}),
        ("icd_officer", {"is_icd", "sees_everything_submitted"}),
        ("personnel_officer", {"is_personnel"}),
        ("finance_officer", {"is_finance"}),
        ("legal_officer", {"is_legal"}),
        ("clerk", {"is_clerk"}),
        ("unit_head", set()),
        ("staff", set()),
        ("administrator", {"is_administrator", "sees_everything_submitted"}),
        ("auditor", {"is_auditor", "sees_everything_submitted"}),
    ],
)
def test_each_office_gives_its_own_facts_and_no_others(who, facts):
    principal = principal_of(getattr(build_ministry(), who), TODAY)
    names = [
        "is_minister", "is_deputy_minister", "is_leadership", "is_icd", "is_icd_head", "is_personnel", "is_finance",
        "is_legal", "is_clerk", "is_administrator", "is_auditor", "sees_everything_submitted",
    ]  # fmt: skip
    assert {name for name in names if getattr(principal, name)} == facts


def test_a_deputy_in_charge_of_the_icd_has_the_rights_of_its_head():
    icd = OrgUnitFactory(function=UnitFunction.ICD)
    acting = AppointmentFactory(unit=icd, role=Role.DEPUTY_HEAD, acting=True).person
    plain = AppointmentFactory(unit=icd, role=Role.DEPUTY_HEAD).person
    assert principal_of(acting, TODAY).is_icd_head
    assert principal_of(acting, TODAY).is_unit_head_of(icd.pk)
    assert not principal_of(plain, TODAY).is_icd_head
    assert not principal_of(plain, TODAY).is_unit_head_of(icd.pk)


def test_an_appointment_counts_on_its_days_only():
    appointment = AppointmentFactory(valid_from=YESTERDAY, valid_until=YESTERDAY)
    assert principal_of(appointment.person, YESTERDAY).has(Role.OFFICER)
    assert not principal_of(appointment.person, TODAY).has(Role.OFFICER)


def test_an_administrator_holds_no_business_role_whatever_else_is_recorded():
    head = AppointmentFactory(role=Role.HEAD)
    AppointmentFactory(person=head.person, role=Role.ADMINISTRATOR)
    principal = principal_of(head.person, TODAY)
    assert principal.is_administrator
    assert not principal.has(Role.HEAD)
    assert not principal.is_unit_head_of(head.unit_id)
    assert principal.own_unit_ids == frozenset()


def test_a_superuser_is_an_administrator_only_until_somebody_is_appointed():
    user = UserFactory(is_superuser=True)
    assert principal_of(user, TODAY).is_administrator
    AppointmentFactory(person=user, role=Role.HEAD, valid_from=TODAY)
    fresh = type(user).objects.get(pk=user.pk)
    assert not principal_of(fresh, TODAY).is_administrator


def test_own_units_include_what_was_merged_into_them():
    heir = OrgUnitFactory()
    merged = OrgUnitFactory(merged_into=heir, valid_until=YESTERDAY)
    older = OrgUnitFactory(merged_into=merged, valid_until=dt.date(2022, 1, 1))
    head = AppointmentFactory(unit=heir, role=Role.HEAD).person
    assert principal_of(head, TODAY).own_unit_ids == {heir.pk, merged.pk, older.pk}
    assert principal_of(head, TODAY).is_unit_head_of(older.pk)
    assert principal_of(head, YESTERDAY).own_unit_ids == {heir.pk}


def test_a_unit_that_ended_gives_no_rights_but_its_people_still_see_its_files():
    unit = OrgUnitFactory(valid_until=YESTERDAY)
    head = AppointmentFactory(unit=unit, role=Role.HEAD).person
    principal = principal_of(head, TODAY)
    assert principal.appointments == ()
    assert not principal.is_unit_head_of(unit.pk)
    assert principal.own_unit_ids == {unit.pk}


def test_nobody_is_who_is_not_logged_in_or_whose_account_is_closed():
    closed = AppointmentFactory(role=Role.HEAD, person=UserFactory(is_active=False)).person
    assert principal_of(closed, TODAY) is NOBODY
    assert principal_of(AnonymousUser(), TODAY) is NOBODY


def test_one_query_the_first_time_and_none_afterwards(django_assert_num_queries):
    person = AppointmentFactory().person
    AppointmentFactory(person=person)
    with django_assert_num_queries(1):
        principal_of(person, TODAY)
    with django_assert_num_queries(0):
        principal_of(person, TODAY)
