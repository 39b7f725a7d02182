"""What does a report tell besides what it counts? Programmes, mechanisms and our part in them, what leaders and units said, new
documents, and what is to come after the period. Plain JSON, frozen with the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch, Q

from agreements.choices import MechanismKind
from agreements.models import CooperationNeed, LegalLink, Mechanism, Partner, PartnerGroup, Programme
from delegations.event_choices import EventRole, EventState
from delegations.models import InternationalEvent
from intlcoop.catalogues.models import Country
from intlcoop.people.choices import UnitFunction
from intlcoop.people.models import OrgUnit
from intlcoop.regulations.models import Instrument
from reports.choices import Channel, MeetingSort, RowKind, WorkKind
from reports.models import WorkItem
from reports.queries import background, mechanism_rows, other_rows
from reports.queries.channels import OF_MECHANISMS, OF_PARTNERS, Tree
from reports.queries.rows import of_case, of_unit
from reports.queries.windows import Scope, months_later

#: So many months after the period are looked ahead.
AHEAD = 12
#: Work of which a report may speak before its own year is over.
AFTERWARDS = (WorkKind.DOCUMENTS, WorkKind.OUTREACH, WorkKind.PUBLICITY, WorkKind.REPORT, WorkKind.COMMENT)
MEETINGS = (MeetingSort.KICK_OFF, MeetingSort.REVIEW, MeetingSort.LEADER)
NGO_KINDS = tuple(kind for kind, channel in OF_PARTNERS.items() if channel == Channel.NGO)
#: What a row keeps of an event or a course that is only told.
TOLD = (
    "kind", "number", "title", "first_on", "last_on", "precision", "hosted", "mechanisms", "mechanism", "channel", "place",
    "unit", "work", "audience",
)  # fmt: skip


def story_of(scope: Scope, rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A fixed number of queries, however much there is to tell."""
    told: dict[str, Any] = {
        "plans": background.plans_of(scope.period.year),
        "programmes": list(programmes(scope)),
        "mechanisms": list(mechanisms(scope)),
        "groups": list(groups()),
        "helpers": list(helpers()),
        "sessions": list(sessions(scope)),
        "instruments": list(instruments(scope)),
        "needs": list(needs()),
        "later": list(later(scope)),
        "wished": list(wished()),
    }
    return told | {"english": english_names([*rows, *told["later"]], told)}


def known_by(scope: Scope) -> dt.date:
    """The last day of which the report may speak as past."""
    return max(scope.period.last, scope.as_of)


def of_instrument(row: Instrument) -> dict[str, Any]:
    return {
        "symbol": row.symbol,
        "title": row.title,
        "issuer": row.issuer,
        "kind": row.kind,
        "on": row.issued_on.isoformat() if row.issued_on else None,
    }


def programmes(scope: Scope) -> Iterator[dict[str, Any]]:
    """Schemes and programmes that run in the period, or begin in the year after it."""
    running = Q(until_year__isnull=True) | Q(until_year__gte=scope.period.first.year)
    begun = Q(from_year__isnull=True) | Q(from_year__lte=scope.period.last.year + 1)
    for row in Programme.objects.filter(running, begun, is_active=True).select_related("instrument", "lead_unit"):
        yield {
            "name": row.name_vi,
            "kind": row.kind,
            "instrument": of_instrument(row.instrument) if row.instrument else None,
            "from_year": row.from_year,
            "until_year": row.until_year,
            "goals": row.goals,
            "unit": of_unit(row.lead_unit),
        }


def mechanisms(scope: Scope) -> Iterator[dict[str, Any]]:
    """The mechanisms at work, each with our part in it in the period and the domestic documents that carry it out."""
    laws = LegalLink.objects.select_related("instrument")
    rows = Mechanism.objects.filter(is_active=True).select_related("parent")
    for row in rows.prefetch_related("roles__unit", Prefetch("laws", laws)):
        roles = [role for role in row.roles.all() if _in_term(role, scope)]
        yield {
            "key": str(row.pk),
            "name": row.name_vi,
            "short": row.short_name,
            "kind": row.kind,
            "channel": str(OF_MECHANISMS[MechanismKind(row.kind)]),
            "depth": row.depth,
            "roles": [
                {"part": role.part, "holder": role.holder, "session": role.session_number, "unit": of_unit(role.unit)}
                for role in roles
            ],
            "laws": [of_instrument(law.instrument) | {"about": law.about} for law in row.laws.all()],
        }


def _in_term(role: Any, scope: Scope) -> bool:
    """A role whose years are not known is told as it stands; a year known only as a year counts whole."""
    ends_in = role.until.year if role.until else None
    begins_in = role.since.year if role.since else None
    return (ends_in is None or ends_in >= scope.period.first.year) and (
        begins_in is None or begins_in <= known_by(scope).year
    )


def groups() -> Iterator[dict[str, Any]]:
    for row in PartnerGroup.objects.filter(is_active=True).prefetch_related("memberships__partner"):
        members = [each.partner.name_vi for each in row.memberships.all() if each.until is None]
        yield {"name": row.name_vi, "members": members}


def helpers() -> Iterator[dict[str, Any]]:
    """Non-governmental organisations and donors, with what they can help with."""
    rows = Partner.objects.living().filter(is_proposed=False, kind__in=NGO_KINDS).prefetch_related("fields")
    for row in rows.order_by("sort_key", "pk"):
        yield {"name": row.name_vi, "capacity": row.capacity, "fields": [each.name_vi for each in row.fields.all()]}


