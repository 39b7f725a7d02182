"""What the engine and the pages ask of the questions of units: by when, who answers, what was answered before (W002-09)."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.guidance import QuestionState
from agreements.models import Question, QuestionAnswer
from intlcoop.catalogues.searching import search_text
from intlcoop.people import offices
from intlcoop.people.choices import UnitFunction
from intlcoop.people.models import Appointment, OrgUnit
from intlcoop.people.principals import principal_of
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar, parameter
from intlcoop.regulations.working_days import Calendar, add_working_days, working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.folding import fold
from intlcoop.web.display import Badge, Tone
from intlcoop.workflow.registry import Related, Summary, Wait

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

TONES = {
    QuestionState.OPEN: Tone.WAITING,
    QuestionState.ESCALATED: Tone.WAITING,
    QuestionState.WITH_LEADER: Tone.WAITING,
    QuestionState.ANSWERED: Tone.DONE,
    QuestionState.WITHDRAWN: Tone.QUIET,
}
MOST_ALIKE = 5
#: Shorter syllables are in every question ("có", "là", "về").
LEAST_LETTERS = 3
LOOKED_AT = 300


# --- what the engine asks -------------------------------------------------------------------------------------------


def summary(case: Case) -> Summary:
    question = Question.objects.select_related("answering_unit", "answerer").get(case=case)
    due = table_date(question.due_on)
    return Summary(
        title=case.title,
        where=str(case.unit),
        when=due,
        who=who_answers(question),
        url=question.get_absolute_url(),
        on=question.due_on,
        lines=((_("Unit that asks"), str(case.unit)), (_("Answer due on"), due), (_("Who answers"), who_answers(question))),
    )  # fmt: skip


def content(case: Case) -> dict[str, Any]:
    question = Question.objects.get(case=case)
    said = {name: str(getattr(question, name) or "") for name in ("detail", "about_id", "partner_id", "due_on")}
    who = {name: str(getattr(question, name) or "") for name in ("answering_unit_id", "answerer_id")}
    return {"wording": {"title": case.title, "unit": case.unit_id, **said, **who}}


def opened_to(user: User) -> QuerySet[Any]:
    """Questions that everybody may read, and those that this person or somebody of their units is to answer."""
    named = Q(is_shared=True) | Q(answerer=user.pk) | Q(answering_unit__in=principal_of(user).own_unit_ids)
    return Question.objects.filter(named).order_by().values("case_id")


def history(case: Case) -> Related:
    return Related(rows=[case.question])


def edit_url(case: Case) -> str:
    return reverse("agreements:question_edit", args=[case.number])


def waits(case: Case) -> Wait | None:
    if case.state not in QuestionState.UNANSWERED:
        return None
    question = Question.objects.select_related("answering_unit", "answerer").get(case=case)
    change = case.status_changes.filter(to_state=case.state).last()
    since = timezone.localdate(change.at if change else case.created_at)
    where = str(QuestionState(case.state).label)
    return Wait(where=where, who=who_answers(question), since=since, due=question.due_on, next_=_("answer the unit"))


def matching(text: str) -> QuerySet[Any]:
    """Questions of which the words, or those of an answer, begin with every word of the text."""
    return answering(Question.objects.all(), text).order_by().values("case_id")


def answering(questions: Any, text: str) -> Any:
    words = fold(text).split()
    if not words:
        return questions.none()
    for word in words:
        questions = questions.filter(search_text__contains=f" {word}")
    return questions


def words_of(question: Question) -> str:
    """What a question is found by: itself and all that was answered."""
    answers = question.answers.values_list("text", "basis") if question.pk else []
    return search_text(question.case.title, question.detail, *(part for answer in answers for part in answer))


# --- who answers, by when -------------------------------------------------------------------------------------------


def answer_due(day: dt.date) -> dt.date:
    """By when a question of this day is to be answered (parameter `question.answer_working_days`)."""
    return add_working_days(day, int(parameter(ParameterKey.QUESTION_ANSWER, day).value), calendar())


def department(on: dt.date) -> OrgUnit | None:
    """The department of international cooperation, as it stands on a day."""
    return OrgUnit.objects.on(on).filter(function=UnitFunction.ICD).order_by("pk").first()


def who_answers(question: Question) -> str:
    """The person, else the unit, else the department."""
    if question.answerer is not None:
        unit = f" ({question.answering_unit})" if question.answering_unit is not None else ""
        return f"{question.answerer}{unit}"
    return str(question.answering_unit or _("the department of international cooperation"))


def answerers_of(question: Question, on: dt.date) -> list[User]:
    """Those who are told: the person named, the head of the unit asked, else the officials of the department."""
    if question.answerer is not None and question.answerer.is_active:
        return [question.answerer]
    if question.answering_unit is not None:
        found = offices.holders_of(offices.UNIT_HEAD, question.answering_unit, on)
        if found:
            return [holder.user for holder in found]
    return [holder.user for holder in offices.holders_of(offices.ICD_OFFICER, question.case.unit, on)]


def heads_of(question: Question, on: dt.date) -> list[User]:
    """To whom a question goes up: the head of the department."""
    return [holder.user for holder in offices.holders_of(offices.ICD_HEAD, question.case.unit, on)]


def leaders_of(on: dt.date) -> list[User]:
    """The Deputy Minister in charge of the department; else the Minister."""
    unit = department(on)
    found = offices.holders_of(offices.DEPUTY_MINISTER, unit, on) if unit else []
    return [holder.user for holder in found or offices.holders_of(offices.MINISTER, None, on)]


def people_of(unit: OrgUnit | None) -> QuerySet[Any]:
    """Those who work in a unit today: whom a question can be handed to."""
    today = timezone.localdate()
    return Appointment.objects.on(today).filter(unit=unit).order_by().values("person")


# --- how one stands -------------------------------------------------------------------------------------------------


class Clock:
    """Today and the days off, read once for a page."""

    def __init__(self, today: dt.date | None = None) -> None:
        self.today = today or timezone.localdate()

    @cached_property
    def days_off(self) -> Calendar:
        return calendar()

    def days_left(self, question: Question) -> int | None:
        if question.case.state not in QuestionState.UNANSWERED:
            return None
        return working_days_between(self.today, question.due_on, self.days_off)


def badge(question: Question) -> Badge:
    state = QuestionState(question.case.state)
    return Badge(str(state.label), TONES[state])


def answers_of(question: Question) -> list[QuestionAnswer]:
    """The newest first: what holds stands on top."""
    return list(question.answers.select_related("unit").order_by("-pk"))


def alike(question: Question, user: User) -> list[Question]:
    """Answered questions with the most words of this one's first line, of those this person may read."""
    return alike_to(question.case.title, user, without=question.pk)


def alike_to(title: str, user: User, *, without: int | None = None) -> list[Question]:
    words = {word for word in fold(title).split() if len(word) >= LEAST_LETTERS}
    if not words:
        return []
    some = Q()
    for word in words:
        some |= Q(case__fold__contains=word)
    rows = Question.objects.visible_to(user).filter(some, case__state=QuestionState.ANSWERED).exclude(pk=without)
    found = rows.select_related("case__unit").order_by("-pk")[:LOOKED_AT]
    # Half of its words, or it is about something else.
    ranked = [(shared_words(words, each), each) for each in found]
    near = [pair for pair in ranked if pair[0] * 2 >= len(words)]
    return [each for _count, each in sorted(near, key=lambda pair: (-pair[0], -pair[1].pk))[:MOST_ALIKE]]


def shared_words(words: set[str], question: Question) -> int:
    return len(words & set(question.case.fold.split()))
