"""Where do files stand still? All that wait for somebody, the longest first: for the ICD, the leadership, and heads of units."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
import rules
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.people import offices
from intlcoop.people.filters import all_units
from intlcoop.people.offices import Matter
from intlcoop.people.registry import absences
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.workflow import registry, wording
from intlcoop.workflow.choices import StepState
from intlcoop.workflow.models import Case, StatusChange, Step
from intlcoop.workflow.process import acting_words
from intlcoop.workflow.standstill import next_words

TERMS = (("qua_han", _("Overdue")), ("con_han", _("Not overdue")), ("bo_sung", _("Sent back for completion")))


def returned_states() -> Q:
    """Files that were sent back wait for their filer."""
    found = Q(pk__in=[])
    for kind in registry.all_kinds():
        if kind.lifecycle.returned:
            found |= Q(kind=kind.code, state=kind.lifecycle[kind.lifecycle.returned].target)
    return found


def standing_cases(cases: QuerySet[Case]) -> QuerySet[Any]:
    """Those that wait for somebody, with their steps that are not done and since when; one query for the page."""
    steps = Step.objects.current().filter(case=OuterRef("pk"))
    open_steps = steps.filter(state=StepState.OPEN)
    rows = steps.filter(state__in=[StepState.OPEN, StepState.PENDING]).order_by("order", "position")
    fields = JSONObject(
        pk="pk", kind="kind", office="office", acting_office="acting_office", body="body", state="state", order="order",
        opened="opened_at", due="due_on", assigned="assigned_to_id",
    )  # fmt: skip
    moved = StatusChange.objects.filter(case=OuterRef("pk")).order_by("-pk").values("at")[:1]
    return (
        cases.filter(Exists(open_steps) | returned_states())
        .select_related("unit", "created_by")
        .annotate(
            undone=ArraySubquery(rows.values(json=fields)),
            since=Coalesce(Subquery(open_steps.order_by("opened_at").values("opened_at")[:1]), Subquery(moved)),
            due=Subquery(open_steps.filter(due_on__isnull=False).order_by("due_on").values("due_on")[:1]),
        )
    )


def undone_steps(case: Any) -> list[Step]:
    """The steps that the query brought along, as rows that know how they are called."""
    return [
        Step(
            pk=each["pk"],
            kind=each["kind"],
            office=each["office"],
            acting_office=each["acting_office"],
            body=each["body"],
            state=each["state"],
            order=each["order"],
            unit=case.unit,
            assigned_to_id=each["assigned"],
        )
        for each in case.undone
    ]


class StandingFilter(django_filters.FilterSet):
    don_vi = django_filters.ModelChoiceFilter(field_name="unit", queryset=all_units, label=_("Unit"))
    noi_giu = django_filters.ChoiceFilter(method="at_office", label=_("Waits at"), choices=[])
    han = django_filters.ChoiceFilter(method="by_term", choices=TERMS, label=_("Term"))

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["noi_giu"].extra["choices"] = [(code, offices.office_label(code)) for code in offices.ALL]

    def at_office(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(Exists(Step.objects.open().filter(case=OuterRef("pk"), acting_office=value)))

    def by_term(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        late = Exists(Step.objects.overdue().filter(case=OuterRef("pk")))
        waits = Exists(Step.objects.open().filter(case=OuterRef("pk")))
        return {
            "qua_han": queryset.filter(late),
            "con_han": queryset.filter(waits).exclude(late),
            "bo_sung": queryset.exclude(waits),
        }[value]


class StandingList(ListPage):
    model = Case
    template_name = "workflow/standing_list.html"
    title = _("Files that stand still")
    filterset_class = StandingFilter
    default_sort = "tu_ngay"
    search_label = _("Number or title")
    empty_text = _("No file waits for anybody.")
    columns = (
        ListColumn(name="so", label=_("Number"), value=lambda row: shown(row.number), sort=["number"], key=True),
        ListColumn(
            name="ten", label=_("Title"), value="title", sort=["fold"], wide=True, width=48,
            template="workflow/_standing_title.html",
        ),
        ListColumn(name="don_vi", label=_("Unit"), value="unit", screen=False, width=28),
        ListColumn(
            name="dung_o", label=_("Stands at"), value="where", wide=True, width=36,
            template="workflow/_standing_where.html",
        ),
        ListColumn(name="nguoi_giu", label=_("Waiting with"), value="who", screen=False, width=36),
        ListColumn(
            name="tu_ngay", label=_("Since"), value="since_day", kind="date", sort=["since"],
            template="workflow/_standing_since.html",
        ),
        ListColumn(name="so_ngay", label=_("Working days"), value="days", kind="int", screen=False),
        ListColumn(
            name="han", label=_("Due on"), value="due", kind="date", sort=["due"],
            template="workflow/_standing_due.html",
        ),
        ListColumn(name="con_lai", label=_("Left"), value="left", kind="int", screen=False),
        ListColumn(name="tiep_theo", label=_("What comes next"), value="next_", screen=False, width=36),
    )  # fmt: skip

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not rules.has_perm("workflow.watch_standstills", request.user):
            raise PermissionDenied(gettext("This list is for the ICD, the leadership and heads of units."))
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> QuerySet[Any]:
        return standing_cases(Case.objects.visible_to(self.request.user))  # type: ignore[arg-type]

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        if wanted := normalise_number(text):
            return queryset.filter(number__startswith=wanted)
        for word in fold(text).split():
            queryset = queryset.filter(fold__contains=word)
        return queryset

    def url_of(self, row: Any) -> str:
        return reverse("workflow:file", args=[row.number])

    def cells_of(self, row: Any) -> Any:
        return super().cells_of(self.told(row))

    def get_queryset(self) -> Any:
        queryset = super().get_queryset()
        exporting = self.request.GET.get("xuat") in ("xlsx", "csv")
        return [self.told(row) for row in queryset] if exporting else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_see = rules.has_perm("delegations.watch_lateness", self.request.user)
        return super().get_context_data(**kwargs) | {"may_see_lateness": may_see}

    @cached_property
    def today(self) -> dt.date:
        return timezone.localdate()

    @cached_property
    def calendar(self) -> Any:
        return calendar()

    @cached_property
    def away(self) -> Any:
        return {absence.person_id: absence for absence in absences(self.today, self.today)}

    def told(self, row: Any) -> Any:
        """The row with where it is, with whom, for how long and what comes next, in words."""
        steps = undone_steps(row)
        waiting = [step for step in steps if step.state == StepState.OPEN]
        row.since_day = timezone.localdate(row.since) if row.since else None
        row.days = max(working_days_between(row.since_day, self.today, self.calendar), 0) if row.since_day else None
        row.left = working_days_between(self.today, row.due, self.calendar) if row.due else None
        if waiting:
            row.where = ", ".join(dict.fromkeys(wording.step_label(step) for step in waiting))
            row.who = "; ".join(dict.fromkeys(self.holders(row, step) for step in waiting))
            row.next_ = next_words([step for step in steps if step.state == StepState.PENDING], waiting[0])
        else:
            row.where = registry.kind_of(row).lifecycle.state_label(row.state)
            row.who, row.next_ = f"{row.created_by} · {row.unit}", gettext("submit the completed file again")
        return row

    def holders(self, case: Any, step: Step) -> str:
        """Whoever acts in the office today; the filer is no holder of their own file. No query per row."""
        office = step.acting_office or step.office
        concerned = frozenset({case.created_by_id})
        found = offices.holders_of(office, case.unit, self.today, Matter(kind=case.kind, concerned=concerned))
        if step.assigned_to_id:
            found = [holder for holder in found if step.assigned_to_id in (holder.user.pk, _seat(holder))] or found
        return acting_words(step, office, [h for h in found if h.user.pk not in concerned], away=self.away)


def _seat(holder: Any) -> int | None:
    return holder.on_behalf_of.pk if holder.on_behalf_of else None
