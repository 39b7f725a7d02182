"""The list of visits, and the register that it exports (columns: domain.md B.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import rules
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations.filters import VisitFilter
from delegations.models import InboundDelegation, PreparationItem
from delegations.queries.visit_alarms import AlarmBook, alarm_of, is_watched, when_words, with_papers
from delegations.queries.visits import body_words, host_words, visit_days
from delegations.views.listing import Standing, number, waiting_days
from delegations.views.listing import open_steps as waiting_steps
from delegations.visit_choices import InboundState
from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar
from intlcoop.web.file_numbers import normalise_number
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.wording import state_badge, step_label


def standing(row: Any) -> Standing:
    steps = ", ".join(dict.fromkeys(step_label(step) for step in waiting_steps(row)))
    days, left = waiting_days(row)
    return Standing(state_badge(row.case, str(InboundState(row.case.state).label), []), steps, days, left)


@dataclass(frozen=True, slots=True)
class VisitStanding:
    """The status of a row, and in red what guests who arrive soon still lack."""

    standing: Standing
    missing: tuple[str, ...]
    when: str

    def __str__(self) -> str:
        return f"{self.standing} {'; '.join(self.missing)}".strip()


def with_alarm(row: Any) -> VisitStanding:
    alarm = alarm_of(row, row.alarm_book) if hasattr(row, "alarm_book") else None
    if alarm is None:
        return VisitStanding(standing(row), (), "")
    return VisitStanding(standing(row), alarm.missing, when_words(alarm))


def names(row: Any) -> str:
    listed = "; ".join(row.names)
    return listed or (row.imported.guests_text if hasattr(row, "imported") else "")


def request_paper(row: Any) -> str:
    return row.request_number or (row.imported.request_paper if hasattr(row, "imported") else "")


def permission_paper(row: Any) -> str:
    return row.imported.permission_paper if hasattr(row, "imported") else ""


def field_text(row: Any) -> str:
    return str(row.field) if row.field else (row.imported.field_text if hasattr(row, "imported") else "")


#: The eleven columns in which registers of visits are kept (B.3), then what ours adds.
REGISTER = (
    ListColumn(name="stt", label=_("No."), value="running", kind="int", screen=False, width=6),
    ListColumn(name="ten", label=_("Name of the delegation"), value="case.title", screen=False, width=48),
    ListColumn(name="danh_sach", label=_("List of the delegation"), value=names, screen=False, width=48),
    ListColumn(name="ten_truong_doan", label=_("Head of delegation"), value="head_name", screen=False, width=24),
    ListColumn(name="ngay_den", label=_("Day of arrival"), value="arrives_on", kind="date", screen=False),
    ListColumn(name="ngay_di", label=_("Day of departure"), value="leaves_on", kind="date", screen=False),
    ListColumn(name="van_ban_xin_phep", label=_("Paper asking permission"), value=request_paper, screen=False, width=28),
    ListColumn(name="van_ban_cho_phep", label=_("Paper giving permission"), value=permission_paper, screen=False, width=28),
    ListColumn(name="muc_dich", label=_("Purpose"), value="purpose_text", screen=False, width=48),
    ListColumn(name="linh_vuc", label=_("Field of cooperation"), value=field_text, screen=False, width=24),
    ListColumn(name="noi_dung", label=_("Content"), value="topics", screen=False, width=48),
    ListColumn(name="so", label=_("Number"), value=number, screen=False),
    ListColumn(name="co_quan", label=_("Visiting body"), value=body_words, screen=False, width=32),
    ListColumn(name="nguoi_tiep", label=_("Who receives"), value=host_words, screen=False, width=24),
    ListColumn(name="don_vi_tiep", label=_("Unit"), value="case.unit", screen=False, width=28),
    ListColumn(name="so_khach", label=_("Number of people"), value="people", kind="int", screen=False),
    ListColumn(name="ghi_chu", label=_("Status"), value=lambda row: InboundState(row.case.state).label, screen=False),
)  # fmt: skip


class VisitList(ListPage):
    model = InboundDelegation
    template_name = "delegations/visit_list.html"
    title = _("Inbound delegations")
    filterset_class = VisitFilter
    default_sort = "-ngay"
    fixed_order = ("-pk",)
    empty_text = _("No visit yet.")
    columns = (
        ListColumn(name="number", label=_("Number"), value=number, sort=["case__number"], key=True, export=False),
        ListColumn(
            name="title",
            label=_("Title of the visit"),
            value="case.title",
            sort=["case__fold"],
            wide=True,
            export=False,
        ),
        ListColumn(name="tu_dau", label=_("Visiting body"), value=body_words, export=False),
        ListColumn(name="ngay", label=_("Days"), value=visit_days, sort=["arrives_on"], export=False),
        ListColumn(name="truong_doan", label=_("Head of the guests"), value="head_name", export=False),
        ListColumn(name="so_nguoi", label=_("Number of people"), value="people", kind="int", export=False),
        ListColumn(name="tiep", label=_("Who receives"), value=host_words, export=False),
        ListColumn(
            name="trang_thai",
            label=_("Status"),
            value=with_alarm,
            sort=["case__state"],
            template="delegations/_visit_state.html",
            export=False,
        ),
        *REGISTER,
    )

    @cached_property
    def calendar(self) -> Calendar:
        return calendar()

    @cached_property
    def alarm_book(self) -> AlarmBook:
        return AlarmBook(timezone.localdate(), self.calendar)

    def cells_of(self, row: Any) -> Any:
        row.calendar = self.calendar
        if is_watched(row, timezone.localdate()):
            row.alarm_book = self.alarm_book
        return super().cells_of(row)

    def rows(self) -> QuerySet[InboundDelegation]:
        kept = Prefetch("preparation", PreparationItem.objects.select_related("owner", "done_by"))
        rows = with_papers(InboundDelegation.objects.visible_to(person_of(self.request)))
        return rows.for_list().prefetch_related(kept)  # type: ignore[attr-defined]

    def get_queryset(self) -> QuerySet[Any]:
        queryset: Any = super().get_queryset()
        exporting = self.request.GET.get("xuat") in ("xlsx", "csv")
        return queryset.for_register(self.ordering_of(self.sort)) if exporting else queryset

    def totals(self, rows: Sequence[Any]) -> dict[str, object]:
        """Below the register: how many delegations, and how many guests as far as the files say."""
        return {
            "ten": gettext("Total: %(count)s delegations") % {"count": len(rows)},
            "so_khach": sum(row.people or 0 for row in rows),
        }

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By number written either way, or by words of title, body, country and guests without regard to accents."""
        if wanted := normalise_number(text):
            return queryset.filter(Q(case__number__startswith=wanted))
        return queryset.answering(text)  # type: ignore[attr-defined]

    @cached_property
    def may_add(self) -> bool:
        return bool(rules.has_perm("delegations.add_visit", self.request.user))

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (
            (_("Receive a guest who is in Viet Nam"), reverse("delegations:visit_new_short")) if self.may_add else None
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs) | {"may_add": self.may_add}
        if rules.has_perm("operations.import_files", self.request.user):
            found["may_import"] = reverse("operations:imports")
        return found

    def export(self, extension: str) -> HttpResponse:
        """What leaves the portal as a file leaves a line in the log."""
        target = f"{self.title} ({extension})"
        where = facts_of(self.request)
        record_security_event(SecurityEventKind.EXPORT, actor=person_of(self.request), where=where, target=target)
        return super().export(extension)
