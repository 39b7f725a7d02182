"""Writes on the estimate of a trip. It belongs to the file: whoever may edit the file edits it, and the engine is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import ExpenseItem, FundingSource
from delegations.models import EstimateItem, EstimatePerson, FundingItem, OutboundDelegation, TripEstimate
from delegations.queries.estimates import Sheet
from delegations.queries.norms import NormBook
from delegations.queries.proposals import needs_of, proposed_rows
from delegations.queries.rates import RateBook
from intlcoop.catalogues.models import Currency
from intlcoop.workflow.refusals import Refused
from intlcoop.workflow.rows import Rows, clean
from intlcoop.workflow.services import lock_to_edit, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User

FIELDS = (
    "item", "country", "person_class", "quantity", "unit_amount", "currency", "source", "over_reason", "note",
)  # fmt: skip


@transaction.atomic
def save_estimate(
    trip: OutboundDelegation,
    *,
    actor: User,
    rates_on: dt.date | None = None,
    note: str = "",
    rows: Rows,
    expected_version: int | None = None,
) -> None:
    """Make the estimate equal to these rows: dicts of FIELDS with "people" (ids of members) and the "id" of a row that stays.

    Norm and rate of each line are looked up here. Raises NotAllowed, Conflict (somebody else saved meanwhile), Refused.
    """
    locked = _lock(trip, actor, expected_version)
    head = TripEstimate.objects.filter(delegation=trip).first() or TripEstimate(delegation=trip)
    head.rates_on, head.note = rates_on or timezone.localdate(), note
    clean(head)
    head.save()
    _write(trip, head, rows)
    record_content(locked, actor=actor)


@transaction.atomic
def follow_the_file(trip: OutboundDelegation, *, actor: User, expected_version: int | None = None) -> None:
    """Bring people, days and countries of the estimate in line with list and itinerary; amounts and reasons stay.

    Without an estimate this makes one.
    """
    locked = _lock(trip, actor, expected_version)
    sheet = Sheet(trip)
    norms = NormBook(trip.departs_on)
    needs = {need.key: need for need in needs_of(trip, norms)}
    fresh = {(row["item"], row["country"].pk if row["country"] else None, row["person_class"]): row
             for row in proposed_rows(trip, norms)}  # fmt: skip
    members = {member.pk for member in sheet.members}
    places = {leg.country_id for leg in trip.legs.all()}
    rows: list[dict[str, Any]] = []
    for item, line in zip(sheet.items, sheet.lines, strict=True):
        if item.country_id is not None and item.country_id not in places:
            continue
        row = {name: getattr(item, name) for name in FIELDS} | {"id": item.pk, "people": list(line.people)}
        key = (item.item, item.country_id, item.person_class)
        need = needs.pop(key, None)
        if need is not None:
            row |= {"people": list(need.people)}
            if item.item in (ExpenseItem.LODGING, ExpenseItem.MEALS):
                row["quantity"] = need.quantity
        rows.append(row | {"people": [pk for pk in row["people"] if pk in members]})
    kept = [
        row for row in rows if row["people"] or row["item"] in ExpenseItem.OF_GROUP or row["item"] == ExpenseItem.OTHER
    ]
    # A line that somebody took out on purpose comes back only for a country that has none yet.
    known = {row["country"].pk for row in kept if row["country"]}
    new = [fresh[key] for key in needs if not sheet or (key[1] is not None and key[1] not in known)]
    head = sheet.head or TripEstimate(delegation=trip, rates_on=timezone.localdate())
    head.save()
    _write(trip, head, [*kept, *new])
    record_content(locked, actor=actor)


@transaction.atomic
def ask_for_the_estimate(trip: OutboundDelegation, *, actor: User, expected_version: int | None = None) -> None:
    """ "Who pays how much" as the estimate has it: one row per source, in đồng. Raises Refused while a sum is not known."""
    locked = _lock(trip, actor, expected_version)
    sheet = Sheet(trip)
    totals = sheet.totals
    if not sheet or totals.all is None:
        raise Refused(_("The estimate is not complete: enter the missing amounts and rates first."))
    currency = Currency.objects.get(code="VND")
    trip.funding.all().delete()
    for position, (source, amount) in enumerate(totals.by_source.items()):
        if amount:
            FundingItem.objects.create(
                delegation=trip, source=source, amount=amount, currency=currency, position=position,
                note=_("By the cost estimate"),
            )  # fmt: skip
    trip.host_pays_all = not totals.own and bool(totals.by_source.get(FundingSource.HOST))
    trip.save(update_fields=["host_pays_all"])
    record_content(locked, actor=actor)


@transaction.atomic
def copy_estimate(source: OutboundDelegation, target: OutboundDelegation) -> None:
    """The estimate of one version of a trip for another; people are found again by account or name. Part of a larger write."""
    target.estimate_items.all().delete()
    TripEstimate.objects.filter(delegation=target).delete()
    sheet = Sheet(source)
    if sheet.head is not None:
        TripEstimate.objects.create(delegation=target, rates_on=sheet.head.rates_on, note=sheet.head.note)
    same = {(member.person_id or member.full_name): member.pk for member in target.members.all()}
    there = {member.pk: same.get(member.person_id or member.full_name) for member in sheet.members}
    for item, line in zip(sheet.items, sheet.lines, strict=True):
        made = EstimateItem.objects.create(
            delegation=target,
            **{name: getattr(item, name) for name in FIELDS},
            rate=item.rate,
            norm=item.norm,
            position=item.position,
        )
        _set_people(made, [there[pk] for pk in line.people if there.get(pk)])  # type: ignore[misc]


def _lock(trip: OutboundDelegation, actor: User, expected_version: int | None) -> Any:
    trip.case = lock_to_edit(trip.case, actor=actor, expected_version=expected_version)
    return trip.case


def _write(trip: OutboundDelegation, head: TripEstimate, rows: Rows) -> None:
    norms, rates = NormBook(trip.departs_on), RateBook()
    members = set(trip.members.values_list("pk", flat=True))
    existing = {item.pk: item for item in trip.estimate_items.all()}
    kept = {row["id"] for row in rows if row.get("id") in existing}
    for pk, item in existing.items():
        if pk not in kept:
            item.delete()
    problems: list[str] = []
    for position, row in enumerate(rows):
        item = existing.get(row.get("id") or 0, EstimateItem(delegation=trip))
        try:
            _write_row(item, row, position, head, norms, rates)
        except Refused as refusal:
            problems += [
                _("Line %(n)s: %(reason)s") % {"n": position + 1, "reason": reason} for reason in refusal.reasons
            ]
        else:
            _set_people(item, [pk for pk in row.get("people", ()) if pk in members])
    if problems:
        raise Refused(problems)


def _write_row(
    item: EstimateItem, row: Mapping[str, Any], position: int, head: TripEstimate, norms: NormBook, rates: RateBook
) -> None:
    for name in FIELDS:
        setattr(item, name, row[name])
    item.position = position
    item.norm = norms.norm(item.country_id, item.person_class, item.item)
    item.rate = rates.on(item.currency.code, head.rates_on)
    clean(item)
    item.save()


def _set_people(item: EstimateItem, people: list[int]) -> None:
    now = set(EstimatePerson.objects.filter(item=item).values_list("member", flat=True)) if item.pk else set()
    wanted = set() if item.item in ExpenseItem.OF_GROUP else set(people)
    EstimatePerson.objects.filter(item=item, member__in=now - wanted).delete()
    for pk in sorted(wanted - now):
        EstimatePerson.objects.create(item=item, member_id=pk)
