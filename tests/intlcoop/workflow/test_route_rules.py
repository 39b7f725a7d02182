"""Drafting, putting in force, switching and taking back route rules, and everything that stands in the way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.services import update_trip
from intlcoop.people.models import Appointment
from intlcoop.workflow import route_rules
from intlcoop.workflow.choices import RuleRole, StepKind
from intlcoop.workflow.models import RouteRule
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.route_checks import findings_of, state_of_routes
from tests.delegations import factories as f
from tests.intlcoop.workflow import routes

pytestmark = pytest.mark.django_db


@pytest.fixture
def tomorrow():
    return timezone.localdate() + dt.timedelta(days=1)


def draft_of(code, ministry, **changes):
    draft = route_rules.draft_version(RouteRule.objects.get(code=code, is_draft=False), actor=ministry.quantri)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def publish(draft, ministry, day, **more):
    return route_rules.publish_rule(draft, valid_from=day, reason="Quy chế mới", actor=ministry.quantri, **more)


def refusals(draft, ministry, day):
    with pytest.raises(Refused) as caught:
        publish(draft, ministry, day)
    return " ".join(caught.value.reasons)


def test_a_new_version_ends_the_former_the_day_before_and_keeps_it(ministry, tomorrow):
    draft = draft_of("outbound-planned", ministry, citation="Quy chế mới, Điều 3")
    made = publish(draft, ministry, tomorrow)
    old = RouteRule.objects.get(code="outbound-planned", version=1)
    assert (old.valid_until, made.valid_from, made.version) == (timezone.localdate(), tomorrow, 2)
    assert not made.is_draft
    assert made.changed_by == ministry.quantri
    assert [step.order for step in made.steps.all()] == [step.order for step in old.steps.all()]


def test_changing_a_rule_tomorrow_leaves_todays_file_and_its_citation_untouched(ministry, tomorrow, time_machine):
    made = f.trip(ministry)
    case = f.submit(made, ministry)
    before = list(case.steps.values_list("position", "kind", "office", "rule_version", "citation", "due_on"))
    draft = draft_of("outbound-planned", ministry, citation="Quy chế mới, Điều 3")
    draft.steps.filter(kind=StepKind.APPROVE).update(office="minister", citation="Quy chế mới, Điều 4")
    publish(draft, ministry, tomorrow)
    time_machine.move_to(timezone.now() + dt.timedelta(days=3), tick=False)
    row = made.members.get()
    head = {"id": row.pk, "person": row.person, "full_name": row.full_name, "part": row.part, "rank": row.rank}
    update_trip(made, actor=ministry.chuyenvien, members=[head, f.member(ministry.chuyenvien)])
    kept = list(case.steps.current().values_list("position", "kind", "office", "rule_version", "citation"))
    assert kept == [row[:5] for row in before]
    other = f.submit(f.trip(ministry, country="LA", days_ahead=90), ministry)
    assert set(other.steps.values_list("rule_version", flat=True)) == {2}
    assert "Quy chế mới, Điều 4" in set(other.steps.values_list("citation", flat=True))


def test_a_change_begins_tomorrow_at_the_earliest_and_says_why(ministry):
    draft = draft_of("outbound-planned", ministry)
    assert "từ ngày mai" in refusals(draft, ministry, timezone.localdate())
    with pytest.raises(Refused, match="lý do"):
        route_rules.publish_rule(
            draft, valid_from=timezone.localdate() + dt.timedelta(days=1), reason=" ", actor=ministry.quantri
        )
    assert RouteRule.objects.get(pk=draft.pk).is_draft


def test_an_announced_version_is_named_and_can_be_taken_back(ministry, tomorrow):
    announced = publish(draft_of("outbound-planned", ministry), ministry, tomorrow + dt.timedelta(days=9))
    text = refusals(draft_of_again(ministry), ministry, tomorrow)
    assert "Phiên bản 2" in text
    assert f"{announced.valid_from:%d/%m/%Y}" in text
    route_rules.withdraw_rule(announced, actor=ministry.quantri)
    assert RouteRule.objects.get(code="outbound-planned", version=1).valid_until is None
    with pytest.raises(Refused, match="chưa có hiệu lực"):
        route_rules.withdraw_rule(RouteRule.objects.get(code="outbound-planned", version=1), actor=ministry.quantri)


def draft_of_again(ministry):
    return route_rules.draft_version(RouteRule.objects.get(code="outbound-planned", version=1), actor=ministry.quantri)


def test_what_holds_is_never_edited(ministry):
    held = RouteRule.objects.get(code="outbound-planned")
    with pytest.raises(Conflict):
        route_rules.save_draft(held, {"title": "Sửa"}, [], actor=ministry.quantri)
    with pytest.raises(Conflict):
        route_rules.discard_draft(held, actor=ministry.quantri)
    assert held.steps.count() == 8


def test_of_two_authors_the_slower_one_is_told(ministry):
    draft = draft_of("outbound-planned", ministry)
    seen = route_rules.fingerprint(RouteRule.objects.get(pk=draft.pk))
    steps = [{"order": 1, "kind": StepKind.APPROVE, "office": "minister"}]
    route_rules.save_draft(draft, {"title": "Một"}, steps, actor=ministry.quantri, seen=seen)
    with pytest.raises(Conflict):
        route_rules.save_draft(draft, {"title": "Hai"}, steps, actor=ministry.vutruong, seen=seen)
    assert RouteRule.objects.get(pk=draft.pk).title == "Một"


@pytest.mark.parametrize("name", ["chuyenvien", "htqt", "tccb", "botruong", "kiemtoan"])
def test_others_change_no_route(ministry, name, tomorrow):
    rule, actor = RouteRule.objects.get(code="outbound-planned"), ministry.person(name)
    draft = draft_of("outbound-planned", ministry)
    for act in (
        lambda: route_rules.create_rule("outbound", "Thử", RuleRole.ROUTE, actor=actor),
        lambda: route_rules.draft_version(rule, actor=actor),
        lambda: route_rules.save_draft(draft, {}, [], actor=actor),
        lambda: route_rules.publish_rule(draft, valid_from=tomorrow, reason="x", actor=actor),
        lambda: route_rules.switch_rule(rule, enabled=False, valid_from=tomorrow, reason="x", actor=actor),
        lambda: route_rules.withdraw_rule(rule, actor=actor),
        lambda: route_rules.discard_draft(draft, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_head_of_international_cooperation_may_change_routes(ministry, tomorrow):
    draft = route_rules.draft_version(RouteRule.objects.get(code="outbound-planned"), actor=ministry.vutruong)
    made = route_rules.publish_rule(draft, valid_from=tomorrow, reason="Quy chế", actor=ministry.vutruong)
    assert made.changed_by == ministry.vutruong


def problems(steps, **fields):
    rule = routes.rule(f"ra-soat-{RouteRule.objects.count()}", steps, is_draft=True, **fields)
    return " ".join(findings_of(rule, timezone.localdate()).refusals)


APPROVE = (2, StepKind.APPROVE, "minister")
MAKING = ((3, StepKind.DRAFT_DECISION, "org_personnel"), (4, StepKind.SIGN, "minister"), (5, StepKind.ISSUE, "clerk"))


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ((), "chưa có bước nào"),
        (((1, StepKind.APPRAISE, "icd_officer"),), "chưa có người phê duyệt"),
        (((1, StepKind.APPROVE, "minister", {"only_if_disagreed": True}),), "chưa có người phê duyệt"),
        (((9, StepKind.APPROVE, "minister"), *MAKING), "khi chưa phê duyệt xong"),
        ((APPROVE, (3, StepKind.SIGN, "minister")), "cần có bước “Soạn thảo quyết định”"),
        ((APPROVE, (3, StepKind.DRAFT_DECISION, "org_personnel"), (4, StepKind.ISSUE, "clerk")), "cần có bước “Ký quyết định”"),
        ((APPROVE, *MAKING, (6, StepKind.ISSUE, "clerk")), "chỉ được có một lần"),
        ((APPROVE, (1, StepKind.APPRAISE, "phong_la")), "không tồn tại"),
        ((APPROVE, (1, StepKind.APPRAISE, "external", {"body": "Sở Y"})), "chỉ có thể cho phép hoặc cho ý kiến"),
        (((1, StepKind.EXTERNAL_PERMISSION, "minister"),), "cơ quan ngoài Bộ"),
        ((APPROVE, (1, StepKind.OPINION, "external")), "ghi tên cơ quan"),
        (((1, StepKind.APPRAISE, "legal"), (2, StepKind.APPROVE, "minister"),
          (3, StepKind.APPROVE, "deputy_minister", {"only_if_disagreed": True})), "không có bước cho ý kiến"),
    ],
)  # fmt: skip
def test_steps_that_make_no_route_are_refused_with_the_reason(ministry, steps, says):
    assert says in problems(steps)


def test_unknown_facts_and_values_are_refused(ministry):
    text = problems((APPROVE,), conditions={"weather": ["rain"], "head_rank": ["king"], "mode": []})
    assert "weather" in text
    assert "king" in text
    assert "mode" in text


def test_additional_steps_make_no_decision_out(ministry):
    assert "Bước bổ sung" in problems((APPROVE, *MAKING), role=RuleRole.ADDITION)
    assert problems(((2, StepKind.OPINION, "legal"),), role=RuleRole.ADDITION) == ""


def test_a_rule_that_leaves_files_without_a_route_is_refused_and_names_them(ministry, tomorrow):
    rule = RouteRule.objects.get(code="outbound-unplanned")
    with pytest.raises(Refused, match="ngoài kế hoạch") as caught:
        route_rules.switch_rule(rule, enabled=False, valid_from=tomorrow, reason="Thử", actor=ministry.quantri)
    assert f"{tomorrow:%d/%m/%Y}" in str(caught.value)
    rule.refresh_from_db()
    assert rule.valid_until is None
    assert not RouteRule.objects.filter(code="outbound-unplanned", version=2).exists()


def test_an_end_without_a_successor_is_a_gap_from_the_day_after(ministry, tomorrow):
    draft = draft_of("outbound-unplanned", ministry)
    last = tomorrow + dt.timedelta(days=30)
    with pytest.raises(Refused, match=f"{last + dt.timedelta(days=1):%d/%m/%Y}"):
        publish(draft, ministry, tomorrow, valid_until=last)


def test_a_rule_that_can_never_win_is_refused_and_says_behind_which(ministry, tomorrow):
    behind = routes.rule("sau", priority=65, conditions={"mode": ["led"], "plan_level": ["pm"]}, is_draft=True)
    assert "Đoàn ra trong kế hoạch" in refusals(behind, ministry, tomorrow)
    before = routes.rule("truoc", priority=1, conditions={"mode": ["accompanying"]}, is_draft=True)
    text = refusals(before, ministry, tomorrow)
    assert "“Tháp tùng lãnh đạo cấp cao” không bao giờ được áp dụng" in text


def test_switching_on_is_a_new_version_from_a_day_on(ministry, tomorrow):
    rule = RouteRule.objects.get(code="outbound-party-opinion")
    made = route_rules.switch_rule(
        rule, enabled=True, valid_from=tomorrow, reason="Đã đối chiếu", actor=ministry.quantri
    )
    rule.refresh_from_db()
    assert (rule.is_enabled, rule.valid_until) == (False, timezone.localdate())
    assert (made.is_enabled, made.version) == (True, 2)
    with pytest.raises(Conflict):
        route_rules.switch_rule(made, enabled=True, valid_from=tomorrow, reason="x", actor=ministry.quantri)


def test_an_office_that_nobody_holds_is_a_warning(ministry):
    Appointment.objects.filter(unit__function="legal").delete()
    rule = routes.rule("ra-soat", ((1, StepKind.OPINION, "legal"), APPROVE, *MAKING), is_draft=True)
    found = findings_of(rule, timezone.localdate())
    assert any("Pháp chế" in sentence for sentence in found.warnings)


def test_the_shipped_routes_have_no_gap_and_no_shadow():
    for kind in ("outbound",):
        assert state_of_routes(kind, RouteRule.objects.applying(kind, timezone.localdate())) == []


def test_a_new_rule_begins_as_a_draft_like_another_one(ministry):
    like = RouteRule.objects.get(code="outbound-planned")
    made = route_rules.create_rule("outbound", "Đoàn ra đặc thù", RuleRole.ROUTE, actor=ministry.quantri, like=like)
    again = route_rules.create_rule("outbound", "Đoàn ra đặc thù", RuleRole.ROUTE, actor=ministry.quantri)
    assert (made.code, again.code) == ("outbound-doan-ra-dac-thu", "outbound-doan-ra-dac-thu-2")
    assert made.is_draft
    assert made.steps.count() == like.steps.count()
    assert again.steps.count() == 0
