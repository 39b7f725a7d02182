"""Writing down the totals that reports state without naming what they counted."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import LARGEST_ID, person_of
from intlcoop.workflow.refusals import NotAllowed, Refused
from reports import services
from reports.forms.recorded import TotalForm
from reports.models import RecordedTotal
from reports.views.work import crumbs

METHODS = ["GET", "HEAD", "POST"]


def visible_total(request: HttpRequest, pk: int) -> RecordedTotal:
    rows = RecordedTotal.objects.visible_to(person_of(request))
    found = rows.filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    return found


def ask(request: HttpRequest) -> None:
    if not rules.has_perm("reports.keep_totals", person_of(request)):
        raise PermissionDenied(_("The department of cooperation writes down the totals that reports state."))


def figures_url(total: RecordedTotal | None) -> str:
    """The page of the year in which it counts."""
    query = {"nam": str(total.last_day.year)} if total else {}
    return reverse("reports:work_figures", query=query) + "#so-lieu-tong"


@require_http_methods(METHODS)
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    total = visible_total(request, pk) if pk is not None else None
    ask(request)
    form = TotalForm(typed(request), instance=total)
    if request.method == "POST" and form.is_valid() and (saved := kept(request, pk, form)):
        messages.success(request, _("Recorded."))
        return redirect(figures_url(saved))
    page = {
        "form": form,
        "heading": _("A total that a report states"),
        "crumbs": [*crumbs(), Crumb(_("Figures of the year"), reverse("reports:work_figures"))],
        "back": figures_url(total),
        "remove_url": reverse("reports:total_remove", args=[total.pk]) if total else "",
    }
    return render(request, "reports/other_work/total.html", page)


def kept(request: HttpRequest, pk: int | None, form: TotalForm) -> RecordedTotal | None:
    fresh = visible_total(request, pk) if pk is not None else None
    try:
        return services.record_total(fresh, actor=person_of(request), fields=form.values)
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None


@require_http_methods(METHODS)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    total = visible_total(request, pk)
    ask(request)
    url = figures_url(total)
    if request.method == "POST":
        try:
            services.remove_total(total, actor=person_of(request))
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        messages.success(request, _("The line is taken out."))
    return redirect(url)
