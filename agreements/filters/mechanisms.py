"""By what are the lists of mechanisms, of their sessions and of national reports narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.choices import MechanismKind, MechanismPart, MeetingKind, SessionPart, SessionStatus, TreatyReportState
from agreements.models import Convention, Mechanism, MechanismRole, MeetingSession, TreatyReport
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit

FIRST_SESSION_YEAR = 2010
SESSIONS_TO_CHECK = (("can_doi_chieu", _("To be checked")), ("sap_toi", _("Still to come")))


class MechanismFilter(OfUnits, django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(field_name="kind", choices=MechanismKind, label=_("Kind"), empty_label=_("All"))
    vai_tro = django_filters.ChoiceFilter(
        method="by_part", choices=MechanismPart.choices, label=_("Our part"), empty_label=_("All")
    )
    don_vi = django_filters.ModelChoiceFilter(
        method="by_unit", queryset=OrgUnit.objects.all(), label=_("Lead unit"), empty_label=_("All")
    )

    class Meta:
        model = Mechanism
        fields: list[str] = []

    def by_part(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(Exists(MechanismRole.objects.filter(mechanism=OuterRef("pk"), part=value)))


class SessionFilter(django_filters.FilterSet):
    co_che = django_filters.ChoiceFilter(
        method="by_mechanism", label=_("Mechanism of cooperation"), empty_label=_("All")
    )
    loai = django_filters.ChoiceFilter(
        field_name="series__kind", choices=MeetingKind, label=_("Kind of meeting"), empty_label=_("All")
    )
    nam = django_filters.ChoiceFilter(field_name="on__year", label=_("Year"), empty_label=_("All"))
    vai_tro = django_filters.ChoiceFilter(
        field_name="part", choices=SessionPart, label=_("Our part"), empty_label=_("All")
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="status", choices=SessionStatus, label=_("Status"), empty_label=_("All")
    )
    luu_y = django_filters.ChoiceFilter(
        method="by_note", choices=SESSIONS_TO_CHECK, label=_("To note"), empty_label=_("All")
    )

    class Meta:
        model = MeetingSession
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mechanisms = {str(each.pk): each for each in Mechanism.objects.order_by("tree_key")}
        options = [(pk, f"{'– ' * each.depth}{each}") for pk, each in self.mechanisms.items()]
        self.filters["co_che"].extra["choices"] = options
        years = range(timezone.localdate().year + 1, FIRST_SESSION_YEAR - 1, -1)
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in years]

    def by_mechanism(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A mechanism with everything under it."""
        within = Mechanism.objects.within(self.mechanisms[value].tree_key)
        return queryset.filter(series__mechanism__in=within)

    def by_note(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        return queryset.ahead(today) if value == "sap_toi" else queryset.to_check(today)  # type: ignore[attr-defined]


class TreatyReportFilter(django_filters.FilterSet):
    cong_uoc = django_filters.ModelChoiceFilter(
        field_name="convention", queryset=Convention.objects.all(), label=_("Convention"), empty_label=_("All")
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="case__state", choices=TreatyReportState.choices, label=_("Status"), empty_label=_("All")
    )

    class Meta:
        model = TreatyReport
        fields: list[str] = []
