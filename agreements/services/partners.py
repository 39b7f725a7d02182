"""Writing partners: one place that keeps a partner from being entered twice under two spellings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, Unpack

import rules
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from agreements.choices import NameKind
from agreements.guards.partners import cannot_belong_to, cannot_delete
from agreements.likeness import traces
from agreements.models import Partner, PartnerName, PartnerUnit
from agreements.queries.tree import survivor
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.catalogues.searching import search_text
from intlcoop.notifications.services import notify
from intlcoop.people.models import OrgUnit, User
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.sorting import sort_key
from intlcoop.workflow.refusals import NotAllowed, Refused

TEXTS = ("name_vi", "name_en", "name_native", "short_name")


class PartnerFields(TypedDict, total=False):
    """What a person may say about a partner; a new one needs `name_vi` and `kind` (choices.PartnerKind)."""

    name_vi: str
    name_en: str
    name_native: str
    short_name: str
    kind: str
    country: Country | None
    parent: Partner | None
    tier: str
    fields: Iterable[CooperationField]
    needs: str
    capacity: str
    address: str
    website: str
    in_viet_nam: bool
    is_active: bool
    is_sample: bool


class PartnerExists(Exception):  # noqa: N818 - says what happened
    """Another partner has this name in this country; `partner` is that one and the text the sentence for the user."""

    def __init__(self, partner: Partner) -> None:
        super().__init__(gettext("The partner “%(name)s” is already in the list.") % {"name": partner})
        self.partner = partner


@transaction.atomic
def create_partner(
    *,
    actor: User,
    names: Iterable[Mapping[str, Any]] = (),
    units: Iterable[Mapping[str, Any]] = (),
    **fields: Unpack[PartnerFields],
) -> Partner:
    """Add a partner; from somebody outside the department it is a proposal (F9). Raises PartnerExists, Refused.

    `names`: {"name", "kind", "until"}; `units`: {"unit", "since", "until", "content"}.
    """
    proposed = not rules.has_perm("agreements.confirm_partner", actor)
    partner = _write(Partner(proposed_by=actor, is_proposed=proposed), fields)
    if names:
        set_names(partner, names)
    if units:
        set_units(partner, units)
    return partner


@transaction.atomic
def update_partner(
    partner: Partner,
    *,
    actor: User,
    names: Iterable[Mapping[str, Any]] | None = None,
    units: Iterable[Mapping[str, Any]] | None = None,
    **fields: Unpack[PartnerFields],
) -> Partner:
    """Change what is named in `fields` and leave the rest; lists of rows replace those there. Raises PartnerExists, Refused.

    It is written on the row as it is now: one that was merged since it was looked at stays merged and is not changed.
    """
    now = Partner.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=partner.pk)
    if now.merged_into is not None:
        text = gettext("“%(name)s” has been merged into “%(kept)s” in the meantime. Write it down there.")
        raise Refused(text % {"name": now, "kept": now.merged_into})
    partner = now
    _write(partner, fields)
    if names is not None:
        set_names(partner, names)
    if units is not None:
        set_units(partner, units)
    return partner


@transaction.atomic
def confirm_partner(partner: Partner, *, actor: User) -> Partner:
    """The department has looked at a proposal and takes it into the list. Raises NotAllowed, Refused."""
    _ask("agreements.confirm_partner", actor, partner)
    found = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if not found.is_proposed:
        raise Refused(gettext("“%(name)s” is in the list already.") % {"name": found})
    found.is_proposed = False
    found.save(update_fields=["is_proposed"])
    text = gettext("Your proposal “%(name)s” has been taken into the address book of partners.")
    tell_proposer(found, "confirmed", text % {"name": found}, found.get_absolute_url())
    return found


@transaction.atomic
def join_partner(partner: Partner, unit: OrgUnit, *, actor: User) -> PartnerUnit:
    """One of the actor's own units says that it works with the partner, from today on. Raises NotAllowed."""
    own = principal_of(actor).own_unit_ids
    if not rules.has_perm("agreements.join_partner", actor, partner) or unit.pk not in own:
        raise NotAllowed(gettext("Only people of the unit say that it works with a partner."))
    since = {"since": timezone.localdate(), "is_sample": partner.is_sample}
    row, _made = PartnerUnit.objects.get_or_create(partner=partner, unit=unit, defaults=since)
    return row


