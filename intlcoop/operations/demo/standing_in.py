"""Who stands in for whom in the demo: one head who will be away, with the paper that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone

from intlcoop.people.choices import SignatureForm
from intlcoop.people.models import Substitution, User
from intlcoop.people.services import record_substitution

FIRST, LAST = dt.timedelta(days=20), dt.timedelta(days=24)


def build(people: Mapping[str, User]) -> Substitution:
    """The head of the ICD goes on leave; the deputy signs KT. in files up to half a billion đồng. The head who travels before
    that still has nobody."""
    today = timezone.localdate()
    return record_substitution(
        people["vutruong"],
        people["phovutruong"],
        form=SignatureForm.KT,
        valid_from=today + FIRST,
        valid_until=today + LAST,
        ceiling=Decimal(500_000_000),
        document="05/QĐ-HTQT (minh họa)",
        reason="Nghỉ phép (minh họa)",
        actor=people["vanthu"],
    )
