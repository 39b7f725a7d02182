"""The norms of reception as rules in time: each with all its amounts, in words, and what was reckoned by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.models import Gift, ReceptionCost, ReceptionNorm
from delegations.reception_choices import GiftDirection, NormClass, NormPart, NormUnit, ReceptionItem
from intlcoop.regulations.choices import RuleSort
from intlcoop.regulations.registry import InstrumentUse, register_instrument_uses, register_rule_pages
from intlcoop.regulations.wording import span_text
from intlcoop.vietnamese.numbers import format_money


@dataclass(frozen=True, slots=True, kw_only=True)
class NormLine:
    """One dated amount in words."""

    row: ReceptionNorm
    amount: str
    days: str
    holds: bool
    coming: bool


def norm_lines(rows: Iterable[ReceptionNorm], today: dt.date) -> list[NormLine]:
    return [
        NormLine(
            row=row,
            amount=amount_words(row),
            days=span_text(row.valid_from, row.valid_until),
            holds=row.holds_on(today),
            coming=row.valid_from > today,
        )
        for row in rows
    ]


def norm_name(guest_class: str, item: str, part: str) -> str:
    """ "Thuê phòng nghỉ – Hạng A, Trưởng đoàn"."""
    return f"{ReceptionItem(item).label} – {whom(guest_class, part)}"


def whom(guest_class: str, part: str) -> str:
    """ "Hạng A, Trưởng đoàn"."""
    named = str(NormPart(part).label) if part != NormPart.ANY else ""
    return ", ".join(filter(None, (str(NormClass(guest_class).label), named)))


def amount_words(row: ReceptionNorm) -> str:
    """ "9.400.000 đồng/người/đêm"."""
    return f"{format_money(row.amount, 'đồng', decimals=0)}/{NormUnit(row.unit).label}"


def norm_words(row: ReceptionNorm) -> str:
    """The amount, its days and what it stands on, as a change of it is told."""
    checked = f" ({_('to be checked')})" if row.needs_check else ""
    return f"{amount_words(row)}, {span_text(row.valid_from, row.valid_until)}; {row.citation}{checked}"


def is_norm(guest_class: str, item: str, part: str) -> bool:
    return guest_class in NormClass.values and item in ReceptionItem.values and part in NormPart.values


def norm_key(guest_class: str, item: str, part: str) -> str:
    """By this the changes of a norm are found again."""
    return f"{guest_class}:{item}:{part}"


def norm_url(guest_class: str, item: str, part: str, name: str = "reception_norm") -> str:
    return reverse(f"delegations:{name}", args=[guest_class, item, part])


def _page(sort: str, key: str) -> str:
    return norm_url(*key.split(":"))


def costs_by(row: ReceptionNorm) -> QuerySet[ReceptionCost]:
    """Lines of costs that are reckoned by this amount: of its item and class, of visits whose norm is that of its days."""
    found = ReceptionCost.objects.filter(item=row.item).annotate(
        norm_day=Greatest(
            F("reception__visit__arrives_on"),
            Coalesce(F("reception__approved_on"), F("reception__visit__arrives_on")),
        )
    )
    if row.guest_class != NormClass.ANY:
        found = found.filter(reception__visit__guest_class=row.guest_class)
    found = found.filter(norm_day__gte=row.valid_from)
    return found.filter(norm_day__lte=row.valid_until) if row.valid_until else found


def gifts_by(row: ReceptionNorm) -> QuerySet[Gift]:
    """Gifts whose worth is held against this amount."""
    if row.item != ReceptionItem.GIFTS:
        return Gift.objects.none()
    found = Gift.objects.current().filter(direction=GiftDirection.GIVEN, given_on__gte=row.valid_from)
    if row.guest_class != NormClass.ANY:
        found = found.filter(guest_class=row.guest_class)
    return found.filter(given_on__lte=row.valid_until) if row.valid_until else found


def visits_reckoned_by(row: ReceptionNorm) -> int:
    return costs_by(row).values("reception").distinct().count()


def is_in_use(row: ReceptionNorm) -> bool:
    return costs_by(row).exists() or gifts_by(row).exists()


def _uses(instrument: Any, reader: Any) -> list[InstrumentUse]:
    count = ReceptionNorm.objects.visible_to(reader).filter(instrument=instrument).count()
    if not count:
        return []
    text = _("%(n)s amounts for receiving guests") % {"n": count}
    return [InstrumentUse(label=_("Reception norms"), text=text, url=reverse("delegations:reception_norms"))]


def register() -> None:
    register_rule_pages([RuleSort.RECEPTION], _page)
    register_instrument_uses("reception_norms", _uses)
