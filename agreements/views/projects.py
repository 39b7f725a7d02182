"""The pages of projects and aid: the list with its sums, one project, opening a file, and the pipeline by stages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cached_property
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.aid import MoneySource, ProjectState
from agreements.filters import ProjectFilter
from agreements.forms.project import NewProjectForm
from agreements.guards import projects as guards
from agreements.guards.dossier import rule_day
from agreements.models import ForeignFundedProject, ProjectReport
from agreements.queries import project_standing as standing
from agreements.queries import projects as queries
from agreements.services import projects as services
from agreements.views.asking import crumbs as partner_crumbs
from agreements.views.duties import case_duties
from intlcoop.audit.exports import LoggedListPage
from intlcoop.people.principals import own_unit
from intlcoop.web.display import Badge, Crumb, Fact
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn
from intlcoop.web.retained import typed
from intlcoop.workflow.actions import Action, with_one_primary
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case
from intlcoop.workflow.pages import case_context, missing_from
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]
READY_STATES = (ProjectState.MOBILISING, ProjectState.RETURNED, ProjectState.ADJUSTING)
DOSSIER_STATES = (*READY_STATES, ProjectState.APPRAISAL)
#: Which section of the form mends what a guard asks for.
MENDED_AT = {
    guards.has_donors: "donors",
    guards.has_aid: "amounts",
    guards.has_days: "thoi-gian",
    guards.dossier_is_complete: "tep",
}


def badges(row: Any) -> list[Badge]:
    marks = standing.marks_of(row, dormant=row.sleeps, overdue=row.owes, today=timezone.localdate())
    return [standing.state_badge_of(row), *marks]


def badge_words(row: Any) -> str:
    return ", ".join(str(badge.label) for badge in badges(row))


def of_source(source: str) -> Any:
    return lambda row: queries.money_text(row, source)


REGISTER = (
    ListColumn(name="so", label=_("Number"), value=lambda row: shown(row.case.number), screen=False),
    ListColumn(name="ten", label=_("Name"), value="case.title", screen=False, width=56),
    ListColumn(name="ten_en", label=_("Name in English"), value="name_en", screen=False, width=40),
    ListColumn(name="loai", label=_("Kind"), value="get_kind_display", screen=False),
    ListColumn(name="nguon_von", label=_("Nature of the money"), value="get_nature_display", screen=False, width=28),
    ListColumn(name="nha_tai_tro", label=_("Donors"), value=queries.donors_text, screen=False, width=40),
    ListColumn(name="vien_tro", label=_("Aid"), value=of_source(MoneySource.GRANT), screen=False, width=24),
    ListColumn(name="doi_ung", label=_("Counterpart funds"), value=of_source(MoneySource.COUNTERPART), screen=False, width=24),
    ListColumn(name="dia_diem", label=_("Localities"), value=queries.localities_text, screen=False, width=28),
    ListColumn(name="tu_ngay", label=_("From"), value="starts_on", kind="date", screen=False),
    ListColumn(name="den_ngay", label=_("Until"), value="ends_on", kind="date", screen=False),
    ListColumn(name="chu_khoan", label=_("Grant owner, project owner"), value=queries.owner_text, screen=False, width=32),
    ListColumn(name="don_vi_chu_tri", label=_("Unit"), value="case.unit", screen=False, width=28),
    ListColumn(name="chuong_trinh", label=_("Scheme or programme"), value="programme", screen=False, width=36),
    ListColumn(name="quyet_dinh", label=_("Decision of approval"), value=queries.decision_text, screen=False, width=28),
    ListColumn(name="bat_dau", label=_("Begun on"), value="started_on", kind="date", screen=False),
    ListColumn(name="ket_thuc", label=_("Closed on"), value="closed_on", kind="date", screen=False),
    ListColumn(name="tinh_trang", label=_("Status"), value=badge_words, screen=False, width=28),
)  # fmt: skip


class ProjectList(LoggedListPage):
    model = ForeignFundedProject
    template_name = "agreements/projects/list.html"
    title = _("Projects and aid")
    filterset_class = ProjectFilter
    search_label = _("Number, name, donor, locality")
    default_sort = "-tu"
    fixed_order = ("-pk",)
    empty_text = _("No project yet.")
    columns = (
        ListColumn(
            name="number", label=_("Number"), value=lambda row: shown(row.case.number), sort=["case__number"], key=True,
            export=False,
        ),
        ListColumn(name="title", label=_("Name"), value="case.title", sort=["case__fold"], wide=True, export=False),
        ListColumn(name="donors", label=_("Donors"), value=queries.donors_text, named=True, export=False),
        ListColumn(name="aid", label=_("Aid"), value=of_source(MoneySource.GRANT), export=False),
        ListColumn(name="tu", label=_("From, until"), value=queries.days_text, sort=["starts_on"], export=False),
        ListColumn(name="unit", label=_("Unit"), value="case.unit", sort=["case__unit__sort_key"], named=True, export=False),
        ListColumn(
            name="state", label=_("Status"), value=badges, sort=["case__state"], template="agreements/projects/_state.html",
            export=False,
        ),
        *REGISTER,
    )  # fmt: skip

    def rows(self) -> QuerySet[ForeignFundedProject]:
        return listed(person_of(self.request), timezone.localdate())

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By number written either way, or by words of names, donors and localities without regard to accents."""
        if wanted := normalise_number(text):
            return queryset.filter(case__number__startswith=wanted)
        return queryset.filter(pk__in=queries.answering(text).values("pk"))

    @cached_property
    def may_add(self) -> bool:
        return bool(rules.has_perm("agreements.add_project", self.request.user))

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Open a project"), reverse("agreements:project_new")) if self.may_add else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        totals = standing.totals_of(self.get_queryset())
        more = {
            "may_add": self.may_add,
            "aid": standing.totals_text(totals, MoneySource.GRANT),
            "counterpart": standing.totals_text(totals, MoneySource.COUNTERPART),
        }
        return super().get_context_data(**kwargs) | more


