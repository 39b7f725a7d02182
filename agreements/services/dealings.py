"""Writing down what happened with partners. Called by the effects of files, in their transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from agreements.choices import DatePrecision
from agreements.models import Dealing, InternationalAgreement, Partner
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case


@transaction.atomic
def record_dealing(
    partner: Partner,
    *,
    on: dt.date,
    kind: str,
    title: str,
    unit: OrgUnit,
    case: Case | None = None,
    agreements: Iterable[InternationalAgreement] = (),
    precision: str = DatePrecision.DAY,
    is_sample: bool = False,
) -> list[Dealing]:
    """One row for the partner, or one per agreement that it served; a file that says it again says it once.

    `kind` is a choices.DealingKind. A file's later word replaces the day and title of its earlier one.
    """
    known = {"on": on, "title": title[:300], "unit": unit, "precision": precision, "is_sample": is_sample}
    served: list[InternationalAgreement | None] = list(agreements)
    found = []
    for agreement in served or [None]:
        key: dict[str, Any] = {"partner": partner, "agreement": agreement, "case": case, "kind": kind}
        if case is None:
            found.append(Dealing.objects.create(**key, **known))
        else:
            found.append(Dealing.objects.update_or_create(**key, defaults=known)[0])
    return found


@transaction.atomic
def withdraw_dealings(case: Case) -> int:
    """What this file said to have happened did not: a trip called off after all. Returns how many rows went."""
    return Dealing.objects.filter(case=case).delete()[0]
