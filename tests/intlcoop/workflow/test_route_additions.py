"""Steps besides the route, steps for the case of disagreement, copies, and the optional rules as shipped."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from delegations.exports import decision as decision_export
from delegations.exports import particulars
from delegations.exports.issuer import issuer_of
from delegations.queries import OutboundFacts, outbound_facts
from intlcoop.notifications.models import Notice
from intlcoop.people.choices import Rank, Role
from intlcoop.people.models import Appointment, User
from intlcoop.regulations.models import Instrument
from intlcoop.workflow import engine
from intlcoop.workflow.choices import Outcome, RuleRole, StepKind, StepState
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.models import RouteRule
from intlcoop.workflow.routing import plan
from tests.delegations import factories as f
from tests.intlcoop.workflow import routes

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
USUAL = {"head_rank": "official", "mode": "led", "plan_level": "ministry", "unit_class": "internal"}


def steps(**facts):
    return plan("outbound", OutboundFacts(**(USUAL | facts)), TODAY)


def offices(**facts):
    return [(step.order, step.kind, step.office) for step in steps(**facts)]


def test_optional_rules_are_shipped_switched_off_and_to_be_checked():
    off = RouteRule.objects.filter(is_enabled=False)
    off = off.filter(kind="outbound")
    assert {rule.code for rule in off} == {"outbound-delegated-power", "outbound-party-opinion"}
    assert all(rule.needs_check for rule in off)
    assert offices(party="yes") == offices(party="no")
    assert offices(unit_class="attached", own_staff="yes") == offices(unit_class="attached", own_staff="no")


def test_an_addition_puts_its_steps_beside_those_of_the_same_order_and_cites_its_own_rule():
    routes.switch_on("outbound-party-opinion")
    assert offices(party="no") == [row for row in offices(party="yes") if row[2] != "external"]
    added = next(step for step in steps(party="yes") if step.office == "external")
    assert (added.order, added.kind, added.body) == (2, StepKind.OPINION, "Cấp ủy có thẩm quyền")
    assert added.rule == "outbound-party-opinion"
    assert "272-QĐ/TW" in added.citation
    assert [step.order for step in steps(party="yes")] == sorted(step.order for step in steps(party="yes"))


def test_every_addition_that_fits_is_added_but_only_one_route_wins():
    for code in ("them-1", "them-2"):
        routes.rule(code, ((2, StepKind.OPINION, "legal"),), role=RuleRole.ADDITION)
    legal = [step.rule for step in steps() if step.office == "legal"]
    assert legal == ["them-1", "them-2"]
    assert {step.rule for step in steps()} == {"outbound-planned", "them-1", "them-2"}


def test_a_draft_or_a_rule_that_is_off_applies_to_nothing():
    routes.rule("nhap", is_draft=True)
    routes.rule("tat", is_enabled=False)
    assert {step.rule for step in steps()} == {"outbound-planned"}


def test_two_versions_of_a_rule_never_hold_on_the_same_day():
    routes.rule("hai", valid_until=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        routes.rule("hai", version=2, valid_from=TODAY)
    routes.rule("hai", version=2, valid_from=TODAY, is_draft=True)
    routes.rule("hai", version=3, valid_from=TODAY + dt.timedelta(days=1))


def test_a_citation_names_the_instrument_once():
    rule = routes.rule("can-cu")
    rule.instrument = RouteRule.objects.get(code="outbound-party-opinion").instrument
    assert rule.basis == f"{rule.instrument}, Quy chế thử, Điều 1"
    rule.citation = "Quyết định 272-QĐ/TW, Điều 5"
    assert rule.basis == rule.citation


def test_the_party_opinion_is_asked_and_recorded_when_a_member_belongs_to_the_party(ministry):
    routes.switch_on("outbound-party-opinion")
    User.objects.filter(username="chuyenvien2").update(is_party_member=True)
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.OPINION, office="external")
    assert step.body == "Cấp ủy có thẩm quyền"
    assert f.walk_to_the_end(case, ministry).state == "decided"
    step.refresh_from_db()
    assert step.decision.permission.reply_number


def test_nobody_of_the_party_no_opinion(ministry):
    routes.switch_on("outbound-party-opinion")
    case = f.submit(f.trip(ministry), ministry)
    assert not case.steps.filter(office="external").exists()


CONDITIONAL = (
    (1, StepKind.APPRAISE, "icd_officer"),
    (2, StepKind.OPINION, "finance"),
    (2, StepKind.OPINION, "legal"),
    (3, StepKind.EXTERNAL_PERMISSION, "prime_minister", {"only_if_disagreed": True}),
    (4, StepKind.APPROVE, "minister"),
    (5, StepKind.DRAFT_DECISION, "org_personnel"),
    (6, StepKind.SIGN, "minister"),
    (7, StepKind.ISSUE, "clerk"),
)


def at_opinions(ministry):
    routes.rule(steps=CONDITIONAL)
    case = f.submit(f.trip(ministry), ministry)
    f.walk_to(case, ministry, kind=StepKind.OPINION, office="finance")
    return case


def test_without_a_disagreement_the_step_is_passed_over_and_says_so(ministry):
    case = at_opinions(ministry)
    f.agree(case.steps.current().get(office="finance"), ministry)
    f.agree(case.steps.current().get(office="legal"), ministry)
    skipped = case.steps.current().get(office="prime_minister")
    assert (skipped.state, skipped.decision.outcome) == (StepState.DONE, Outcome.NOT_NEEDED)
    assert skipped.decision.decided_by is None
    assert "không thống nhất" in skipped.decision.comment
    assert f.open_step(case).kind == StepKind.APPROVE
    assert f.walk_to_the_end(case, ministry).state == "decided"


def test_one_disagreeing_opinion_opens_the_step(ministry):
    case = at_opinions(ministry)
    f.agree(case.steps.current().get(office="finance"), ministry)
    legal = case.steps.current().get(office="legal")
    decide(legal, Outcome.DISAGREE, actor=ministry.phapche, comment="Chưa phù hợp thẩm quyền.")
    assert f.open_step(case).office == "prime_minister"


def test_a_disagreement_of_an_earlier_round_no_longer_counts(ministry):
    case = at_opinions(ministry)
    legal = case.steps.current().get(office="legal")
    decide(legal, Outcome.DISAGREE, actor=ministry.phapche, comment="Chưa phù hợp thẩm quyền.")
    finance = case.steps.current().get(office="finance")
    f.agree(finance, ministry)
    permission = f.open_step(case)
    appraisal = case.steps.current().get(office="icd_officer")
    from intlcoop.workflow import route_steps

    with transaction.atomic():
        route_steps.go_back(engine.lock(case), appraisal, actor=ministry.vutruong, comment="Làm lại")
    permission.refresh_from_db()
    assert permission.state == StepState.STOPPED
    f.walk_to(case, ministry, kind=StepKind.APPROVE, office="minister")
    assert case.steps.current().get(office="prime_minister").decision.outcome == Outcome.NOT_NEEDED


def attached_trip(ministry):
    head = ministry.person("giangvien")
    return f.trip(
        ministry, filer="truonghoc", unit=head.appointments.get().unit.code, head="giangvien", head_rank=Rank.OFFICIAL
    )


@pytest.fixture
def university(ministry):
    """The attached unit with a lecturer who travels and a clerk of its own."""
    unit = ministry.truonghoc.appointments.get().unit
    for username, role in (("giangvien", Role.OFFICER), ("vanthutruong", Role.CLERK)):
        person = User.objects.create(username=username, full_name=f"Người {username}")
        Appointment.objects.create(person=person, unit=unit, role=role, valid_from=routes.SINCE)
        ministry.people[username] = person
    return unit


def test_with_delegated_power_the_unit_decides_for_its_own_staff_and_the_icd_gets_a_copy(ministry, university):
    routes.switch_on("outbound-delegated-power")
    made = attached_trip(ministry)
    assert outbound_facts(made.case).own_staff == "yes"
    case = f.submit(made, ministry, "truonghoc")
    approve = f.open_step(case)
    assert (approve.kind, approve.office) == (StepKind.APPROVE, "unit_head")
    f.agree(approve, ministry)
    draft = f.open_step(case)
    f.draft(case, ministry.vanthutruong)
    paper = decision_export.decision(particulars.load(case.number))
    assert (paper.head.issuer, paper.head.superior) == (university.name_vi, ministry.unit("BDP").name_vi)
    assert "phân cấp" in " ".join(decision_export.bases(*issued(case)))
    assert paper.head.symbol.startswith("QĐ-")
    assert "Hợp tác quốc tế" in " ".join(paper.recipients.items)
    decide(draft, Outcome.AGREE, actor=ministry.vanthutruong)
    f.agree(f.open_step(case), ministry)
    assert f.open_step(case).kind == StepKind.ISSUE
    Notice.objects.all().delete()
    f.agree(f.open_step(case), ministry, by="vanthutruong")
    assert f.fresh(case).state == "decided"
    copy = case.steps.current().get(kind=StepKind.COPY)
    assert (copy.state, copy.decision.outcome) == (StepState.DONE, Outcome.SENT)
    told = Notice.objects.filter(event_key=f"step-{copy.pk}-copy")
    assert {notice.recipient.username for notice in told} >= {"htqt"}


def test_the_paper_names_the_instrument_of_the_rule_or_leaves_room_to_fill_it_in(ministry, university):
    rule = routes.switch_on("outbound-delegated-power")
    case = f.submit(attached_trip(ministry), ministry, "truonghoc")
    f.agree(f.open_step(case), ministry)
    bases = decision_export.bases(*issued(case))
    open_, proposed = (next(base for base in bases if mark in base) for mark in ("phân cấp", "Theo đề nghị"))
    assert "Quyết định số ……/QĐ-BDP ngày …… tháng …… năm ……" in open_
    assert proposed == "Theo đề nghị của ……"
    instrument = Instrument.objects.create(
        kind="decision", symbol="77/QĐ-BDP", title="Phân cấp cử viên chức đi nước ngoài", issuer="Bộ trưởng",
        issued_on=dt.date(2026, 1, 5),
    )  # fmt: skip
    RouteRule.objects.filter(pk=rule.pk).update(instrument=instrument)
    named = " ".join(decision_export.bases(*issued(case)))
    assert (
        "Quyết định số 77/QĐ-BDP ngày 05 tháng 01 năm 2026 của Bộ trưởng phân cấp cử viên chức đi nước ngoài" in named
    )


def issued(case):
    trip = particulars.load(case.number)
    return trip, issuer_of(trip, particulars.ministry())


def test_a_leader_or_a_stranger_in_the_delegation_takes_the_unit_its_power(ministry, university):
    routes.switch_on("outbound-delegated-power")
    made = attached_trip(ministry)
    from delegations.services import update_trip

    rows = [{"full_name": "Người ngoài", "part": "member", "rank": Rank.OFFICIAL}]
    head = made.members.get()
    update_trip(
        made,
        actor=ministry.truonghoc,
        members=[
            {"id": head.pk, "person": head.person, "full_name": head.full_name, "part": head.part, "rank": head.rank},
            *rows,
        ],
    )
    assert outbound_facts(f.fresh(made.case)).own_staff == "no"
    case = f.submit(made, ministry, "truonghoc")
    assert case.steps.filter(office="minister").exists()


def test_a_copy_as_the_first_step_does_not_stand_in_the_way_of_withdrawing(ministry):
    routes.rule(steps=((1, StepKind.COPY, "icd_officer"), *[(o + 1, k, office) for o, k, office in routes.USUAL_STEPS]))
    case = f.submit(f.trip(ministry), ministry)
    assert case.steps.get(kind=StepKind.COPY).state == StepState.DONE
    engine.fire(case, "withdraw", actor=ministry.chuyenvien)
    assert f.fresh(case).state == "planned"


def test_the_step_before_the_submission_day_of_a_future_rule_is_not_used(ministry):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    routes.rule("mai", valid_from=tomorrow)
    case = f.submit(f.trip(ministry), ministry)
    assert set(case.steps.values_list("rule_code", flat=True)) == {"outbound-planned"}
