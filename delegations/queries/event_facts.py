"""What route rules may look at for an event, who permits it, and until when its file is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.event_choices import Answer, Authority, EventSide, EventTopic, GuestRank, HostLevel, Stage
from delegations.models import EventPerson, InternationalEvent
from delegations.permitting import Clock, Finding, Question, clock_of, find_authority, highest_rank, weightiest_topic
from intlcoop.people.offices import PRIME_MINISTER
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import ParameterValue, parameters
from intlcoop.workflow.choices import RuleRole, StepKind
from intlcoop.workflow.facts import fact
from intlcoop.workflow.models import RouteRule

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

KIND = "event"
#: The parameters that an event is held against; a key without a row on its first day is off.
CLOCKS = (ParameterKey.CONFERENCE_LEAD_PM, ParameterKey.CONFERENCE_LEAD_MINISTER, ParameterKey.CONFERENCE_LEAD_UNIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """All that a route rule may look at for an international event.

    topic: the weightiest of its topics; guest_rank: the highest of the foreign guests, as declared or as in the list of people.
    """

    topic: str = fact(_("Topic"), _("the topic is: %(values)s"), EventTopic.choices, usual=EventTopic.OTHER)
    guest_rank: str = fact(
        _("Foreign guests"),
        _("the highest foreign guest is: %(values)s"),
        GuestRank.choices,
        usual=GuestRank.OTHER,
    )
    host: str = fact(_("Held by"), _("it is held by: %(values)s"), HostLevel.choices, usual=HostLevel.MINISTRY)
    stage: str = fact(
        _("What is asked for"),
        _("what is asked for is %(values)s"),
        Stage.choices,
        usual=Stage.PERMISSION,
        default=str(Stage.PERMISSION),
    )


def event_facts(case: Case) -> EventFacts:
    event = InternationalEvent.objects.get(case=case)
    question = question_of(event)
    return EventFacts(
        topic=weightiest_topic(question.topics),
        guest_rank=question.guest_rank,
        host=question.host,
        stage=question.stage,
    )


def rank_of_guests(event: InternationalEvent) -> str:
    """The highest rank of the foreign guests: the one declared, or that of somebody in the list."""
    return highest_rank([event.guest_rank, rank_of_listed(event)])


def rank_of_listed(event: InternationalEvent) -> str:
    """The highest rank in the list of people, of those from abroad who have not declined."""
    people = EventPerson.objects.filter(event=event, side=EventSide.FOREIGN).exclude(answer=Answer.DECLINED)
    return highest_rank(people.order_by().values_list("rank", flat=True).distinct())


def question_of(event: InternationalEvent) -> Question:
    """What the law asks about this event, and at which of the two stages it stands."""
    return Question(
        topics=tuple(event.topics),
        guest_rank=rank_of_guests(event),
        host=event.host_level,
        stage=Stage.PRINCIPLE if event.wants_principle else Stage.PERMISSION,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitRow:
    """A rule of the table of routes, as the finder looks at it."""

    title: str
    conditions: Mapping[str, Sequence[str]]
    basis: str
    needs_check: bool
    permitted_by: str


def permit_rules(on: dt.date) -> list[PermitRow]:
    """The routes of events as they hold on a day, in the order of their priority. Two queries."""
    return [
        PermitRow(
            title=rule.title,
            conditions=rule.conditions,
            basis=rule.based_on(rule.citation),
            needs_check=rule.needs_check,
            permitted_by=permitter_of(rule),
        )
        for rule in RouteRule.objects.applying(KIND, on)
        if rule.role == RuleRole.ROUTE
    ]


def permitter_of(rule: RouteRule) -> str:
    """Who has the last word on this route."""
    outside = any(
        step.kind == StepKind.EXTERNAL_PERMISSION and step.office == PRIME_MINISTER for step in rule.steps.all()
    )
    return Authority.PRIME_MINISTER if outside else Authority.MINISTER


def authority_for(question: Question, on: dt.date) -> Finding | None:
    """Who permits such an event by the rules of this day."""
    return find_authority(permit_rules(on), question)


def authority_of(event: InternationalEvent) -> Finding | None:
    """Who permits this event, by the rules of the day on which it was first submitted, else of today."""
    case = event.case
    first = case.first_submitted_at
    on = timezone.localdate(first) if first else timezone.localdate()
    return authority_for(question_of(event), on)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingClock:
    """Until when the file is due, with the rules that say so."""

    clock: Clock
    legal_rule: ParameterValue
    unit_rule: ParameterValue | None


def clock_for(starts_on: dt.date, finding: Finding) -> FilingClock | None:
    """The days of an event that begins on this day; None while no rule of its authority holds."""
    found = parameters(CLOCKS, starts_on)
    high = finding.by_prime_minister
    legal = found.get(ParameterKey.CONFERENCE_LEAD_PM if high else ParameterKey.CONFERENCE_LEAD_MINISTER)
    if legal is None:
        return None
    unit = found.get(ParameterKey.CONFERENCE_LEAD_UNIT)
    clock = clock_of(starts_on, int(legal.value), int(unit.value) if unit else 0)
    return FilingClock(clock=clock, legal_rule=legal, unit_rule=unit)
