"""The page on which two versions of a file are read side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intlcoop.workflow import doors, registry
from intlcoop.workflow.forms import VersionsForm
from intlcoop.workflow.models import Case, ContentVersion
from intlcoop.workflow.versions import comparisons_of, usual_pair
from intlcoop.workflow.views import case_page


@require_safe
def comparison(request: HttpRequest, number: str) -> HttpResponse:
    """Any two versions of the file's content; by itself the one last decided on and the newest."""
    case = doors.visible_case(request, number)
    versions = list(case.content_versions.select_related("created_by").order_by("number"))
    if registry.kind_of(case).readable is None or not versions:
        raise Http404
    before, after = chosen(request, case, versions)
    form = VersionsForm(versions=versions, initial={"tu": before.number, "den": after.number})
    page: dict[str, Any] = {
        "form": form,
        "before": before,
        "after": after,
        "comparisons": comparisons_of(case, before, after),
    }
    return render(request, "workflow/comparison.html", case_page(case, **page))


def chosen(request: HttpRequest, case: Case, versions: list[ContentVersion]) -> tuple[ContentVersion, ContentVersion]:
    """The versions of the address; a number that is none of the file's is ignored."""
    by_number = {str(row.number): row for row in versions}
    usual = usual_pair(case, versions)
    before = by_number.get(request.GET.get("tu", "")) or by_number.get(str(usual[0]), versions[0])
    after = by_number.get(request.GET.get("den", "")) or by_number[str(usual[1])]
    return before, after
