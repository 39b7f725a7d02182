"""By what is the board of invitations narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.choosing import field_filter
from agreements.guidance import InvitationKind
from agreements.models import InvitationSignUp, OpenInvitation
from intlcoop.people.principals import principal_of

OPEN, OVER, DOWN = "con_han", "het_han", "da_go"


class InvitationFilter(django_filters.FilterSet):
    tinh_trang = django_filters.ChoiceFilter(
        method="by_state",
        choices=[(OPEN, _("Open for sign-up")), (OVER, _("Sign-up is over")), (DOWN, _("Taken down"))],
        label=_("Status"),
        empty_label=_("All"),
    )
    loai = django_filters.ChoiceFilter(field_name="kind", choices=InvitationKind, label=_("Kind"), empty_label=_("All"))
    linh_vuc = field_filter()
    cua_toi = django_filters.ChoiceFilter(
        method="by_part", choices=[("dang_ky", _("My unit signed up"))], label=_("My part"), empty_label=_("All")
    )

    class Meta:
        model = OpenInvitation
        fields: list[str] = []

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == DOWN:
            return queryset.filter(withdrawn_at__isnull=False)
        standing, today = queryset.filter(withdrawn_at__isnull=True), timezone.localdate()
        if value == OPEN:
            return standing.filter(sign_up_by__gte=today)
        return standing.filter(sign_up_by__lt=today)

    def by_part(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        units = principal_of(self.request.user).own_unit_ids
        mine = InvitationSignUp.objects.filter(unit__in=units, withdrawn_at__isnull=True)
        return queryset.filter(pk__in=mine.values("invitation"))
