"""A new paper that carries an old one on: one at a time, and from its day on only the new one counts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements import services
from agreements.models import InternationalAgreement
from agreements.queries.figures import in_force_on
from agreements.workflows import AGREEMENT, move_with_the_calendar
from intlcoop.people.reorganising import Decision, merge_units
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from tests.agreements.signing import fresh, past
from tests.intlcoop.people.factories import OrgUnitFactory

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)


def ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


def carry_on(ministry, old, on):
    """The new paper, recorded today as signed and in force since that day."""
    new = services.renew_agreement(old, actor=ministry.htqt)
    Case.objects.filter(pk=new.case_id).update(state="signed")
    InternationalAgreement.objects.filter(pk=new.pk).update(signed_on=on, effective_on=on)
    engine.apply(engine.lock(new.case), AGREEMENT["enter_force"], actor=None)
    return fresh(new)


def counted(day):
    return set(in_force_on(day).values_list("pk", flat=True))


def test_an_old_paper_gives_way_from_the_day_of_the_new_one_however_late_that_is_recorded(ministry):
    old = past(ministry)
    new = carry_on(ministry, old, ago(50))
    assert fresh(old).case.state == "replaced"
    assert counted(ago(51)) == {old.pk}
    assert counted(ago(50)) == counted(timezone.localdate()) == {new.pk}


def test_what_had_expired_before_does_not_come_to_life_by_being_carried_on(ministry):
    old = past(ministry, standing="expired", expires_on=ago(100))
    new = carry_on(ministry, old, ago(50))
    assert counted(ago(100)) == {old.pk}
    assert counted(ago(99)) == set()
    assert counted(ago(50)) == {new.pk}


def test_the_count_of_a_day_stays_what_it_was_when_the_agreement_expires_after_it(ministry):
    made = past(ministry, expires_on=ago(1))
    assert counted(ago(1)) == {made.pk}
    move_with_the_calendar(timezone.localdate())
    assert fresh(made).case.state == "expired"
    assert counted(ago(1)) == {made.pk}
    assert counted(timezone.localdate()) == set()


def test_an_agreement_is_carried_on_by_one_file_at_a_time(go, ministry):
    old = past(ministry)
    client, url = go("htqt"), reverse("agreements:agreement_renew", args=[old.case.number])
    client.post(url)
    (first,) = InternationalAgreement.objects.filter(renews=old).select_related("case")
    answer = client.post(url, follow=True).content.decode()
    assert first.case.number in answer
    assert "tiếp nối" in answer
    assert InternationalAgreement.objects.filter(renews=old).count() == 1
    engine.fire(first.case, "cancel", actor=ministry.htqt, comment="Không ký nữa.")
    assert client.post(url).status_code == 302
    assert InternationalAgreement.objects.filter(renews=old).count() == 2


def test_what_carries_a_paper_of_a_merged_unit_on_is_filed_by_the_unit_that_carries_on(ministry):
    old = past(ministry)
    heir = OrgUnitFactory(code="HV", name_vi="Học viện", parent=ministry.unit("BDP"))
    decided = Decision(on=timezone.localdate(), number="15/QĐ-BDP", decided_on=timezone.localdate())
    merge_units([ministry.unit("CSDP")], heir, decision=decided, actor=None)
    assert services.renew_agreement(fresh(old), actor=ministry.htqt).case.unit == heir
    assert fresh(old).case.unit.code == "CSDP"