def sessions(scope: Scope) -> Iterator[dict[str, Any]]:
    """Working sessions of leaders, reviews and kick-off conferences, with what was said and concluded there."""
    found = WorkItem.objects.counted().filter(kind=WorkKind.MEETING, meeting_sort__in=MEETINGS)
    found = found.between(scope.period.first, known_by(scope)).select_related("case")
    for row in found.prefetch_related("opinions__unit", "conclusions__unit").order_by("counts_on", "case__number"):
        yield {
            "number": row.case.number,
            "title": row.case.title,
            "sort": row.meeting_sort,
            "on": row.starts_on.isoformat() if row.starts_on else None,
            "place": row.place,
            "chair": row.chair,
            "attendees": row.attendees,
            "content": row.content,
            "opinions": [
                {
                    "unit": of_unit(each.unit),
                    "of_icd": bool(each.unit and each.unit.function == UnitFunction.ICD),
                    "speaker": each.speaker,
                    "text": each.text,
                }
                for each in row.opinions.all()
            ],
            "conclusions": [
                {
                    "text": each.text,
                    "unit": of_unit(each.unit),
                    "due_on": each.due_on.isoformat() if each.due_on else None,
                }
                for each in row.conclusions.all()
            ],
        }


def instruments(scope: Scope) -> Iterator[dict[str, Any]]:
    """Documents of the library that were issued, or came into force, in the period."""
    days = (scope.period.first, min(known_by(scope), scope.as_of))
    rows = Instrument.objects.filter(Q(issued_on__range=days) | Q(effective_from__range=days))
    for row in rows.order_by("issued_on", "symbol"):
        yield of_instrument(row)


def needs() -> Iterator[dict[str, Any]]:
    """What units still look for abroad."""
    for row in CooperationNeed.objects.unmet().select_related("case__unit").order_by("case__number"):
        yield {"number": row.case.number, "title": row.case.title, "unit": of_unit(row.case.unit)}


def later(scope: Scope) -> Iterator[dict[str, Any]]:
    """Events and courses after the period: what took place by the day of the figures, and what is agreed on for the time
    ahead. It counts in no figure."""
    tree, last = Tree(), scope.period.last
    until = months_later(last, AHEAD)
    since, ahead = last + dt.timedelta(days=1), max(scope.as_of, last) + dt.timedelta(days=1)
    past: list[Any] = []
    if scope.as_of > last:
        past = [
            *other_rows.events(since, scope.as_of, tree),
            *mechanism_rows.sessions(since, scope.as_of, tree),
            *(row for row in other_rows.other_work(since, scope.as_of) if row["work"] in AFTERWARDS),
        ]
    coming = [
        *other_rows.events(ahead, until, tree, coming=True),
        *mechanism_rows.sessions(ahead, until, tree, coming=True),
        *other_rows.other_work(ahead, until, coming=True),
        *_prepared(ahead, until),
    ]
    for done, found in ((True, past), (False, coming)):
        events = {row["number"] for row in found if row["kind"] == RowKind.EVENT}
        for row in found:
            if row.get("file") not in events:
                kept = {name: row[name] for name in TOLD if name in row}
                hosted = row["part"] == "host" if row["kind"] == RowKind.SESSION else row.get("hosted")
                yield kept | {"hosted": hosted, "done": done}


def _prepared(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """Events of ours that are being prepared and not permitted yet."""
    found = InternationalEvent.objects.filter(role__in=EventRole.HOSTING, case__state__in=EventState.AHEAD)
    found = found.exclude(case__state=EventState.PERMITTED)
    for event in found.closing_in(first, last).select_related("case__unit").order_by("starts_on", "case__number"):
        yield {
            "kind": str(RowKind.EVENT),
            **of_case(event.case),
            **other_rows.days(event.starts_on, event.ends_on, event.date_precision),
            "hosted": True,
            "channel": "",
        }


def wished() -> Iterator[dict[str, Any]]:
    """Courses that are to be held, of which no day is known."""
    rows = (
        WorkItem.objects.unfinished()
        .filter(kind=WorkKind.TRAINING, starts_on__isnull=True)
        .select_related("case__unit")
    )
    for row in rows.order_by("case__number"):
        yield {
            "number": row.case.number,
            "title": row.case.title,
            "unit": of_unit(row.case.unit),
            "audience": row.audience,
        }


# --- names in English ---------------------------------------------------------------------------------------------------------


def english_names(rows: Iterable[Mapping[str, Any]], told: Mapping[str, Any]) -> dict[str, str]:
    """{name in Vietnamese: name in English} of the countries, units, partners, mechanisms and programmes that are spoken of."""
    spoken = set(_names(rows)) | {
        each["name"] for kind in ("mechanisms", "programmes", "groups", "helpers") for each in told[kind]
    }
    sources = (Country, OrgUnit, Partner, Mechanism, Programme, PartnerGroup)
    found: dict[str, str] = {}
    for model in sources:
        named = model._default_manager.exclude(name_en="")
        if model is not OrgUnit:  # the ministry and the department speak themselves
            named = named.filter(name_vi__in=spoken)
        found |= dict(named.order_by("pk").values_list("name_vi", "name_en"))
    return dict(sorted(found.items()))


def _names(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield from (unit["name"] for unit in row.get("units", [row["unit"]]) if unit["name"])
        yield from (place["name"] for place in row.get("countries") or ())
        yield from (each["name"] for each in row.get("mechanisms") or ())
        yield from (each["name"] for name in ("partners", "donors") for each in row.get(name) or ())
        if row.get("kind") == RowKind.PARTNER:
            yield row["title"]
        elif isinstance(row.get("partner"), str) and row["partner"]:
            yield row["partner"]
