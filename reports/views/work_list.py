"""The register of other work as a list."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import rules
from django.db.models import Case as Choose
from django.db.models import F, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intlcoop.web.file_numbers import shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.workflow.doors import person_of
from reports.choices import WorkState
from reports.filters import WorkFilter
from reports.models import WorkItem
from reports.queries.work import WorkClock, other_side, value_words


class WorkList(ListPage):
    model = WorkItem
    template_name = "reports/other_work/list.html"
    title = gettext_lazy("Other work")
    search_label = gettext_lazy("Number, title, body, number of a document")
    filterset_class = WorkFilter
    #: What is still to be done stands first, the most urgent on top; then what began last.
    fixed_order = (
        Choose(When(case__state__in=WorkState.UNFINISHED, then=Value(0)), default=Value(1)),
        Choose(When(case__state__in=WorkState.UNFINISHED, then=F("due_on"))).asc(nulls_last=True),
        F("counts_on").desc(),
        "-pk",
    )
    empty_text = gettext_lazy(
        "Nothing entered yet. Requests of other bodies, reports, meetings, training and exchanges of documents stand here."
    )

    @cached_property
    def clock(self) -> WorkClock:
        return WorkClock()

    @cached_property
    def columns(self) -> tuple[ListColumn, ...]:  # type: ignore[override]  # the clock is read once per page
        clock = self.clock
        words = lambda name: lambda row: value_words(row, name)  # noqa: E731
        return (
            ListColumn(name="so", label=_("Number"), value=lambda row: shown(row.case.number), sort=["case__number"], key=True),
            ListColumn(
                name="noi_dung", label=_("Title"), value="case.title", sort=["case__fold"], wide=True, width=60,
                template="reports/other_work/_title.html",
            ),
            ListColumn(name="loai", label=_("Kind of work"), value="get_kind_display", sort=["kind"], screen=False, width=28),
            ListColumn(name="chieu", label=_("Which way"), value=words("direction"), screen=False, width=28),
            ListColumn(name="co_quan", label=_("Other body"), value=other_side, sort=["body"], named=True, width=36),
            ListColumn(name="don_vi", label=_("Unit"), value="case.unit", screen=False, width=32),
            ListColumn(name="so_yeu_cau", label=_("Number of the request"), value="request_number", screen=False),
            ListColumn(name="ngay", label=_("Day"), value="counts_on", kind="date", screen=False),
            ListColumn(name="han", label=_("Reply due on"), value="due_on", kind="date", sort=["due_on"]),
            ListColumn(name="nguoi", label=_("Who sees to it"), value="owner", sort=["owner__sort_key"], named=True, width=24),
            ListColumn(
                name="trang_thai", label=_("Status"), sort=["case__state"], template="reports/other_work/_state.html", width=24,
                value=lambda row: {"badge": clock.badge(row), "days_left": clock.days_left(row)},
                export_value=lambda row: clock.badge(row).label,
            ),
            ListColumn(name="so_tra_loi", label=_("Number of the reply"), value="reply_number", screen=False),
            ListColumn(name="ngay_tra_loi", label=_("Date of the reply"), value="reply_on", kind="date", screen=False),
            ListColumn(name="ngon_ngu", label=_("Languages"), value=words("languages"), screen=False),
            ListColumn(name="so_nguoi", label=_("Number of people"), value="persons", kind="int", screen=False),
            ListColumn(name="so_ngay", label=_("Number of days"), value="days", kind="int", screen=False),
            ListColumn(name="ket_qua", label=_("Result"), value="result", screen=False, width=60),
            ListColumn(name="nguon", label=_("Source"), value="source_text", screen=False, width=40),
        )  # fmt: skip

    def rows(self) -> QuerySet[WorkItem]:
        return WorkItem.objects.visible_to(person_of(self.request)).dated().for_list()

    def search(self, queryset: QuerySet[Any], text: str) -> Any:
        return queryset.answering(text)  # type: ignore[attr-defined]

    @property
    def may_add(self) -> bool:
        return bool(rules.has_perm("reports.add_work", person_of(self.request)))

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Enter a piece of work"), reverse("reports:work_new")) if self.may_add else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_add": self.may_add}
