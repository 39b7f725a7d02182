"""Who speaks what: written down by the person or by whoever looks for interpreters and plans training (U000-09)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Min, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people.models import Appointment, StaffLanguage
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: What stands between two languages in a line of text.
BETWEEN = re.compile(r"[,;/+]|\bvà\b|\band\b", re.IGNORECASE)
BRACKETS = re.compile(r"\(.*?\)")
MOST_SPEAKERS = 30


def key_of(name: str) -> str:
    """As two spellings of one language are compared: "Tiếng Lào", "tieng Lào", "Lào" are the same."""
    return fold(BRACKETS.sub(" ", name)).strip().removeprefix("tieng ").strip()[:60]


def keys_in(text: str) -> list[str]:
    """The languages that a line of text names: "Tiếng Lào, tiếng Anh" gives two."""
    return list(dict.fromkeys(key for part in BETWEEN.split(text) if (key := key_of(part))))


@transaction.atomic
def save_language(
    row: StaffLanguage | None, *, person: User, actor: User | None, is_sample: bool = False, **fields: Any
) -> StaffLanguage:
    """A language of a person, new or corrected. Raises PermissionDenied, ValidationError."""
    _ask(actor, person)
    kept = row or StaffLanguage(person=person, is_sample=is_sample)
    for name, value in fields.items():
        setattr(kept, name, " ".join(nfc(value).split()) if isinstance(value, str) else value)
    kept.key = key_of(kept.name)
    kept.told_on = timezone.localdate()
    kept.full_clean()
    kept.save()
    return kept


@transaction.atomic
def remove_language(row: StaffLanguage, *, actor: User) -> None:
    """Take out what is not so; the history keeps it. Raises PermissionDenied."""
    _ask(actor, row.person)
    row.delete()


def whose() -> str:
    return _("Each person keeps their own languages; the departments of cooperation and personnel keep all.")


def _ask(actor: User | None, person: User) -> None:
    if actor is not None and not rules.has_perm("people.keep_language", actor, person):
        raise PermissionDenied(whose())


# --- who speaks it ----------------------------------------------------------------------------------------------------


def speakers_of(text: str, day: dt.date) -> list[StaffLanguage]:
    """People of the ministry who speak the languages that a text names, those who interpret first: two queries, or none."""
    if not (keys := keys_in(text)):
        return []
    held = Appointment.objects.on(day).select_related("unit")
    rows = StaffLanguage.objects.of_those_here(day).filter(key__in=keys).select_related("person")
    rows = rows.prefetch_related(Prefetch("person__appointments", held, to_attr="held_today"))
    return list(rows.order_by("-interprets", "-level", "key", "person__sort_key")[:MOST_SPEAKERS])


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFigure:
    """How many people speak a language, interpret, and would like to be trained in it."""

    key: str
    name: str
    speakers: int
    interpreters: int
    wanting: int


def figures(rows: Any) -> list[LanguageFigure]:
    """By language, the most spoken first: one query."""
    counted = rows.order_by().values("key").annotate(
        called=Min("name"),
        speakers=Count("pk"),
        interpreters=Count("pk", filter=Q(interprets=True)),
        wanting=Count("pk", filter=Q(wants_training=True)),
    )  # fmt: skip
    return [
        LanguageFigure(
            key=row["key"],
            name=row["called"],
            speakers=row["speakers"],
            interpreters=row["interpreters"],
            wanting=row["wanting"],
        )
        for row in counted.order_by("-speakers", "key")
    ]
