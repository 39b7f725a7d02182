"""The scans of a planning year: who keeps them adds and takes out, whoever reads the year or the plan downloads."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from delegations.forms.plan_papers import PlanPaperForm
from delegations.models import AnnualPlan, PlanPaper
from delegations.models.plan_paper import FILES
from delegations.services import plan_papers
from delegations.views.plan_finding import METHODS, attempt, crumbs, found_or_404, visible_year, year_crumb
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import Refused


def papers_context(papers: QuerySet[PlanPaper], user: Any) -> dict[str, Any]:
    """What `_year_papers.html` prints: those of these papers that the person reads, and whether they keep them."""
    rows = PlanPaper.objects.visible_to(user).filter(pk__in=papers.values("pk"))
    return {
        "year_papers": list(rows.select_related("plan", "uploaded_by", "year")),
        "may_keep_papers": rules.has_perm("delegations.keep_plan_papers", user),
        "files_of_plans": FILES,
    }


@require_http_methods(METHODS)
def add(request: HttpRequest, year: int) -> HttpResponse:
    """Take in the scan of a paper with its number and date."""
    opened = visible_year(request, year)
    user = person_of(request)
    if not rules.has_perm("delegations.keep_plan_papers", user):
        raise PermissionDenied(_("The ICD and the clerk keep the papers of the planning."))
    plans = AnnualPlan.objects.visible_to(user).filter(year=opened.year)
    asked = {name: request.GET.get(key) for name, key in (("kind", "loai"), ("plan", "ke_hoach"))}
    form = PlanPaperForm(
        typed(request), request.FILES or None, opened=opened, plans=plans, actor=user, initial=asked,
        where=doors.facts_of(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        upload = doors.upload_in(form, "upload", request)
        assert upload is not None
        try:
            plan_papers.add_plan_paper(opened, upload, actor=user, **form.values)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            return redirect(f"{opened.get_absolute_url()}#van-ban")
    return render(request, "delegations/plans/form.html", page_of(opened, form))


def page_of(opened: Any, form: PlanPaperForm) -> dict[str, Any]:
    return {
        "form": form,
        "heading": _("Add a document of the planning %(year)s") % {"year": opened.year},
        "text": _(
            "Everybody in the ministry reads the papers of the year; those of a plan are read by whoever reads the plan."
        ),
        "verb": _("Keep the document"),
        "back": opened.get_absolute_url(),
        "crumbs": crumbs(year_crumb(opened.year)),
    }


@require_http_methods(METHODS)
def take_out(request: HttpRequest, year: int, public_id: uuid.UUID) -> HttpResponse:
    """Take a paper out that was handed in by mistake; it stays on record."""
    opened = visible_year(request, year)
    user = person_of(request)
    paper = found_or_404(PlanPaper.objects.visible_to(user).filter(year=opened, public_id=public_id).first())
    back = f"{opened.get_absolute_url()}#van-ban"
    if request.method != "POST":
        return redirect(back)
    act = partial(plan_papers.take_out_plan_paper, paper, actor=user)
    return attempt(request, act, done=_("The document is taken out. It stays on record."), back=back)
