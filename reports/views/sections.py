"""One section of a report: the composed text and the text by hand side by side."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, version_in
from reports import services
from reports.forms.report_process import SectionForm
from reports.models import SectionText, Snapshot, YearEndReport
from reports.queries.edited import Drift, drift_of, said_by
from reports.queries.figures import Ref
from reports.queries.reading import ref_words
from reports.queries.sections import composed_blocks, outline_in
from reports.queries.unit_parts import texts_for
from reports.views.finding import frozen_or_404, visible_report
from reports.views.report_process import crumbs

METHODS = ["GET", "HEAD", "POST"]


def title_or_404(report: YearEndReport, key: str) -> str:
    """How the outline calls this section; annexes are lists and have no text."""
    titles = {place["key"]: place["title"] for place in outline_in(report)}
    if key not in services.editable_keys(report):
        raise Http404
    return titles[key]


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str, key: str) -> HttpResponse:
    found = visible_report(request, number)
    title, snapshot = title_or_404(found, key), frozen_or_404(found)
    if not rules.has_perm("reports.edit_report", person_of(request), found.case):
        sentence = _("The department of cooperation edits a report, until it is submitted.")
        return doors.refused_page(request, found.case, sentence)
    kept = SectionText.objects.filter(report=found, key=key).select_related("edited_by").first()
    composed = said_by(composed_blocks(snapshot).get(key, []))
    form = SectionForm(typed(request), initial={"text": kept.text if kept else "\n".join(composed)})
    if request.method == "POST" and form.is_valid():
        act = partial(
            services.write_section,
            found,
            key,
            form.cleaned_data["text"],
            actor=person_of(request),
            expected_version=version_in(request),
        )
        said, to = _("The section is saved."), f"{found.get_absolute_url()}#{key.replace('.', '-')}"
        if answer := doors.carried_out(request, found.case, form, act, said=said, to=to):
            return answer
    return render(
        request, "reports/process/section.html", section_page(found, snapshot, key, title, kept, composed, form)
    )


def section_page(
    report: YearEndReport,
    snapshot: Snapshot,
    key: str,
    title: str,
    kept: SectionText | None,
    composed: list[str],
    form: SectionForm,
) -> dict[str, Any]:
    drift = drift_of(kept.basis, composed_blocks(snapshot).get(key, [])) if kept else None
    return {
        "form": form,
        "case": report.case,
        "version": report.case.version,
        "file_url": report.get_absolute_url(),
        "crumbs": crumbs(report),
        "report": report,
        "section_key": key,
        "section_title": title,
        "kept": kept,
        "composed": composed,
        "drift": drift,
        "unit_texts": texts_for(report, key),
        "drift_lines": drift_lines(drift, snapshot) if drift else [],
    }


def drift_lines(drift: Drift, snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """(figure, what it was, what it is) of every figure that changed below a text by hand."""
    none = _("none")
    return [(ref_words(Ref.parse(ref), snapshot), was or none, now or none) for ref, was, now in drift.figures]


@require_http_methods(METHODS)
def drop(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Print the composed text again."""
    found = visible_report(request, number)
    if request.method == "POST":
        act = partial(services.drop_text, found, key, actor=person_of(request), expected_version=version_in(request))
        if answer := doors.carry_out(request, found.case, act):
            return answer
        messages.success(request, _("The composed text is printed again."))
    return redirect(f"{found.get_absolute_url()}#{key.replace('.', '-')}")
