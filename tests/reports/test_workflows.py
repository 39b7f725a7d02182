"""The lifecycle of a report as a table: its job makes it, people submit, approve and issue it."""

from __future__ import annotations

from itertools import product

import pytest

from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed
from reports.choices import ReportState
from reports.queries.report_file import summary
from reports.workflows import YEAR_END, move
from tests.reports.factories import fresh, ordered

MOVES = {
    ("finish", "ordered"): "ready",
    ("fail", "ordered"): "failed",
    ("cancel", "ordered"): "cancelled",
    ("order_again", "failed"): "ordered",
    ("order_again", "cancelled"): "ordered",
    ("keep", "ordered"): "ready",
}
#: What the job does, or the making of figures; the rest asks people and a route.
BY_JOB = ("finish", "fail", "cancel", "order_again", "keep")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "state"), list(product(BY_JOB, ReportState.values)))
def test_a_report_moves_only_as_the_table_says(ministry, name, state):
    case = ordered(ministry).case
    type(case).objects.filter(pk=case.pk).update(state=state)

    move(case, name, comment="Lý do")

    assert type(case).objects.get(pk=case.pk).state == MOVES.get((name, state), state)


@pytest.mark.parametrize("who", ["quantri", "vutruong", "htqt"])
@pytest.mark.parametrize("name", [t.name for t in YEAR_END.transitions if t.rule is None])
def test_nobody_moves_a_report_by_hand(ministry, who, name):
    case = ordered(ministry).case

    with pytest.raises(NotAllowed):
        engine.fire(case, name, actor=ministry.person(who))
    assert engine.offered(case, ministry.person(who)) == []


def test_a_summary_says_period_and_where_it_is_read(ministry):
    found = summary(fresh(ordered(ministry, 2022)).case)

    assert (found.when, found.url) == ("01/01/2022 – 31/12/2022", "/bao-cao/BC-2026-0001/")
