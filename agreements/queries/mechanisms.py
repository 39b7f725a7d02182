"""What does the page of a mechanism show, and what is known of our part in it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import rules
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.choices import SessionStatus
from agreements.models import LegalLink, Mechanism, MechanismRole, MeetingSeries, MeetingSession, Partner
from agreements.queries.partner_sections import register_section
from agreements.series import lies_ahead, lies_behind, missing_numbers, text_of
from intlcoop.notifications import digest
from intlcoop.notifications.digest import Reminder
from intlcoop.people import offices
from intlcoop.people.principals import principal_of
from intlcoop.regulations.registry import InstrumentUse, register_instrument_uses
from intlcoop.web.display import Badge, Tone
from intlcoop.web.search import Hit, register_source
from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from intlcoop.people.models import User

TONES = {
    SessionStatus.PLANNED: Tone.INFO,
    SessionStatus.HELD: Tone.DONE,
    SessionStatus.MISSED: Tone.QUIET,
    SessionStatus.CANCELLED: Tone.QUIET,
}
NEXT_SHOWN = 8


def session_when(session: MeetingSession) -> str:
    first = text_of(session.on, session.precision)
    last = text_of(session.until, session.precision) if session.until and session.until != session.on else ""
    return f"{first} – {last}" if last else first


def session_name(session: MeetingSession) -> str:
    """The series with the number, and what this session was called."""
    name = str(session.series)
    if session.number is not None:
        name = _("%(series)s, no. %(number)s") % {"series": name, "number": session.number}
    return f"{name}: {session.title}" if session.title else name


def session_badge(session: MeetingSession) -> Badge:
    return Badge(session.get_status_display(), TONES[SessionStatus(session.status)])


def session_doubts(session: MeetingSession, today: dt.date) -> list[str]:
    """What does not fit about a session as it is written down (X-02)."""
    found = []
    if session.status in SessionStatus.TOOK_PLACE and lies_ahead(session.on, session.precision, today):
        found.append(_("Written down as held although its day is still to come."))
    if session.status == SessionStatus.PLANNED:
        if session.source_says_held:
            found.append(_("The source speaks of it as past although its day lay ahead of the source."))
        if session.last_on is not None and session.last_on < today:
            found.append(_("Its day has passed and nobody has written down whether it took place."))
    return found


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A session as a line of a table."""

    row: MeetingSession
    name: str
    when: str
    badge: Badge
    doubts: list[str]
    file: str


@dataclass(frozen=True, slots=True)
class ShownSeries:
    row: MeetingSeries
    sessions: list[ShownSession]
    gaps: list[str]


@dataclass(frozen=True, slots=True)
class ShownRole:
    row: MechanismRole
    label: str
    term: str
    is_over: bool


def shown_sessions(sessions: Iterable[MeetingSession], user: User, today: dt.date) -> list[ShownSession]:
    """Their files are named only to whoever may read them; one query for all."""
    rows = list(sessions)
    wanted = {row.case_id for row in rows if row.case_id}
    numbers = dict(Case.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", "number")) if wanted else {}
    return [
        ShownSession(
            row=row,
            name=session_name(row),
            when=session_when(row),
            badge=session_badge(row),
            doubts=session_doubts(row, today),
            file=numbers.get(row.case_id, "") if row.case_id else "",
        )
        for row in rows
    ]


def series_of(mechanism: Mechanism, user: User, today: dt.date) -> list[ShownSeries]:
    sessions = MeetingSession.objects.visible_to(user).select_related("series", "unit")
    rows = list(
        MeetingSeries.objects.visible_to(user)
        .filter(mechanism=mechanism)
        .select_related("unit")
        .prefetch_related(Prefetch("sessions", sessions))
    )
    shown = shown_sessions([session for row in rows for session in row.sessions.all()], user, today)
    return [
        ShownSeries(
            row=row,
            sessions=[session for session in shown if session.row.series_id == row.pk],
            gaps=gap_words(session.number for session in row.sessions.all() if session.number is not None),
        )
        for row in rows
    ]


def gap_words(numbers: Iterable[int]) -> list[str]:
    """ "lần 3", "lần 5–7": sessions between those that are known, of which nothing is known."""
    return [
        _("no. %(number)s") % {"number": first}
        if first == last
        else _("no. %(first)s–%(last)s") % {"first": first, "last": last}
        for first, last in missing_numbers(numbers)
    ]


def term_text(role: MechanismRole) -> str:
    since, until = text_of(role.since, role.since_precision), text_of(role.until, role.until_precision)
    if since and until:
        return since if since == until else f"{since} – {until}"
    if since:
        return _("since %(day)s") % {"day": since}
    return _("until %(day)s") % {"day": until} if until else _("term not stated")


def role_label(role: MechanismRole) -> str:
    label = str(role.get_part_display())
    if role.session_number is not None:
        label = _("%(part)s, session %(number)s") % {"part": label, "number": role.session_number}
    return f"{label} ({role.holder})" if role.holder else label


def role_is_over(role: MechanismRole, today: dt.date) -> bool:
    return lies_behind(role.until, role.until_precision, today)


def shown_roles(roles: Iterable[MechanismRole], today: dt.date) -> list[ShownRole]:
    """What holds today first, then the newest of the past."""
    shown = [ShownRole(role, role_label(role), term_text(role), role_is_over(role, today)) for role in roles]
    return sorted(shown, key=lambda role: role.is_over)


def current_roles_text(mechanism: Mechanism, today: dt.date) -> str:
    """For a list; the roles are loaded already."""
    roles = [role for role in shown_roles(mechanism.roles.all(), today) if not role.is_over]
    return "; ".join(role.label for role in roles)


def lead_units_text(mechanism: Mechanism) -> str:
    units = {str(role.unit): None for role in mechanism.roles.all() if role.unit is not None}
    return "; ".join(units)


def next_sessions(
    user: User, today: dt.date, *, within: Mechanism | None = None, most: int = NEXT_SHOWN
) -> list[ShownSession]:
    """The calendar of what is to come, of a mechanism with all that is under it, or of all."""
    rows = MeetingSession.objects.visible_to(user).ahead(today).filter(on__isnull=False)
    if within is not None:
        rows = rows.filter(series__mechanism__in=Mechanism.objects.within(within.tree_key))
    return shown_sessions(rows.select_related("series__mechanism", "unit")[:most], user, today)


def way_to(mechanism: Mechanism) -> list[Mechanism]:
    """The mechanisms above it, from the top: read off its place in the tree, in one query."""
    ids = [int(part.rpartition("\x02")[2]) for part in mechanism.tree_key.split("\x01")][:-1]
    found = Mechanism.objects.in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids if pk in found]


