"""Merging, renaming and splitting units: what ends, what carries on, what is refused, what undoing brings back."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from intlcoop.people import offices, reorganising, services
from intlcoop.people.choices import Role, UnitChangeKind
from intlcoop.people.heirs import heirs_of
from intlcoop.people.models import Appointment, OrgUnit, Substitution, Supervision, UnitChange, User
from intlcoop.people.principals import principal_of
from intlcoop.people.reorganising import Decision
from tests.intlcoop.people.factories import OrgUnitFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
ONE_DAY = dt.timedelta(days=1)
SOON = TODAY + dt.timedelta(days=20)


def decided(on=TODAY, **more):
    return Decision(on=on, number="12/QĐ-BDP", decided_on=TODAY - 10 * ONE_DAY, **more)


def academy(ministry, code="HV"):
    return OrgUnitFactory(code=code, name_vi="Học viện Hành chính", parent=ministry.unit("BDP"))


@contextmanager
def refused(part):
    with pytest.raises(ValidationError) as caught:
        yield
    assert part in " ".join(caught.value.messages)


def holders(unit, on=TODAY):
    return [holder.user.username for holder in offices.holders_of(offices.UNIT_HEAD, unit, on)]


def test_two_units_become_a_new_one_and_nothing_is_rewritten(ministry):
    first, second = ministry.unit("DHPT"), ministry.unit("VTLT")
    focal = ministry.truonghoc.appointments.get()
    head = ministry.hieutruong.appointments.get()
    change = reorganising.merge_units(
        [first, second],
        {"name_vi": "Học viện mới", "code": "HVM"},
        decision=decided(),
        roles={focal.pk: Role.OFFICER, head.pk: Role.HEAD},
        actor=ministry.quantri,
    )
    first, second = ministry.unit("DHPT"), ministry.unit("VTLT")
    heir = OrgUnit.objects.get(code="HVM")
    assert set(heir.lineage(TODAY)) == {heir, first, second}
    assert (change.kind, change.summary) == (UnitChangeKind.MERGE, f"{first.name_vi}, {second.name_vi} → Học viện mới")
    assert holders(first) == holders(second) == holders(heir) == ["hieutruong"]
    assert ministry.truonghoc.appointments.get(unit=heir).role == Role.OFFICER
    assert principal_of(ministry.truonghoc, TODAY).own_unit_ids == {heir.pk, first.pk, second.pk}
    assert not Appointment.objects.filter(unit=heir, person=ministry.cuctruong).exists()
    found = heirs_of([OrgUnit.objects.get(pk=first.pk)])[first.pk]
    assert (found.unit, found.change) == (heir, change)


def test_a_chain_of_mergers_leads_to_the_last_heir(ministry):
    first, second = ministry.unit("DHPT"), academy(ministry)
    reorganising.merge_units([first], second, decision=decided(TODAY - 5 * ONE_DAY), actor=None)
    reorganising.merge_units([second], ministry.unit("CSDP"), decision=decided(), actor=None)
    assert heirs_of([OrgUnit.objects.get(pk=first.pk)])[first.pk].unit == ministry.unit("CSDP")
    assert holders(OrgUnit.objects.get(pk=first.pk)) == ["lanhdaodonvi"]


def test_impossible_mergers_are_refused_with_a_sentence_and_leave_nothing(ministry):
    unit, other = ministry.unit("DHPT"), academy(ministry)
    with refused("chưa bị sáp nhập"):
        reorganising.merge_units([unit], unit, decision=decided(), actor=None)
    with refused("thể sáp nhập Bộ"):
        reorganising.merge_units([ministry.unit("BDP")], unit, decision=decided(), actor=None)
    with refused("trước khi"):
        reorganising.merge_units([unit], ministry.unit("CSDP"), decision=decided(TODAY - 30 * ONE_DAY), actor=None)
    reorganising.merge_units([unit], other, decision=decided(), actor=None)
    with refused("chưa bị sáp nhập"):
        reorganising.merge_units([other], ministry.unit("DHPT"), decision=decided(), actor=None)
    with refused("đang tồn tại"):
        reorganising.merge_units([ministry.unit("DHPT")], ministry.unit("CSDP"), decision=decided(), actor=None)
    assert UnitChange.objects.count() == 1


def test_two_heads_cannot_be_carried_into_one_unit(ministry):
    units = [ministry.unit("DHPT"), ministry.unit("VTLT")]
    roles = dict.fromkeys(
        Appointment.objects.filter(unit__in=units, role=Role.HEAD).values_list("pk", flat=True), "head"
    )
    with refused("Phan Sỹ Hùng"):
        reorganising.merge_units(units, academy(ministry), decision=decided(), roles=roles, actor=None)
    assert not OrgUnit.objects.filter(merged_into__isnull=False).exists()


def test_a_new_name_keeps_the_people_and_the_old_name_stays_on_its_days(ministry):
    unit = ministry.unit("CSDP")
    deputy = ministry.chuyenvien6
    services.end_appointment(ministry.lanhdaodonvi.appointments.get(), on=TODAY - 2 * ONE_DAY, actor=None)
    services.update_appointment(deputy.appointments.get(), acting=True, actor=None)
    names = {"name_vi": "Vụ Chính quyền địa phương", "code": "CQDP", "symbol": "CQĐP"}
    reorganising.rename_unit(unit, names=names, decision=decided(), actor=None)
    heir, old = OrgUnit.objects.get(code="CQDP"), OrgUnit.objects.get(code="CSDP")
    assert (old.name_vi, old.valid_until, old.current(TODAY)) == ("Vụ Chính sách địa phương", TODAY - ONE_DAY, heir)
    assert holders(old) == holders(heir) == ["chuyenvien6"]
    assert old.current(TODAY - ONE_DAY) == old
    assert Supervision.objects.on(TODAY).get(unit=heir).deputy_minister == ministry.thutruong
    assert (heir.unit_type, heir.parent, heir.position) == (old.unit_type, old.parent, old.position)
    with refused("tên hiện nay"):
        reorganising.rename_unit(heir, names={"name_vi": heir.name_vi, "code": "X"}, decision=decided(), actor=None)


def test_a_substitution_for_an_office_goes_along_with_a_new_name(ministry):
    unit = ministry.unit("CSDP")
    services.record_substitution(
        ministry.lanhdaodonvi,
        ministry.chuyenvien6,
        unit=unit,
        form="KT",
        document="07/QĐ-BDP",
        valid_from=TODAY,
        valid_until=SOON,
        actor=ministry.quantri,
    )
    assert Substitution.objects.get().unit == unit
    reorganising.rename_unit(unit, names={"name_vi": "Vụ Mới", "code": "VM"}, decision=decided(), actor=None)
    offices.forget()
    assert holders(OrgUnit.objects.get(code="VM")) == ["lanhdaodonvi", "chuyenvien6"]


def snapshot():
    units = list(OrgUnit.objects.order_by("pk").values_list("pk", "valid_until", "merged_into"))
    held = list(Appointment.objects.order_by("pk").values_list("pk", "unit", "role", "valid_until", "acting"))
    return units, held, list(Supervision.objects.order_by("pk").values_list("pk", "unit", "valid_until"))


@pytest.mark.parametrize("kind", ["merge", "merge into new", "rename"])
def test_before_its_day_a_reorganisation_changes_nothing_yet_and_can_be_taken_back(ministry, kind):
    unit, heir = ministry.unit("CSDP"), academy(ministry)
    before = snapshot()
    if kind == "rename":
        names = {"name_vi": "Vụ Mới", "code": "VM"}
        change = reorganising.rename_unit(unit, names=names, decision=decided(SOON), actor=None)
    else:
        into = heir if kind == "merge" else {"name_vi": "Vụ Mới", "code": "VM"}
        change = reorganising.merge_units([unit], into, decision=decided(SOON), actor=None)
    assert holders(OrgUnit.objects.get(pk=unit.pk)) == ["lanhdaodonvi"]
    assert principal_of(ministry.chuyenvien, TODAY).own_unit_ids == {unit.pk}
    assert heirs_of([OrgUnit.objects.get(pk=unit.pk)]) == {}
    assert snapshot() != before
    reorganising.undo_change(change, actor=ministry.quantri)
    assert snapshot() == before
    with refused("đã được hủy"):
        reorganising.undo_change(change, actor=None)


def test_what_has_taken_effect_is_not_taken_back(ministry):
    change = reorganising.merge_units([ministry.unit("DHPT")], academy(ministry), decision=decided(), actor=None)
    with refused("đã có hiệu lực"):
        reorganising.undo_change(change, actor=None)
    assert ministry.unit("DHPT").merged_into is not None


def test_a_split_needs_two_living_others(ministry):
    unit, heir = ministry.unit("CSDP"), academy(ministry)
    with refused("ít nhất hai"):
        reorganising.split_unit(unit, [heir], decision=decided(), actor=None)
    with refused("chính nó"):
        reorganising.split_unit(unit, [heir, unit], decision=decided(), actor=None)
    change = reorganising.split_unit(unit, [heir, ministry.unit("VTLT")], decision=decided(), actor=None)
    assert [link.is_default for link in change.successions.all()] == [True, False]
    assert User.objects.get(pk=ministry.chuyenvien.pk).appointments.filter(unit=heir).exists()
    with refused("từ ngày có hiệu lực"):
        reorganising.split_unit(
            ministry.unit("DHPT"), [heir, ministry.unit("VTLT")], decision=decided(SOON), actor=None
        )


def test_of_two_who_merge_a_unit_at_once_the_second_is_told_that_it_is_gone(ministry):
    looked_at = ministry.unit("DHPT")
    reorganising.merge_units([ministry.unit("DHPT")], academy(ministry), decision=decided(), actor=None)
    with refused("đang tồn tại"):
        services.merge_unit(looked_at, ministry.unit("CSDP"), on=TODAY, actor=None)
    assert ministry.unit("DHPT").merged_into.code != "CSDP"


def test_a_merger_whose_people_moved_on_by_a_later_one_is_not_taken_back_before_that(ministry):
    heir = academy(ministry)
    first = reorganising.merge_units([ministry.unit("DHPT")], heir, decision=decided(SOON), actor=None)
    before = snapshot()
    into, later = ministry.unit("VTLT"), decided(SOON + 5 * ONE_DAY)
    second = reorganising.merge_units([OrgUnit.objects.get(pk=heir.pk)], into, decision=later, actor=None)
    with refused("dựa trên"):
        reorganising.undo_change(first, actor=None)
    reorganising.undo_change(second, actor=None)
    assert snapshot() == before
    reorganising.undo_change(first, actor=None)
    assert ministry.unit("DHPT").merged_into is None
