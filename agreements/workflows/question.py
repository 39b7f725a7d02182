"""The lifecycle of a question of a unit: waiting, with the head or the leaders for direction, answered, asked again."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.guidance import ANSWER_FILE
from agreements.guidance import QuestionState as Q
from agreements.models import Question
from agreements.queries import questions as queries
from agreements.services.questions import keep_answer, put_off
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow import engine, notices
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.models import StatusChange
from intlcoop.workflow.recording import Upload, keep_scan
from intlcoop.workflow.refusals import NotAllowed
from intlcoop.workflow.registry import FileKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


# --- what stands in the way -----------------------------------------------------------------------------------------


def is_overdue(case: Case) -> str | None:
    """A unit calls for the head when its answer is late, not before."""
    due = case.question.due_on
    if due >= timezone.localdate():
        return gettext(
            "The answer is due on %(day)s. The head is asked to direct it when that day has passed without an answer."
        ) % {"day": table_date(due)}
    return None


# --- what follows ---------------------------------------------------------------------------------------------------


def tell(case: Case, change: StatusChange, actor: User | None, people: Iterable[User], text: str) -> None:
    told = {person for person in people if person != actor}
    ending = QUESTION.state_label(change.to_state)
    notices.tell(case, told, event_key=f"status-{change.pk}", ending=ending, text=text)


def tell_asker(case: Case, change: StatusChange, actor: User | None) -> None:
    answer = case.question.answers.last()
    text = gettext("The answer stands on the page of the question. If something is still unclear, ask again there.")
    tell(case, change, actor, [case.created_by], f"{answer.text}\n\n{text}" if answer else text)


def tell_head(case: Case, change: StatusChange, actor: User | None) -> None:
    tell(case, change, actor, queries.heads_of(case.question, timezone.localdate(change.at)), change.comment)


def tell_leader(case: Case, change: StatusChange, actor: User | None) -> None:
    tell(case, change, actor, queries.leaders_of(timezone.localdate(change.at)), change.comment)


def tell_answerers(case: Case, change: StatusChange, actor: User | None) -> None:
    question = Question.objects.select_related("answerer", "answering_unit", "case__unit").get(case=case)
    tell(case, change, actor, queries.answerers_of(question, timezone.localdate(change.at)), change.comment)


def new_day(case: Case, change: StatusChange, actor: User | None) -> None:
    put_off(case, timezone.localdate(change.at))


QUESTION = Lifecycle(
    states=Q,
    initial=Q.OPEN,
    editable=Q.UNANSWERED,
    transitions=(
        Transition(
            name="answer",
            label=_("Answer"),
            sources=Q.UNANSWERED,
            target=Q.ANSWERED,
            rule="agreements.answer_question",
            effects=(tell_asker,),
            primary=True,
            page=lambda case: reverse("agreements:question_answer", args=[case.number]),
        ),
        Transition(
            name="direct",
            label=_("Give direction"),
            sources=(Q.ESCALATED, Q.WITH_LEADER),
            target=Q.OPEN,
            rule="agreements.direct_question",
            needs_comment=True,
            effects=(tell_answerers,),
        ),
        Transition(
            name="escalate",
            label=_("Ask the head for direction"),
            sources=(Q.OPEN,),
            target=Q.ESCALATED,
            rule="agreements.escalate_question",
            needs_comment=True,
            effects=(tell_head,),
        ),
        Transition(
            name="urge",
            label=_("Overdue: ask the head to direct the answer"),
            sources=(Q.OPEN,),
            target=Q.ESCALATED,
            rule="agreements.urge_question",
            guards=(is_overdue,),
            needs_comment=True,
            effects=(tell_head,),
        ),
        Transition(
            name="lead",
            label=_("Ask the ministry's leaders for direction"),
            sources=(Q.OPEN, Q.ESCALATED),
            target=Q.WITH_LEADER,
            rule="agreements.lead_question",
            needs_comment=True,
            effects=(tell_leader,),
        ),
        Transition(
            name="ask_again",
            label=_("Still unclear: ask again"),
            sources=(Q.ANSWERED,),
            target=Q.OPEN,
            rule="agreements.urge_question",
            needs_comment=True,
            effects=(new_day, tell_answerers),
        ),
        Transition(
            name="withdraw",
            label=_("Take the question back"),
            sources=Q.UNANSWERED,
            target=Q.WITHDRAWN,
            rule="agreements.withdraw_question",
            destructive=True,
            effects=(tell_answerers,),
        ),
    ),
)


@transaction.atomic
def answer_question(
    question: Question,
    *,
    actor: User,
    text: str,
    basis: str = "",
    shared: bool = False,
    file: Upload | None = None,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> StatusChange:
    """Keep the answer and send it to the unit. Raises what the engine raises; then nothing is kept."""
    if request_id and (done := StatusChange.objects.filter(request_id=request_id, case=question.case).first()):
        return done
    locked = engine.lock(question.case, expected_version=expected_version)
    if not rules.has_perm("agreements.answer_question", actor, locked):
        raise NotAllowed(gettext("You may not answer this question."))
    keep_answer(locked, actor=actor, text=text, basis=basis, shared=shared)
    if file is not None:
        keep_scan(locked, file, ANSWER_FILE, actor=actor)
    return engine.fire(locked, "answer", actor=actor, request_id=request_id)


def question_kind() -> FileKind:
    return FileKind(
        code="question",
        prefix="CH",
        label=_("Question of a unit"),
        lifecycle=QUESTION,
        summary=queries.summary,
        content_of=queries.content,
        opened_to=queries.opened_to,
        attachment_kinds={ANSWER_FILE: _("File with the answer")},
        history=queries.history,
        edit_url=queries.edit_url,
        waits=queries.waits,
        matching=queries.matching,
    )
