"""Hypothesis walks files along their routes, rightly and wrongly, and holds the engine against a pure model after each step."""

from __future__ import annotations

from itertools import pairwise
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from delegations.choices import OutboundState, Part
from delegations.services import update_trip
from delegations.workflows import OUTBOUND
from intlcoop.people import offices
from intlcoop.people.choices import Rank
from intlcoop.workflow import engine
from intlcoop.workflow.choices import Facet, Outcome, StepState, outcomes_of
from intlcoop.workflow.deciding import OutsideReply, decide
from intlcoop.workflow.models import Case, Step
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.routing import plan_for
from intlcoop.workflow.separation import conflicted_ids, free_holders
from intlcoop.workflow.services import add_comment
from tests.delegations import factories as f
from tests.intlcoop.workflow.engine_model import LIVE, Model, Slot

pytestmark = [pytest.mark.django_db, pytest.mark.long]

STEPS, RUNS = 60, 39
NUMBERS = st.integers(min_value=0, max_value=30)
#: Transitions that the table has, and some that only the engine may fire.
NAMES = st.sampled_from(["submit", "submit", "withdraw", "postpone", "resume", "approve", "issue", "depart", "reopen"])
ROW = {
    (transition.name, source, transition.target) for transition in OUTBOUND.transitions for source in transition.sources
}
EXTRA = [f"Khách mời {n}" for n in range(4)]


