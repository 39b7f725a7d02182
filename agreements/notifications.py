"""Whom does a morning remind: of a commitment before its day, on it, every week while it is overdue, and whoever verifies; of
a question without an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import CommitmentState
from agreements.models import Commitment, OpenInvitation, Question
from agreements.queries import invitations, questions
from agreements.queries.commitments import Clock
from intlcoop.notifications.digest import Reminder
from intlcoop.people.offices import ICD_OFFICER, UNIT_HEAD, holders_of, kept_rosters
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import parameters
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import StatusChange
from intlcoop.workflow.reminding import Terms, left_words

if TYPE_CHECKING:
    from intlcoop.people.models import User


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How many days ahead, and how often while overdue; 0 = that reminder is switched off."""

    before: int
    again: int

    @classmethod
    def on(cls, day: dt.date) -> Rhythm:
        keys = (ParameterKey.COMMITMENT_BEFORE, ParameterKey.COMMITMENT_AGAIN)
        found = parameters(keys, day)
        return cls(*(int(found[key].value) if key in found else 0 for key in keys))

    def week(self, days: int) -> int:
        """The how-manieth time after so many days; the first while repeating is switched off."""
        return days // self.again if self.again else 0


def due_commitments(day: dt.date) -> Iterator[Reminder]:
    """Open ones to whoever sees to them; overdue ones also to the head of the unit, once."""
    rhythm, clock, terms = Rhythm.on(day), Clock(day), Terms.on(day)
    soon = day + dt.timedelta(days=rhythm.before)
    rows = Commitment.objects.filter(case__state=CommitmentState.OPEN, due_on__lte=soon).for_list()
    for commitment in rows.select_related("case__created_by").order_by("due_on", "pk"):
        due, left = clock.due(commitment), clock.days_left(commitment)
        if due is None or left is None:
            continue
        person = commitment.owner or commitment.case.created_by
        text, key = partial(words, commitment, due, left), f"commitment-{commitment.case_id}-{due}"
        if left < 0:
            yield reminder(person, f"{key}-overdue-{rhythm.week((day - due).days)}", "overdue", text, commitment)
            if terms.escalates(left):
                for head in above(commitment, day, person):
                    yield reminder(head, f"{key}-escalated", "others", text, commitment)
        elif left == 0 or rhythm.before:
            section = "today" if left == 0 else "soon"
            yield reminder(person, f"{key}-{section}", section, text, commitment)


def to_verify(day: dt.date) -> Iterable[Reminder]:
    """Reported as carried out and not looked at: to the verifier again every so many days; the first word was said at once."""
    rhythm = Rhythm.on(day)
    if not rhythm.again:
        return
    claims = StatusChange.objects.filter(case=OuterRef("case"), transition="claim").order_by("-pk")
    rows = Commitment.objects.filter(case__state=CommitmentState.CLAIMED).for_list()
    for commitment in rows.annotate(claimed_at=Subquery(claims.values("at")[:1])).order_by("pk"):
        since = timezone.localdate(commitment.claimed_at) if commitment.claimed_at else day
        turn = rhythm.week((day - since).days)
        if turn < 1:
            continue
        people = [commitment.verifier] if commitment.verifier else above(commitment, day, commitment.owner)
        for person in people:
            key = f"commitment-{commitment.case_id}-verify-{since}-{turn}"
            yield reminder(person, key, "overdue", partial(verify_words, commitment, since), commitment)


def above(commitment: Commitment, day: dt.date, owner: User | None) -> list[User]:
    """The head of the unit that owes; where the head owes it, the department."""
    for code in (UNIT_HEAD, ICD_OFFICER):
        found = [holder.user for holder in holders_of(code, commitment.case.unit, day)]
        if others := [person for person in found if person != owner]:
            return others
    return []


def reminder(person: User, key: str, section: str, text: partial[str], commitment: Commitment) -> Reminder:
    return Reminder(person=person, key=key, section=section, text=text, url=commitment.get_absolute_url())


def words(commitment: Commitment, due: dt.date, left: int) -> str:
    values = {
        "number": shown(commitment.case.number),
        "title": commitment.case.title,
        "day": table_date(due),
        "left": left_words(left),
    }
    return _("Commitment %(number)s, %(title)s: due %(day)s, %(left)s") % values


def verify_words(commitment: Commitment, since: dt.date) -> str:
    values = {"number": shown(commitment.case.number), "title": commitment.case.title, "day": table_date(since)}
    return _("Commitment %(number)s, %(title)s: reported as carried out on %(day)s and still to be verified") % values


# --- questions of units ---------------------------------------------------------------------------------------------


def due_questions(day: dt.date) -> Iterator[Reminder]:
    """Whoever is to answer: before the last day, on it, when it is over; then the head of the department, once."""
    terms, clock = Terms.on(day), questions.Clock(day)
    rows = Question.objects.unanswered().select_related("case__unit", "case__created_by", "answering_unit", "answerer")
    with kept_rosters():
        for question in rows.order_by("due_on", "pk"):
            left = clock.days_left(question)
            if left is None or not (level := terms.level(left)):
                continue
            text, key = partial(question_words, question, left), f"question-{question.case_id}-{question.due_on}"
            told = questions.answerers_of(question, day)
            for person in told:
                yield Reminder(
                    person=person, key=f"{key}-{level}", section=level, text=text, url=question.get_absolute_url()
                )
            if terms.escalates(left):
                for head in questions.heads_of(question, day):
                    if head not in told:
                        yield Reminder(
                            person=head,
                            key=f"{key}-escalated",
                            section="others",
                            text=text,
                            url=question.get_absolute_url(),
                        )


def question_words(question: Question, left: int) -> str:
    values = {
        "number": shown(question.case.number),
        "title": question.case.title,
        "unit": question.case.unit,
        "day": table_date(question.due_on),
        "left": left_words(left),
    }
    return _("Question %(number)s of %(unit)s, %(title)s: answer due %(day)s, %(left)s") % values


# --- open invitations -----------------------------------------------------------------------------------------------


def closing_invitations(day: dt.date) -> Iterator[Reminder]:
    """Heads and focal points of the units that may still sign up and have not, once."""
    for invitation in invitations.closing_on(day):
        signed = {each.unit_id for each in invitation.sign_ups.all()}
        named = [unit.pk for unit in invitation.units.all()] or None
        for person in invitations.still_to_be_told(named, signed, day):
            yield Reminder(
                person=person,
                key=f"invitation-{invitation.pk}-closing-{invitation.sign_up_by}",
                section="soon",
                text=partial(invitation_words, invitation),
                url=invitation.get_absolute_url(),
            )


def invitation_words(invitation: OpenInvitation) -> str:
    values = {"title": invitation.title, "day": table_date(invitation.sign_up_by)}
    return _("Open invitation “%(title)s”: sign up until %(day)s") % values
