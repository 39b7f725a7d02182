"""The list of outbound trips, and the register that it exports (columns: domain.md B.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import rules
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations.choices import FundingSource, OutboundState, ReportState
from delegations.filters import TripFilter
from delegations.models import OutboundDelegation
from delegations.queries import days_text
from intlcoop.audit.exports import LoggedListPage
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar, working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.numbers import format_money
from intlcoop.web.display import Badge
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Step
from intlcoop.workflow.wording import state_badge, step_label


def number(row: Any) -> str:
    return shown(row.case.number)


def open_steps(row: Any) -> list[Step]:
    """The steps that the list's query brought along, as rows that know how they are called."""
    return [
        Step(kind=each["kind"], office=each["office"], acting_office=each["acting"], body=each["body"])
        for each in row.waiting
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of a row and, while it is under way, the step for which it waits: working days there, and left until due."""

    badge: Badge
    waits_for: str
    days: int | None = None
    left: int | None = None

    def __str__(self) -> str:
        return f"{self.badge.label} {self.waits_for}"


def standing(row: Any) -> Standing:
    steps = ", ".join(dict.fromkeys(step_label(step) for step in open_steps(row)))
    days, left = waiting_days(row)
    return Standing(state_badge(row.case, str(OutboundState(row.case.state).label), []), steps, days, left)


def waiting_days(row: Any) -> tuple[int | None, int | None]:
    """(working days since the oldest open step opened, working days until the first is due), by the list's own calendar."""
    calendar, today = getattr(row, "calendar", None), timezone.localdate()
    opened = [timezone.localdate(dt.datetime.fromisoformat(each["opened"])) for each in row.waiting if each["opened"]]
    due = [dt.date.fromisoformat(each["due"]) for each in row.waiting if each["due"]]
    if calendar is None or not opened:
        return None, None
    days = max(working_days_between(min(opened), today, calendar), 0)
    return days, working_days_between(today, min(due), calendar) if due else None


def places(row: Any) -> str:
    return ", ".join(dict.fromkeys(row.places))


# --- what only the register says ----------------------------------------------------------------------------------


def names(row: Any) -> str:
    return "; ".join(row.names)


def numbered(paper: Any, day: Any) -> str:
    return f"{paper} ({table_date(dt.date.fromisoformat(day))})" if day else str(paper)


def permissions(row: Any) -> str:
    """Papers that allow: the decision, and what a body outside answered."""
    replies = [numbered(each["number"], each["day"]) for each in row.replies]
    own = [numbered(f"{each['number']:02d}/{each['symbol']}", each["on"]) for each in row.decisions]
    return "; ".join([*replies, *own])


def requests(row: Any) -> str:
    return "; ".join(numbered(each["ours"], each["our_day"]) for each in row.replies)


def amounts(row: Any) -> str:
    return "; ".join(format_money(Decimal(each["amount"]), each["currency"]) for each in row.paid)


def sums(rows: Sequence[Any]) -> str:
    """The amounts of all rows, each currency by itself."""
    found: dict[str, Decimal] = {}
    for row in rows:
        for each in row.paid:
            found[each["currency"]] = found.get(each["currency"], Decimal(0)) + Decimal(each["amount"])
    return "; ".join(format_money(amount, currency) for currency, amount in sorted(found.items()))


def sources(row: Any) -> str:
    if row.host_pays_all:
        return str(FundingSource.HOST.label)
    return "; ".join(dict.fromkeys(str(FundingSource(each["source"]).label) for each in row.paid))


def inviting(row: Any) -> str:
    return row.inviting_body or (row.host_partner.name if row.host_partner else "")


def report_words(row: Any) -> str:
    return str(ReportState(row.report_state).label) if row.report_state else ""


REGISTER = (
    ListColumn(name="stt", label=_("No."), value="running", kind="int", screen=False, width=6),
    ListColumn(name="so", label=_("Number"), value=number, screen=False),
    ListColumn(name="ten", label=_("Title of the trip"), value="case.title", screen=False, width=48),
    ListColumn(name="danh_sach", label=_("List of the delegation"), value=names, screen=False, width=48),
    ListColumn(name="ten_truong_doan", label=_("Head of delegation"), value="head_name", screen=False, width=24),
    ListColumn(name="ngay_di", label=_("Day of departure"), value="departs_on", kind="date", screen=False),
    ListColumn(name="ngay_ve", label=_("Day of return"), value="returns_on", kind="date", screen=False),
    ListColumn(name="van_ban_xin_phep", label=_("Paper asking permission"), value=requests, screen=False, width=28),
    ListColumn(name="van_ban_cho_phep", label=_("Paper giving permission"), value=permissions, screen=False, width=28),
    ListColumn(name="don_vi_xin_phep", label=_("Unit asking permission"), value="case.unit", screen=False, width=28),
    ListColumn(name="nuoc_den", label=_("Countries"), value=places, screen=False, width=24),
    ListColumn(name="muc_dich", label=_("Purpose"), value="purpose_text", screen=False, width=48),
    ListColumn(name="so_tien", label=_("Amount"), value=amounts, screen=False, width=24),
    ListColumn(name="nguon_kinh_phi", label=_("Source of funds"), value=sources, screen=False, width=24),
    ListColumn(name="don_vi_moi", label=_("Inviting body"), value=inviting, screen=False, width=32),
    ListColumn(name="bao_cao", label=_("Report"), value=report_words, screen=False),
    ListColumn(name="ghi_chu", label=_("Remark"), value=lambda row: OutboundState(row.case.state).label, screen=False),
)  # fmt: skip


class TripList(LoggedListPage):
    model = OutboundDelegation
    template_name = "delegations/trip_list.html"
    title = _("Outbound delegations")
    filterset_class = TripFilter
    default_sort = "-ngay"
    fixed_order = ("-pk",)
    empty_text = _("No trip yet.")
    columns = (
        ListColumn(name="number", label=_("Number"), value=number, sort=["case__number"], key=True, export=False),
        ListColumn(
            name="title", label=_("Title of the trip"), value="case.title", sort=["case__fold"], wide=True, export=False
        ),
        ListColumn(name="noi_den", label=_("Place"), value=places, export=False),
        ListColumn(name="ngay", label=_("Days"), value=days_text, sort=["departs_on"], export=False),
        ListColumn(name="truong_doan", label=_("Head of delegation"), value="head_name", export=False),
        ListColumn(name="so_nguoi", label=_("Number of people"), value="people", kind="int", export=False),
        ListColumn(
            name="trang_thai",
            label=_("Status"),
            value=standing,
            sort=["case__state"],
            template="delegations/_state.html",
            export=False,
        ),
        *REGISTER,
    )

    @cached_property
    def calendar(self) -> Calendar:
        return calendar()

    def cells_of(self, row: Any) -> Any:
        row.calendar = self.calendar
        return super().cells_of(row)

    def rows(self) -> QuerySet[OutboundDelegation]:
        return OutboundDelegation.objects.visible_to(person_of(self.request)).for_list()

    def get_queryset(self) -> QuerySet[Any]:
        queryset: Any = super().get_queryset()
        return queryset.for_register(self.ordering_of(self.sort)) if self.exporting else queryset

    def totals(self, rows: Sequence[Any]) -> dict[str, object]:
        """Below the register: how many delegations and person-trips, to how many countries, and the money by currency. The
        columns of days and countries stay empty: by them the line is known as no row when the sheet is read again."""
        countries = {place for row in rows for place in row.places}
        return {
            "ten": gettext("Total: %(count)s delegations, %(countries)s countries")
            % {"count": len(rows), "countries": len(countries)},
            "danh_sach": gettext("%(count)s person-trips") % {"count": sum(len(row.names) for row in rows)},
            "so_tien": sums(rows),
        }

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By number written either way, or by words of title, place and people without regard to accents."""
        if wanted := normalise_number(text):
            return queryset.filter(Q(case__number__startswith=wanted))
        return queryset.answering(text)  # type: ignore[attr-defined]

    @property
    def exporting(self) -> bool:
        return self.request.GET.get("xuat") in ("xlsx", "csv")

    @cached_property
    def may_add(self) -> bool:
        return bool(rules.has_perm("delegations.add_trip", self.request.user))

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("File a trip"), reverse("delegations:new")) if self.may_add else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs) | {"may_add": self.may_add}
        if rules.has_perm("operations.import_files", self.request.user):
            found["may_import"] = reverse("operations:imports")
        return found
