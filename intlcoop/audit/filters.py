"""By what is the security log narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.models import SecurityEvent
from intlcoop.people.filters import DayFilter


class SecurityEventFilter(django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(field_name="kind", choices=SecurityEventKind, label=_("Kind of event"))
    tu = DayFilter(method="since", label=_("From"))
    den = DayFilter(method="until", label=_("Until"))

    class Meta:
        model = SecurityEvent
        fields: list[str] = []

    def since(self, events: Any, name: str, day: Any) -> Any:
        return events.between(day, None)

    def until(self, events: Any, name: str, day: Any) -> Any:
        return events.between(None, day)
