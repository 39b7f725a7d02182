"""By what is the list of partners narrowed, and that of what happened with one of them?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.choices import DealingKind, PartnerKind, PartnerTier
from agreements.models import Dealing, Partner, PartnerGroup
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit
from intlcoop.web.filter_options import Options, offer

WHERE = (("co", _("has an office in Viet Nam")), ("khong", _("no office in Viet Nam")))
STANDING = (
    ("de_xuat", _("Proposed, waiting for confirmation")),
    ("ngu", _("Sleeping: nothing happened for long")),
    ("khong_chon", _("No longer chosen")),
)


class PartnerFilter(OfUnits, django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=PartnerKind.choices, label=_("Kind"), empty_label=_("All")
    )
    nuoc = django_filters.ChoiceFilter(
        field_name="country_id", label=_("Country"), empty_label=_("All"), null_label=_("International or not known")
    )
    muc = django_filters.ChoiceFilter(
        field_name="tier", choices=PartnerTier.choices, label=_("How close"), empty_label=_("All")
    )
    don_vi = django_filters.ChoiceFilter(method="by_unit", label=_("Unit"), empty_label=_("All"))
    nhom = django_filters.ChoiceFilter(field_name="memberships__group_id", label=_("Group"), empty_label=_("All"))
    linh_vuc = django_filters.ChoiceFilter(field_name="fields__id", label=_("Field"), empty_label=_("All"))
    tai_viet_nam = django_filters.ChoiceFilter(
        method="by_place", choices=WHERE, label=_("In Viet Nam"), empty_label=_("All")
    )
    tinh_trang = django_filters.ChoiceFilter(
        method="by_standing", choices=STANDING, label=_("Status"), empty_label=_("All")
    )

    class Meta:
        model = Partner
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            {
                "nuoc": Options(Country.objects.filter(pk__in=Partner.objects.living().values("country"))),
                "don_vi": Options(OrgUnit.objects.all(), rank="position"),
                "nhom": Options(PartnerGroup.objects.filter(is_active=True)),
                "linh_vuc": Options(CooperationField.objects.filter(is_active=True)),
            },
        )

    def by_place(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(in_viet_nam=value == "co")

    def by_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "de_xuat":
            return queryset.filter(is_proposed=True)
        if value == "khong_chon":
            return queryset.filter(is_active=False)
        return queryset.dormant(timezone.localdate())  # type: ignore[attr-defined,no-any-return]


class DealingFilter(django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=DealingKind.choices, label=_("Kind"), empty_label=_("All")
    )
    nam = django_filters.ChoiceFilter(field_name="on__year", label=_("Year"), empty_label=_("All"))
    don_vi = django_filters.ChoiceFilter(field_name="unit_id", label=_("Unit"), empty_label=_("All"))

    class Meta:
        model = Dealing
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The years and units of these dealings: two small questions."""
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        years = rows.values_list("on__year", flat=True).distinct()
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in sorted(years, reverse=True)]
        units = OrgUnit.objects.filter(pk__in=rows.values("unit"))
        self.filters["don_vi"].extra["choices"] = [(unit.pk, unit.name) for unit in units]
