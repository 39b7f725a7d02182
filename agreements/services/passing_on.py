"""A division of units gives the care of a partner to another unit."""

from __future__ import annotations

from django.db import transaction

from agreements.models import PartnerUnit
from intlcoop.people.models import OrgUnit


@transaction.atomic
def hand_over_partner(row: PartnerUnit, unit: OrgUnit) -> None:
    """This unit works with the partner from now on; where it did already, the row of the old one is not needed any more."""
    if PartnerUnit.objects.filter(partner=row.partner_id, unit=unit).exists():
        row.delete()
        return
    row.unit = unit
    row.save(update_fields=["unit"])
