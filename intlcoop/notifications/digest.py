"""One message per person and morning: what is due, what is late, what changed hands. Each thing is said once and never again.

Rooms above register what they have to remind of; whether it is a working day is for the caller to see to.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from intlcoop.notifications.models import DigestLine
from intlcoop.notifications.services import notify
from intlcoop.people.models import User
from intlcoop.vietnamese.dates import table_date

#: The sections of a digest in the order in which they are read.
SECTIONS: dict[str, Any] = {
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "soon": _("Due soon"),
    "others": _("Overdue at others"),
    "hands": _("Standing in"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """`key` names the thing and the level ("step-12-overdue"): the same person is told of it once.

    `text` is called in the reader's language. It holds no costs, for a mail leaves the house.
    """

    person: User
    key: str
    section: str
    text: Callable[[], str]
    url: str


Source = Callable[[dt.date], Iterable[Reminder]]

_sources: dict[str, Source] = {}


def register_source(code: str, source: Source) -> None:
    """`source(day)` gives what is to be said on this day; what was said before is left out by itself."""
    _sources[code] = source


def send_digests(day: dt.date) -> int:
    """Tell everybody what this morning has for them; the number of people told. Safe to repeat."""
    return deliver([reminder for source in _sources.values() for reminder in source(day)], day)


def deliver(reminders: Iterable[Reminder], day: dt.date) -> int:
    """One notice and one mail per person with all that they were not told yet; the number of people told."""
    known = _known(reminders := list(reminders))
    by_person: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in reminders:
        if reminder.person.is_active and (reminder.person.pk, reminder.key) not in known:
            known.add((reminder.person.pk, reminder.key))
            by_person[reminder.person.pk].append(reminder)
    return sum(_tell(mine, day) for mine in by_person.values())


def _known(reminders: list[Reminder]) -> set[tuple[int, str]]:
    keys = {reminder.key for reminder in reminders}
    return set(DigestLine.objects.filter(key__in=keys).values_list("recipient_id", "key")) if keys else set()


@transaction.atomic
def _tell(reminders: list[Reminder], day: dt.date) -> bool:
    person, order = reminders[0].person, list(SECTIONS)
    reminders.sort(key=lambda reminder: order.index(reminder.section))
    with translation.override(person.language or settings.LANGUAGE_CODE):
        lines = [
            DigestLine(
                recipient=person,
                key=reminder.key,
                section=reminder.section,
                text=reminder.text()[:600],
                url=reminder.url,
                day=day,
            )
            for reminder in reminders
        ]
        subject, body = _subject(lines, day), _body(lines)
    DigestLine.objects.bulk_create(lines)
    url = lines[0].url if len(lines) == 1 else reverse("reports:home")
    notify([person], event_key=f"digest-{lines[0].pk}", subject=subject, body=body, url=url)
    return True


def _subject(lines: list[DigestLine], day: dt.date) -> str:
    if len(lines) == 1:
        return f"{SECTIONS[lines[0].section]} · {lines[0].text}"
    text = ngettext("%(count)s thing on %(day)s", "%(count)s things on %(day)s", len(lines))
    return f"{gettext('To do and to know')} · " + text % {"count": len(lines), "day": table_date(day)}


def _body(lines: list[DigestLine]) -> str:
    """The lines under the heads of their sections."""
    parts: list[str] = []
    for section, head in SECTIONS.items():
        mine = [f"- {line.text}" for line in lines if line.section == section]
        if mine:
            parts.append("\n".join([f"{head}:", *mine]))
    return "\n\n".join(parts)
