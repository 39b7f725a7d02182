"""National reports: the list, one report with its opinions, papers and scheme, and writing all of these."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agreements.filters import TreatyReportFilter
from agreements.forms.mechanisms import kept_rows
from agreements.forms.treaties import (
    ConsultationSet,
    PaperSet,
    PaperUploadForm,
    SchemeForm,
    TreatyReportForm,
    consultations_of,
    papers_of,
)
from agreements.models import Convention, TreatyReport, TreatyScheme
from agreements.queries import treaties as queries
from agreements.series import text_of
from agreements.services import treaties as services
from agreements.views.conventions import crumbs, visible_convention
from agreements.views.mechanisms import METHODS
from intlcoop.audit.requests import facts_of as where_of
from intlcoop.regulations.queries import calendar
from intlcoop.vietnamese.folding import fold
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, upload_in, version_in
from intlcoop.workflow.pages import case_context
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused

FORM = "agreements/treaties/form.html"
#: What the page of the form may hold; each page fills in its own.
BLANK: dict[str, Any] = {"form": None, "rows": None, "form_below": None, "problems": ()}


class TreatyReportList(ListPage):
    model = TreatyReport
    template_name = "agreements/treaties/report_list.html"
    title = gettext_lazy("National reports")
    search_label = gettext_lazy("Number, title, convention")
    empty_text = gettext_lazy("No national report yet. Open a convention to add one.")
    filterset_class = TreatyReportFilter
    default_sort = "han"
    columns = (
        ListColumn(
            name="so", label=gettext_lazy("Number"), value=lambda row: shown(row.case.number), sort=["case__number"], key=True
        ),
        ListColumn(name="ten", label=gettext_lazy("Title"), value="case.title", sort=["case__fold"], wide=True, width=60),
        ListColumn(name="cong_uoc", label=gettext_lazy("Convention"), value="convention.short_name"),
        ListColumn(name="lan", label=gettext_lazy("Report number"), value="number", kind="int", sort=["number"]),
        ListColumn(
            name="giai_doan", label=gettext_lazy("Period of the report"), value=queries.period_text, sort=["from_year"],
            whole=True,
        ),
        ListColumn(name="don_vi", label=gettext_lazy("Lead unit"), value="case.unit", screen=False, width=32),
        ListColumn(name="han", label=gettext_lazy("Due to the treaty body on"), value="due_on", kind="date", sort=["due_on"]),
        ListColumn(
            name="trang_thai",
            label=gettext_lazy("Status"),
            value=queries.report_badge,
            sort=["case__state"],
            template="agreements/treaties/_state.html",
            export_value=lambda row: queries.report_badge(row).label,
            width=28,
        ),
        ListColumn(
            name="gui",
            label=gettext_lazy("Sent to the treaty body on"),
            value=lambda row: text_of(row.sent_on, row.sent_precision),
            screen=False,
        ),
        ListColumn(
            name="bao_ve",
            label=gettext_lazy("Defended on"),
            value=lambda row: text_of(row.defended_on, row.defended_precision),
            screen=False,
        ),
        ListColumn(name="de_an", label=gettext_lazy("Scheme to defend it"), value="scheme.title", screen=False, width=48),
        ListColumn(name="nguon", label=gettext_lazy("Source"), value="source_text", screen=False, width=40),
    )  # fmt: skip

    def rows(self) -> QuerySet[TreatyReport]:
        rows = TreatyReport.objects.visible_to(person_of(self.request))
        return rows.select_related("case__unit", "convention", "scheme")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        if wanted := normalise_number(text):
            return queryset.filter(case__number__startswith=wanted)
        condition = Q()
        for word in fold(text).split():
            condition &= Q(case__fold__contains=word) | Q(convention__search_text__contains=f" {word}")
        return queryset.filter(condition)


def visible_report(request: HttpRequest, number: str) -> TreatyReport:
    rows = TreatyReport.objects.visible_to(person_of(request)).select_related(
        "case__unit", "case__created_by", "convention", "scheme"
    )
    if (found := rows.filter(case__number=number).first()) is None:
        raise Http404
    return found


def report_crumbs(found: TreatyReport) -> list[Crumb]:
    return [*crumbs(found.convention), Crumb(shown(found.case.number), found.get_absolute_url())]


@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_report(request, number)
    user, today = person_of(request), timezone.localdate()
    context = case_context(found.case, user)
    scheme = getattr(found, "scheme", None)
    may_edit = rules.has_perm("agreements.edit_treaty_report", user, found.case)
    context |= {
        "report": found,
        "crumbs": crumbs(found.convention),
        "facts": facts_of(found),
        "badge": queries.report_badge(found),
        "days_left": queries.days_left(found, today, calendar()),
        "steps": queries.steps_of(found),
        "consultations": [
            (row, queries.consultation_badge(row, today, is_history=bool(found.source_text)))
            for row in found.consultations.all()
        ],
        "chain": queries.chain_of(found.chain.all()),
        "scheme": scheme,
        "scheme_badge": queries.scheme_badge(scheme) if scheme else None,
        "may_edit": may_edit,
        "links": [{"label": _("Edit"), "url": queries.edit_url(found.case)}] if may_edit else [],
        "has_menu": any(not action.primary for action in context["actions"]),
    }
    return render(request, "agreements/treaties/report.html", context)


def facts_of(found: TreatyReport) -> list[Fact]:
    """What is asked of every report, and what is known besides."""
    convention = found.convention
    known = [
        Fact(_("Sent to the treaty body on"), text_of(found.sent_on, found.sent_precision)),
        Fact(_("Defended on"), text_of(found.defended_on, found.defended_precision)),
        Fact(_("Defended where"), found.defended_place),
        Fact(_("Main content"), found.content),
        Fact(_("Source"), found.source_text),
    ]
    return [
        Fact(_("Convention"), convention, convention.get_absolute_url()),
        Fact(_("Report number"), str(found.number)),
        Fact(_("Period of the report"), queries.period_text(found)),
        Fact(_("Lead unit"), found.case.unit),
        Fact(_("Due to the treaty body on"), found.due_on),
        *(fact for fact in known if fact.value),
        Fact(_("Opened by"), found.case.created_by),
    ]


@require_http_methods(METHODS)
def create(request: HttpRequest, pk: int) -> HttpResponse:
    convention = visible_convention(request, pk)
    if not rules.has_perm("agreements.add_treaty_report", person_of(request)):
        raise PermissionDenied(_("The department of international cooperation opens national reports."))
    blank = TreatyReport(convention=convention)
    form = TreatyReportForm(typed(request), instance=blank, initial=queries.next_report(convention))
    if request.method == "POST" and form.is_valid() and (saved := opened(request, convention, form)):
        messages.success(request, _("The file is saved."))
        return redirect(saved)
    page = {"form": form, "heading": _("Open a national report"), "kicker": convention, "crumbs": crumbs(convention)}
    return render(request, FORM, BLANK | page | {"back": convention.get_absolute_url()})


def opened(request: HttpRequest, convention: Convention, form: TreatyReportForm) -> TreatyReport | None:
    data = form.cleaned_data
    try:
        return services.create_treaty_report(
            convention, actor=person_of(request), title=data["title"], unit=data["unit"], fields=form.values
        )
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None


def report_to_edit(request: HttpRequest, number: str) -> TreatyReport:
    found = visible_report(request, number)
    if not rules.has_perm("agreements.edit_treaty_report", person_of(request), found.case):
        raise PermissionDenied(_("This file can no longer be changed here."))
    return found


def answer(
    request: HttpRequest, found: TreatyReport, act: Callable[[], object], refuse: Callable[[list[str]], None]
) -> HttpResponse | None:
    """Write, and go where the report shows it; None when the sentences of a refusal stand in the form."""
    try:
        act()
    except Conflict as conflict:
        return doors.conflict_page(request, found.case, conflict)
    except NotAllowed as refusal:
        return doors.forbidden_page(request, found.case, refusal)
    except Refused as refusal:
        refuse(refusal.reasons)
        return None
    messages.success(request, _("The file is saved."))
    return redirect(found)


def page_of(request: HttpRequest, found: TreatyReport, heading: str, **more: Any) -> dict[str, Any]:
    """`version`: that of the page on which somebody began to write, also when it comes back with a refusal."""
    return BLANK | {
        "heading": heading,
        "kicker": f"{shown(found.case.number)} · {found.case.title}",
        "crumbs": report_crumbs(found),
        "back": found.get_absolute_url(),
        "version": version_in(request) or found.case.version,
        **more,
    }


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found = report_to_edit(request, number)
    form = TreatyReportForm(typed(request), instance=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        act = partial(
            services.update_treaty_report,
            visible_report(request, number),
            actor=person_of(request),
            title=data["title"],
            unit=data["unit"],
            fields=form.values,
            expected_version=version_in(request),
        )
        if done := answer(request, found, act, partial(form.add_error, None)):
            return done
    return render(request, FORM, page_of(request, found, _("Edit the file"), form=form))


@require_http_methods(METHODS)
def consultations(request: HttpRequest, number: str) -> HttpResponse:
    found = report_to_edit(request, number)
    rows = ConsultationSet(typed(request), initial=consultations_of(found), prefix="y-kien")
    problems: list[str] = []
    if request.method == "POST" and rows.is_valid():
        act = partial(
            services.save_consultations,
            found,
            kept_rows(rows),
            actor=person_of(request),
            expected_version=version_in(request),
        )
        if done := answer(request, found, act, problems.extend):
            return done
    words = {
        "rows_title": _("Which bodies are asked?"),
        "row_label": _("Body that is asked"),
        "add_label": _("Add a body"),
    }
    return render(
        request, FORM, page_of(request, found, _("Opinions on the report"), rows=rows, problems=problems, **words)
    )


PAPER_WORDS = {
    "rows_title": gettext_lazy("Which papers are there?"),
    "row_label": gettext_lazy("Paper"),
    "add_label": gettext_lazy("Add a paper"),
}


@require_http_methods(METHODS)
def papers(request: HttpRequest, number: str) -> HttpResponse:
    found = report_to_edit(request, number)
    data, user = typed(request), person_of(request)
    rows = PaperSet(data, initial=papers_of(found), prefix="van-ban")
    upload = PaperUploadForm(data, request.FILES or None, actor=user, where=where_of(request))
    problems: list[str] = []
    if request.method == "POST" and all([rows.is_valid(), upload.is_valid()]):
        act = partial(
            services.save_papers,
            found,
            kept_rows(rows),
            actor=user,
            upload=upload_in(upload, "upload", request),
            upload_kind=upload.cleaned_data["upload_kind"],
            expected_version=version_in(request),
        )
        if done := answer(request, found, act, problems.extend):
            return done
    page = page_of(
        request, found, _("Papers of the report"), rows=rows, form_below=upload, problems=problems, **PAPER_WORDS
    )
    return render(request, FORM, page)


@require_safe
def scheme(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_report(request, number)
    own = getattr(found, "scheme", None)
    if own is None:
        raise Http404
    context = {
        "report": found,
        "case": found.case,
        "scheme": own,
        "badge": queries.scheme_badge(own),
        "chain": queries.chain_of(own.chain.all()),
        "facts": [
            Fact(_("Defends the report"), f"{shown(found.case.number)} {found.case.title}", found.get_absolute_url()),
            Fact(_("Convention"), found.convention, found.convention.get_absolute_url()),
            Fact(_("Main content"), own.content),
            *([Fact(_("Source"), own.source_text)] if own.source_text else []),
        ],
        "crumbs": report_crumbs(found),
        "may_edit": rules.has_perm("agreements.edit_treaty_report", person_of(request), found.case),
    }
    return render(request, "agreements/treaties/scheme.html", context)


@require_http_methods(METHODS)
def scheme_edit(request: HttpRequest, number: str) -> HttpResponse:
    found = report_to_edit(request, number)
    data, own = typed(request), getattr(found, "scheme", None)
    form = SchemeForm(data, instance=own or TreatyScheme(report=found), initial=scheme_initial(found, own))
    rows = PaperSet(data, initial=papers_of(own), prefix="van-ban")
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        act = partial(
            services.save_scheme,
            found,
            actor=person_of(request),
            fields=form.values,
            rows=kept_rows(rows),
            expected_version=version_in(request),
        )
        if done := answer(request, found, act, partial(form.add_error, None)):
            return done
    return render(
        request, FORM, page_of(request, found, _("Scheme to defend the report"), form=form, rows=rows, **PAPER_WORDS)
    )


def scheme_initial(found: TreatyReport, own: TreatyScheme | None) -> dict[str, str]:
    if own is not None:
        return {}
    return {"title": _("Scheme to defend the %(report)s") % {"report": found.case.title}}
