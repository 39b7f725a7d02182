"""Loading the demo once: the ministry, its sample trips, and only those notices that still ask for something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db import transaction
from django.utils import timezone

from delegations.choices import OutboundState
from delegations.workflows import tell_report_due
from intlcoop.operations.demo import (
    agreements,
    changes,
    commitments,
    events,
    invitations,
    languages,
    mechanisms,
    ministry,
    money,
    needs,
    partner_news,
    partners,
    plans,
    preparation,
    programmes,
    projects,
    questions,
    reception,
    report_parts,
    routes,
    rules,
    scans,
    standing_in,
    trips,
    university,
    visits,
    work,
)
from intlcoop.operations.demo.cases import CASES
from intlcoop.people.models import User
from intlcoop.workflow import notices
from intlcoop.workflow.models import Case, StatusChange, Step
from intlcoop.workflow.separation import conflicted_ids, free_holders


class AlreadyLoaded(Exception):  # noqa: N818  says what is
    """There are files already; the demo never mixes with them."""


@transaction.atomic
def load_demo() -> int:
    """The demo ministry with its trips; returns how many trips were made, 0 when the demo is there already."""
    people = ministry.build()
    if Case.objects.exists():
        return 0
    with _quietly():
        languages.build(people)
        partners.build(people)
        plans.build(people)
        made = trips.build(people)
        rules.build(people)
        made += changes.build(trips.Builder(people))
        scans.build(people)
        standing_in.build(people)
        money.build(people)
        routes.build(people)
        preparation.build(people)
        mechanisms.build(people)
        agreements.build(people)
        university.build(people)
        programmes.build(people)
        commitments.build(people)
        projects.build(people)
        questions.build(people)
        invitations.build(people)
        needs.build(people)
        partner_news.build(people)
        visits.build(people)
        reception.build(people)
        work.build(people)
        report_parts.build(people)
        events.build(people)
    _tell_what_waits()
    return made


@transaction.atomic
def load_case(name: str, *, password: str | None) -> int:
    """One of `cases.CASES`; returns how many files there are. Raises AlreadyLoaded when any file exists."""
    if Case.objects.exists():
        raise AlreadyLoaded
    with _quietly():
        made = CASES[name]()
    for person in User.objects.filter(is_demo=True) if password else ():
        person.set_password(password)
        person.save()
    return made


@contextmanager
def _quietly() -> Iterator[None]:
    """Nobody is told of what happened in the demo's past."""
    with mock.patch("intlcoop.workflow.notices.tell"):
        yield


def _tell_what_waits() -> None:
    """One notice and one mail to whoever has to act now, as if the step had opened this minute."""
    today = timezone.localdate()
    for step in Step.objects.open().select_related("case__unit", "case__created_by", "unit", "assigned_to"):
        _office, holders = free_holders(step, conflicted_ids(step.case), today)
        notices.tell_next(step.case, step, holders)
    for change in StatusChange.objects.filter(transition="come_back", case__state=OutboundState.REPORT_DUE):
        tell_report_due(change.case, change, None)
