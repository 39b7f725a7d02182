"""Dossiers and duties change from a day on, by those who may, for a reason; files of before keep the rule of their day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from agreements import services
from agreements.guards.agreement import items_of
from agreements.guards.dossier import rule_day
from agreements.models import DossierItem, DutyRule
from agreements.queries.legal_rules import LEGAL_FACTS, brought_by, condition_words, facts_for
from intlcoop.regulations.models import RuleChange
from tests.agreements.agreed import agreement

pytestmark = pytest.mark.django_db
LIST = reverse("agreements:legal_rules")
DAY = dt.timedelta(days=1)


def today() -> dt.date:
    return timezone.localdate()


def item(code: str = "content") -> DossierItem:
    return DossierItem.objects.filter(kind="agreement", code=code).order_by("-valid_from").first()


def said(row: DossierItem, **more):
    """What a change of this item sends, as the service takes it."""
    fields = {
        name: getattr(row, name) for name in ("name_vi", "name_en", "conditions", "source", "key", "is_mandatory")
    }
    fields |= {"instrument": row.instrument, "citation": row.citation, "needs_check": row.needs_check}
    return fields | {"valid_from": today(), "reason": "Công văn 1/MH"} | more


def test_a_change_ends_what_held_and_keeps_it_for_the_days_before(world):
    former = item()
    made = services.set_rule(
        DossierItem, "agreement", "content", actor=world.vutruong, **said(former, name_vi="Nội dung và phương thức hợp tác")
    )  # fmt: skip
    former.refresh_from_db()
    assert former.valid_until == today() - DAY
    assert made.valid_from == today()
    on = DossierItem.objects.filter(kind="agreement", code="content")
    assert [row.pk for row in on.on(today() - DAY)] == [former.pk]
    assert [row.pk for row in on.on(today())] == [made.pk]
    change = RuleChange.objects.get(key="agreement:content")
    assert former.name_vi in change.before
    assert "Nội dung và phương thức" in change.after
    assert change.reason == "Công văn 1/MH"
    assert change.actor == world.vutruong
    assert change.get_absolute_url() == reverse("agreements:legal_rule", args=["giay-to", "agreement", "content"])


def test_a_file_that_was_submitted_before_keeps_its_dossier(world):
    found = agreement(world, state="in_approval", regime="agreement", in_name_of="ministry")
    found.case.submitted_at = timezone.now() - 3 * DAY
    before = {state.item.pk for state in items_of(found, rule_day(found.case))}
    services.set_rule(DossierItem, "agreement", "content", actor=world.vutruong, **said(item()))
    assert {state.item.pk for state in items_of(found, rule_day(found.case))} == before
    found.case.state = "returned"
    assert {state.item.pk for state in items_of(found, rule_day(found.case))} != before, (
        "it is submitted again by today's"
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [({"valid_from": dt.date(2026, 1, 1)}, "valid_from"), ({"reason": "  "}, "reason"), ({"name_vi": ""}, "name_vi"),
     ({"citation": ""}, "citation")],
)  # fmt: skip
def test_what_is_refused(world, more, field):
    with pytest.raises(ValidationError) as refusal:
        services.set_rule(DossierItem, "agreement", "content", actor=world.vutruong, **said(item(), **more))
    assert field in refusal.value.message_dict
    assert not RuleChange.objects.filter(key="agreement:content").exists()


def test_two_changes_cannot_overlap_and_one_that_has_not_begun_is_taken_back(world):
    former, later = item(), today() + 10 * DAY
    made = services.set_rule(
        DossierItem, "agreement", "content", actor=world.vutruong, **said(former, valid_from=later)
    )
    with pytest.raises(ValidationError, match=r"[Nn]ội dung"):
        services.set_rule(
            DossierItem, "agreement", "content", actor=world.vutruong, **said(former, valid_from=later - DAY)
        )
    services.withdraw_rule(made, reason="Ghi nhầm", actor=world.vutruong)
    former.refresh_from_db()
    assert former.valid_until is None
    assert not DossierItem.objects.filter(pk=made.pk).exists()
    with pytest.raises(ValidationError):
        services.withdraw_rule(former, reason="Ghi nhầm", actor=world.vutruong)


def test_what_ended_is_asked_of_no_file(world):
    services.end_rule(item(), last_day=today() - DAY, reason="Hết hiệu lực", actor=world.quantri)
    found = agreement(world, state="proposed", regime="agreement", in_name_of="ministry")
    assert "content" not in {state.item.code for state in items_of(found, today())}
    with pytest.raises(ValidationError):
        services.end_rule(item(), last_day=today(), reason="Lần nữa", actor=world.quantri)


@pytest.mark.parametrize("username", ["chuyenvien", "truonghoc", "kiemtoan", "thutruong"])
def test_nobody_else_changes_a_rule(world, as_of, username):
    with pytest.raises(PermissionDenied):
        services.end_rule(item(), last_day=today(), reason="x", actor=world.person(username))
    page = as_of(username)
    assert page.get(LIST).status_code == 200
    assert "/them/" not in page.get(LIST).content.decode()
    change = reverse("agreements:legal_rule_change", args=["giay-to", "agreement", "content"])
    assert page.get(change).status_code == 403


def test_a_new_duty_by_the_form_is_raised_from_its_day_on(world, as_of):
    address = reverse("agreements:legal_rule_new", args=["viec", "agreement"])
    form = {
        "name_vi": "Gửi bản sao cho Văn phòng Bộ", "cause": "signed", "recipient_vi": "Văn phòng Bộ",
        "parameter": "agreement.report_after_sign_days", "dk_regime": ["paper"], "dk_secret": ["yes", "no"],
        "valid_from": today().strftime("%d/%m/%Y"), "citation": "Quy chế minh họa, Điều 3", "reason": "Quyết định 2/QĐ-MH",
    }  # fmt: skip
    page = as_of("vutruong")
    assert page.post(address, form).status_code == 302
    rule = DutyRule.objects.get(code="gui-ban-sao-cho-van-phong-bo")
    assert rule.conditions == {"regime": ["paper"]}, "every box ticked is no condition"
    signed = agreement(world, regime="paper", signed_on=today())
    owed = services.raise_duties(signed.case, "signed", on=today(), values={"regime": "paper", "secret": "no"})
    assert rule.name_vi in {duty.name_vi for duty in owed}
    earlier = services.raise_duties(
        agreement(world, regime="paper").case, "signed", on=today() - DAY, values={"regime": "paper", "secret": "no"}
    )
    assert rule.name_vi not in {duty.name_vi for duty in earlier}


def test_what_was_typed_wrongly_is_said_beside_its_field(world, as_of):
    address = reverse("agreements:legal_rule_change", args=["giay-to", "agreement", "content"])
    page = as_of("vutruong")
    answer = page.post(address, {"name_vi": "Nội dung", "valid_from": "31/02/2027"})
    assert answer.status_code == 422
    assert item().valid_until is None
    assert "Nội dung" in answer.content.decode()


def test_the_pages_ask_a_constant_number_of_questions(world, as_of, django_assert_num_queries):
    page = as_of("vutruong")
    page.get(LIST)
    with django_assert_num_queries(9):
        page.get(LIST)
    for code in ("content", "purpose"):
        services.set_rule(
            DossierItem, "agreement", code, actor=world.vutruong, **said(item(code), valid_from=today() + DAY)
        )
    with django_assert_num_queries(9):
        page.get(LIST)


def test_every_shipped_rule_can_be_said_and_edited(world):
    """No code shows through, and every condition is a box of the form."""
    for sort, model in (("dossier", DossierItem), ("duty", DutyRule)):
        for row in model.objects.all():
            assert not [line for line in condition_words(row.kind, row.conditions) if " = " in line], row.code
            known = {fact.name: set(fact.values) for fact in facts_for(sort, row.kind)}
            assert all(set(allowed) <= known[name] for name, allowed in row.conditions.items()), row.code
    sources = {value for kind in LEGAL_FACTS for _group, choices in brought_by(kind) for value, _label in choices}
    assert {f"{row.source}:{row.key}" for row in DossierItem.objects.all()} <= sources
