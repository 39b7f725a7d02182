"""The English edition of a report, figure by figure the same as the Vietnamese one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from intlcoop.jobs.requests import PersonRequest
from reports.queries.addresses import addresses
from reports.queries.edition import english_sections
from reports.views.finding import frozen_or_404, visible_report
from reports.views.report_process import crumbs
from reports.views.screen import on_page


@never_cache
@require_safe
def english(request: PersonRequest, number: str) -> HttpResponse:
    """Composed from the frozen figures; words of people stand in the Vietnamese edition only."""
    found = visible_report(request, number)
    snapshot = frozen_or_404(found)
    sections, left = english_sections(found, snapshot)
    context = {
        "report": found,
        "snapshot": snapshot,
        "crumbs": crumbs(found),
        "sections": on_page(found, snapshot, sections, addresses(request.user, snapshot.rows)),
        "left": left,
        "ministry": snapshot.background.get("english", {}).get(snapshot.paper["superior"], snapshot.paper["superior"]),
    }
    return render(request, "reports/english.html", context)
