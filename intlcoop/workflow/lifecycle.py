"""The lifecycle of a kind of file: one table that says from where, to where, who, on what conditions, with what consequences.

Buttons, the diagram of the documentation, the help page and the tests are generated from these tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange

#: Returns the sentence that the user reads, or None when the condition holds.
Guard = Callable[["Case"], str | Sequence[str] | None]
#: Runs inside the transaction of the transition.
Effect = Callable[["Case", "StatusChange", "User | None"], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table. `rule` = None means that only the engine fires it, as the consequence of something else."""

    name: str
    label: Any
    sources: tuple[str, ...]
    target: str
    rule: str | None = None
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    needs_comment: bool = False
    destructive: bool = False
    primary: bool = False
    help: Any = ""
    #: Where the person is asked for more than a comment before it fires; such a row is not fired by the common door.
    page: Callable[[Case], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle:
    """The table of one kind. `phase_ends` maps a phase of the route to the transition that its last agreed step fires; of
    several the one that begins in the state of the file, for a kind whose files walk more than one route."""

    states: Any
    initial: str
    transitions: tuple[Transition, ...]
    phase_ends: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    editable: tuple[str, ...] = ()
    in_route: tuple[str, ...] = ()
    returned: str = ""
    rejected: str = ""

    def __getitem__(self, name: str) -> Transition:
        for transition in self.transitions:
            if transition.name == name:
                return transition
        raise KeyError(name)

    def from_state(self, state: str) -> Iterator[Transition]:
        return (transition for transition in self.transitions if state in transition.sources)

    def reopening(self, state: str) -> Transition | None:
        """How approval begins again from this state; None where it is still going on."""
        return next((transition for transition in self.from_state(state) if transition.name == "reopen"), None)

    def state_label(self, state: str) -> str:
        return str(self.states(state).label)
