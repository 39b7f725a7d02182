"""A division of a unit is taken back within its days: every link is back, whatever was given to whom."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.models import AgreementDuty, PartnerUnit
from agreements.services import create_partner
from intlcoop.operations.reorganising import acts
from intlcoop.operations.reorganising.dividing import divide_unit, records_of
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, OrgUnit, Supervision, UnitChange
from intlcoop.people.reorganising import Decision, merge_units
from intlcoop.regulations.models import Parameter
from intlcoop.workflow.models import Case, Step
from tests.agreements.conftest import go as go
from tests.agreements.signing import in_force
from tests.delegations.factories import submit, trip
from tests.intlcoop.people.factories import OrgUnitFactory
from tests.ministry import build_ministry

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DECISION = Decision(on=TODAY, number="9/QĐ-BDP", decided_on=TODAY)


def snapshot():
    """Every link of units: their days, offices, leaders in charge, files, steps, partners."""
    units = list(OrgUnit.objects.order_by("pk").values_list("pk", "merged_into", "valid_from", "valid_until"))
    held = list(Appointment.objects.order_by("pk").values_list("pk", "unit", "role", "valid_from", "valid_until"))
    charge = list(Supervision.objects.order_by("pk").values_list("pk", "unit", "valid_until"))
    files = list(Case.objects.order_by("pk").values_list("pk", "unit"))
    steps = list(Step.objects.order_by("pk").values_list("pk", "unit", "state"))
    partners = sorted(PartnerUnit.objects.values_list("partner", "unit", "since", "until", "content"))
    owed = sorted(AgreementDuty.objects.values_list("case", "code", "done_on"))
    return units, held, charge, files, steps, partners, owed


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """A unit with partners (one of them also another unit's), an agreement, a trip on its way; two who may carry on."""
    with django_db_blocker.unblock(), transaction.atomic():
        ministry = build_ministry()
        unit = ministry.unit("CSDP")
        heirs = [
            OrgUnitFactory(code=f"KT{n}", name_vi=f"Đơn vị kế thừa {n}", parent=ministry.unit("BDP")) for n in (1, 2, 3)
        ]
        for name, units in (("Một", [unit]), ("Hai", [unit, heirs[1]]), ("Ba", [unit, heirs[2]])):
            rows = [{"unit": each, "content": f"Việc của {each.code}"} for each in units]
            create_partner(name_vi=f"Viện {name} (thử)", kind="university", actor=ministry.htqt, units=rows)
        submit(trip(ministry), ministry)
        in_force(ministry)
        yield ministry, unit, heirs
        transaction.set_rollback(True)


def divided(filled, choices):
    """Everything of the unit given away by these numbers, in turn; so are its people."""
    ministry, unit, heirs = filled
    unit = OrgUnit.objects.get(pk=unit.pk)
    records = records_of(unit, DECISION)
    pick = [heirs[choices[n % len(choices)]].pk for n in range(len(records))]
    given_to = {record.key: heir for record, heir in zip(records, pick, strict=True)}
    held = Appointment.objects.filter(unit=unit).overlapping(TODAY, None)
    roles = {
        row.pk: (heirs[choices[n % len(choices)]].pk, "" if row.role in Role.LEADING else row.role)
        for n, row in enumerate(held)
    }
    act = lambda: divide_unit(unit, heirs, decision=DECISION, roles=roles, given=given_to, actor=ministry.quantri)  # noqa: E731
    return acts.record_change(act, actor=ministry.quantri)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(choices=st.lists(st.integers(0, 2), min_size=1, max_size=5))
def test_taking_it_back_brings_back_every_link(filled, choices):
    with transaction.atomic():
        before = snapshot()
        change = divided(filled, choices)
        assert snapshot() != before
        acts.take_back(change, actor=filled[0].quantri)
        assert snapshot() == before
        transaction.set_rollback(True)


def test_it_is_read_beforehand_and_taken_back_by_the_page(filled, go):
    change = divided(filled, [1])
    url = change.get_absolute_url()
    text = go("quantri").get(url).content.decode()
    until = TODAY + dt.timedelta(days=30)
    for said in ("Hoàn tác sẽ trả lại", "Viện Một (thử)", f"{until:%d/%m/%Y}", Case.objects.get(kind="outbound").title):
        assert said in text, said
    assert "Hoàn tác sẽ trả lại" not in go("vutruong").get(url).content.decode()
    undo = reverse("operations:unit_change_undo", args=[change.pk])
    assert go("vutruong").post(undo).status_code == 403
    go("quantri").post(undo)
    change.refresh_from_db()
    assert change.undone_at is not None
    assert OrgUnit.objects.get(pk=filled[1].pk).merged_into is None


def test_afterwards_or_when_something_builds_on_it_it_stands(filled):
    ministry, _unit, heirs = filled
    change = divided(filled, [1, 2])
    UnitChange.objects.filter(pk=change.pk).update(recorded_at=timezone.now() - dt.timedelta(days=31))
    change.refresh_from_db()
    with pytest.raises(ValidationError, match="có hiệu lực"):
        acts.take_back(change, actor=ministry.quantri)
    UnitChange.objects.filter(pk=change.pk).update(recorded_at=timezone.now())
    change.refresh_from_db()
    tomorrow = Decision(on=TODAY + dt.timedelta(days=1), number="10/QĐ-BDP", decided_on=TODAY)
    merge_units([heirs[2]], heirs[0], decision=tomorrow, actor=None)
    with pytest.raises(ValidationError, match="sắp xếp khác"):
        acts.take_back(change, actor=ministry.quantri)


def test_without_the_parameter_there_is_no_way_back(filled):
    Parameter.objects.filter(key="unit.split_undo_days").delete()
    assert acts.undo_until(divided(filled, [0])) is None


def test_what_came_to_be_meanwhile_stays_where_it_is(filled):
    """A file that the heir opened is the heir's; what was decided stays decided."""
    ministry, unit, heirs = filled
    change = divided(filled, [1])
    own = Case.objects.create(kind="outbound", number="DR-2026-0990", title="Của đơn vị kế thừa", unit=heirs[1],
                              created_by=ministry.htqt, state="planned")  # fmt: skip
    acts.take_back(change, actor=ministry.quantri)
    own.refresh_from_db()
    assert own.unit == heirs[1]
    assert set(Case.objects.exclude(pk=own.pk).values_list("unit", flat=True)) == {unit.pk}
