"""The pages on which route rules are read, drafted and put in force."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intlcoop.web import answers
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.retained import typed
from intlcoop.workflow import route_rules
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.facts import conditions_words
from intlcoop.workflow.models import RouteRule
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.route_checks import findings_of
from intlcoop.workflow.route_forms import NewRuleForm, PublishForm, RuleForm, SwitchForm, step_rows
from intlcoop.workflow.route_shown import book_of, facts_of_rule, lines_of, versions_of

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """All rules by kind of file: what holds today, what is announced, drafts, and what is wrong with them."""
    if not rules.has_perm("workflow.view_routes", request.user):
        raise Http404
    rows = RouteRule.objects.visible_to(person_of(request))
    context = {
        "books": book_of(rows, timezone.localdate()),
        "may_manage": may_manage(request),
        "may_test": rules.has_perm("workflow.test_rules", request.user),
    }
    return render(request, "workflow/routes/list.html", context)


@require_safe
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a rule: when it applies, its steps with who holds them today, its law, its other versions."""
    found = visible_rule(request, pk)
    today = timezone.localdate()
    context = page_of(found) | {
        "facts": facts_of_rule(found),
        "words": conditions_words(found.kind, found.conditions),
        "lines": lines_of(found, today),
        "versions": versions_of(found, RouteRule.objects.visible_to(person_of(request))),
        "findings": findings_of(found, max(found.valid_from, today)) if found.is_draft else None,
        "is_announced": not found.is_draft and found.valid_from > today,
        "is_current": not found.is_draft and found.holds_on(today),
        "may_manage": may_manage(request),
        "may_test": rules.has_perm("workflow.test_rules", request.user),
    }
    return render(request, "workflow/routes/rule.html", context)


@require_http_methods(METHODS)
def create(request: HttpRequest) -> HttpResponse:
    actor = manager(request)
    form = NewRuleForm(typed(request))
    if request.method == "POST" and form.is_valid():
        made: list[RouteRule] = []
        values = form.cleaned_data
        act = partial(
            route_rules.create_rule, values["kind"], values["title"], values["role"], actor=actor, like=values["like"]
        )
        if attempt(form, lambda: made.append(act())):
            messages.success(request, _("The draft is made. Say to which files it applies, and its steps."))
            return redirect("workflow:route_rule_edit", made[0].pk)
    context = {"form": form, "heading": _("New route rule"), "verb": _("Make the draft"), "crumbs": crumbs()}
    return render(request, "workflow/routes/form.html", context | {"back": reverse("workflow:route_rules")})