def listed(user: Any, today: dt.date) -> QuerySet[ForeignFundedProject]:
    """The projects that this person may read, with all that a line of a list says."""
    own = ForeignFundedProject.objects.filter(pk=OuterRef("pk"))
    late = ProjectReport.objects.overdue(today).filter(project=OuterRef("pk"))
    rows = ForeignFundedProject.objects.visible_to(user).select_related("case__unit", "programme")
    rows = rows.prefetch_related("donors__partner", "amounts__currency", "localities")
    return rows.annotate(sleeps=Exists(own.dormant(today)), owes=Exists(late))


def visible_project(request: HttpRequest, number: str) -> ForeignFundedProject:
    """The project of this number, if this person may see it; a stranger gets 404 as if it did not exist."""
    rows = ForeignFundedProject.objects.visible_to(person_of(request))
    rows = rows.select_related("case__unit", "case__created_by", "programme", "agreement__case")
    found = rows.prefetch_related(*queries.ROWS).filter(case__number=number).first()
    if found is None:
        raise Http404
    return found


def crumbs(project: ForeignFundedProject | None = None) -> list[Crumb]:
    first = [*partner_crumbs(), Crumb(_("Projects and aid"), reverse("agreements:project_list"))]
    return [*first, Crumb(shown(project.case.number), project.get_absolute_url())] if project is not None else first


def project_page(project: ForeignFundedProject, **more: Any) -> dict[str, Any]:
    """The project, its address, and the way back to it."""
    url = project.get_absolute_url()
    return {"project": project, "case": project.case, "file_url": url, "crumbs": crumbs(project), **more}


@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_project(request, number)
    user, today = person_of(request), timezone.localdate()
    context = project_page(found, **case_context(found.case, user)) | {"crumbs": crumbs()}
    may_edit = rules.has_perm("workflow.edit_case", user, found.case)
    context["badge"] = standing.state_badge_of(found)
    context["actions"] = with_one_primary([beginning_first(action) for action in context["actions"]])
    reports, later = standing.report_lines(found)
    open_to = (
        Case.objects.visible_to(user).filter(pk=found.agreement.case_id) if found.agreement else Case.objects.none()
    )
    context |= {
        "facts": facts(found, today),
        "may_edit": may_edit,
        "links": [{"label": gettext("Edit"), "url": queries.project_edit_url(found.case)}] if may_edit else [],
        "has_menu": any(not action.primary for action in context["actions"]),
        "missing": missing_of(found) if may_edit and found.case.state in READY_STATES else [],
        "marks": standing.marks_now(found, today),
        "dossier": guards.items_of(found, rule_day(found.case)) if found.case.state in DOSSIER_STATES else [],
        "agreement_case": open_to.first(),
        "reports": reports,
        "later_reports": later,
        "may_keep": rules.has_perm("agreements.keep_project", user, found.case),
        "adjusting": found.approved_on is not None and found.case.state in DOSSIER_STATES,
        **case_duties(found.case, user),
    }
    return render(request, "agreements/projects/project.html", context)


def beginning_first(action: Action) -> Action:
    """Once it is approved the next thing is that it begins, although that is asked on a page of its own."""
    return replace(action, primary=True) if action.key == "start" else action


def facts(found: ForeignFundedProject, today: dt.date) -> list[Fact]:
    lines = [Fact(*line) for line in queries.particulars(found)]
    if until := standing.appraisal_text(found, today):
        lines.append(Fact(_("To be appraised until"), until))
    return lines


def missing_of(found: ForeignFundedProject) -> list[tuple[str, str]]:
    edit = queries.project_edit_url(found.case)
    return missing_from(found.case, guards.SUBMISSION_GUARDS, edit, MENDED_AT)


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A name opens the file; everything else follows on the next page."""
    user = person_of(request)
    unit = own_unit(user)
    if unit is None or not rules.has_perm("agreements.add_project", user):
        raise PermissionDenied(gettext("You may not file projects."))
    form = NewProjectForm(typed(request))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("kind", "nature")}
        try:
            made = services.create_project(form.cleaned_data["title"], unit, actor=user, fields=values)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, gettext("The file is opened. Its number will not change."))
            return redirect("agreements:project_edit", made.case.number)
    context = {"form": form, "unit": unit, "crumbs": crumbs()}
    return render(request, "agreements/projects/new.html", context)


@require_safe
def pipeline(request: HttpRequest) -> HttpResponse:
    """Where every project stands on its way, and where the money goes (U000-06, U001-04)."""
    rows = listed(person_of(request), timezone.localdate())
    stages = standing.stages_of(rows)
    lively = rows.exclude(case__state__in=ProjectState.ENDED)
    url = reverse("agreements:project_list")
    context = {
        "stages": stages,
        "places": standing.by_locality(lively, url),
        "list_url": url,
        "crumbs": crumbs(),
        "may_add": rules.has_perm("agreements.add_project", request.user),
    }
    return render(request, "agreements/projects/pipeline.html", context)