def find_mechanisms(user: Any, text: str, limit: int) -> list[Hit]:
    """What the search box finds among mechanisms."""
    rows: QuerySet[Mechanism] = Mechanism.objects.visible_to(user).search(text)
    return [Hit("", str(row), row.get_absolute_url(), str(row.get_kind_display())) for row in rows[:limit]]


def mechanisms_of_partner(partner: Partner, user: Any) -> dict[str, Any] | None:
    """The section of a partner's page: in which mechanisms it is the body that we meet."""
    today = timezone.localdate()
    rows = Mechanism.objects.visible_to(user).filter(partner=partner).prefetch_related("roles__unit")
    shown = [(row, current_roles_text(row, today)) for row in rows]
    return {"mechanisms": shown, "count": len(shown)} if shown else None


def uses_of_instrument(instrument: Any, reader: Any) -> list[InstrumentUse]:
    """For the page of a legal document: the mechanisms and conventions that it answers to."""
    links = LegalLink.objects.visible_to(reader).filter(instrument=instrument)
    found = []
    for link in links.select_related("mechanism", "convention"):
        owner = link.mechanism or link.convention
        assert owner is not None
        text = f"{owner} ({link.about})" if link.about else str(owner)
        found.append(InstrumentUse(label=link.get_relation_display(), text=text, url=owner.get_absolute_url()))
    return found


def units_of(user: User) -> frozenset[int]:
    """The units whose series this person may write sessions of."""
    principal = principal_of(user)
    return principal.own_unit_ids if rules.has_perm("agreements.add_partner", user) else frozenset()


#: A session is asked about for so long after its day; later only its mark remains.
ASKED_FOR = dt.timedelta(days=60)


def reminders(day: dt.date) -> Iterator[Reminder]:
    """To the department, and to the head of the unit in charge: write down whether a session took place that was planned.

    History that was copied from a source is not asked about: nobody here was there.
    """
    rows = MeetingSession.objects.unrecorded(day).filter(last_on__gte=day - ASKED_FOR, source_text="")
    for session in rows.select_related("series__mechanism", "series__unit"):
        codes = (offices.ICD_OFFICER, offices.UNIT_HEAD) if session.series.unit else (offices.ICD_OFFICER,)
        holders = [holder for code in codes for holder in offices.holders_of(code, session.series.unit, day)]
        for person in {holder.user.pk: holder.user for holder in holders}.values():
            yield Reminder(
                person=person,
                key=f"session-{session.pk}-{session.last_on}-unrecorded",
                section="overdue",
                text=partial(_unrecorded_words, session),
                url=reverse("agreements:session_change", args=[session.pk]),
            )


def _unrecorded_words(session: MeetingSession) -> str:
    return _("%(session)s: its day has passed; write down whether it took place") % {"session": session_name(session)}


def register() -> None:
    """Called from AppConfig.ready()."""
    digest.register_source("mechanism_sessions", reminders)
    register_instrument_uses("mechanisms", uses_of_instrument)
    title = gettext_lazy("Mechanisms of cooperation")
    register_source("mechanisms", title, find_mechanisms)
    register_section(80, "co-che", title, mechanisms_of_partner, "agreements/mechanisms/_of_partner.html")
