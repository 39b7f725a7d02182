"""By what is the list of commitments narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.choices import CommitmentSide, CommitmentState, Standing
from agreements.choosing import PartnerFilter
from agreements.models import Commitment, InternationalAgreement
from agreements.queries.commitments import ids_standing
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit
from intlcoop.web.file_numbers import normalise_number

#: Besides the standings: everything that is still to be done, whether overdue or not.
STILL_OPEN = "con_mo"
MINE = (("toi", _("I see to it")), ("xac_nhan", _("I verify it")), ("toi_ghi", _("Written down by me")))


class CommitmentFilter(OfUnits, django_filters.FilterSet):
    """By whom, with whom, how it stands. A unit answers with everything that was merged into it."""

    cua_toi = django_filters.ChoiceFilter(method="by_part", choices=MINE, label=_("My part"), empty_label=_("All"))
    don_vi = django_filters.ModelChoiceFilter(
        method="by_unit", queryset=OrgUnit.objects.all(), label=_("Unit"), empty_label=_("All")
    )
    doi_tac = PartnerFilter(field_name="partner", label=_("Partner"))
    thoa_thuan = django_filters.CharFilter(method="by_agreement", label=_("Number of the agreement"))
    ben = django_filters.ChoiceFilter(
        field_name="side", choices=CommitmentSide, label=_("Whose promise"), empty_label=_("All")
    )
    ket_qua = django_filters.ChoiceFilter(
        method="by_standing",
        choices=[(STILL_OPEN, _("Still to be carried out")), *Standing.choices],
        label=_("How it stands"),
        empty_label=_("All"),
    )
    nam = django_filters.ChoiceFilter(field_name="due_on__year", label=_("Due in year"), empty_label=_("All"))

    class Meta:
        model = Commitment
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = timezone.localdate().year
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in range(this_year + 3, 2019, -1)]

    def by_part(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        user = self.request.user
        part = {"toi": Q(owner=user), "xac_nhan": Q(verifier=user), "toi_ghi": Q(case__created_by=user)}[value]
        return queryset.filter(part)

    def by_agreement(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By its number as typed; what is no number of an agreement finds nothing."""
        number = normalise_number(value)
        wanted = InternationalAgreement.objects.filter(case__number=number) if number else []
        return queryset.filter(agreement__in=wanted)

    def by_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The same rule as the index counts by, so that a number and the list behind it agree."""
        if value == STILL_OPEN:
            return queryset.filter(case__state__in=CommitmentState.UNFINISHED)
        return queryset.filter(pk__in=ids_standing(queryset, Standing(value)))
