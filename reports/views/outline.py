"""The outline of a report: sections moved, left out, called otherwise, written by hand; or another arrangement for the whole."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, version_in
from reports import services
from reports.forms.outline import OwnSectionForm, PlaceFormSet, VariantForm
from reports.models import YearEndReport
from reports.queries.narrative.outline import moved, outline_of, spare_places, with_own, with_spare
from reports.queries.sections import outline_in
from reports.views.finding import frozen_or_404, visible_report
from reports.views.report_process import crumbs

#: The verbs of the buttons: up, down, bring back, add, take another arrangement.
UP, DOWN, BACK, ADD, WHOLE = "len", "xuong", "dua-vao", "them", "sap-xep"


@require_http_methods(["GET", "HEAD", "POST"])
def outline(request: HttpRequest, number: str) -> HttpResponse:
    """The sections in their order; every button saves what was typed too."""
    found = visible_report(request, number)
    frozen_or_404(found)
    if not rules.has_perm("reports.edit_report", person_of(request), found.case):
        sentence = _("The department of cooperation arranges a report, until it is submitted.")
        return doors.refused_page(request, found.case, sentence)
    data = typed(request)
    rows = PlaceFormSet(data, initial=rows_of(found), prefix="muc")
    own, whole = (
        OwnSectionForm(data, prefix="moi"),
        VariantForm(data, initial={"variant": found.variant}, prefix="cach"),
    )
    if (
        request.method == "POST"
        and rows.is_valid()
        and own.is_valid()
        and (wanted := asked(request, found, rows, own, whole))
    ):
        act = partial(
            services.change_outline, found, wanted, actor=person_of(request), expected_version=version_in(request)
        )
        to = reverse("reports:outline", args=[found.case.number])
        if answer := doors.carried_out(request, found.case, own, act, said=_("The outline is saved."), to=to):
            return answer
    return render(request, "reports/process/outline.html", page_of(found, rows, own, whole))


def rows_of(report: YearEndReport) -> list[dict[str, Any]]:
    return [
        {"key": place["key"], "title": place["title"], "level": str(place["level"])} for place in outline_in(report)
    ]


def page_of(report: YearEndReport, rows: Any, own: OwnSectionForm, whole: VariantForm) -> dict[str, Any]:
    return {
        "case": report.case,
        "report": report,
        "version": report.case.version,
        "file_url": report.get_absolute_url(),
        "crumbs": crumbs(report),
        "rows": rows,
        "own": own,
        "form": own,
        "whole": whole,
        "spare": spare_places(outline_in(report), report.year),
    }


def asked(
    request: HttpRequest, report: YearEndReport, rows: Any, own: OwnSectionForm, whole: VariantForm
) -> list[dict[str, Any]] | None:
    """The outline that the pressed button asks for; None when something is still to be said."""
    places = [form.place for form in rows if not form.cleaned_data["dropped"]]
    verb, _colon, key = request.POST.get("viec", "").partition(":")
    if verb in (UP, DOWN):
        return moved(places, key, up=verb == UP)
    if verb == BACK:
        spare = next((place for place in spare_places(places, report.year) if place["key"] == key), None)
        return with_spare(places, spare) if spare else places
    if verb == WHOLE:
        return outline_of(whole.cleaned_data["variant"], report.year) if whole.is_valid() else None
    title = own.cleaned_data["title"]
    if verb == ADD and not title:
        own.add_error("title", _("Write the title of the new section."))
        return None
    return with_own(places, title, int(own.cleaned_data["level"] or 1)) if title else places
