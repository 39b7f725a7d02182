"""What the database itself keeps about people and their offices."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from intlcoop.people.choices import Role, SignatureForm
from intlcoop.people.models import Appointment, OrgUnit
from tests.intlcoop.people.factories import (
    AppointmentFactory,
    OrgUnitFactory,
    SubstitutionFactory,
    SupervisionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MAY = dt.date(2026, 5, 1)
JUNE = dt.date(2026, 6, 1)
END_OF_MAY = dt.date(2026, 5, 31)


def test_two_heads_on_one_day_are_refused_by_the_database():
    unit = OrgUnitFactory()
    AppointmentFactory(unit=unit, role=Role.HEAD, valid_until=END_OF_MAY)
    AppointmentFactory(unit=unit, role=Role.HEAD, valid_from=JUNE)
    with pytest.raises(IntegrityError):
        AppointmentFactory(unit=unit, role=Role.HEAD, valid_from=END_OF_MAY, valid_until=END_OF_MAY)


def test_the_same_role_twice_on_one_day_is_refused():
    first = AppointmentFactory(valid_until=END_OF_MAY)
    with pytest.raises(IntegrityError):
        AppointmentFactory(person=first.person, unit=first.unit, valid_from=MAY)


@pytest.mark.parametrize("factory", [AppointmentFactory, SupervisionFactory, SubstitutionFactory])
def test_days_in_the_wrong_order_give_one_sentence_and_no_error_of_the_database(factory):
    row = factory.build(valid_from=JUNE, valid_until=MAY)
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert "valid_until" in refusal.value.message_dict


def test_only_a_deputy_is_in_charge():
    with pytest.raises(IntegrityError):
        AppointmentFactory(role=Role.HEAD, acting=True)


def test_an_authorisation_without_its_document_is_refused():
    with pytest.raises(IntegrityError):
        SubstitutionFactory(form=SignatureForm.TUQ, document="")


def test_two_people_do_not_share_an_address():
    UserFactory(email="a@vi-du.vn")
    with pytest.raises(IntegrityError):
        UserFactory(email="A@vi-du.vn")


def test_people_without_an_address_are_many():
    UserFactory(email="")
    UserFactory(email="")


def test_a_merged_unit_needs_a_last_day():
    with pytest.raises(IntegrityError):
        OrgUnitFactory(merged_into=OrgUnitFactory())


def test_lineage_holds_what_was_merged_so_far_step_by_step():
    heir = OrgUnitFactory()
    first = OrgUnitFactory(merged_into=heir, valid_until=END_OF_MAY)
    grandchild = OrgUnitFactory(merged_into=first, valid_until=dt.date(2022, 12, 31))
    stranger = OrgUnitFactory()
    assert set(heir.lineage(JUNE)) == {heir, first, grandchild}
    assert set(heir.lineage(END_OF_MAY)) == {heir}
    assert set(first.lineage(END_OF_MAY)) == {first, grandchild}
    assert stranger not in heir.lineage(JUNE)


def test_the_business_of_a_merged_unit_is_carried_on_by_its_heir():
    heir = OrgUnitFactory()
    between = OrgUnitFactory(merged_into=heir, valid_until=END_OF_MAY)
    oldest = OrgUnitFactory(merged_into=between, valid_until=dt.date(2022, 12, 31))
    assert oldest.current(JUNE) == heir
    assert oldest.current(MAY) == between
    assert oldest.current(dt.date(2021, 1, 1)) == oldest


def test_who_was_head_then_has_an_answer():
    unit = OrgUnitFactory()
    former = AppointmentFactory(unit=unit, role=Role.HEAD, valid_until=END_OF_MAY).person
    present = AppointmentFactory(unit=unit, role=Role.HEAD, valid_from=JUNE).person
    heads = Appointment.objects.filter(unit=unit, role=Role.HEAD)
    assert heads.on(END_OF_MAY).get().person == former
    assert heads.on(JUNE).get().person == present


def test_the_ministry_is_the_root_that_was_not_merged():
    root = OrgUnitFactory()
    OrgUnitFactory(parent=root)
    OrgUnitFactory(merged_into=root, valid_until=END_OF_MAY)
    assert OrgUnit.objects.roots().get() == root
