"""Who permits an international event, by which article, and until when is its file due? Pure: no database, no today.

The law is not in here: rules come as they are written in the table of routes (reference.event_routes), each with its days,
its conditions and its article; what is here picks among them and counts days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from delegations.event_choices import Authority, EventTopic, GuestRank, Stage

PRIME_MINISTER = "prime_minister"
EXTERNAL_PERMISSION = "external_permission"

TOPIC_ORDER = list(EventTopic.values)
RANK_ORDER = list(GuestRank.values)


class PermitRule(Protocol):
    """A rule of the table, as far as the finder looks at it."""

    @property
    def title(self) -> str: ...
    @property
    def conditions(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def basis(self) -> str: ...
    @property
    def needs_check(self) -> bool: ...
    @property
    def permitted_by(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the law asks about an event."""

    topics: tuple[str, ...] = ()
    guest_rank: str = GuestRank.OTHER
    host: str = "ministry"
    stage: str = Stage.PERMISSION

    @property
    def is_secret(self) -> bool:
        return EventTopic.SECRET in self.topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One reason why this authority permits: the rule, its words, its article."""

    title: str
    citation: str
    needs_check: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Who permits, and every rule that says so. `may_file`: False for what must never be written into this system."""

    authority: str
    grounds: tuple[Ground, ...]
    may_file: bool

    @property
    def by_prime_minister(self) -> bool:
        return self.authority == Authority.PRIME_MINISTER

    @property
    def needs_check(self) -> bool:
        return any(ground.needs_check for ground in self.grounds)


def weightiest_topic(topics: Iterable[str]) -> str:
    """Of several topics the one that decides; an event without any is about another topic."""
    return min(topics, key=TOPIC_ORDER.index, default=str(EventTopic.OTHER))


def highest_rank(ranks: Iterable[str]) -> str:
    return min(ranks, key=RANK_ORDER.index, default=str(GuestRank.OTHER))


def facts_of(question: Question, topic: str) -> dict[str, str]:
    """The facts by which a rule is asked, for one of the topics."""
    return {"topic": topic, "guest_rank": question.guest_rank, "host": question.host, "stage": question.stage}


def fits(rule: PermitRule, values: Mapping[str, str]) -> bool:
    return all(values.get(name) in allowed for name, allowed in rule.conditions.items())


def find_authority(rules: Sequence[PermitRule], question: Question) -> Finding | None:
    """By the rules of the day in the order of their priority: who permits. None where no rule says anything.

    The Prime Minister permits as soon as one rule says so, whichever topic or guest it looks at, and every such rule is named.
    """
    topics = sorted(set(question.topics) or {str(EventTopic.OTHER)}, key=TOPIC_ORDER.index)
    found = [rule for rule in rules if any(fits(rule, facts_of(question, topic)) for topic in topics)]
    if not found:
        return None
    high = [rule for rule in found if rule.permitted_by == Authority.PRIME_MINISTER]
    grounds = [
        Ground(title=rule.title, citation=rule.basis, needs_check=rule.needs_check) for rule in high or found[:1]
    ]
    authority = Authority.PRIME_MINISTER if high else Authority.MINISTER
    return Finding(authority=authority, grounds=tuple(grounds), may_file=not question.is_secret)


# --- days -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The days of an event: until when the file reaches the authority, and until when the unit hands it to the ICD."""

    legal_on: dt.date
    unit_on: dt.date

    def days_late(self, filed_on: dt.date) -> int:
        """By how many days the file comes after the legal day; 0 in time."""
        return max((filed_on - self.legal_on).days, 0)

    def unit_days_late(self, filed_on: dt.date) -> int:
        return max((filed_on - self.unit_on).days, 0)


def clock_of(starts_on: dt.date, lead_days: int, unit_days: int) -> Clock:
    """A complete file at least `lead_days` calendar days before the event; the unit so many days earlier still."""
    legal = starts_on - dt.timedelta(days=lead_days)
    return Clock(legal_on=legal, unit_on=legal - dt.timedelta(days=unit_days))


def report_day(closes_on: dt.date, within: int) -> dt.date:
    """The last day of the report on the result: so many calendar days after the last day of the event."""
    return closes_on + dt.timedelta(days=within)


def reporting_year(closes_on: dt.date, last_day: tuple[int, int] = (12, 14)) -> int:
    """The statutory year in which an event counts: what closes after the cut-off belongs to the next year (article 8)."""
    return closes_on.year + (1 if (closes_on.month, closes_on.day) > last_day else 0)
