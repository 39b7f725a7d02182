"""Asking, handing on and sharing questions. None of these changes a state: that is `fire()`'s."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Question, QuestionAnswer
from agreements.queries import questions as queries
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow import engine, notices
from intlcoop.workflow.models import CaseComment
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean, write, write_typed
from intlcoop.workflow.services import mark_submitted, open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


@transaction.atomic
def ask_question(
    title: str,
    unit: OrgUnit,
    *,
    actor: User,
    fields: Mapping[str, Any] | None = None,
    is_sample: bool = False,
) -> Question:
    """Put a question to the department, for one's own unit. Its day follows from the parameter. Raises NotAllowed, Refused."""
    if not rules.has_perm("agreements.ask_question", actor) or unit.pk not in principal_of(actor).own_unit_ids:
        raise NotAllowed(_("You ask for your own unit."))
    today = timezone.localdate()
    case = open_case("question", title=title, unit=unit, actor=actor, is_sample=is_sample)
    mark_submitted(case)
    question = Question(case=case, due_on=queries.answer_due(today))
    write_typed(question, fields or {}, words_of=queries.words_of)
    record_content(case, actor=actor)
    people = [person for person in queries.answerers_of(question, today) if person != actor]
    text = _("A unit asks the department. Answer it, or hand it on to who can answer.")
    notices.tell(case, people, event_key=f"question-{case.pk}-asked", ending=_("question of a unit"), text=text)
    return question


@transaction.atomic
def update_question(
    question: Question, *, actor: User, title: str, fields: Mapping[str, Any], expected_version: int | None = None
) -> Question:
    """Say it better, before anybody has answered. Raises NotAllowed, Conflict, Refused."""
    locked = engine.lock(question.case, expected_version=expected_version)
    if not rules.has_perm("agreements.change_question", actor, locked):
        raise NotAllowed(_("What has been answered is no longer changed. Ask again on the page of the question."))
    kept = Question.objects.get(case=locked)
    kept.case = locked
    locked.title = nfc(title)
    write_typed(kept, fields, words_of=queries.words_of)
    locked.refresh_from_db(fields=["title"])
    record_content(locked, actor=actor, title=title)
    return kept


@transaction.atomic
def hand_on_question(
    question: Question,
    *,
    actor: User,
    unit: OrgUnit | None,
    person: User | None = None,
    reason: str = "",
    expected_version: int | None = None,
) -> Question:
    """Another unit or person answers; the day stays. Without a unit the department takes it back.

    Raises NotAllowed, Conflict, Refused.
    """
    locked = engine.lock(question.case, expected_version=expected_version)
    if not rules.has_perm("agreements.hand_on_question", actor, locked):
        raise NotAllowed(_("Only who is to answer the question hands it on."))
    kept = Question.objects.select_related("answering_unit", "answerer").get(case=locked)
    kept.case = locked
    _check_whom(kept, unit, person)
    write(kept, {"answering_unit": unit, "answerer": person})
    to = queries.who_answers(kept)
    words = _("Handed on to %(to)s. %(reason)s") % {"to": to, "reason": reason.strip()}
    comment = CaseComment.objects.create(case=locked, author=actor, text=nfc(words.strip()))
    record_content(locked, actor=actor)
    today = timezone.localdate()
    people = {*queries.answerers_of(kept, today), locked.created_by} - {actor}
    notices.tell(
        locked,
        people,
        event_key=f"question-{locked.pk}-handed-{comment.pk}",
        ending=_("question handed on"),
        text=words,
    )
    return kept


def _check_whom(question: Question, unit: OrgUnit | None, person: User | None) -> None:
    if (unit, person) == (question.answering_unit, question.answerer):
        raise Refused(_("The question lies there already. Choose another unit or person."))
    if unit is not None and unit.pk == question.case.unit_id:
        raise Refused(_("The unit that asks cannot be the one that answers."))
    if person is not None and person.pk == question.case.created_by_id:
        raise Refused(_("Whoever asked cannot be the one who answers."))
    home = unit or queries.department(timezone.localdate())
    if person is not None and not queries.people_of(home).filter(person=person).exists():
        raise Refused(_("%(person)s does not work in that unit today.") % {"person": person})


@transaction.atomic
def share_question(question: Question, *, actor: User, shared: bool) -> Question:
    """Let every unit read question and answer, or no longer. Raises NotAllowed."""
    locked = engine.lock(question.case)
    if not rules.has_perm("agreements.share_question", actor, locked):
        raise NotAllowed(_("The department of international cooperation says who may read an answer."))
    kept = Question.objects.get(case=locked)
    kept.is_shared = shared
    kept.save(update_fields=["is_shared"])
    engine.bump(locked)
    return kept


def keep_answer(case: Case, *, actor: User, text: str, basis: str = "", shared: bool = False) -> QuestionAnswer:
    """What is answered, for the transition that sends it (workflows.question). Raises Refused."""
    question = Question.objects.select_related("answering_unit").get(case=case)
    question.case = case
    today = timezone.localdate()
    answer = QuestionAnswer(
        question=question,
        text=nfc(text.strip()),
        basis=nfc(basis.strip()),
        author=actor,
        author_name=str(actor),
        unit=own_unit(actor, question, today),
    )
    clean(answer)
    answer.save()
    question.is_shared = shared
    question.search_text = queries.words_of(question)
    question.save(update_fields=["is_shared", "search_text"])
    return answer


def own_unit(actor: User, question: Question, on: dt.date) -> OrgUnit:
    """For which unit somebody answers: the one that was asked if they work there, else their own."""
    held = principal_of(actor).appointments
    asked = question.answering_unit or queries.department(on)
    if asked is not None and (asked.pk in {each.unit_id for each in held} or not held):
        return asked
    return OrgUnit.objects.get(pk=held[0].unit_id) if held else question.case.unit


def put_off(case: Case, on: dt.date) -> None:
    """A question that is asked again gets a new day."""
    question = Question.objects.get(case=case)
    question.due_on = queries.answer_due(on)
    question.save(update_fields=["due_on"])
