"""Writing an item of other work: enter it, change it, its lines, and what came of it."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intlcoop.audit.requests import facts_of as where_of
from intlcoop.web.file_numbers import shown
from intlcoop.web.retained import typed
from intlcoop.web.row_forms import kept_rows
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, request_key, upload_in, version_in
from intlcoop.workflow.refusals import NotAllowed, Refused
from reports import services
from reports.choices import WorkKind, WorkState
from reports.forms import work_rows as rows
from reports.forms.work import CloseForm, WorkForm
from reports.models import WorkItem
from reports.queries.work_kinds import LINES_OF, spec_of
from reports.views.work import SLUGS, crumbs, visible_work
from reports.workflows import close_work

METHODS = ["GET", "HEAD", "POST"]
FORM = "reports/other_work/form.html"


@require_http_methods(METHODS)
def create(request: HttpRequest, slug: str) -> HttpResponse:
    user = person_of(request)
    if slug not in SLUGS:
        raise Http404
    if not rules.has_perm("reports.add_work", user):
        raise PermissionDenied(_("You may not enter work."))
    kind = SLUGS[slug]
    form = WorkForm(
        typed(request), request.FILES or None, actor=user, where=where_of(request), instance=WorkItem(kind=kind)
    )
    if request.method == "POST" and form.is_valid() and (answer := created(request, kind, form)):
        return answer
    page = {"form": form, "heading": WorkKind(kind).label, "help": spec_of(kind).help, "crumbs": crumbs()}
    return render(request, FORM, page | {"back": reverse("reports:work_new"), "kicker": _("Enter a piece of work")})


def created(request: HttpRequest, kind: str, form: WorkForm) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        made = services.create_work(
            kind,
            data["title"],
            data["unit"],
            actor=person_of(request),
            fields=form.values,
            upload=upload_in(form, "upload", request),
            upload_kind=data["upload_kind"],
        )
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None
    messages.success(request, _("Entered as %(number)s.") % {"number": shown(made.case.number)})
    return redirect(made)


def page_of(request: HttpRequest, found: WorkItem, heading: Any, **more: Any) -> dict[str, Any]:
    """`version`: that of the page on which somebody began to write, also when it comes back with a refusal."""
    return {
        "case": found.case,
        "item": found,
        "heading": heading,
        "kicker": f"{shown(found.case.number)} · {found.get_kind_display()}",
        "crumbs": crumbs(found),
        "back": found.get_absolute_url(),
        "version": version_in(request) or found.case.version,
        **more,
    }


def may_not(request: HttpRequest, found: WorkItem) -> HttpResponse | None:
    if rules.has_perm("reports.edit_work", person_of(request), found.case):
        return None
    return doors.refused_page(request, found.case, _("This file can no longer be changed here."))


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_work(request, number), person_of(request)
    if answer := may_not(request, found):
        return answer
    form = WorkForm(typed(request), request.FILES or None, actor=user, where=where_of(request), instance=found)
    if request.method == "POST" and form.is_valid():
        act = partial(
            services.update_work,
            visible_work(request, number),
            actor=user,
            title=form.cleaned_data["title"],
            fields=form.values,
            upload=upload_in(form, "upload", request),
            upload_kind=form.cleaned_data["upload_kind"],
            expected_version=version_in(request),
        )
        if done := doors.carried_out(request, found.case, form, act, said=_("The file is saved."), to=found):
            return done
    return render(request, FORM, page_of(request, found, _("Edit"), form=form))


@require_http_methods(METHODS)
def close(request: HttpRequest, number: str) -> HttpResponse:
    """What came of it: the reply with its number and day, the document sent, the people taught."""
    found, user = visible_work(request, number), person_of(request)
    approved_first = found.kind in WorkKind.APPROVED_FIRST
    state, right = (
        (WorkState.APPROVED, "reports.send_work") if approved_first else (WorkState.OPEN, "reports.close_work")
    )
    if found.case.state != state or not rules.has_perm(right, user, found.case):
        return doors.refused_page(request, found.case, _("You may not do this on this file."))
    form = CloseForm(typed(request), request.FILES or None, actor=user, where=where_of(request), instance=found)
    if request.method == "POST" and form.is_valid():
        act = partial(
            close_work,
            visible_work(request, number),
            actor=user,
            fields=form.values,
            upload=upload_in(form, "upload", request),
            request_id=request_key(request),
            expected_version=version_in(request),
        )
        if done := doors.carried_out(request, found.case, form, act, said=_("Recorded."), to=found):
            return done
    heading = spec_of(found.kind).close
    return render(request, FORM, page_of(request, found, heading, form=form, verb=heading))


#: Address, lines, words and rows of each page of lines.
LINES: dict[str, dict[str, Any]] = {
    "y-kien": {
        "name": "opinions",
        "heading": gettext_lazy("What the units said"),
        "row_label": gettext_lazy("Opinion"),
        "add_label": gettext_lazy("Add an opinion"),
        "set": rows.OpinionSet,
        "initial": rows.opinions_of,
    },
    "ket-luan": {
        "name": "conclusions",
        "heading": gettext_lazy("Conclusions"),
        "row_label": gettext_lazy("Conclusion"),
        "add_label": gettext_lazy("Add a conclusion"),
        "help": gettext_lazy(
            "They are numbered in this order. Assign each as a commitment on the page of the meeting."
        ),
        "set": rows.ConclusionSet,
        "initial": rows.conclusions_of,
    },
}


@require_http_methods(METHODS)
def lines(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    found = visible_work(request, number)
    words = LINES.get(slug)
    if words is None or words["name"] not in LINES_OF.get(WorkKind(found.kind), ()):
        raise Http404
    if answer := may_not(request, found):
        return answer
    units = {"units": rows.units_of(found)}
    formset = words["set"](typed(request), initial=words["initial"](found), prefix=slug, form_kwargs=units)
    problems: list[str] = []
    if request.method == "POST" and formset.is_valid() and (done := kept(request, found, words, formset, problems)):
        return done
    page = page_of(request, found, words["heading"], rows=formset, problems=problems, words=words)
    return render(request, "reports/other_work/lines.html", page)


def kept(
    request: HttpRequest, found: WorkItem, words: dict[str, Any], formset: Any, problems: list[str]
) -> HttpResponse | None:
    act = partial(
        services.save_lines,
        found,
        words["name"],
        kept_rows(formset),
        actor=person_of(request),
        expected_version=version_in(request),
    )
    try:
        if answer := doors.carry_out(request, found.case, act):
            return answer
    except Refused as refusal:
        problems.extend(refusal.reasons)
        return None
    messages.success(request, _("The file is saved."))
    return redirect(found)
