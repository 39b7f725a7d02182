"""Every request to change a decided trip, with its reason: what statistics of postponed and cancelled trips are drawn from."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from delegations.choices import ChangeState
from delegations.filters import ChangeFilter
from delegations.models import TripChange
from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.wording import state_badge


class ChangeList(ListPage):
    model = TripChange
    title = _("Changes of decided trips")
    filterset_class = ChangeFilter
    default_sort = "-number"
    fixed_order = ("-pk",)
    empty_text = _("No request yet. A decided trip is changed from its own page.")
    columns = (
        ListColumn(
            name="number", label=_("Number"), value=lambda row: shown(row.case.number), sort=["case__number"], key=True
        ),
        ListColumn(name="doan", label=_("Trip"), value=lambda row: shown(row.delegation.case.number), screen=False),
        ListColumn(name="title", label=_("Title of the trip"), value="case.title", sort=["case__fold"], wide=True),
        ListColumn(name="viec", label=_("What is asked for"), value=lambda row: row.get_kind_display(), sort=["kind"]),
        ListColumn(
            name="ly_do",
            label=_("Kind of reason"),
            value=lambda row: row.get_reason_code_display(),
            sort=["reason_code"],
        ),
        ListColumn(name="giai_trinh", label=_("Reason"), value="reason", screen=False, width=48),
        ListColumn(name="don_vi", label=_("Unit"), value="case.unit"),
        ListColumn(
            name="trang_thai",
            label=_("Status"),
            value=lambda row: state_badge(row.case, str(ChangeState(row.case.state).label), []),
            sort=["case__state"],
            template="delegations/_badge.html",
            export_value=lambda row: ChangeState(row.case.state).label,
        ),
    )

    def rows(self) -> QuerySet[TripChange]:
        found = TripChange.objects.visible_to(person_of(self.request))
        return found.select_related("case__unit", "delegation__case")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By the number of the request or of its trip, or by words of the title."""
        if wanted := normalise_number(text):
            return queryset.filter(Q(case__number__startswith=wanted) | Q(delegation__case__number__startswith=wanted))
        condition = Q()
        for word in fold(text).split():
            condition &= Q(case__fold__contains=word)
        return queryset.filter(condition)
