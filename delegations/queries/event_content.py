"""What an event says by facets, what a decision on it binds, and a version of it in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from delegations.event_choices import EventFormat, EventKind, EventRole, EventTopic, GuestRank, HostLevel
from delegations.models import InternationalEvent
from delegations.permitting import RANK_ORDER
from delegations.queries.event_facts import rank_of_guests
from intlcoop.vietnamese.dates import table_range
from intlcoop.vietnamese.numbers import format_money
from intlcoop.workflow.binding import Comparator, compare_exactly, compare_money, compare_time_place
from intlcoop.workflow.choices import Change, Facet

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

NO_DAY = "0001-01-01"
MONEY = ("budget_vnd", "sponsored_vnd")
WORDING = (
    "title_en",
    "short_name",
    "endpoints",
    "host_text",
    "co_organisers",
    "chair_text",
    "mechanism",
    "hosting_reason",
    "reason",
    "content",
    "side_visits",
    "participants_text",
    "speakers_text",
    "funding_text",
    "opinions_text",
    "joining",
    "out_of_plan_reason",
    "warning_reason",
)


def event_content(case: Case) -> dict[str, Any]:
    """The event by facets, as plain JSON. "wording" binds nothing."""
    event = InternationalEvent.objects.select_related("session").prefetch_related("coordinating_units").get(case=case)
    session = event.session
    return {
        "people": {
            "rank": rank_of_guests(event),
            "foreign": event.foreign_count or 0,
            "vietnamese": event.vietnamese_count or 0,
        },
        "time_place": {
            "from": str(event.starts_on or NO_DAY),
            "to": str(event.closes_on or NO_DAY),
            "countries": [str(event.country_id)] if event.country_id else [],
            "place": event.place,
            "format": event.format,
        },
        "money": {name: str(value) for name in MONEY if (value := getattr(event, name)) is not None},
        "programme": {
            "topics": sorted(event.topics),
            "theme": event.theme,
            "kind": event.kind,
            "role": event.role,
            "host_level": event.host_level,
            "needs_principle": event.needs_principle,
        },
        "wording": {
            "title": case.title,
            "session": [session.series_id, session.number] if session else [],
            "units": sorted(str(unit) for unit in event.coordinating_units.all()),
            **{name: getattr(event, name) for name in WORDING},
        },
    }


def compare_guests(before: Mapping[str, Any], after: Mapping[str, Any], tolerance: int = 0) -> Change:
    """A higher rank or more foreign guests is more; anything else of the numbers is only told."""
    if before == after:
        return Change.SAME
    higher = RANK_ORDER.index(after["rank"]) < RANK_ORDER.index(before["rank"])
    return Change.MORE if higher or after["foreign"] > before["foreign"] else Change.LESS


def compare_when_and_where(before: Mapping[str, Any], after: Mapping[str, Any], tolerance: int = 0) -> Change:
    """As a trip's days and countries; another room, or online instead, is only told (W000-07)."""
    days = ("from", "to", "countries")
    found = compare_time_place({name: before[name] for name in days}, {name: after[name] for name in days}, tolerance)
    return Change.LESS if found == Change.SAME and before != after else found


EVENT_COMPARATORS: dict[str, Comparator] = {
    Facet.PEOPLE: compare_guests,
    Facet.TIME_PLACE: compare_when_and_where,
    Facet.MONEY: compare_money,
    Facet.PROGRAMME: compare_exactly,
}


def topics_text(topics: Sequence[str]) -> str:
    labels = dict(EventTopic.choices)
    return ", ".join(str(labels.get(topic, topic)) for topic in sorted(topics, key=list(labels).index))


def readable_event(content: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """(label, lines) in the order of the form."""
    words, when = content.get("wording", {}), content.get("time_place", {})
    what, who, money = content.get("programme", {}), content.get("people", {}), content.get("money", {})
    return [
        (_("Title of the event"), [words.get("title", "")]),
        (_("Kind of event"), [_label(EventKind, what.get("kind"))]),
        (_("Our part in it"), [_label(EventRole, what.get("role"))]),
        (_("Format"), [_label(EventFormat, when.get("format"))]),
        (_("Days"), [_days(when)]),
        (pgettext("event", "Place"), [when.get("place", ""), words.get("endpoints", "")]),
        (_("Topics"), [topics_text(what.get("topics", []))]),
        (_("Foreign guests"), [_label(GuestRank, who.get("rank"))]),
        (_("Foreign participants"), [str(who.get("foreign", ""))]),
        (_("Vietnamese participants"), [str(who.get("vietnamese", ""))]),
        (_("Held by"), [_label(HostLevel, what.get("host_level")), words.get("host_text", "")]),
        (_("Held together with"), [words.get("co_organisers", "")]),
        (_("Theme"), [what.get("theme", "")]),
        (_("Reason and purpose"), _paragraphs(words.get("reason"))),
        (_("Content"), _paragraphs(words.get("content"))),
        (_("Who takes part"), _paragraphs(words.get("participants_text"))),
        (_("Funding"), [_money(name, amount) for name, amount in money.items()]),
        (_("Why it is not in the plan"), _paragraphs(words.get("out_of_plan_reason"))),
        (_("Explanation of the warnings"), _paragraphs(words.get("warning_reason"))),
    ]


def _label(choices: Any, value: str | None) -> str:
    return str(choices(value).label) if value in choices.values else str(value or "")


def _paragraphs(text: str | None) -> list[str]:
    return (text or "").splitlines()


def _days(when: Mapping[str, Any]) -> str:
    first, last = when.get("from", NO_DAY), when.get("to", NO_DAY)
    if first == NO_DAY:
        return ""
    return table_range(dt.date.fromisoformat(first), dt.date.fromisoformat(first if last == NO_DAY else last))


def _money(name: str, amount: str) -> str:
    label = _("state budget") if name == "budget_vnd" else _("sponsors")
    return f"{label}: {format_money(Decimal(amount), 'VND')}"
