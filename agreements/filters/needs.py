"""By what is the register of needs narrowed?"""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerFilter, field_filter
from agreements.guidance import NeedKind, NeedState
from agreements.models import CooperationNeed
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit


class NeedFilter(OfUnits, django_filters.FilterSet):
    tinh_trang = django_filters.ChoiceFilter(
        field_name="case__state", choices=NeedState, label=_("Status"), empty_label=_("All")
    )
    loai = django_filters.ChoiceFilter(field_name="kind", choices=NeedKind, label=_("Kind"), empty_label=_("All"))
    linh_vuc = field_filter()
    don_vi = django_filters.ModelChoiceFilter(
        method="by_unit", queryset=OrgUnit.objects.all(), label=_("Unit"), empty_label=_("All")
    )
    doi_tac = PartnerFilter(field_name="matches__partner", label=_("Partner"))

    class Meta:
        model = CooperationNeed
        fields: list[str] = []
