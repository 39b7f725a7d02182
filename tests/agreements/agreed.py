"""Agreements for tests as rows: signed with partners, without the way that led there."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from agreements.models import AgreementParty, InternationalAgreement, Partner
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.models import Case
from tests.ministry import Ministry

_numbers = itertools.count(1)


def agreement(
    ministry: Ministry, *partners: Partner, title: str = "Bản ghi nhớ về lưu trữ", state: str = "in_force", **more: Any
) -> InternationalAgreement:
    """Of the unit CSDP unless said otherwise; `signed_on` and other fields by name."""
    case = Case.objects.create(
        kind="agreement",
        number=f"TTQT-2026-{next(_numbers):04d}",
        title=title,
        fold=fold(title),
        unit=ministry.unit(more.pop("unit", "CSDP")),
        created_by=ministry.htqt,
        state=state,
        first_submitted_at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC),
    )
    made = InternationalAgreement.objects.create(case=case, **more)
    for position, partner in enumerate(partners):
        AgreementParty.objects.create(agreement=made, partner=partner, position=position)
    return made
