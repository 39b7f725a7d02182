"""Whom does a morning remind of which step: before its last day, on it, when it is overdue, and then the office above.

Each level once per step and person. What a substitute takes over, and what a leader finds on return, is told here too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intlcoop.notifications import digest
from intlcoop.notifications.digest import Reminder
from intlcoop.people import offices
from intlcoop.people.models import Substitution, User
from intlcoop.people.offices import Holder
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar, parameters
from intlcoop.regulations.working_days import Calendar, working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import Decision, Step
from intlcoop.workflow.separation import conflicted_ids, free_holders
from intlcoop.workflow.wording import step_label

#: So long after its end a substitution is still reported to who came back.
LOOK_BACK = dt.timedelta(days=14)
NUMBERS_SHOWN = 8


@dataclass(slots=True)
class Terms:
    """From when on before its last day, and how long after it, people are told: dated parameters."""

    before: int
    after: int

    @classmethod
    def on(cls, day: dt.date) -> Terms:
        keys = (ParameterKey.REMIND_BEFORE, ParameterKey.ESCALATE_AFTER)
        found = parameters(keys, day)
        before, after = (int(found[key].value) if key in found else 0 for key in keys)
        return cls(before=before, after=after)

    def level(self, left: int) -> str:
        """The level of something with so many working days left; empty when nothing is to be said yet."""
        if left > self.before:
            return ""
        if left > 0:
            return "soon"
        return "overdue" if left < 0 else "today"

    def escalates(self, left: int) -> bool:
        """A term of 0 days means that nobody above is told."""
        return bool(self.after) and -left >= self.after


@dataclass
class Held:
    """An open step with the people who may act on it today."""

    step: Step
    conflicted: set[int]
    office: str
    holders: list[Holder]


@dataclass
class Morning:
    """All open steps as they stand on one day, read once."""

    day: dt.date
    calendar: Calendar = field(default_factory=calendar)

    @cached_property
    def terms(self) -> Terms:
        return Terms.on(self.day)

    @cached_property
    def held(self) -> list[Held]:
        with offices.kept_rosters():
            steps = Step.objects.open().select_related("case__unit", "case__created_by", "unit", "assigned_to")
            return [self._held(step) for step in steps.order_by("due_on", "pk")]

    def _held(self, step: Step) -> Held:
        conflicted = conflicted_ids(step.case)
        return Held(step, conflicted, *free_holders(step, conflicted, self.day))

    def left(self, due: dt.date) -> int:
        return working_days_between(self.day, due, self.calendar)

    # --- steps --------------------------------------------------------------------------------------------------

    def of_steps(self) -> Iterator[Reminder]:
        for held in self.held:
            if held.step.due_on is None:
                continue
            left = self.left(held.step.due_on)
            if level := self.terms.level(left):
                yield from self._to_holders(held, level, left)
            if self.terms.escalates(left):
                yield from self._to_those_above(held, -left)

    def _to_holders(self, held: Held, level: str, left: int) -> Iterator[Reminder]:
        for person in self.people(held):
            yield Reminder(
                person=person,
                key=f"step-{held.step.pk}-{level}",
                section=level,
                text=partial(step_words, held.step, left),
                url=reverse("workflow:step", args=[held.step.pk]),
            )

    def people(self, held: Held) -> list[User]:
        """Who may act; for a body outside those who record its answer."""
        if held.office in offices.OUTSIDE:
            found = offices.holders_of(offices.ICD_OFFICER, held.step.unit, self.day)
            return [holder.user for holder in found if holder.user.pk not in held.conflicted]
        return [holder.user for holder in held.holders]

    def _to_those_above(self, held: Held, late: int) -> Iterator[Reminder]:
        """The next higher office, the head of the unit in which the step lies, and the head of the unit that filed it."""
        already = {person.pk for person in self.people(held)}
        for person in {user.pk: user for user in self.above(held)}.values():
            if person.pk not in already:
                yield Reminder(
                    person=person,
                    key=f"step-{held.step.pk}-escalated",
                    section="others",
                    text=partial(escalated_words, held, late),
                    url=reverse("workflow:file", args=[held.step.case.number]),
                )

    def above(self, held: Held) -> list[User]:
        step, found = held.step, []
        higher = offices.next_higher(held.office, step.unit)
        if higher and higher not in offices.OUTSIDE:
            found += offices.holders_of(higher, step.unit, self.day)
        for unit in {holder.appointment.unit_id: holder.appointment.unit for holder in held.holders}.values():
            found += offices.holders_of(offices.UNIT_HEAD, unit, self.day)
        found += offices.holders_of(offices.UNIT_HEAD, step.case.unit, self.day)
        return [holder.user for holder in found]

    # --- substitutions ------------------------------------------------------------------------------------------

    def of_substitutions(self) -> Iterator[Reminder]:
        rows = Substitution.objects.select_related("person", "substitute")
        for row in rows.on(self.day):
            yield from self.begun(row)
        for row in rows.filter(valid_until__lt=self.day, valid_until__gte=self.day - LOOK_BACK).in_force():
            yield from self.ended(row)
        for row in rows.filter(revoked_at__isnull=False, revoked_at__date__gte=self.day - LOOK_BACK):
            yield from self.ended(row)

    def begun(self, row: Substitution) -> Iterator[Reminder]:
        """To the substitute, on the first day: which files moved."""
        numbers = [
            shown(held.step.case.number)
            for held in self.held
            if any(holder.substitution == row for holder in held.holders)
        ]
        yield Reminder(
            person=row.substitute,
            key=f"substitution-{row.pk}-begins",
            section="hands",
            text=partial(begun_words, row, numbers),
            url=reverse("reports:home"),
        )

    def ended(self, row: Substitution) -> Iterator[Reminder]:
        """To who comes back: what waits, and what was decided meanwhile. Not when it never began."""
        if row.revoked_at is not None and timezone.localdate(row.revoked_at) <= row.valid_from:
            return
        waiting = [
            shown(held.step.case.number)
            for held in self.held
            if any(holder.user.pk == row.person_id for holder in held.holders)
        ]
        decided = Decision.objects.filter(substitution=row).order_by("at").values_list("step__case__number", flat=True)
        yield Reminder(
            person=row.person,
            key=f"substitution-{row.pk}-ends",
            section="hands",
            text=partial(ended_words, row, waiting, [shown(number) for number in dict.fromkeys(decided)]),
            url=reverse("reports:home"),
        )


def step_words(step: Step, left: int) -> str:
    """ "ĐR-2026-0012 · HTQT thẩm định: hạn 25/11/2026, quá hạn 1 ngày làm việc"."""
    assert step.due_on is not None
    return _("%(number)s · %(step)s: due %(day)s, %(left)s") % {
        "number": shown(step.case.number),
        "step": step_label(step),
        "day": table_date(step.due_on),
        "left": left_words(left),
    }


def left_words(left: int) -> str:
    if left == 0:
        return _("due today")
    if left > 0:
        return ngettext("%(days)s working day left", "%(days)s working days left", left) % {"days": left}
    return ngettext("%(days)s working day overdue", "%(days)s working days overdue", -left) % {"days": -left}


def escalated_words(held: Held, late: int) -> str:
    return _("%(number)s of %(unit)s · %(step)s, at %(who)s: %(left)s") % {
        "number": shown(held.step.case.number),
        "unit": held.step.case.unit,
        "step": step_label(held.step),
        "who": ", ".join(holder.user.full_name for holder in held.holders[:3]) or offices.office_label(held.office),
        "left": left_words(-late),
    }


def begun_words(row: Substitution, numbers: Sequence[str]) -> str:
    return _("You stand in for %(name)s until %(day)s. Files waiting: %(files)s") % {
        "name": row.person.full_name,
        "day": table_date(row.valid_until) if row.valid_until else "",
        "files": listed(numbers),
    }


def ended_words(row: Substitution, waiting: Sequence[str], decided: Sequence[str]) -> str:
    return _(
        "%(name)s no longer stands in for you. Files waiting for you: %(files)s. Decided in your place: %(decided)s"
    ) % {"name": row.substitute.full_name, "files": listed(waiting), "decided": listed(decided)}


def listed(numbers: Sequence[str]) -> str:
    """A few numbers by name, the others counted."""
    if not numbers:
        return _("none")
    named = ", ".join(numbers[:NUMBERS_SHOWN])
    more = len(numbers) - NUMBERS_SHOWN
    return named if more <= 0 else _("%(named)s and %(more)s others") % {"named": named, "more": more}


def tell_of_substitution(row: Substitution) -> None:
    """At once when it begins or ends today; what begins later is told on its first morning."""
    today = timezone.localdate()
    morning = Morning(today)
    if row.revoked_at is not None:
        digest.deliver(morning.ended(row), today)
    elif row.valid_from <= today:
        digest.deliver(morning.begun(row), today)


def of_steps(day: dt.date) -> Iterator[Reminder]:
    return Morning(day).of_steps()


def of_substitutions(day: dt.date) -> Iterator[Reminder]:
    return Morning(day).of_substitutions()
