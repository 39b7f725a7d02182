"""Writing series of meetings and their sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.guards.sessions import session_problems
from agreements.models import Mechanism, MeetingSeries, MeetingSession
from agreements.series import KnownDay
from agreements.services.names import list_by_name, take_over
from intlcoop.catalogues.searching import search_text
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean

if TYPE_CHECKING:
    from intlcoop.people.models import User


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
