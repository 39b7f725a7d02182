"""By what is the list of agreements narrowed?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.choices import AgreementKind, AgreementState, InNameOf, Regime, TermKind
from agreements.choosing import PartnerFilter
from agreements.models import AgreementDuty, AgreementParty, InternationalAgreement, Partner
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit
from intlcoop.web.filter_options import Options, offer

EXPIRING = (
    ("30", _("within 30 days")),
    ("90", _("within 90 days")),
    ("180", _("within 180 days")),
    ("xem_lai", _("due for review")),
)
OWED = (("con", _("something is owed")), ("qua_han", _("something is overdue")))
ASLEEP = (("lau_khong", _("without activity for long")),)
FIRST_YEAR = 2000


class AgreementFilter(OfUnits, django_filters.FilterSet):
    che_do = django_filters.ChoiceFilter(
        field_name="regime", choices=Regime.choices, label=_("Legal regime"), empty_label=_("All")
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=AgreementKind.choices, label=_("Kind"), empty_label=_("All")
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="case__state", choices=AgreementState.choices, label=_("Status"), empty_label=_("All")
    )
    nam = django_filters.ChoiceFilter(field_name="signed_on__year", label=_("Signed in"), empty_label=_("All"))
    doi_tac = PartnerFilter(method="by_partner", label=_("Partner"))
    nuoc = django_filters.ChoiceFilter(method="by_country", label=_("Country"), empty_label=_("All"))
    linh_vuc = django_filters.ChoiceFilter(method="by_field", label=_("Field of cooperation"), empty_label=_("All"))
    don_vi = django_filters.ChoiceFilter(method="by_unit", label=_("Unit"), empty_label=_("All"))
    danh_nghia = django_filters.ChoiceFilter(
        field_name="in_name_of", choices=InNameOf.choices, label=_("In the name of"), empty_label=_("All")
    )
    sap_het = django_filters.ChoiceFilter(
        method="by_expiry", choices=EXPIRING, label=_("Term ends"), empty_label=_("All")
    )
    viec = django_filters.ChoiceFilter(method="by_duties", choices=OWED, label=_("After signing"), empty_label=_("All"))
    hoat_dong = django_filters.ChoiceFilter(
        method="by_activity", choices=ASLEEP, label=_("Activity"), empty_label=_("All")
    )

    class Meta:
        model = InternationalAgreement
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = AgreementParty.objects.order_by()
        fields = InternationalAgreement.fields.through.objects.values("cooperationfield")
        offer(
            self,
            {
                "don_vi": Options(OrgUnit.objects.all(), rank="position"),
                "nuoc": Options(Country.objects.filter(pk__in=parties.values("partner__country"))),
                "linh_vuc": Options(CooperationField.objects.filter(pk__in=fields)),
            },
        )
        this_year = timezone.localdate().year
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in range(this_year, FIRST_YEAR - 1, -1)]

    def by_partner(self, queryset: QuerySet[Any], name: str, value: Partner) -> QuerySet[Any]:
        return queryset.filter(Exists(AgreementParty.objects.filter(agreement=OuterRef("pk"), partner=value)))

    def by_country(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """An agreement with partners of several countries answers to each of them once."""
        parties = AgreementParty.objects.filter(agreement=OuterRef("pk"), partner__country_id=value)
        return queryset.filter(Exists(parties))

    def by_field(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        through = InternationalAgreement.fields.through
        return queryset.filter(
            Exists(through.objects.filter(internationalagreement=OuterRef("pk"), cooperationfield_id=value))
        )

    def by_expiry(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today, living = timezone.localdate(), queryset.filter(case__state__in=AgreementState.LIVING)
        if value == "xem_lai":
            return living.filter(term_kind=TermKind.OPEN_ENDED, review_on__lte=today)
        return living.filter(expires_on__range=(today, today + dt.timedelta(days=int(value))))

    def by_activity(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.dormant(timezone.localdate())  # type: ignore[attr-defined]

    def by_duties(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        duties = AgreementDuty.objects.filter(case=OuterRef("case"))
        owed = duties.overdue(timezone.localdate()) if value == "qua_han" else duties.owed()
        return queryset.filter(Exists(owed))
