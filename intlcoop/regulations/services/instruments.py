"""New and corrected instruments, and which of them takes the place of which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from intlcoop.regulations.choices import RuleAct, RuleSort
from intlcoop.regulations.models import Instrument, InstrumentLink
from intlcoop.regulations.services.changes import record_change, require_reason, written_words
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.people.models import User

DAY = dt.timedelta(days=1)
#: Other instruments by choices.InstrumentRelation.
Links = Mapping[str, Iterable[Instrument]]


@transaction.atomic
def add_instrument(
    *,
    replaces: Iterable[Instrument] = (),
    links: Links | None = None,
    reason: str,
    news: str = "",
    is_published: bool = False,
    actor: User,
    **fields: Any,
) -> Instrument:
    """Record an instrument; what it replaces ends the day before it comes into force. Raises ValidationError."""
    require_reason(reason)
    instrument = Instrument(**fields)
    instrument.full_clean()
    instrument.save()
    _replace(instrument, replaces)
    _link(instrument, links)
    with written_words():
        subject, after = name_of(instrument), particulars(instrument)
    record_change(
        actor=actor, reason=reason, news=news, is_published=is_published, sort=RuleSort.INSTRUMENT, act=RuleAct.ADDED,
        subject=subject, after=after, instrument=instrument, effective_from=instrument.effective_from,
    )  # fmt: skip
    return instrument


@transaction.atomic
def change_instrument(
    instrument: Instrument,
    *,
    replaces: Iterable[Instrument] = (),
    links: Links | None = None,
    reason: str,
    news: str = "",
    is_published: bool = False,
    actor: User,
    **fields: Any,
) -> Instrument:
    """Correct what is recorded of an instrument; `links` replace those there are, None leaves them. Raises ValidationError."""
    require_reason(reason)
    stored = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    with written_words():
        before = particulars(stored)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.full_clean()
    stored.save()
    _replace(stored, replaces)
    _link(stored, links)
    with written_words():
        subject, after = name_of(stored), particulars(stored)
    record_change(
        actor=actor, reason=reason, news=news, is_published=is_published, sort=RuleSort.INSTRUMENT,
        act=RuleAct.CHANGED, subject=subject, before=before, after=after, instrument=stored,
        effective_from=stored.effective_from,
    )  # fmt: skip
    return stored


def _link(instrument: Instrument, links: Links | None) -> None:
    """Make the links of the instrument equal to these. Raises ValidationError."""
    if links is None:
        return
    wanted = {(relation, other.pk): other for relation, others in links.items() for other in others}
    for link in instrument.links.all():
        if wanted.pop((link.relation, link.other_id), None) is None:
            link.delete()
    for (relation, _pk), other in wanted.items():
        link = InstrumentLink(instrument=instrument, relation=relation, other=other)
        link.full_clean()
        link.save()


def _replace(instrument: Instrument, replaced: Iterable[Instrument]) -> None:
    wanted = {each.pk: each for each in replaced}
    for former in Instrument.objects.filter(replaced_by=instrument).exclude(pk__in=wanted):
        former.replaced_by = None
        former.save(update_fields=["replaced_by"])
    for former in wanted.values():
        if former.replaced_by_id not in (None, instrument.pk):
            values = {"former": str(former), "other": str(former.replaced_by)}
            text = gettext("%(former)s is replaced by %(other)s already. Correct that one first.") % values
            raise ValidationError({"replaces": text})
        _refuse_circle(instrument, former)
        former.replaced_by = instrument
        if former.effective_to is None and instrument.effective_from:
            former.effective_to = instrument.effective_from - DAY
        if former.effective_from and former.effective_to and former.effective_to < former.effective_from:
            text = gettext("%(former)s came into force on %(day)s, after the instrument that should replace it.")
            values = {"former": str(former), "day": table_date(former.effective_from)}
            raise ValidationError({"replaces": text % values})
        former.save(update_fields=["replaced_by", "effective_to"])


def _refuse_circle(instrument: Instrument, former: Instrument) -> None:
    """What replaces must not, over however many steps, be replaced by what it replaces."""
    seen: set[int] = set()
    later: Instrument | None = instrument
    while later is not None and later.pk not in seen:
        if later.pk == former.pk:
            text = gettext("%(instrument)s cannot replace %(former)s: it is itself replaced by it.")
            raise ValidationError({"replaces": text % {"instrument": instrument, "former": former}})
        seen.add(later.pk)
        later = later.replaced_by


def name_of(instrument: Instrument) -> str:
    return f"{instrument} – {instrument.title}"


def particulars(instrument: Instrument) -> str:
    """What is recorded of an instrument, in one line."""
    parts = [str(instrument), instrument.title, instrument.issuer]
    if instrument.issued_on:
        parts.append(gettext("issued on %(day)s") % {"day": table_date(instrument.issued_on)})
    if instrument.effective_from:
        parts.append(gettext("in force from %(day)s") % {"day": table_date(instrument.effective_from)})
    if instrument.effective_to:
        parts.append(gettext("until %(last)s") % {"last": table_date(instrument.effective_to)})
    if instrument.needs_check:
        parts.append(gettext("to be checked"))
    links = instrument.links.select_related("other") if instrument.pk else ()
    parts += [f"{link.get_relation_display()}: {link.other.symbol}" for link in links]
    return "; ".join(part for part in (*parts, instrument.url, instrument.note) if part)
