"""The form of a trip as a browser sends it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from delegations.models import OutboundDelegation
from intlcoop.catalogues.models import Country, Currency


def rows(prefix: str, *values: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(values),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 100,
    }
    for number, row in enumerate(values):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def member(name: str = "Triệu Hoài Linh (chuyenvien2)", part: str = "head", **extra: Any) -> dict[str, Any]:
    return {"full_name": name, "part": part, "member_class": "official"} | extra


def leg(iso2: str = "TH", **extra: Any) -> dict[str, Any]:
    return {"country": Country.objects.get(iso2=iso2).pk, "city": "Băng Cốc"} | extra


def money(amount: str = "120.000.000", **extra: Any) -> dict[str, Any]:
    return {"source": "state_budget", "amount": amount, "currency": Currency.objects.get(code="VND").pk} | extra


def typed(trip: OutboundDelegation, **changes: Any) -> dict[str, Any]:
    """A whole form that would pass; `members`, `legs` and `funding` are lists of rows."""
    departs = timezone.localdate() + dt.timedelta(days=60)
    data = {
        "version": trip.case.version,
        "title": "Dự Hội nghị ACCSM",
        "mode": "led",
        "departs_on": f"{departs:%d/%m/%Y}",
        "returns_on": f"{departs + dt.timedelta(days=3):%d/%m/%Y}",
        "purpose": "conference",
        "purpose_text": "Dự Hội nghị",
        "expected_result": "Báo cáo",
        "inviting_body": "Ban Thư ký ASEAN",
        "out_of_plan_reason": "Lời mời phát sinh",
    }
    groups = {
        "members": changes.pop("members", [member()]),
        "legs": changes.pop("legs", [leg()]),
        "funding": changes.pop("funding", [money()]),
    }
    for prefix, values in groups.items():
        data |= rows(prefix, *values)
    return data | changes