def tell_proposer(partner: Partner, what: str, subject: str, url: str) -> None:
    """Whoever proposed a partner hears what became of it."""
    if partner.proposed_by is not None:
        notify([partner.proposed_by], event_key=f"partner:{partner.pk}:{what}", subject=subject, url=url)


@transaction.atomic
def delete_partner(partner: Partner, *, actor: User) -> None:
    """Take out a partner that nothing refers to, such as a proposal by mistake. Raises NotAllowed, Refused with what refers."""
    _ask("agreements.merge_partner", actor, partner)
    found = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if problems := cannot_delete(found):
        raise Refused(problems)
    for part in (found.posts, found.units, found.memberships):
        part.all().delete()
    found.delete()


def _ask(permission: str, actor: User, partner: Partner) -> None:
    if not rules.has_perm(permission, actor, partner):
        raise NotAllowed(gettext("This is done by the department of international cooperation."))


def set_names(partner: Partner, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make these the partner's other names; a row that is there already, whatever its spelling, is changed and not doubled."""
    known = {name.folded: name for name in partner.names.all()}
    wanted = {}
    for row in rows:
        text = " ".join(nfc(str(row["name"])).split())[:200]
        if fold(text):
            wanted[fold(text)[:250]] = {
                "name": text,
                "kind": row.get("kind") or NameKind.ALIAS,
                "until": row.get("until"),
            }
    for folded, values in wanted.items():
        found = known.pop(folded, None) or PartnerName(partner=partner, folded=folded)
        _save_if_changed(found, values)
    for gone in known.values():
        gone.delete()
    refresh_names(partner)


def set_units(partner: Partner, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make these the units of ours that work with the partner; each unit once, the last row of it counts."""
    known = {row.unit_id: row for row in partner.units.all()}
    wanted: dict[OrgUnit, Mapping[str, Any]] = {row["unit"]: row for row in rows}
    for unit, row in wanted.items():
        found = known.pop(unit.pk, None) or PartnerUnit(partner=partner, unit=unit, is_sample=partner.is_sample)
        values: dict[str, dt.date | str | None] = {"since": row.get("since"), "until": row.get("until")}
        _save_if_changed(found, values | {"content": row.get("content") or ""})
    for gone in known.values():
        gone.delete()


def _save_if_changed(row: Any, values: Mapping[str, Any]) -> None:
    """Rows that are as they were leave no line in the history."""
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def refresh_names(partner: Partner) -> None:
    """Bring what search and comparison read in line with all names of the partner."""
    _take_names(partner, [name.name for name in partner.names.all()])
    partner.save(update_fields=["search_text", "likeness"])


def fill_likeness() -> None:
    """For partners written before the comparison was there; one question when nothing is missing."""
    for partner in Partner.objects.filter(likeness="").prefetch_related("names").iterator(chunk_size=500):
        refresh_names(partner)


def _take_names(partner: Partner, others: list[str]) -> None:
    own = [getattr(partner, name) for name in TEXTS]
    partner.search_text = search_text(*own, *others)
    partner.likeness = traces(name for name in (*own, *others) if name)


def _write(partner: Partner, fields: PartnerFields) -> Partner:
    chosen = fields.get("fields")
    for name, value in fields.items():
        if name != "fields":
            setattr(partner, name, " ".join(nfc(str(value)).split()) if name in TEXTS else value)
    if problems := cannot_belong_to(partner, partner.parent):
        raise Refused(problems)
    partner.folded_name = fold(partner.name_vi)[:250]
    partner.sort_key = sort_key(partner.name_vi)[:700]
    _take_names(partner, [name.name for name in partner.names.all()] if partner.pk else [])
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError:
        twin = Partner.objects.same_as(partner.name_vi, partner.country).exclude(pk=partner.pk).first()
        if twin is None:
            raise
        raise PartnerExists(survivor(twin)) from None
    if chosen is not None:
        partner.fields.set(chosen)
    return partner
