"""The test screen answers with the real guards and routes, and nothing that was tried stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from intlcoop.regulations.models import Parameter
from intlcoop.workflow import route_rules, trial
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import RouteRule, RouteRuleStep
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db
KEY = "outbound.max_days"


def everything():
    return [list(model.objects.order_by("pk").values_list()) for model in (RouteRule, RouteRuleStep, Parameter)]


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def draft(ministry):
    made = route_rules.draft_version(RouteRule.objects.get(code="outbound-planned"), actor=ministry.quantri)
    made.steps.filter(kind=StepKind.APPROVE).update(office="minister")
    return made


def test_another_value_fires_its_warning_with_the_change_as_its_source_and_stays_nowhere(ministry, today):
    case = f.trip(ministry, length=4).case
    before, rows = trial.look_at(case, today), everything()
    after = trial.after(lambda: trial.look_at(case, today), trial.parameter_changed(KEY, 3, "", today))
    left, right = trial.sides(before, after)
    new = [line for line in right.warnings if line.is_new]
    assert len(new) == 1
    assert "4" in new[0].text
    assert "thay đổi đang thử" in new[0].citation
    assert not any(line.is_new for line in left.warnings)
    assert everything() == rows
    assert not trial.is_same(left, right)


def test_a_value_that_blocks_moves_from_warning_to_what_keeps_the_file(ministry, today):
    case = f.trip(ministry, length=4, warning_reason="Do phía bạn ấn định.").case
    after = trial.after(lambda: trial.look_at(case, today), trial.parameter_changed(KEY, 3, "block", today))
    assert any("4 ngày" in sentence for sentence in after.blocking)


def test_the_same_value_makes_no_difference(ministry, today):
    case = f.trip(ministry, length=4).case
    held = Parameter.objects.on(today).get(key=KEY).value
    before = trial.look_at(case, today)
    after = trial.after(lambda: trial.look_at(case, today), trial.parameter_changed(KEY, held, "", today))
    assert trial.is_same(*trial.sides(before, after))


def test_a_draft_shows_its_steps_beside_todays_and_stays_a_draft(ministry, draft, today):
    case = f.trip(ministry).case
    before, rows = trial.look_at(case, today), everything()
    after = trial.after(lambda: trial.look_at(case, today), trial.rule_published(draft, today))
    left, right = trial.sides(before, after)
    assert [line.step.who.split(":")[0] for line in left.steps if line.is_new] == ["Thứ trưởng phụ trách"]
    assert [line.step.who.split(":")[0] for line in right.steps if line.is_new] == ["Bộ trưởng"]
    assert [rule.version for rule in after.route.fired] == [2]
    assert everything() == rows


def test_a_draft_is_tried_also_when_a_version_is_announced(ministry, draft, today):
    later = today + dt.timedelta(days=5)
    RouteRule.objects.filter(code="outbound-planned", version=1).update(valid_until=later - dt.timedelta(days=1))
    base = RouteRule.objects.get(code="outbound-planned", version=1)
    RouteRule.objects.create(
        kind="outbound", code=base.code, version=3, title="Sẽ áp dụng", priority=60, conditions=base.conditions,
        citation="x", valid_from=later,
    )  # fmt: skip
    case = f.trip(ministry).case
    after = trial.after(lambda: trial.look_at(case, today), trial.rule_published(draft, today))
    assert after.route.fired[0].version == 2
    assert RouteRule.objects.get(code="outbound-planned", version=3).valid_from == later


def test_even_a_look_that_fails_leaves_nothing(ministry, draft, today):
    rows = everything()

    def fails():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        trial.after(fails, trial.rule_published(draft, today))
    assert everything() == rows


def test_a_made_up_file_needs_no_file(today):
    values = {"head_rank": "deputy_minister", "mode": "led", "plan_level": "none", "unit_class": "internal",
              "party": "no", "own_staff": "no"}  # fmt: skip
    seen = trial.look_at_facts("outbound", values, today)
    assert any(step.title for step in seen.route.steps if "Thủ tướng" in step.title)
    assert "Trưởng đoàn là: Thứ trưởng" in seen.route.facts
