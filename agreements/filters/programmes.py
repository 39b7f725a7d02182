"""By what is the list of schemes and programmes narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.choices import ProgrammeKind
from agreements.models import Programme
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit

RUNNING = (
    ("dang", _("Under way this year")),
    ("sap", _("Not yet begun")),
    ("xong", _("Over")),
    ("khong_chon", _("No longer chosen")),
)


class ProgrammeFilter(OfUnits, django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(field_name="kind", choices=ProgrammeKind, label=_("Kind"), empty_label=_("All"))
    don_vi = django_filters.ModelChoiceFilter(
        method="by_unit", queryset=OrgUnit.objects.all(), label=_("Lead unit"), empty_label=_("All")
    )
    tinh_trang = django_filters.ChoiceFilter(
        method="by_standing", choices=RUNNING, label=_("Status"), empty_label=_("All")
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    def by_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        year = timezone.localdate().year
        begun = Q(from_year__isnull=True) | Q(from_year__lte=year)
        match value:
            case "dang":
                return queryset.filter(begun, Q(until_year__isnull=True) | Q(until_year__gte=year))
            case "sap":
                return queryset.filter(from_year__gt=year)
            case "xong":
                return queryset.filter(until_year__lt=year)
        return queryset.filter(is_active=False)
