"""By what are the news of partners narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerFilter, field_filter
from agreements.guidance import NewsKind
from agreements.models import PartnerNews


class NewsFilter(django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(field_name="kind", choices=NewsKind, label=_("Kind"), empty_label=_("All"))
    doi_tac = PartnerFilter(field_name="partner", label=_("Partner"))
    linh_vuc = field_filter()
    de_xuat = django_filters.ChoiceFilter(
        method="by_day", choices=[("con_han", _("Proposals are taken"))], label=_("Proposals"), empty_label=_("All")
    )

    class Meta:
        model = PartnerNews
        fields: list[str] = []

    def by_day(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(apply_by__gte=timezone.localdate())
