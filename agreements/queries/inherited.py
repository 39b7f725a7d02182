"""What our units keep in this room: partners, agreements, commitments; counted with the units merged into them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment, InternationalAgreement, Partner
from intlcoop.people.heirs import Estate, register_estate
from intlcoop.people.models import OrgUnit


def partners_of(user: Any, ids: set[int]) -> Any:
    return Partner.objects.visible_to(user).living().of_units(ids)


def agreements_of(user: Any, ids: set[int]) -> Any:
    return InternationalAgreement.objects.visible_to(user).concluded().of_units(ids)


def commitments_of(user: Any, ids: set[int]) -> Any:
    return Commitment.objects.visible_to(user).unfinished().of_units(ids)


def partners_url(unit: OrgUnit) -> str:
    return reverse("agreements:partner_list", query={"don_vi": unit.pk})


def agreements_url(unit: OrgUnit) -> str:
    return reverse("agreements:agreements", query={"don_vi": unit.pk})


def commitments_url(unit: OrgUnit) -> str:
    return reverse("agreements:commitment_list", query={"don_vi": unit.pk})


def register() -> None:
    register_estate(10, Estate("partners", _("Partners"), partners_of, partners_url))
    register_estate(20, Estate("agreements", _("Concluded agreements"), agreements_of, agreements_url))
    register_estate(30, Estate("commitments", _("Open commitments"), commitments_of, commitments_url))
