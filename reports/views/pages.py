"""Reading reports: the list, the report as it reads on paper, the rows behind each figure, the JSON."""

from __future__ import annotations

from typing import Any

import rules
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from intlcoop.documents.registry import file_url
from intlcoop.jobs.requests import PersonRequest
from intlcoop.web.display import Badge, Tone
from intlcoop.web.file_numbers import shown
from intlcoop.web.lists import ListColumn, ListPage, page_numbers
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.pages import case_context
from reports.choices import ReportState
from reports.models import YearEndReport
from reports.queries.addresses import addresses
from reports.queries.figures import Ref
from reports.queries.reading import drill_down, figure_said, ref_words, rows_behind
from reports.queries.searching import matching
from reports.services import report_json
from reports.tasks import FILES
from reports.views.downloads import downloads_of
from reports.views.finding import asked_version, visible_report
from reports.views.report_process import marked, process_context
from reports.views.screen import progress_of, sections_on_screen

TONES = {
    ReportState.ORDERED: Tone.INFO,
    ReportState.READY: Tone.INFO,
    ReportState.CONSULTING: Tone.WAITING,
    ReportState.IN_APPROVAL: Tone.WAITING,
    ReportState.RETURNED: Tone.LATE,
    ReportState.APPROVED: Tone.WAITING,
    ReportState.ISSUED: Tone.DONE,
    ReportState.REJECTED: Tone.QUIET,
    ReportState.FAILED: Tone.LATE,
    ReportState.CANCELLED: Tone.QUIET,
}
#: So many lines of a figure stand on one page.
LINES = 500


def badge_of(report: YearEndReport) -> Badge:
    state = ReportState(report.case.state)
    return Badge(state.label, TONES[state])


def require_reader(request: PersonRequest) -> None:
    """Reports as a whole do not exist for people who read none."""
    if not rules.has_perm("reports.read", request.user):
        raise Http404


class ReportList(ListPage):
    model = YearEndReport
    title = _("Reports")
    search_label = _("Number, year, who ordered it")
    empty_text = _("No report has been ordered yet.")
    default_sort = "-ordered"
    fixed_order = ("-pk",)
    columns = (
        ListColumn(
            name="number", label=_("Number"), value=lambda row: shown(row.case.number), sort=("case__number",), key=True
        ),
        ListColumn(name="title", label=_("Title"), value="case.title", sort=("year",), wide=True, width=40),
        ListColumn(name="first", label=_("From day"), value="first_day", kind="date", sort=("first_day",)),
        ListColumn(name="last", label=_("To day"), value="last_day", kind="date", sort=("last_day",)),
        ListColumn(name="as_of", label=_("Figures as of"), value="as_of", kind="date", sort=("as_of",)),
        ListColumn(name="by", label=_("Ordered by"), value="case.created_by.full_name", width=24),
        ListColumn(name="ordered", label=_("Ordered on"), value="case.created_at", kind="date", sort=("pk",)),
        ListColumn(
            name="state",
            label=_("State"),
            value=badge_of,
            export_value=lambda row: badge_of(row).label,
            template="reports/_state.html",
        ),
    )

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        require_reader(request)
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> QuerySet[Any]:
        return YearEndReport.objects.visible_to(self.request.user).for_list()  # type: ignore[arg-type]  # logged in

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return matching(queryset, text)

    def get_empty_action(self) -> tuple[Any, str] | None:
        may = rules.has_perm("reports.order", self.request.user)
        return (_("Order a report"), reverse("reports:order")) if may else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_order": rules.has_perm("reports.order", self.request.user)}

    template_name = "reports/report_list.html"


@never_cache
@require_safe
def report(request: PersonRequest, number: str) -> HttpResponse:
    """The report as a page; while it is being made htmx asks for its progress only."""
    found = visible_report(request, number)
    if request.htmx:
        if not found.job.is_live:
            return HttpResponseClientRefresh()
        return render(request, "reports/_progress.html", progress_of(request, found))
    snapshot, pdf = asked_version(request, found), found.pdf
    readable = addresses(request.user, snapshot.rows) if snapshot else {}
    context = (
        progress_of(request, found)
        | case_context(found.case, person_of(request))
        | process_context(request, found, snapshot)
    )
    sections = sections_on_screen(found, snapshot, readable)
    if snapshot:
        sections, context["empty_sections"] = marked(sections, found, snapshot, may_edit=context["may_edit"])
    context |= {
        "snapshot": snapshot,
        "latest": context["versions"][0][0] if context["versions"] else 0,
        "badge": badge_of(found),
        "sections": sections,
        "pdf": pdf,
        "pdf_url": file_url(FILES, pdf) if pdf else "",
        "has_menu": any(not action.primary for action in context["actions"]),
        "downloads": downloads_of(found),
    }
    return render(request, "reports/report.html", context)


@never_cache
@require_safe
def figure(request: PersonRequest, number: str, key: str) -> HttpResponse:
    """What one figure of the snapshot counts, line by line, with the way to each file that the reader may see."""
    found = visible_report(request, number)
    snapshot = asked_version(request, found)
    ref = Ref.from_query(key, request.GET)
    figure_json = ref.look_up(snapshot.figures) if snapshot and ref else None
    if snapshot is None or ref is None or figure_json is None:
        raise Http404
    paginator = Paginator(figure_json["items"], LINES)
    page = paginator.get_page(request.GET.get("trang"))
    on_page = figure_json | {"items": page.object_list}
    rows = rows_behind(on_page, snapshot.rows)
    context = {
        "report": found,
        "snapshot": snapshot,
        "words": ref_words(ref, snapshot),
        "said": figure_said(figure_json),
        "figure": figure_json,
        "lines": drill_down(on_page, rows, addresses(request.user, rows)),
        "page_obj": page,
        "page_numbers": page_numbers(paginator, page),
    }
    return render(request, "reports/figure.html", context)


@never_cache
@require_safe
def data(request: PersonRequest, number: str) -> HttpResponse:
    """The report as JSON (contracts.md); not before its figures are frozen."""
    found = visible_report(request, number)
    snapshot = asked_version(request, found)
    if snapshot is None:
        raise Http404
    response = JsonResponse(report_json(found, snapshot), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{found.case.number}.json"'
    return response