@require_http_methods(METHODS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is written; what holds is changed by a new version."""
    actor = manager(request)
    found = visible_rule(request, pk)
    if not found.is_draft:
        return redirect(found)
    data = typed(request)
    form, rows = RuleForm(data, instance=visible_rule(request, pk)), step_rows(found, data)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        seen = request.POST.get("seen", "")
        act = partial(route_rules.save_draft, found, form.values, rows.values, actor=actor, seen=seen)
        try:
            if attempt(form, act):
                messages.success(request, _("The draft is saved. It applies to no file yet."))
                return redirect(found)
        except Conflict as conflict:
            return answers.conflict(request, str(conflict), back_url=found.get_absolute_url(), facts=state_of(found))
    context = page_of(found) | {"form": form, "rows": rows, "seen": route_rules.fingerprint(found)}
    return render(request, "workflow/routes/edit.html", context)


@require_http_methods(METHODS)
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_rule(request, pk)
    if request.method != "POST":
        return redirect(found)
    draft = route_rules.draft_version(found, actor=manager(request))
    messages.info(
        request, _("This is the draft of the next version. What holds today stays until you put it in force.")
    )
    return redirect("workflow:route_rule_edit", draft.pk)


@require_http_methods(METHODS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    actor = manager(request)
    found = visible_rule(request, pk)
    if not found.is_draft:
        return redirect(found)
    form = PublishForm(typed(request))
    act = partial(route_rules.publish_rule, found, actor=actor)
    heading = _("Put in force: %(title)s") % {"title": found.title}
    said = _("The version is announced. Files submitted from that day on follow it.")
    return dated(request, found, form, act, heading=heading, verb=_("Put in force"), said=said)


@require_http_methods(METHODS)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """On or off from a day on."""
    actor = manager(request)
    found = visible_rule(request, pk)
    if found.is_draft or not found.holds_on(timezone.localdate()):
        return redirect(found)
    verb = _("Switch off") if found.is_enabled else _("Switch on")
    act = partial(route_rules.switch_rule, found, enabled=not found.is_enabled, actor=actor)
    said = _("Recorded as a new version. Files submitted before keep their route.")
    heading = f"{verb}: {found.title}"
    return dated(request, found, SwitchForm(typed(request)), act, heading=heading, verb=verb, said=said)


def dated(
    request: HttpRequest,
    found: RouteRule,
    form: Any,
    act: Callable[..., RouteRule],
    *,
    heading: str,
    verb: str,
    said: str,
) -> HttpResponse:
    """Ask from when and why, then do it, or show everything that stands in the way."""
    if request.method == "POST" and form.is_valid():
        made: list[RouteRule] = []
        try:
            if attempt(form, lambda: made.append(act(**form.cleaned_data))):
                messages.success(request, said)
                return redirect(made[0])
        except Conflict as conflict:
            return answers.conflict(request, str(conflict), back_url=found.get_absolute_url(), facts=state_of(found))
    context = {"form": form, "heading": heading, "verb": verb, "crumbs": crumbs(found)}
    context |= {"back": found.get_absolute_url(), "warnings": warnings_of(found)}
    return render(request, "workflow/routes/form.html", context)


@require_http_methods(METHODS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an announced version back, before its first day."""
    found = visible_rule(request, pk)
    if request.method == "POST":
        try:
            route_rules.withdraw_rule(found, actor=manager(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Taken back: it is a draft again, and the version before goes on."))
    return redirect(found)


@require_http_methods(METHODS)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_rule(request, pk)
    if request.method != "POST":
        return redirect(found)
    try:
        route_rules.discard_draft(found, actor=manager(request))
    except Conflict as conflict:
        return answers.conflict(request, str(conflict), back_url=reverse("workflow:route_rules"))
    messages.success(request, _("The draft is thrown away."))
    return redirect("workflow:route_rules")


def visible_rule(request: HttpRequest, pk: int) -> RouteRule:
    rows = RouteRule.objects.visible_to(person_of(request)).select_related("instrument", "changed_by")
    found: RouteRule = get_object_or_404(rows.prefetch_related("steps"), pk=pk)
    return found


def may_manage(request: HttpRequest) -> bool:
    return bool(rules.has_perm("workflow.manage_routes", request.user))


def manager(request: HttpRequest) -> Any:
    """Whoever asks, if they may change routes; raises PermissionDenied."""
    if not may_manage(request):
        raise PermissionDenied(_("Routes are changed by administrators and the head of International Cooperation."))
    return person_of(request)


def attempt(form: Any, act: Callable[[], object]) -> bool:
    """Do it; False with the sentences on top of the form when it is refused. A conflict passes through."""
    try:
        act()
    except Conflict:
        raise
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return False
    return True


def crumbs(found: RouteRule | None = None) -> list[Crumb]:
    trail = [
        Crumb(_("Administration"), reverse("people:administration")),
        Crumb(_("Routes"), reverse("workflow:route_rules")),
    ]
    return trail if found is None else [*trail, Crumb(found.title, found.get_absolute_url())]


def page_of(found: RouteRule) -> dict[str, Any]:
    return {"rule": found, "crumbs": crumbs(), "back": found.get_absolute_url()}


def warnings_of(found: RouteRule) -> list[str]:
    return findings_of(found, timezone.localdate()).warnings


def state_of(found: RouteRule) -> list[Fact]:
    """The rule as it is now, for whoever was slower."""
    fresh = RouteRule.objects.filter(pk=found.pk).select_related("changed_by").first()
    if fresh is None:
        return [Fact(_("This rule"), _("thrown away"))]
    state = _("draft") if fresh.is_draft else _("in force from %(day)s") % {"day": f"{fresh.valid_from:%d/%m/%Y}"}
    return [Fact(_("This rule"), fresh.title), Fact(_("State"), state), Fact(_("Changed by"), fresh.changed_by or "")]
