"""Eight people at once, two hundred times: approve against reject against withdraw, and exactly one of them happens."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, replace
from unittest import mock

import pytest
from django.db import connections

from delegations.workflows import OUTBOUND
from intlcoop.people.models import User
from intlcoop.workflow import engine, registry
from intlcoop.workflow.choices import Outcome, StepState
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.effects import send_on_its_way
from intlcoop.workflow.models import Case, Decision, RouteRule, RouteRuleStep, StatusChange, Step
from intlcoop.workflow.refusals import Conflict, Refused
from intlcoop.workflow.services import open_case

THREADS, ROUNDS, PATIENCE = 8, 200, 30
KIND = "race"


@dataclass(frozen=True)
class Facts:
    """Nothing to look at: there is one route."""

    unit_class: str = "internal"


@pytest.fixture
def kind(transactional_db, ministry):
    """Files with the lifecycle of trips and a route of two steps, so that making one costs next to nothing."""
    transitions = [
        replace(row, guards=(), effects=(send_on_its_way,)) if row.name == "submit" else row
        for row in OUTBOUND.transitions
    ]
    registry.register(
        registry.FileKind(
            code=KIND,
            prefix="TT",
            label="Thử",
            lifecycle=replace(OUTBOUND, transitions=tuple(transitions)),
            summary=lambda case: registry.Summary(title=case.title, where="", when="", who="", url="/"),
            facts=Facts,
            facts_of=lambda case: Facts(),
        )
    )
    rule = RouteRule.objects.create(
        kind=KIND, code="race", title="Thử", citation="Thử", valid_from="2020-01-01", conditions={}
    )
    for order, office in ((1, "unit_head"), (2, "minister")):
        RouteRuleStep.objects.create(rule=rule, order=order, kind="approve", office=office, due_working_days=2)
    with mock.patch("intlcoop.workflow.notices.tell"):
        yield ministry
    registry._kinds.pop(KIND)


@dataclass
class Round:
    """What the eight are given at the barrier, and what each of them got."""

    step: Step
    answers: list[str]


class Racers:
    """Eight threads, each with one connection of its own for all rounds; they meet at a barrier before and after each."""

    def __init__(self, head: User, filer: User) -> None:
        self.head, self.filer = head, filer
        self.barrier = threading.Barrier(THREADS + 1)
        self.round: Round | None = None
        self.threads = [threading.Thread(target=self.run, args=(n,), daemon=True) for n in range(THREADS)]
        for thread in self.threads:
            thread.start()

    def run(self, number: int) -> None:
        acts = (self.approve, self.reject, self.withdraw)
        try:
            while True:
                self.barrier.wait(PATIENCE)
                if (current := self.round) is None:
                    return
                current.answers.append(self.answer(acts[number % 3], current.step))
                self.barrier.wait(PATIENCE)
        except threading.BrokenBarrierError:
            return
        finally:
            connections.close_all()

    def answer(self, act, step: Step) -> str:
        try:
            act(step)
        except Conflict:
            return "conflict"
        except Refused:
            return "refused"
        except Exception as error:  # whatever it is, the test must see it
            return repr(error)
        return act.__name__

    def approve(self, step: Step) -> None:
        decide(step, Outcome.AGREE, actor=self.head)

    def reject(self, step: Step) -> None:
        decide(step, Outcome.REJECT, actor=self.head, comment="Không phù hợp")

    def withdraw(self, step: Step) -> None:
        engine.fire(step.case, "withdraw", actor=self.filer)

    def go(self, step: Step) -> list[str]:
        self.round = Round(step, [])
        self.barrier.wait(PATIENCE)
        self.barrier.wait(PATIENCE)
        return self.round.answers

    def stop(self) -> None:
        self.round = None
        self.barrier.wait(PATIENCE)
        for thread in self.threads:
            thread.join(PATIENCE)


@pytest.mark.long
def test_one_of_eight_happens_two_hundred_times(kind):
    head, filer, unit = kind.lanhdaodonvi, kind.chuyenvien, kind.unit("CSDP")
    racers, won = Racers(head, filer), Counter()
    try:
        for _round in range(ROUNDS):
            case = open_case(KIND, title="Hồ sơ thử", unit=unit, actor=filer)
            engine.fire(case, "submit", actor=filer)
            answers = racers.go(Step.objects.select_related("case__unit", "unit").get(case=case, state=StepState.OPEN))
            happened = [answer for answer in answers if answer not in ("conflict", "refused")]
            assert len(answers) == THREADS
            assert len(happened) == 1, answers
            assert happened[0] in ("approve", "reject", "withdraw"), answers
            won[happened[0]] += 1
            assert_one_trace(case, happened[0])
    finally:
        racers.stop()
    assert sum(won.values()) == ROUNDS
    assert len(won) > 1  # a race that always one wins is none


def assert_one_trace(case: Case, happened: str) -> None:
    """The database says the same as the answers: one decision, or one withdrawal and none."""
    case = Case.objects.get(pk=case.pk)
    decisions = Decision.objects.filter(step__case=case).count()
    withdrawals = StatusChange.objects.filter(case=case, transition="withdraw").count()
    assert (decisions, withdrawals) == ((0, 1) if happened == "withdraw" else (1, 0))
    assert case.state == {"approve": "in_approval", "reject": "rejected", "withdraw": "planned"}[happened]
    assert Step.objects.open().filter(case=case).count() == (1 if happened == "approve" else 0)
