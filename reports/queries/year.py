"""The year so far against the plan, in four figures for whoever answers for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.choices import Mode, OutboundState
from delegations.models import OutboundDelegation, PlanLine

if TYPE_CHECKING:
    from intlcoop.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigure:
    """`of` is what the figure is measured against, if anything."""

    label: str
    value: int
    url: str
    of: int | None = None


def year_figures(user: User, today: dt.date) -> list[YearFigure]:
    """Trips that departed this year in and out of plan, accompanying ones, and what is under way: two queries."""
    gone = Q(departs_on__year=today.year, departs_on__lte=today, case__state__in=OutboundState.COUNTED)
    led = gone & Q(mode=Mode.LED)
    found: dict[str, Any] = OutboundDelegation.objects.visible_to(user).aggregate(
        in_plan=Count("pk", filter=led & Q(plan_line__isnull=False)),
        out_of_plan=Count("pk", filter=led & Q(plan_line__isnull=True)),
        accompanying=Count("pk", filter=gone & Q(mode=Mode.ACCOMPANYING)),
        under_way=Count("pk", filter=Q(case__state__in=[OutboundState.IN_APPROVAL, OutboundState.AWAITING_DECISION])),
    )
    planned = PlanLine.objects.filter(plan__year=today.year, plan__approved_on__isnull=False).count()
    year = str(today.year)
    return [
        YearFigure(
            label=_("trips in the plan of %(year)s have departed") % {"year": year},
            value=found["in_plan"],
            of=planned or None,
            url=trips_url(nam=year, ke_hoach="trong"),
        ),
        YearFigure(
            label=_("trips outside the plan"), value=found["out_of_plan"], url=trips_url(nam=year, ke_hoach="ngoai")
        ),
        YearFigure(
            label=_("trips accompanying senior leaders"),
            value=found["accompanying"],
            url=trips_url(nam=year, hinh_thuc=Mode.ACCOMPANYING),
        ),
        YearFigure(
            label=_("trips in approval or awaiting the decision"),
            value=found["under_way"],
            url=trips_url(trang_thai=OutboundState.IN_APPROVAL),
        ),
    ]


def trips_url(**filters: str) -> str:
    """The list of trips under these filters (delegations.filters)."""
    return reverse("delegations:trips", query=filters)
