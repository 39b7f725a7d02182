"""By what is the list of questions narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.guidance import QuestionState
from agreements.models import Question
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import principal_of

WAITING, OVERDUE = "cho", "qua_han"
MINE = (("toi_hoi", _("Asked by me")), ("tra_loi", _("For me or my unit to answer")))


class QuestionFilter(OfUnits, django_filters.FilterSet):
    cua_toi = django_filters.ChoiceFilter(method="by_part", choices=MINE, label=_("My part"), empty_label=_("All"))
    don_vi = django_filters.ModelChoiceFilter(
        method="by_unit", queryset=OrgUnit.objects.all(), label=_("Unit that asks"), empty_label=_("All")
    )
    tinh_trang = django_filters.ChoiceFilter(
        method="by_state",
        choices=[
            (WAITING, pgettext_lazy("question", "Without an answer")),
            (OVERDUE, pgettext_lazy("question", "Overdue")),
            *QuestionState.choices,
        ],
        label=_("Status"),
        empty_label=_("All"),
    )

    class Meta:
        model = Question
        fields: list[str] = []

    def by_part(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        user = self.request.user
        if value == "toi_hoi":
            return queryset.filter(case__created_by=user)
        principal = principal_of(user)
        mine = Q(answerer=user) | Q(answering_unit__in=principal.own_unit_ids)
        if principal.is_icd:
            mine |= Q(answering_unit__isnull=True)
        return queryset.filter(mine)

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == WAITING:
            return queryset.filter(case__state__in=QuestionState.UNANSWERED)
        if value == OVERDUE:
            late = {"case__state__in": QuestionState.UNANSWERED, "due_on__lt": timezone.localdate()}
            return queryset.filter(**late)
        return queryset.filter(case__state=value)
