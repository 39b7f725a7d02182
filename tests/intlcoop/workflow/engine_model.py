"""The approval engine as a pure model: no database, no Django. What the real one does is held against it, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

DECISION_PHASE = ("draft_decision", "sign", "issue")
PASSING = ("agree", "disagree")
LIVE = ("in_approval", "awaiting_decision")


@dataclass
class Slot:
    """One step of the route as it stands now: what came of it, in which submission, and who travelled then."""

    order: int
    kind: str
    office: str
    binds_people: bool
    state: str = "pending"
    outcome: str = ""
    turn: int = 0
    saw: frozenset[str] = frozenset()

    @property
    def passed(self) -> bool:
        return self.state == "done" and self.outcome in PASSING

    @property
    def late(self) -> bool:
        return self.kind in DECISION_PHASE

    def begin_again(self) -> None:
        self.state, self.outcome, self.turn, self.saw = "pending", "", 0, frozenset()


@dataclass
class Model:
    slots: list[Slot]
    people: frozenset[str]
    state: str = "planned"
    turn: int = 0
    laid_out: bool = False
    comments: int = 0
    decisions: int = 0
    trail: list[str] = field(default_factory=list)

    # --- what the filer does ------------------------------------------------------------------------------------

    SOURCES = {
        "submit": (("planned", "returned"), "in_approval"),
        "withdraw": (("in_approval",), "planned"),
        "postpone": (("returned", "in_approval", "awaiting_decision"), "postponed"),
        "resume": (("postponed",), "planned"),
        "cancel": (("planned", "returned", "in_approval", "awaiting_decision", "postponed"), "cancelled"),
    }

    def may_fire(self, name: str) -> str:
        """Why not: "person" (the engine's own), "state", "guard"; empty when it may."""
        if name not in self.SOURCES:
            return "person"
        if self.state not in self.SOURCES[name][0]:
            return "state"
        decided = any(slot.state == "done" and slot.turn == self.turn for slot in self.slots)
        return "guard" if name == "withdraw" and decided else ""

    def fire(self, name: str) -> None:
        self.go(self.SOURCES[name][1])
        if name == "submit":
            self.turn += 1
            self.walk_from(*self.restart())
        elif name in ("withdraw", "postpone", "cancel"):
            self.stop()

    def change_people(self, people: frozenset[str]) -> None:
        self.people = people
        if self.state not in LIVE or not any(self.grown(slot) for slot in self.slots):
            return
        order, only = self.restart()
        if self.state != "in_approval" and any(not slot.late for slot in self.slots if slot.order >= order):
            self.go("in_approval")
        self.walk_from(order, only)

    # --- what an office does ------------------------------------------------------------------------------------

    @property
    def open(self) -> list[int]:
        return [n for n, slot in enumerate(self.slots) if slot.state == "open"]

    def decide(self, n: int, outcome: str, back_to: int | None = None) -> None:
        slot = self.slots[n]
        slot.state, slot.outcome, slot.turn, slot.saw = "done", outcome, self.turn, self.people
        self.decisions += 1
        if outcome == "reject":
            self.stop()
            self.go("rejected")
        elif outcome == "return" and back_to is None:
            self.stop()
            self.go("returned")
        elif outcome == "return":
            assert back_to is not None
            target = self.slots[back_to]
            if not target.late and self.state != "in_approval":
                self.go("in_approval")
            self.walk_from(target.order, {back_to})
        else:
            self.open_next()

    def done_before(self, n: int) -> list[int]:
        """The steps to which step n can send the file back."""
        return [k for k, slot in enumerate(self.slots) if slot.state == "done" and slot.order < self.slots[n].order]

    # --- how a route is walked ----------------------------------------------------------------------------------

    def grown(self, slot: Slot) -> bool:
        return slot.binds_people and slot.passed and bool(self.people - slot.saw)

    def restart(self) -> tuple[int, set[int]]:
        again = {n for n, slot in enumerate(self.slots) if not slot.passed or self.grown(slot)}
        if not again:
            return max(slot.order for slot in self.slots), set()
        order = min(self.slots[n].order for n in again)
        return order, {n for n in again if self.slots[n].order == order}

    def walk_from(self, order: int, only: Iterable[int]) -> None:
        self.laid_out, only = True, set(only)
        for n, slot in enumerate(self.slots):
            if slot.order > order or (slot.order == order and (not only or n in only)):
                slot.begin_again()
        self.open_next()

    def open_next(self) -> None:
        if self.open:
            return
        pending = [slot for slot in self.slots if slot.state == "pending"]
        if not pending:
            self.go("decided")
            return
        if all(slot.late for slot in pending) and self.state == "in_approval":
            self.go("awaiting_decision")
        first = min(slot.order for slot in pending)
        for slot in pending:
            if slot.order == first:
                slot.state = "open"

    def stop(self) -> None:
        for slot in self.slots:
            if slot.state in ("open", "pending"):
                slot.state = "stopped"

    def go(self, state: str) -> None:
        if state != self.state:
            self.trail.append(state)
        self.state = state
