"""Writing partners: one place that keeps a partner from being entered twice under two spellings."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from agreements.models import Partner
from intlcoop.catalogues.models import Country
from intlcoop.catalogues.searching import search_text
from intlcoop.people.models import User
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.sorting import sort_key

TEXTS = ("name_vi", "name_en", "name_native", "short_name")


class PartnerFields(TypedDict, total=False):
    """What a person may say about a partner; a new one needs `name_vi` and `kind` (choices.PartnerKind)."""

    name_vi: str
    name_en: str
    name_native: str
    short_name: str
    kind: str
    country: Country | None
    in_viet_nam: bool
    is_active: bool


class PartnerExists(Exception):  # noqa: N818 - says what happened
    """Another partner has this name in this country; `partner` is that one and the text the sentence for the user."""

    def __init__(self, partner: Partner) -> None:
        super().__init__(gettext("The partner “%(name)s” is already in the list.") % {"name": partner})
        self.partner = partner


def create_partner(*, actor: User, **fields: Unpack[PartnerFields]) -> Partner:
    """Add a partner. Raises PartnerExists, whose `partner` can be used instead."""
    return _write(Partner(proposed_by=actor), fields)


def update_partner(partner: Partner, *, actor: User, **fields: Unpack[PartnerFields]) -> Partner:
    """Change what is named in `fields` and leave the rest. Raises PartnerExists."""
    return _write(partner, fields)


def _write(partner: Partner, fields: PartnerFields) -> Partner:
    for name, value in fields.items():
        setattr(partner, name, " ".join(nfc(str(value)).split()) if name in TEXTS else value)
    partner.folded_name = fold(partner.name_vi)
    partner.sort_key = sort_key(partner.name_vi)
    partner.search_text = search_text(*(getattr(partner, name) for name in TEXTS))
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError:
        twin = Partner.objects.same_as(partner.name_vi, partner.country).exclude(pk=partner.pk).first()
        if twin is None:
            raise
        raise PartnerExists(twin) from None
    return partner
