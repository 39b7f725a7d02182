"""A member who is left out takes their share of the money along: estimate, request and totals follow; both sums stay known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from delegations import guards
from delegations.choices import ExpenseItem, FundingSource, Part
from delegations.models import OutboundDelegation
from delegations.queries.estimates import Sheet
from delegations.services import update_trip
from intlcoop.notifications.models import Notice
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.leaving_out import left_out_of, parts_of
from intlcoop.workflow.wording import decided_words
from tests.delegations import factories as f
from tests.delegations import money as m
from tests.intlcoop.workflow.steps import at, url

pytestmark = pytest.mark.django_db

D = Decimal
PEOPLE = ("chuyenvien2", "chuyenvien3", "chuyenvien4")
REASON = "Không thuộc lĩnh vực chuyến đi."


@pytest.fixture
def three(ministry):
    """Tickets of 30 million each, 10 million for the delegation, 20 million for the last member alone: 120 million."""
    rows = [f.member(ministry.person(name), Part.HEAD if n == 0 else Part.MEMBER) for n, name in enumerate(PEOPLE)]
    return f.trip(ministry, members=rows)


def own_line(made, username, amount, **more):
    return m.line(made, ExpenseItem.OTHER, amount, people=[made.members.get(person__username=username).pk], **more)


def of_group(made, amount):
    return m.line(made, ExpenseItem.OTHER, amount, people=[])


def with_estimate(made, ministry):
    lines = (
        m.line(made, "ticket", 30_000_000),
        of_group(made, 10_000_000),
        own_line(made, "chuyenvien4", 20_000_000),
    )
    m.estimate(made, ministry, *lines)


def leave_out(made, ministry, username="chuyenvien4"):
    step = at(f.submit(made, ministry), ministry, StepKind.APPROVE)
    key = f"member-{made.members.get(person__username=username).pk}"
    decision = decide(step, Outcome.AGREE, actor=ministry.thutruong, left_out={key: REASON})
    return OutboundDelegation.objects.get(pk=made.pk), decision


def test_estimate_and_request_fall_by_the_share_of_whoever_is_left_out(ministry, three):
    with_estimate(three, ministry)
    made, decision = leave_out(three, ministry)
    sheet = Sheet(made)
    assert sheet.totals.all == D(70_000_000)
    assert {item.item for item in sheet.items} == {"ticket", "other"}
    assert len(sheet.items) == 2  # the line for that member alone is gone and counts for nobody else
    assert made.funding.get().amount == D(70_000_000)
    assert guards.mismatches(made, sheet) == []
    # The decision binds the lower sum.
    version = made.case.content_versions.order_by("-number").first()
    assert decision.content_version == version.number
    assert {key: D(value) for key, value in version.content["money"].items()} == {"state_budget VND": D(70_000_000)}


def test_both_sums_are_kept_with_the_decision_and_shown_on_the_file(go, ministry, three):
    with_estimate(three, ministry)
    made, decision = leave_out(three, ministry)
    (row,) = left_out_of(made.case)
    said = ["Số người: 3 → 2", "Kinh phí đề nghị: 120.000.000 VND → 70.000.000 VND"]
    said.append("Dự toán kinh phí: 120.000.000 VND → 70.000.000 VND")
    assert row.totals == said
    assert all(words in decided_words(decision) for words in said)
    page = go("chuyenvien").get(made.get_absolute_url()).content.decode()
    assert all(words in page for words in said)
    # A mail carries no cost.
    assert not Notice.objects.filter(body__contains="70.000.000").exists()


def test_before_deciding_the_page_says_what_each_member_costs(go, ministry, three):
    with_estimate(three, ministry)
    step = at(f.submit(three, ministry), ministry, StepKind.APPROVE)
    notes = {part.label.split(",")[0]: part.note for part in parts_of(step)}
    assert "50.000.000 VND" in notes[ministry.chuyenvien4.full_name]
    assert "30.000.000 VND" in notes[ministry.chuyenvien3.full_name]
    assert "50.000.000 VND" in go("thutruong").get(url(step)).content.decode()


def test_a_share_in_another_currency_falls_at_the_rate_of_the_estimate(ministry, three):
    m.rate(ministry, "USD", "25000")
    dollars = m.line(three, "ticket", 1600, currency=m.currency("USD"))
    m.estimate(three, ministry, dollars)
    made, _decision = leave_out(three, ministry)
    assert made.funding.get().amount == D(80_000_000)
    assert guards.mismatches(made) == []


def test_each_source_pays_less_by_its_own_share_and_one_that_pays_nothing_goes(ministry, three):
    vnd = m.currency("VND")
    funding = [
        {"source": FundingSource.STATE_BUDGET, "amount": D(90_000_000), "currency": vnd},
        {"source": FundingSource.PROJECT, "amount": D(20_000_000), "currency": vnd},
    ]
    update_trip(three, actor=ministry.chuyenvien, funding=funding)
    project = own_line(three, "chuyenvien4", 20_000_000, source=FundingSource.PROJECT)
    m.estimate(three, ministry, m.line(three, "ticket", 30_000_000), project)
    made, _decision = leave_out(three, ministry)
    assert dict(made.funding.values_list("source", "amount")) == {"state_budget": D(60_000_000)}


def test_without_an_estimate_the_sum_stays_and_the_file_says_so(ministry, three):
    made, _decision = leave_out(three, ministry)
    assert made.funding.get().amount == D(120_000_000)
    (row,) = left_out_of(made.case)
    assert row.totals[0] == "Số người: 3 → 2"
    assert "không có dự toán" in row.totals[1]
