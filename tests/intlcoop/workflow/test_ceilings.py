"""A substitute up to a sum of money: files above it, or whose sum nobody knows, stay with the leader, and the page says why."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from delegations.choices import FundingSource, PlanLevel
from delegations.models import AnnualPlan
from delegations.queries.plans import plan_amounts
from delegations.services import update_trip
from intlcoop.catalogues.models import Currency
from intlcoop.people.models import Substitution
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.refusals import NotAllowed
from intlcoop.workflow.separation import may_act
from tests.delegations import factories as f
from tests.delegations import plans as p
from tests.intlcoop.workflow.steps import url
from tests.intlcoop.workflow.test_standing_in import away, today, waiting

pytestmark = pytest.mark.django_db

D = Decimal
#: What the factory's trip asks for.
ASKED = D(120_000_000)
BELOW = D(119_999_999)


@pytest.fixture
def ministry(db, built):
    return built


def step_of(ministry, **fields):
    """A trip of 120 million that waits for the head of its unit."""
    case = f.submit(f.trip(ministry, **fields), ministry)
    return f.open_step(case)


@pytest.mark.parametrize(("ceiling", "may"), [(None, True), (ASKED, True), (BELOW, False), (D(1), False)])
def test_the_substitute_takes_what_is_at_or_below_the_ceiling(ministry, ceiling, may):
    away(ministry.lanhdaodonvi, ministry.chuyenvien6, ceiling=ceiling)
    step = step_of(ministry)
    number = step.case.number
    assert (may_act(ministry.chuyenvien6, step, today()) is not None) == may
    assert (number in waiting(ministry.chuyenvien6)) == may
    assert number in waiting(ministry.lanhdaodonvi)
    if may:
        assert decide(step, Outcome.AGREE, actor=ministry.chuyenvien6).on_behalf_of == ministry.lanhdaodonvi
    else:
        with pytest.raises(NotAllowed, match="vượt mức kinh phí"):
            decide(step, Outcome.AGREE, actor=ministry.chuyenvien6)
        assert decide(step, Outcome.AGREE, actor=ministry.lanhdaodonvi).substitution is None


def test_a_file_whose_sum_is_not_known_stays_with_the_leader(ministry):
    made = f.trip(ministry)
    euros = {"source": FundingSource.STATE_BUDGET, "amount": D(5), "currency": Currency.objects.get(code="EUR")}
    update_trip(made, actor=ministry.chuyenvien, funding=[euros])
    away(ministry.lanhdaodonvi, ministry.chuyenvien6, ceiling=ASKED * 10)
    f.submit(made, ministry)
    assert waiting(ministry.chuyenvien6) == []
    assert waiting(ministry.lanhdaodonvi) == [made.case.number]


def test_the_page_says_why_it_did_not_go_to_the_substitute_and_names_no_sum(go, ministry):
    away(ministry.lanhdaodonvi, ministry.chuyenvien6, ceiling=BELOW)
    step = step_of(ministry)
    said = f"{ministry.chuyenvien6.full_name} chỉ được giao thay với hồ sơ đến một mức kinh phí"
    page = go("chuyenvien6").get(f"/doan-ra/{step.case.number}/").content.decode()
    assert said in page
    assert "119.999.999" not in page
    assert said in go("lanhdaodonvi").get(url(step)).content.decode()


def test_the_ceiling_is_typed_recorded_and_shown(client, ministry):
    client.force_login(ministry.lanhdaodonvi)
    day = f"{today():%d/%m/%Y}"
    data = {"substitute": ministry.chuyenvien6.pk, "form": "KT", "valid_from": day, "valid_until": day}
    address = reverse("people:own_substitution")
    wrong = client.post(address, data | {"ceiling": "năm trăm triệu"})
    assert wrong.status_code == 422
    assert "năm trăm triệu" in wrong.content.decode()
    assert client.post(address, data | {"ceiling": "0"}).status_code == 422
    assert not Substitution.objects.exists()
    assert client.post(address, data | {"ceiling": "500.000.000"}).status_code == 302
    row = Substitution.objects.get()
    assert row.ceiling == D(500_000_000)
    client.force_login(ministry.vanthu)
    assert "đến 500.000.000 đồng" in client.get(row.get_absolute_url()).content.decode()
    assert "đến 500.000.000 đồng" in client.get(reverse("people:substitution_list")).content.decode()


def test_a_ceiling_of_nothing_is_refused(ministry):
    with pytest.raises(ValidationError):
        away(ministry.lanhdaodonvi, ministry.chuyenvien6, ceiling=D(0))
    row = away(ministry.lanhdaodonvi, ministry.chuyenvien6)
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution.objects.filter(pk=row.pk).update(ceiling=0)


def test_a_plan_counts_with_all_its_lines(ministry):
    opened = p.open_year(ministry)
    plan = AnnualPlan.objects.select_related("case").get(year=opened.year, level=PlanLevel.MINISTRY)
    assert plan_amounts([plan.case]) == {plan.case_id: D(0)}
    for amount in (300_000_000, 50_000_000):
        p.taken_in(plan, ministry, amount=D(amount))
    assert plan_amounts([plan.case]) == {plan.case_id: D(350_000_000)}
    p.taken_in(plan, ministry, amount=D(5), currency=Currency.objects.get(code="EUR"))
    assert plan_amounts([plan.case]) == {plan.case_id: None}


@pytest.mark.parametrize("count", [1, 3])
def test_without_a_ceiling_the_queue_asks_nothing_about_money(ministry, count):
    for n in range(count):
        step_of(ministry, days_ahead=f.FAR + 10 * n)
    away(ministry.lanhdaodonvi, ministry.chuyenvien6)
    person = ministry.chuyenvien6
    waiting(person)
    with CaptureQueriesContext(connection) as queries:
        assert len(waiting(person)) == count
    assert not [query for query in queries.captured_queries if "fundingitem" in query["sql"]]
