"""Why does the file stop here? Where it is, with whom, for how many working days, overdue or not, and what comes next.

And the clock of the whole way: which office had it for how long. Read from rows that the page has loaded already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people import offices
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar, working_days_between
from intlcoop.workflow import registry, wording
from intlcoop.workflow.choices import StepState

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case, StatusChange, Step
    from intlcoop.workflow.process import Process


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """One reason why the file does not go on. `days` are working days since it came there, `left` those until it is due."""

    where: str
    who: str
    since: dt.date
    days: int
    due: dt.date | None = None
    left: int | None = None
    next_: str = ""


@dataclass(slots=True, kw_only=True)
class Held:
    """How long one office had the file: so many times, working days in all, of which late."""

    office: str
    times: int = 0
    days: int = 0
    late: int = 0
    has_it: bool = False


class Clock:
    """The two answers of one file on one day."""

    def __init__(self, process: Process, changes: Sequence[StatusChange]) -> None:
        self.process, self.changes = process, changes
        self.calendar: Calendar = process.calendar or calendar()
        process.calendar = self.calendar

    def between(self, first: dt.datetime, last: dt.datetime | None) -> int:
        end = timezone.localdate(last) if last else self.process.on
        return max(working_days_between(timezone.localdate(first), end, self.calendar), 0)

    # --- why here -----------------------------------------------------------------------------------------------

    def standstills(self) -> list[Standstill]:
        """One per open step; without one what the kind of file says it waits for."""
        if found := [self._at(step) for step in self.process.open if step.opened_at is not None]:
            return found
        wait = registry.kind_of(self.process.case).waits(self.process.case)
        return [self._waiting(wait)] if wait else []

    def _at(self, step: Step) -> Standstill:
        assert step.opened_at is not None
        where = wording.step_label(step)
        return Standstill(
            where=where,
            who=wording.without_office(where, self.process.acting(step)),
            since=timezone.localdate(step.opened_at),
            days=self.between(step.opened_at, None),
            due=step.due_on,
            left=self.process.days_left(step),
            next_=next_words(self.process.current, step),
        )

    def _waiting(self, wait: registry.Wait) -> Standstill:
        left = working_days_between(self.process.on, wait.due, self.calendar) if wait.due else None
        days = max(working_days_between(wait.since, self.process.on, self.calendar), 0)
        return Standstill(
            where=wait.where, who=wait.who, since=wait.since, days=days, due=wait.due, left=left, next_=wait.next_
        )

    # --- how long where -----------------------------------------------------------------------------------------

    def held(self) -> list[Held]:
        """By office, in the order in which the file first came there."""
        found: dict[str, Held] = {}
        for office, first, last, due in sorted(self._stays(), key=lambda stay: stay[1]):
            row = found.setdefault(office, Held(office=office))
            row.times += 1
            row.days += self.between(first, last)
            row.has_it = row.has_it or last is None
            if due is not None:
                end = timezone.localdate(last) if last else self.process.on
                row.late += max(working_days_between(due, end, self.calendar), 0)
        return list(found.values())

    def _stays(self) -> Iterator[tuple[str, dt.datetime, dt.datetime | None, dt.date | None]]:
        for step in self.process.steps:
            if step.opened_at is not None:
                yield office_words(step), step.opened_at, self._left_at(step), step.due_on
        yield from self._at_the_filer(self.process.case)

    def _left_at(self, step: Step) -> dt.datetime | None:
        """When the step was decided or put aside; None while it is open."""
        if hasattr(step, "decision"):
            return step.decision.at
        if step.state == StepState.OPEN:
            return None
        later = [change.at for change in self.changes if step.opened_at and change.at > step.opened_at]
        return step.superseded_at or next(iter(later), step.opened_at)

    def _at_the_filer(self, case: Case) -> Iterator[tuple[str, dt.datetime, dt.datetime | None, None]]:
        """Before the first submission, and whenever the file was sent back for completion."""
        lifecycle = registry.kind_of(case).lifecycle
        if case.first_submitted_at is None or not lifecycle.returned:
            return
        home, name = lifecycle[lifecycle.returned].target, str(case.unit)
        yield name, case.created_at, case.first_submitted_at, None
        for change, following in zip(self.changes, [*self.changes[1:], None], strict=False):
            if change.to_state == home:
                yield name, change.at, following.at if following else None, None


def office_words(step: Step) -> str:
    code = step.acting_office or step.office
    if code in offices.OUTSIDE:
        return step.body or offices.office_label(code)
    return offices.office_label(code)


def next_words(steps: Sequence[Any], step: Any) -> str:
    """What opens when this step agrees; another one beside it has to be done as well."""
    beside = [other for other in steps if other.state == StepState.OPEN and other.pk != step.pk]
    pending = [other for other in steps if other.state == StepState.PENDING]
    first = min((other.order for other in pending), default=0)
    following = ", ".join(dict.fromkeys(wording.step_label(other) for other in pending if other.order == first))
    if not following:
        return _("the end of the process")
    if not beside:
        return following
    others = ", ".join(dict.fromkeys(wording.step_label(other) for other in beside))
    return _("%(next)s, once this is done too: %(others)s") % {"next": following, "others": others}
