"""Writing series of meetings and their sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import DatePrecision, SessionPart, SessionStatus
from agreements.guards.sessions import session_problems
from agreements.models import Mechanism, MeetingSeries, MeetingSession
from agreements.series import KnownDay
from agreements.services.names import list_by_name, take_over
from intlcoop.catalogues.searching import search_text
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean

if TYPE_CHECKING:
    from intlcoop.people.models import OrgUnit, User
    from intlcoop.workflow.models import Case


@transaction.atomic
def create_series(
    mechanism: Mechanism, *, actor: User, fields: Mapping[str, Any], is_sample: bool = False
) -> MeetingSeries:
    """Raises NotAllowed, Refused."""
    return _write_series(MeetingSeries(mechanism=mechanism, is_sample=is_sample), actor, fields)


@transaction.atomic
def update_series(series: MeetingSeries, *, actor: User, fields: Mapping[str, Any]) -> MeetingSeries:
    """Raises NotAllowed, Refused."""
    return _write_series(series, actor, fields)


def _write_series(series: MeetingSeries, actor: User, fields: Mapping[str, Any]) -> MeetingSeries:
    if not rules.has_perm("agreements.change_mechanism", actor):
        raise NotAllowed(_("The department of international cooperation keeps the list of mechanisms."))
    take_over(series, fields)
    list_by_name(series)
    clean(series)
    series.save()
    return series


@transaction.atomic
def create_session(
    series: MeetingSeries,
    *,
    actor: User,
    when: KnownDay,
    fields: Mapping[str, Any],
    source_says_held: bool = False,
    is_sample: bool = False,
) -> MeetingSession:
    """Raises NotAllowed, Refused: a session whose day is to come is never held (X-02)."""
    session = MeetingSession(series=series, source_says_held=source_says_held, is_sample=is_sample)
    return _write_session(session, actor, when, fields)


@transaction.atomic
def update_session(
    session: MeetingSession, *, actor: User, when: KnownDay, fields: Mapping[str, Any]
) -> MeetingSession:
    """Raises NotAllowed, Refused."""
    session = MeetingSession.objects.select_for_update(of=("self",)).select_related("series").get(pk=session.pk)
    return _write_session(session, actor, when, fields)


def _write_session(session: MeetingSession, actor: User, when: KnownDay, fields: Mapping[str, Any]) -> MeetingSession:
    _ask(session, actor)
    for name, value in fields.items():
        setattr(session, name, value)
    session.on, session.precision = when.day, when.precision
    session.last_on = session.until or when.last
    session.search_text = search_text(session.title, session.place)
    if problems := session_problems(session, timezone.localdate()):
        raise Refused(problems)
    clean(session)
    session.save()
    return session


@transaction.atomic
def remove_session(session: MeetingSession, *, actor: User) -> None:
    """Take out a session that was written down by mistake; the history keeps it. Raises NotAllowed."""
    _ask(session, actor)
    session.delete()


def _ask(session: MeetingSession, actor: User) -> None:
    if not rules.has_perm("agreements.record_session", actor, session.series):
        raise NotAllowed(
            _("The department of cooperation and the unit in charge write down the sessions of this series.")
        )


@transaction.atomic
def keep_session_of_file(
    series: MeetingSeries,
    number: int | None,
    *,
    current: MeetingSession | None,
    case: Case,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    place: str,
    format: str,
    hosted: bool,
    unit: OrgUnit,
) -> MeetingSession:
    """The session that a file of above is about: the one it had, the one of this number that nobody had a file for, a new one.

    Nobody is asked for a right: whoever may write the file may say which session it is. Raises Refused when another file has
    the session, IntegrityError when somebody writes the same number at the same moment.
    """
    if current is not None and (current.series_id, current.number) == (series.pk, number):
        session = current
    else:
        known = MeetingSession.objects.select_for_update().filter(series=series, number=number, number__isnull=False)
        session = known.first() or MeetingSession(series=series, number=number, is_sample=case.is_sample)
        if current is not None:
            current.case = None
            current.save(update_fields=["case"])
    if session.case_id not in (None, case.pk):
        raise Refused(_("This session has a file of its own already. Correct the session number."))
    session.case = case
    if session.status == SessionStatus.PLANNED:
        session.on, session.precision = starts_on, DatePrecision.DAY if starts_on else DatePrecision.UNKNOWN
        session.until = ends_on if starts_on and ends_on != starts_on else None
        session.last_on = ends_on or starts_on
        session.place, session.format, session.unit = place[:160], format, unit
        session.part = SessionPart.HOST if hosted else SessionPart.ATTEND
    session.search_text = search_text(session.title, session.place)
    session.save()
    return session


def note_session(
    session: MeetingSession,
    status: str,
    *,
    on: dt.date | None = None,
    until: dt.date | None = None,
) -> None:
    """What became of a session, as its file says."""
    session.status = status
    if on is not None:
        session.on, session.precision = on, DatePrecision.DAY
        session.until = until if until != on else None
        session.last_on = until or on
    session.save()


def release_session_of_file(session: MeetingSession) -> None:
    """The file does not take place; the session may, with another file."""
    session.case = None
    session.status = SessionStatus.PLANNED
    session.save(update_fields=["case", "status"])
