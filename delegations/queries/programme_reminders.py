"""Of which items of coming programmes does a morning say that the leader cannot be there? One pass over all of them."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.models import ProgrammeItem
from delegations.queries.programme import IDLE, clashes
from intlcoop.notifications.digest import Reminder
from intlcoop.people import offices
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown

#: Later ones may still be moved by themselves.
AHEAD = dt.timedelta(days=30)


def clash_reminders(day: dt.date) -> Iterator[Reminder]:
    """To the filer and to the officials of the ICD: once for each clash, and again when it is another one."""
    rows = ProgrammeItem.objects.filter(
        leader__isnull=False, day__range=(day, day + AHEAD), case__first_submitted_at__isnull=False
    ).exclude(case__state__in=IDLE)
    items = list(rows.select_related("leader", "case__unit", "case__created_by").order_by("day", "pk"))
    if not (found := clashes(items)):
        return
    officers = [holder.user for holder in offices.holders_of(offices.ICD_OFFICER, None, day)]
    for item in items:
        for sentence in found.get(item.pk, ()):
            key = f"programme-{item.pk}-{item.day:%Y%m%d}-{zlib.crc32(sentence.encode()):08x}"
            for person in {person.pk: person for person in (item.case.created_by, *officers)}.values():
                url = f"{reverse('delegations:programme', args=[item.case.number])}#ngay-{item.day}"
                yield Reminder(person=person, key=key, section="soon", text=partial(_words, item, sentence), url=url)


def _words(item: ProgrammeItem, sentence: str) -> str:
    values = {"number": shown(item.case.number), "what": item.what, "day": table_date(item.day), "why": sentence}
    return _("%(number)s, programme of %(day)s “%(what)s”: %(why)s") % values
