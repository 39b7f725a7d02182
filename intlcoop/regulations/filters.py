"""By what are the instruments narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.regulations.choices import InstrumentKind
from intlcoop.regulations.models import Instrument


class InstrumentFilter(django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(field_name="kind", choices=InstrumentKind, label=_("Kind"))
    hieu_luc = django_filters.ChoiceFilter(
        method="by_force", choices=[("con", _("in force")), ("het", _("no longer in force"))], label=_("Validity")
    )
    doi_chieu = django_filters.ChoiceFilter(
        field_name="needs_check", choices=[("True", _("to be checked")), ("False", _("checked"))], label=_("Source")
    )

    class Meta:
        model = Instrument
        fields: list[str] = []

    def by_force(self, rows: Any, name: str, value: str) -> QuerySet[Instrument]:
        today = timezone.localdate()
        if value == "con":
            return rows.in_force(today)  # type: ignore[no-any-return]
        return rows.exclude(pk__in=Instrument.objects.in_force(today).values("pk"))  # type: ignore[no-any-return]
