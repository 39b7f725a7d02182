"""What the first page says of questions and invitations: what I am to answer, what was answered to me, what my unit may still
take up (W002-09, U002-04). At most two queries, however many there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse

from agreements.guidance import QuestionState, SignUpAnswer
from agreements.models import InvitationSignUp, OpenInvitation, Question, QuestionAnswer
from agreements.queries.questions import badge, who_answers
from intlcoop.people.principals import Principal, principal_of
from intlcoop.regulations.working_days import working_days_between
from intlcoop.web.display import Badge

if TYPE_CHECKING:
    from collections.abc import Callable

    from intlcoop.people.models import User
    from intlcoop.regulations.working_days import Calendar

MOST = 20
#: An answer stands on the first page of whoever asked for so many days.
ANSWER_SHOWN_DAYS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """`who`: the unit that asks, for whoever answers; who answered, for whoever asked."""

    number: str
    title: str
    url: str
    who: str
    due: dt.date | None
    days_left: int | None
    badge: Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLine:
    """`waiting`: how many units that signed up have no answer yet, for the department."""

    title: str
    url: str
    host: str
    sign_up_by: dt.date
    days_left: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeGuidance:
    to_answer: list[QuestionLine]
    answered: list[QuestionLine]
    invitations: list[InvitationLine]
    questions_url: str
    invitations_url: str

    def __bool__(self) -> bool:
        return bool(self.to_answer or self.answered or self.invitations)


def home_guidance(user: User, today: dt.date, days_off: Callable[[], Calendar]) -> HomeGuidance:
    principal = principal_of(user)
    rows = list(_questions(user, principal, today))
    waiting = [row for row in rows if row.case.state in QuestionState.UNANSWERED]
    return HomeGuidance(
        to_answer=[_to_answer(row, today, days_off) for row in waiting],
        answered=[_answered(row) for row in rows if row.case.state == QuestionState.ANSWERED],
        invitations=[_invitation(row, today, days_off) for row in _invitations(user, principal, today)],
        questions_url=reverse("agreements:question_list"),
        invitations_url=reverse("agreements:invitation_list"),
    )


def _questions(user: User, principal: Principal, today: dt.date) -> Any:
    """Whoever asked does not answer; the head of the department and the leaders see what came up to them."""
    named = Q(answerer=user.pk) | Q(answerer__isnull=True, answering_unit__in=principal.own_unit_ids)
    if principal.is_icd:
        named |= Q(answering_unit__isnull=True)
    if principal.is_leadership:
        named |= Q(case__state=QuestionState.WITH_LEADER)
    mine = Q(case__state__in=QuestionState.UNANSWERED) & named & ~Q(case__created_by=user.pk)
    last = QuestionAnswer.objects.filter(question=OuterRef("pk")).order_by("-pk")
    lately = Q(answered_at__date__gt=today - dt.timedelta(days=ANSWER_SHOWN_DAYS))
    told = Q(case__created_by=user.pk, case__state=QuestionState.ANSWERED) & lately
    rows = Question.objects.visible_to(user).annotate(answered_at=Subquery(last.values("at")[:1]))
    rows = rows.filter(mine | told).select_related("case__unit", "answering_unit", "answerer")
    return rows.order_by("due_on", "pk")[:MOST]


def _to_answer(question: Question, today: dt.date, days_off: Callable[[], Calendar]) -> QuestionLine:
    return QuestionLine(
        number=question.case.number,
        title=question.case.title,
        url=question.get_absolute_url(),
        who=str(question.case.unit),
        due=question.due_on,
        days_left=working_days_between(today, question.due_on, days_off()),
        badge=badge(question),
    )


def _answered(question: Question) -> QuestionLine:
    return QuestionLine(
        number=question.case.number,
        title=question.case.title,
        url=question.get_absolute_url(),
        who=who_answers(question),
        due=None,
        days_left=None,
        badge=badge(question),
    )


def _invitations(user: User, principal: Principal, today: dt.date) -> Any:
    """For the department those with units that wait for its answer; for everybody else those that the own unit may take up."""
    if principal.is_leadership or not rules.has_perm("agreements.subscribe_news", user):
        return []
    unanswered = Q(sign_ups__withdrawn_at__isnull=True, sign_ups__answer=SignUpAnswer.WAITING)
    rows = OpenInvitation.objects.standing().select_related("partner")
    if principal.is_icd:
        rows = rows.filter(ends_on__gte=today).annotate(waiting=Count("sign_ups", filter=unanswered))
        return rows.filter(waiting__gt=0).order_by("sign_up_by", "pk")[:MOST]
    signed = InvitationSignUp.objects.filter(
        invitation=OuterRef("pk"), withdrawn_at__isnull=True, unit__in=principal.own_unit_ids
    )
    rows = rows.open_to_units(principal.own_unit_ids).open_on(today).filter(~Exists(signed))
    return rows.order_by("sign_up_by", "pk")[:MOST]


def _invitation(row: Any, today: dt.date, days_off: Callable[[], Calendar]) -> InvitationLine:
    return InvitationLine(
        title=row.title,
        url=row.get_absolute_url(),
        host=row.host,
        sign_up_by=row.sign_up_by,
        days_left=working_days_between(today, row.sign_up_by, days_off()),
        waiting=getattr(row, "waiting", 0),
    )