class EngineWalk(RuleBasedStateMachine):
    """One file from its draft on."""

    ministry = None
    total = 0

    def __init__(self) -> None:
        super().__init__()
        self.atomic, self.rosters = transaction.atomic(), offices.kept_rosters()
        self.atomic.__enter__()
        self.rosters.__enter__()

    def teardown(self) -> None:
        if hasattr(self, "case"):
            self.trace_is_whole()
        transaction.set_rollback(True)
        self.rosters.__exit__(None, None, None)
        self.atomic.__exit__(None, None, None)

    @initialize(asks_pm=st.booleans())
    def begin(self, asks_pm: bool) -> None:
        people = self.ministry
        if asks_pm:
            self.trip = f.trip(
                people,
                head="thutruong2",
                head_rank=Rank.DEPUTY_MINISTER,
                out_of_plan_reason="Thư mời đến sau kế hoạch.",
            )
        else:
            self.trip = f.trip(people)
        self.case = self.trip.case
        today = f.timezone.localdate()
        self.extra: list[str] = []
        self.travellers = {row.person_id for row in self.trip.members.all()}
        slots = [
            Slot(order=step.order, kind=step.kind, office=step.office, binds_people=Facet.PEOPLE in step.binds)
            for step in plan_for(f.fresh(self.case), today)
        ]
        self.model = Model(slots=slots, people=frozenset({"head"}))

    # --- rightly ------------------------------------------------------------------------------------------------

    def step(self, n: int) -> Step:
        return Step.objects.select_related("case", "unit").get(case=self.case, position=n, superseded_at__isnull=True)

    def holder(self, step: Step):
        _office, holders = free_holders(step, conflicted_ids(step.case), f.timezone.localdate())
        return holders[0].user if holders else self.ministry.htqt

    def settle(self, n: int, outcome: str, back_to: int | None = None) -> None:
        step = self.step(n)
        if outcome == Outcome.AGREE:
            f.agree(step, self.ministry, comment="Nhất trí")
        else:
            given = {"reply": reply(step)} if step.kind == "external_permission" else {}
            target = self.step(back_to) if back_to is not None else None
            decide(step, outcome, actor=self.holder(step), comment="Lý do", returned_to=target, **given)
        self.model.decide(n, outcome, back_to)
        self.case = f.fresh(self.case)

    @rule(which=NUMBERS)
    def somebody_agrees(self, which: int) -> None:
        if open_steps := self.model.open:
            self.settle(open_steps[which % len(open_steps)], Outcome.AGREE)

    @rule(which=NUMBERS)
    def somebody_else_agrees(self, which: int) -> None:
        self.somebody_agrees(which)

    @rule(which=NUMBERS, outcome=NUMBERS, back=NUMBERS)
    def somebody_decides_otherwise(self, which: int, outcome: int, back: int) -> None:
        if not (open_steps := self.model.open):
            return
        n = open_steps[which % len(open_steps)]
        allowed = [each for each in outcomes_of(self.model.slots[n].kind) if each != Outcome.AGREE]
        chosen = allowed[outcome % len(allowed)]
        if chosen == Outcome.REJECT and outcome % 5:
            return  # a file that is rejected tells no more
        earlier = self.model.done_before(n)
        to = earlier[back % len(earlier)] if chosen == Outcome.RETURN and earlier and back % 2 else None
        self.settle(n, chosen, to)

    @rule(name=NAMES)
    def the_filer_moves_it(self, name: str) -> None:
        self.move(name)

    @rule(sure=NUMBERS)
    def the_filer_cancels(self, sure: int) -> None:
        if sure == 0:
            self.move("cancel")

    def move(self, name: str) -> None:
        why = self.model.may_fire(name)
        if not why:
            engine.fire(self.case, name, actor=self.ministry.chuyenvien, comment="Lý do")
            self.model.fire(name)
        else:
            expected = {"person": NotAllowed, "state": Conflict, "guard": Refused}[why]
            with pytest.raises(expected):
                engine.fire(f.fresh(self.case), name, actor=self.ministry.chuyenvien, comment="Lý do")
        self.case = f.fresh(self.case)

    @rule(which=NUMBERS)
    def the_members_change(self, which: int) -> None:
        """Somebody more, or somebody less; only while the file can be edited."""
        wanted = set(self.extra) ^ {EXTRA[which % len(EXTRA)]}
        rows = [
            {"id": row.pk, "person": row.person, "full_name": row.full_name, "part": row.part, "rank": row.rank}
            for row in self.trip.members.all()
            if row.part == Part.HEAD or row.full_name in wanted
        ]
        known = {row["full_name"] for row in rows}
        rows += [
            {"full_name": name, "part": Part.MEMBER, "rank": Rank.OFFICIAL, "body": "Bộ Minh họa"}
            for name in sorted(wanted - known)
        ]
        self.trip.case = f.fresh(self.case)
        if self.model.state not in ("planned", "returned", *LIVE):
            with pytest.raises(NotAllowed):
                update_trip(self.trip, actor=self.ministry.chuyenvien, members=rows)
            return
        update_trip(self.trip, actor=self.ministry.chuyenvien, members=rows)
        self.extra = sorted(wanted)
        self.model.change_people(frozenset({"head", *wanted}))
        self.case = f.fresh(self.case)

    @rule()
    def somebody_remarks(self) -> None:
        add_comment(self.case, "Đề nghị rà soát.", actor=self.ministry.chuyenvien)
        self.model.comments += 1

    # --- wrongly ------------------------------------------------------------------------------------------------

    @rule(which=NUMBERS)
    def a_step_that_does_not_wait_is_decided(self, which: int) -> None:
        closed = [n for n, slot in enumerate(self.model.slots) if slot.state != "open"] if self.model.laid_out else []
        if closed:
            step = self.step(closed[which % len(closed)])
            with pytest.raises(Conflict):
                decide(step, Outcome.AGREE, actor=self.holder(step))

    @rule(which=NUMBERS)
    def a_stranger_decides(self, which: int) -> None:
        if open_steps := self.model.open:
            step = self.step(open_steps[which % len(open_steps)])
            stranger = self.ministry.person(("chuyenvien", "quantri", "kiemtoan")[which % 3])
            with pytest.raises(NotAllowed):
                decide(step, Outcome.AGREE, actor=stranger)

    @rule(which=NUMBERS)
    def an_old_page_decides(self, which: int) -> None:
        if open_steps := self.model.open:
            step = self.step(open_steps[which % len(open_steps)])
            with pytest.raises(Conflict):
                decide(step, Outcome.AGREE, actor=self.holder(step), expected_version=step.case.version - 1)

    # --- always -------------------------------------------------------------------------------------------------

    @invariant()
    def the_engine_is_where_the_model_is(self) -> None:
        if not hasattr(self, "model"):
            return
        type(self).total += 1
        case = Case.objects.get(pk=self.case.pk)
        assert case.state == self.model.state
        current = list(Step.objects.current().filter(case=case).select_related("case", "unit").order_by("position"))
        if self.model.laid_out:
            assert [step.state for step in current] == [slot.state for slot in self.model.slots]
        self.nobody_is_left_without_a_next_actor(case, [step for step in current if step.state == StepState.OPEN])
        assert case.comments.count() == self.model.comments
        decisions = list(case.steps.exclude(decision=None).values_list("decision__comment", flat=True))
        assert len(decisions) == self.model.decisions
        assert all(decisions)

    def trace_is_whole(self) -> None:
        changes = self.case.status_changes.order_by("pk").values_list("transition", "from_state", "to_state")
        assert set(changes) <= ROW
        assert all(one[2] == two[1] for one, two in pairwise(changes))

    def nobody_is_left_without_a_next_actor(self, case: Case, waiting: list[Step]) -> None:
        if case.state in LIVE:
            assert waiting
            concerned = {self.ministry.chuyenvien.pk, *self.travellers}
            for step in waiting:
                found = offices.holders_of(step.acting_office, step.unit, f.timezone.localdate())
                free = {holder.user.pk for holder in found} - concerned
                assert free or step.acting_office in offices.OUTSIDE
        else:
            assert not waiting
        if case.state in (OutboundState.PLANNED, OutboundState.RETURNED, OutboundState.POSTPONED):
            assert engine.offered(case, self.ministry.chuyenvien)


def reply(step: Step) -> OutsideReply:
    today = f.timezone.localdate()
    return OutsideReply(
        submission_number="1/TTr-BDP",
        submission_date=today,
        reply_number="2/TTg-QHQT",
        reply_date=today,
        reply_issuer="Thủ tướng Chính phủ",
        outside={"kept_outside": True, "outside_register_no": "07"},
    )


def test_the_engine_does_what_the_model_says(ministry):
    EngineWalk.ministry, EngineWalk.total = Kept(ministry), 0
    with mock.patch("intlcoop.workflow.notices.tell"):
        run_state_machine_as_test(
            EngineWalk,
            settings=settings(
                max_examples=RUNS,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert EngineWalk.total >= 2000


class Kept:
    """The people of the ministry, each read once: nobody changes office during a walk."""

    def __init__(self, ministry) -> None:
        self.real, self.people = ministry, {}

    def person(self, username: str):
        if username not in self.people:
            self.people[username] = self.real.person(username)
        return self.people[username]

    def __getattr__(self, username: str):
        return self.person(username)

    def unit(self, code: str):
        return self.real.unit(code)
