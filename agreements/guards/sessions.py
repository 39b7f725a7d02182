"""What cannot be true of a session of a meeting (X-02)?"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from agreements.choices import DatePrecision, SessionPart, SessionStatus
from agreements.models import MeetingSession
from agreements.series import lies_ahead, text_of


def session_problems(session: MeetingSession, today: dt.date) -> list[str]:
    """Sentences, all at once; empty when the session may be written down so."""
    found = []
    took_place = session.status in SessionStatus.TOOK_PLACE
    if took_place and session.on is None:
        found.append(_("Say when the session took place: the day, the month or the year."))
    if took_place and lies_ahead(session.on, session.precision, today):
        found.append(
            _(
                "The session (%(when)s) is still to come, so it cannot be written down as held. "
                "Choose “planned”, or correct the day."
            )
            % {"when": text_of(session.on, session.precision)}
        )
    if session.until is not None and session.precision != DatePrecision.DAY:
        found.append(_("A last day goes only with a first day that is known to the day."))
    if session.part == SessionPart.HOST and session.status == SessionStatus.MISSED:
        found.append(_("A session that we hold ourselves does not take place without us. Choose another status."))
    return found
