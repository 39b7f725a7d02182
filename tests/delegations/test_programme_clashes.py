"""A leader who cannot keep an item of a programme: seen by whoever decides on the visit, and told in the morning."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.guards.visits import visit_warnings
from delegations.models import ProgrammeItem
from delegations.queries.programme_reminders import clash_reminders
from delegations.services import reception as services
from intlcoop.operations.demo.clock import at
from intlcoop.workflow.models import Case
from tests.delegations import visiting as v

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def ministry(built, db):
    return built


def item(visit, leader, hour: int = 9, ahead: int = 0) -> ProgrammeItem:
    fields = {
        "day": visit.arrives_on + dt.timedelta(days=ahead),
        "half": "1_morning",
        "what": "Hội đàm",
        "leader": leader,
    }
    hours = {"starts": dt.time(hour), "ends": dt.time(hour + 1)}
    return services.save_item(visit.case, None, actor=visit.case.created_by, fields=fields | hours)


@pytest.fixture
def clashing(ministry):
    """Two submitted visits of the same days; the deputy minister speaks in both at nine."""
    one = v.submit(v.full(ministry, days_ahead=20, warning_reason="Gấp"), ministry)
    other = v.submit(v.full(ministry, host="botruong", days_ahead=20, warning_reason="Gấp"), ministry)
    for visit in (one, other):
        item(visit, ministry.thutruong)
    return one, other


def clash_texts(visit) -> list[str]:
    return [warning.text for warning in visit_warnings(v.fresh(visit)) if warning.code == "programme_clash"]


def test_whoever_decides_on_the_visit_sees_what_cannot_be_kept(go, clashing):
    one, other = clashing
    (said,) = clash_texts(one)
    assert "Ngô Đức Nam" in said
    assert other.case.number.replace("DV", "ĐV") in said
    assert said in go("vutruong").get(one.get_absolute_url()).content.decode()
    ProgrammeItem.objects.filter(case=other.case).update(starts=dt.time(10), ends=dt.time(11))
    assert clash_texts(one) == []


def test_what_is_past_or_called_off_clashes_with_nothing(clashing):
    one, other = clashing
    with at(one.arrives_on + dt.timedelta(days=1)):
        assert clash_texts(one) == []
    Case.objects.filter(pk=other.case_id).update(state="cancelled")
    assert clash_texts(one) == []


def test_a_draft_with_a_clash_asks_for_an_explanation_like_every_warning(ministry, clashing):
    from delegations.guards.visits import explains_visit_warnings

    draft = v.full(ministry, host="botruong", days_ahead=20)
    item(draft, ministry.thutruong)
    answer = explains_visit_warnings(Case.objects.get(pk=draft.case_id))
    assert "Chương trình:" in answer[0]


def test_filer_and_department_are_told_once_for_each_clash(clashing):
    told = list(clash_reminders(TODAY))
    assert {reminder.person.username for reminder in told} >= {"htqt", "htqt2"}
    assert "taichinh" not in {reminder.person.username for reminder in told}
    assert "Hội đàm" in told[0].text()
    assert {r.key for r in told} == {r.key for r in clash_reminders(TODAY + dt.timedelta(days=1))}
    assert list(clash_reminders(TODAY + dt.timedelta(days=21))) == []  # over
    assert list(clash_reminders(TODAY - dt.timedelta(days=20))) == []  # too early


@pytest.mark.parametrize("count", [1, 30])
def test_many_programmes_are_one_pass(clashing, ministry, count, django_assert_num_queries):
    one, _other = clashing
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(case=one.case, day=one.arrives_on, half="1_morning", what=f"Việc {n}", leader=ministry.thutruong)
        for n in range(count)
    )
    list(clash_reminders(TODAY))
    with django_assert_num_queries(6):
        assert list(clash_reminders(TODAY))
