"""Figures of visits, events, meetings and other work."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.choices import SessionPart, SessionStatus
from delegations.event_choices import EventRole
from intlcoop.vietnamese.counts import Qualifier
from intlcoop.vietnamese.sorting import sort_key
from reports.choices import Attendance, Audience, Key, WorkKind
from reports.queries.figures.counting import Figure, Found, Item, Row, distinct, files, filled

#: Other work that is a figure by itself; a recurring meeting counts meeting by meeting.
WORK_KEYS = {
    WorkKind.COORDINATION: Key.TASKS,
    WorkKind.TRAINING: Key.TRAININGS,
    WorkKind.REPORT: Key.REPORTS,
    WorkKind.COMMENT: Key.COMMENTS,
    WorkKind.MEETING: Key.INTERNAL_MEETINGS,
    WorkKind.LOCALITY: Key.LOCALITIES,
    WorkKind.DOCUMENTS: Key.DOCUMENTS,
    WorkKind.OUTREACH: Key.OUTREACH,
    WorkKind.PUBLICITY: Key.PUBLICITY,
}


def inbound_figures(visits: Sequence[Row]) -> Found:
    """Visits, and guests: who is announced only by a number counts without a name."""
    if not visits:
        return {}
    guests = [Item(text, (row["number"],)) for row in visits for text in guests_of(row)]
    complete = all(row["persons"] for row in visits)
    found = {Key.VISITS: files(visits)}
    if guests:
        found[Key.GUESTS] = Figure(tuple(guests), None if complete else Qualifier.AT_LEAST)
    known = all(row.get("country_known", True) for row in visits)
    return found | filled({Key.GUEST_COUNTRIES: distinct(visits, "countries", "iso2", sort_key, complete=known)})


def guests_of(row: Row) -> list[str]:
    """One text per guest of a visit."""
    named = [", ".join(filter(None, (each["name"], each["post"], each["body"]))) for each in row["members"]]
    return named + [f"Khách chưa nêu tên ({row['title']})"] * ((row["persons"] or 0) - len(named))


def event_figures(events: Sequence[Row]) -> Found:
    """Events that we held, among them those as rotating chair, and those that we attended."""
    return filled(
        {
            Key.HOSTED: files(row for row in events if row["hosted"]),
            Key.CHAIRED: files(row for row in events if row.get("role") == EventRole.CHAIR),
            Key.EVENTS_ATTENDED: files(row for row in events if not row["hosted"]),
        }
    )


def session_figures(sessions: Sequence[Row]) -> Found:
    """Sessions of mechanisms of cooperation: held by us, attended, held without us."""
    held = [row for row in sessions if row["status"] == SessionStatus.HELD]
    return filled(
        {
            Key.SESSIONS_HOSTED: files(row for row in held if row["part"] == SessionPart.HOST),
            Key.SESSIONS_ATTENDED: files(row for row in held if row["part"] == SessionPart.ATTEND),
            Key.SESSIONS_MISSED: files(row for row in sessions if row["status"] == SessionStatus.MISSED),
        }
    )


def meeting_figures(meetings: Sequence[Row]) -> Found:
    """Recurring meetings inside the country: those that took place, with and without us."""
    return filled(
        {
            Key.MEETINGS_HELD: files(row for row in meetings if row["status"] in Attendance.HELD),
            Key.MEETINGS_ATTENDED: files(row for row in meetings if row["status"] == Attendance.ATTENDED),
            Key.MEETINGS_MISSED: files(row for row in meetings if row["status"] == Attendance.MISSED),
        }
    )


def work_figures(work: Sequence[Row]) -> Found:
    """Each kind of other work by itself; of training the persons and the courses for foreign officials too."""
    courses = [row for row in work if row["work"] == WorkKind.TRAINING]
    trained = [
        Item(f"Học viên của {row['title']}", (row["number"],))
        for row in courses
        for _person in range(row["persons"] or 0)
    ]
    found = {key: files(row for row in work if row["work"] == kind) for kind, key in WORK_KEYS.items()}
    found[Key.TRAINED] = Figure(
        tuple(trained), None if all(row["persons"] is not None for row in courses) else Qualifier.AT_LEAST
    )
    found[Key.TRAININGS_FOREIGN] = files(row for row in courses if row.get("audience") == Audience.FOREIGN)
    return filled(found)
