"""What the pages of plans ask the database, with one row and with three."""

from __future__ import annotations

import pytest
from django.urls import reverse

from delegations.choices import ChangeAction, SettlementReason
from delegations.services import plan_revisions
from delegations.workflows import begin_revision
from tests.delegations.plans import approve, proposed, taken_in

pytestmark = pytest.mark.django_db


#: Page -> queries, the same for one line and for three.
COSTS = {
    "plans": 12,
    "plan_lines": 10,
    "plan_year": 15,
    "plan_desk": 11,
    "plan": 35,
    "plan_clashes": 10,
    "plan_load": 9,
    "plan_actual": 9,
    "plan_proposals": 16,
    "revision": 23,
}


def address_of(name, plan):
    if name in ("plans", "plan_lines"):
        return reverse(f"delegations:{name}")
    if name in ("plan_desk", "plan"):
        return reverse(f"delegations:{name}", args=[plan.case.number])
    return reverse(f"delegations:{name}", args=[plan.year])


@pytest.mark.parametrize("name", [name for name in COSTS if name != "revision"])
def test_a_page_costs_the_same_for_one_line_and_for_three(go, ministry, plan, name, django_assert_num_queries):
    proposed(plan, ministry, title="Đoàn 0")
    taken_in(plan, ministry, title="Hoạt động 0")
    client = go("htqt")
    client.get(address_of(name, plan))
    with django_assert_num_queries(COSTS[name]):
        client.get(address_of(name, plan))
    for n in (1, 2):
        proposed(plan, ministry, title=f"Đoàn {n}", by="truonghoc", unit="DHPT", leader=ministry.thutruong)
        taken_in(plan, ministry, title=f"Hoạt động {n}", unit="VTLT")
    with django_assert_num_queries(COSTS[name]):
        client.get(address_of(name, plan))


def test_a_revision_costs_the_same_for_one_change_and_for_three(go, ministry, plan, django_assert_num_queries):
    lines = [taken_in(plan, ministry, title=f"Đoàn {n}") for n in range(3)]
    revision = begin_revision(approve(plan, ministry), reason="Rà soát", actor=ministry.htqt)

    def ask(line):
        plan_revisions.request_change(
            revision,
            ChangeAction.DROP,
            line=line,
            unit=line.unit,
            actor=ministry.chuyenvien,
            reason_code=SettlementReason.MONEY,
            reason="Hết kinh phí",
        )

    client = go("htqt")
    ask(lines[0])
    client.get(revision.get_absolute_url())
    with django_assert_num_queries(COSTS["revision"]):
        client.get(revision.get_absolute_url())
    for line in lines[1:]:
        ask(line)
    with django_assert_num_queries(COSTS["revision"]):
        client.get(revision.get_absolute_url())
