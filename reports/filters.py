"""By what is the register of other work narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerFilter
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit
from intlcoop.web.filter_options import Options, offer
from reports.choices import Direction, WorkKind, WorkState
from reports.models import WorkItem

STILL_OPEN, OVERDUE = "con_mo", "qua_han"
MINE = (("toi", _("I see to it")), ("toi_nhap", _("Entered by me")))
FIRST_YEAR = 2010


class WorkFilter(OfUnits, django_filters.FilterSet):
    """A unit answers with everything that was merged into it."""

    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=WorkKind.choices, label=_("Kind of work"), empty_label=_("All")
    )
    trang_thai = django_filters.ChoiceFilter(
        method="by_state",
        choices=[(STILL_OPEN, _("Not finished")), (OVERDUE, _("Reply overdue")), *WorkState.choices],
        label=_("Status"),
        empty_label=_("All"),
    )
    don_vi = django_filters.ChoiceFilter(method="by_unit", label=_("Unit"), empty_label=_("All"))
    nam = django_filters.ChoiceFilter(method="by_year", label=_("Year"), empty_label=_("All"))
    chieu = django_filters.ChoiceFilter(
        field_name="direction", choices=Direction.choices, label=_("Which way"), empty_label=_("All")
    )
    doi_tac = PartnerFilter(field_name="partner", label=_("Partner"))
    cua_toi = django_filters.ChoiceFilter(method="by_part", choices=MINE, label=_("My part"), empty_label=_("All"))

    class Meta:
        model = WorkItem
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = timezone.localdate().year
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in range(this_year + 1, FIRST_YEAR - 1, -1)]
        offer(self, {"don_vi": Options(OrgUnit.objects.all(), rank="position")})

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> Any:
        if value == STILL_OPEN:
            return queryset.unfinished()  # type: ignore[attr-defined]
        if value == OVERDUE:
            return queryset.overdue(timezone.localdate())  # type: ignore[attr-defined]
        return queryset.filter(case__state=value)

    def by_year(self, queryset: QuerySet[Any], name: str, value: str) -> Any:
        return queryset.begun_in_year(int(value))  # type: ignore[attr-defined]

    def by_part(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        user = self.request.user
        return queryset.filter(Q(owner=user) if value == "toi" else Q(case__created_by=user))
