"""By what is the list of partners narrowed?"""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agreements.choices import PartnerKind
from agreements.models import Partner
from intlcoop.catalogues.models import Country


def countries_with_partners(request: HttpRequest | None) -> QuerySet[Country]:
    return Country.objects.filter(partners__isnull=False).distinct()


class PartnerFilter(django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(field_name="kind", choices=PartnerKind, label=_("Kind"), empty_label=_("All"))
    nuoc = django_filters.ModelChoiceFilter(
        field_name="country",
        queryset=countries_with_partners,
        label=_("Country"),
        empty_label=_("All"),
        null_label=_("International"),
    )

    class Meta:
        model = Partner
        fields: list[str] = []
