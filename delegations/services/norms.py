"""Writes on tables of norms and rates of exchange. A norm is never edited in place: a new one ends the former the day before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from delegations.models import CountryGroup, EstimateItem, ExchangeRate, GroupedCountry, NormTable, PerDiemNorm
from intlcoop.catalogues.models import Country, Currency
from intlcoop.regulations.models import Instrument
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean

if TYPE_CHECKING:
    from intlcoop.people.models import User

ONE_DAY = dt.timedelta(days=1)


@transaction.atomic
def save_norm_table(
    table: NormTable | None,
    *,
    instrument: Instrument,
    valid_from: dt.date,
    valid_until: dt.date | None,
    class_a_ranks: list[str],
    note: str,
    needs_check: bool,
    actor: User,
) -> NormTable:
    """A table for the norms of a circular. A new one ends the open table before it. Raises NotAllowed, Refused."""
    _may_keep(actor)
    if table is None:
        before = (
            NormTable.objects.select_for_update().filter(valid_until__isnull=True, valid_from__lt=valid_from).first()
        )
        if before is not None:
            _end(before, valid_from - ONE_DAY)
            for norm in PerDiemNorm.objects.filter(group__table=before, valid_until__isnull=True):
                _end(norm, valid_from - ONE_DAY)
    found = table or NormTable()
    found.instrument, found.valid_from, found.valid_until = instrument, valid_from, valid_until
    found.class_a_ranks, found.note, found.needs_check = class_a_ranks, note, needs_check
    clean(found)
    found.save()
    return found


@transaction.atomic
def save_country_group(
    group: CountryGroup | None,
    table: NormTable,
    *,
    name: str,
    is_rest: bool,
    countries: Iterable[Country],
    position: int = 100,
    actor: User,
    is_sample: bool = False,
) -> CountryGroup:
    """A group with its countries. A country stands in one group of a table: raises Refused naming the other."""
    _may_keep(actor)
    NormTable.objects.select_for_update().get(pk=table.pk)
    found = group or CountryGroup(table=table, is_sample=is_sample)
    found.name, found.is_rest, found.position = name, is_rest, position
    clean(found)
    found.save()
    wanted = {country.pk: country for country in countries}
    if is_rest and wanted:
        raise Refused(_("The group of all other countries names none itself."))
    elsewhere = GroupedCountry.objects.filter(table=table, country__in=wanted).exclude(group=found)
    if taken := [
        _("%(country)s stands in the group “%(group)s” already.") % {"country": row.country, "group": row.group}
        for row in elsewhere.select_related("country", "group")
    ]:
        raise Refused(taken)
    now = {row.country_id: row for row in found.countries.all()}
    for pk, row in now.items():
        if pk not in wanted:
            row.delete()
    for pk in wanted.keys() - now.keys():
        GroupedCountry.objects.create(table=table, group=found, country_id=pk)
    return found


@transaction.atomic
def set_norm(
    group: CountryGroup,
    *,
    item: str,
    person_class: str,
    amount: Decimal,
    currency: Currency,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    citation: str = "",
    reason: str,
    needs_check: bool = False,
    actor: User,
    is_sample: bool = False,
) -> PerDiemNorm:
    """An amount from a day on. What held before ends the day before; one that begins later is named and refused.

    Raises NotAllowed, Refused.
    """
    _may_keep(actor)
    table = NormTable.objects.select_for_update().get(pk=group.table_id)
    last = valid_until or table.valid_until
    outside = valid_from < table.valid_from or (
        table.valid_until is not None and (last is None or last > table.valid_until)
    )
    if outside:
        raise Refused(
            _("%(table)s holds from %(first)s to %(last)s; the norm must lie within.")
            % {
                "table": table.instrument,
                "first": table_date(table.valid_from),
                "last": table_date(table.valid_until) if table.valid_until else "…",
            }
        )
    same = PerDiemNorm.objects.filter(group=group, item=item, person_class=person_class)
    before = same.filter(valid_from__lt=valid_from).overlapping(valid_from, None).first()
    if before is not None:
        _end(before, valid_from - ONE_DAY)
    _refuse_overlap(same.overlapping(valid_from, last))
    norm = PerDiemNorm(
        group=group, item=item, person_class=person_class, amount=amount, currency=currency, valid_from=valid_from,
        valid_until=last, citation=citation, reason=reason.strip(), needs_check=needs_check, is_sample=is_sample,
        entered_by=actor,
    )  # fmt: skip
    clean(norm)
    norm.save()
    return norm


@transaction.atomic
def withdraw_norm(norm: PerDiemNorm, *, actor: User) -> None:
    """Take out an amount that was entered wrongly, as long as no estimate stands on it; the history keeps it."""
    _may_keep(actor)
    if EstimateItem.objects.filter(norm=norm).exists():
        raise Refused(_("Estimates stand on this amount. Enter a new amount from a later day instead."))
    norm.delete()


def _refuse_overlap(rows: Any) -> None:
    other = rows.first()
    if other is not None:
        raise Refused(
            _(
                "There is an amount from %(first)s already: %(amount)s %(currency)s. Choose a later day, or take that one out."
            )
            % {"first": table_date(other.valid_from), "amount": f"{other.amount:f}", "currency": other.currency.code}
        )


@transaction.atomic
def save_rate(
    rate: ExchangeRate | None,
    *,
    currency: Currency,
    valid_from: dt.date,
    valid_until: dt.date | None,
    value: Decimal,
    source: str,
    actor: User,
    is_sample: bool = False,
) -> ExchangeRate:
    """A rate of exchange; estimates that were written before keep theirs. Raises NotAllowed, Refused (overlap, not positive)."""
    if not rules.has_perm("delegations.keep_rates", actor):
        raise NotAllowed(_("Only the finance department enters rates of exchange."))
    last = valid_until or valid_from
    if currency.code == "VND":
        raise Refused(_("The đồng needs no rate."))
    others = ExchangeRate.objects.filter(currency=currency).exclude(pk=rate.pk if rate else None)
    other = others.overlapping(valid_from, last).first() if last >= valid_from else None
    if other is not None:
        raise Refused(
            _("%(currency)s has a rate from %(first)s to %(last)s already. Correct that one, or choose other days.")
            % {
                "currency": currency.code,
                "first": table_date(other.valid_from),
                "last": table_date(other.valid_until),
            }
        )
    found = rate or ExchangeRate(is_sample=is_sample)
    found.currency, found.valid_from, found.valid_until = currency, valid_from, last
    found.rate, found.source, found.entered_by = value, source.strip(), actor
    clean(found)
    found.save()
    return found


def _may_keep(actor: User) -> None:
    if not rules.has_perm("delegations.keep_norms", actor):
        raise NotAllowed(_("Only the finance department and administrators keep the norms."))


def _end(row: Any, last: dt.date) -> None:
    row.valid_until = last
    clean(row)
    row.save(update_fields=["valid_until"])
