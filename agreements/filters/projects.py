"""By what is the list of projects narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.aid import AidNature, AidTopic, ProjectKind, ProjectState
from agreements.choosing import PartnerFilter
from agreements.models import ForeignFundedProject, Locality, Partner, Programme, ProjectDonor, ProjectReport
from intlcoop.catalogues.models import Currency
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit
from intlcoop.web.filter_options import Options, offer

TO_NOTE = (
    ("dang", _("Being carried out")),
    ("ngu", _("Approved, not begun for long")),
    ("qua_han", _("A report is overdue")),
    ("het_han", _("Past its planned end")),
)


class ProjectFilter(OfUnits, django_filters.FilterSet):
    giai_doan = django_filters.ChoiceFilter(
        field_name="case__state", choices=ProjectState.choices, label=_("Status"), empty_label=_("All")
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=ProjectKind.choices, label=_("Kind"), empty_label=_("All")
    )
    nguon = django_filters.ChoiceFilter(
        field_name="nature", choices=AidNature.choices, label=_("Nature of the money"), empty_label=_("All")
    )
    tai_tro = PartnerFilter(method="by_donor", label=_("Donor"))
    dia_ban = django_filters.ChoiceFilter(method="by_locality", label=_("Locality"), empty_label=_("All"))
    de_an = django_filters.ChoiceFilter(field_name="programme_id", label=_("Scheme or programme"), empty_label=_("All"))
    don_vi = django_filters.ChoiceFilter(method="by_unit", label=_("Unit"), empty_label=_("All"))
    tien = django_filters.ChoiceFilter(method="by_currency", label=_("Currency"), empty_label=_("All"))
    tham_quyen = django_filters.ChoiceFilter(
        field_name="topic", choices=AidTopic.choices, label=_("For the Prime Minister"), empty_label=_("All")
    )
    luu_y = django_filters.ChoiceFilter(method="by_note", choices=TO_NOTE, label=_("To note"), empty_label=_("All"))

    class Meta:
        model = ForeignFundedProject
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects = ForeignFundedProject.objects.order_by()
        places = ForeignFundedProject.localities.through.objects.values("locality")
        served = projects.filter(programme__isnull=False).values("programme")
        spent = projects.filter(amounts__isnull=False).values("amounts__currency")
        offer(
            self,
            {
                "don_vi": Options(OrgUnit.objects.all(), rank="position"),
                "dia_ban": Options(Locality.objects.filter(pk__in=places), label="name"),
                "de_an": Options(Programme.objects.filter(pk__in=served)),
                "tien": Options(Currency.objects.filter(pk__in=spent), label="code"),
            },
        )

    def by_donor(self, queryset: QuerySet[Any], name: str, value: Partner) -> QuerySet[Any]:
        return queryset.filter(Exists(ProjectDonor.objects.filter(project=OuterRef("pk"), partner=value)))

    def by_locality(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        through = ForeignFundedProject.localities.through
        return queryset.filter(Exists(through.objects.filter(foreignfundedproject=OuterRef("pk"), locality_id=value)))

    def by_currency(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(amounts__currency_id=value).distinct()

    def by_note(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        match value:
            case "dang":
                return queryset.active()  # type: ignore[attr-defined]
            case "ngu":
                return queryset.dormant(today)  # type: ignore[attr-defined]
            case "het_han":
                return queryset.overrun(today)  # type: ignore[attr-defined]
        late = ProjectReport.objects.overdue(today).filter(project=OuterRef("pk"))
        return queryset.filter(Exists(late))
