"""Changes of agreements: opened from the agreement, written, sent on their way, recorded."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements import services
from agreements.choices import AgreementFile, AmendmentState
from agreements.forms.amendment import AmendmentForm, NewAmendmentForm, SettlementForm
from agreements.guards.amendment import SUBMISSION_GUARDS, possible_acts
from agreements.models import AgreementAmendment
from agreements.queries import amendments as queries
from agreements.views.finding import agreement_page, visible_agreement
from intlcoop.audit.requests import facts_of
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.file_numbers import shown
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, engine
from intlcoop.workflow.doors import person_of, request_key, upload_in, version_in
from intlcoop.workflow.pages import case_context, missing_from
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]
READY_STATES = (AmendmentState.PROPOSED, AmendmentState.RETURNED)


def visible_amendment(request: HttpRequest, number: str) -> AgreementAmendment:
    found: AgreementAmendment | None = (
        AgreementAmendment.objects.visible_to(person_of(request))
        .select_related("case__unit", "case__created_by", "agreement__case")
        .prefetch_related("agreement__parties__partner")
        .filter(case__number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def amendment_page(change: AgreementAmendment, **more: Any) -> dict[str, Any]:
    page = agreement_page(change.agreement)
    url = change.get_absolute_url()
    crumbs = [*page["crumbs"], Crumb(shown(change.case.number), url)]
    return {
        "change": change,
        "case": change.case,
        "agreement": change.agreement,
        "file_url": url,
        "crumbs": crumbs,
        **more,
    }


@require_safe
def amendment(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_amendment(request, number)
    user = person_of(request)
    context = amendment_page(found, **case_context(found.case, user))
    context["crumbs"] = context["crumbs"][:-1]
    may_edit = rules.has_perm("workflow.edit_case", user, found.case)
    ready = may_edit and found.case.state in READY_STATES and not found.asks_nobody
    context |= {
        "facts": [Fact(*line) for line in queries.amendment_particulars(found)],
        "against": queries.amendment_against(found.case),
        "links": [{"label": _("Edit"), "url": queries.amendment_edit_url(found.case)}] if may_edit else [],
        "has_menu": any(not action.primary for action in context["actions"]),
        "missing": missing_from(found.case, SUBMISSION_GUARDS, queries.amendment_edit_url(found.case)) if ready else [],
    }
    return render(request, "agreements/amendment.html", context)


@require_http_methods(METHODS)
def new(request: HttpRequest, number: str) -> HttpResponse:
    """Which change: those that the state of the agreement allows, with a sentence where none is left."""
    found = visible_agreement(request, number)
    user = person_of(request)
    if not rules.has_perm("agreements.open_change", user, found.case):
        raise PermissionDenied(_("You may not do this on this file."))
    acts = possible_acts(found.case.state)
    form = NewAmendmentForm(typed(request), acts=acts)
    if request.method == "POST" and form.is_valid() and (answer := opened(request, number, form)):
        return answer
    context = agreement_page(
        found, form=form, acts=acts, open_change=found.amendments.open().select_related("case").first()
    )
    return render(request, "agreements/amendment_new.html", context)


def opened(request: HttpRequest, number: str, form: NewAmendmentForm) -> HttpResponse | None:
    found, made = visible_agreement(request, number), []
    data = form.cleaned_data
    act = partial(services.open_amendment, found, data["act"], actor=person_of(request), by_partner=data["by_partner"])
    try:
        if answer := doors.carry_out(request, found.case, lambda: made.append(act())):
            return answer
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None
    messages.success(request, _("The file is opened. Its number will not change."))
    return redirect("agreements:amendment_edit", made[0].case.number)


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_amendment(request, number)
    if not rules.has_perm("workflow.edit_case", person_of(request), found.case):
        return doors.refused_page(request, found.case, _("This file can no longer be changed here."))
    form = AmendmentForm(
        typed(request), request.FILES or None, instance=found, actor=person_of(request), where=facts_of(request)
    )
    if request.method == "POST" and form.is_valid():
        act, fresh = partial(write, request, number, form), visible_amendment(request, number)
        if answer := doors.carried_out(request, fresh.case, form, act, said=_("The file is saved."), to=fresh):
            return answer
    version = version_in(request) or found.case.version
    return render(request, "agreements/amendment_form.html", amendment_page(found, form=form, version=version))


@transaction.atomic
def write(request: HttpRequest, number: str, form: AmendmentForm) -> None:
    change, actor = visible_amendment(request, number), person_of(request)
    services.update_amendment(change, actor=actor, fields=form.values, expected_version=version_in(request))
    if upload := upload_in(form, "upload", request):
        kind = AgreementFile.DRAFT_VI if change.changes_text else AgreementFile.OTHER
        services.attach_to(change.case, upload.file, kind, actor=actor, no_secret_declared=upload.no_secret_declared)  # type: ignore[arg-type]


@require_http_methods(METHODS)
def settle(request: HttpRequest, number: str) -> HttpResponse:
    """The document by which the change was made: signed, decided, notified."""
    found = visible_amendment(request, number)
    name = "register" if found.asks_nobody else "settle"
    if name not in {transition.name for transition in engine.offered(found.case, person_of(request))}:
        if not rules.has_perm("agreements.settle_change", person_of(request), found.case):
            raise PermissionDenied(_("You may not do this on this file."))
        messages.info(request, _("The change cannot be recorded now: the file shows where it stands."))
        return redirect(found)
    form = SettlementForm(
        typed(request), request.FILES or None, instance=found, actor=person_of(request), where=facts_of(request)
    )
    if request.method == "POST" and form.is_valid():
        act, fresh = partial(recorded, request, number, form, name), visible_amendment(request, number)
        if answer := doors.carried_out(request, fresh.case, form, act, said=_("The change is recorded."), to=fresh):
            return answer
    context = amendment_page(visible_amendment(request, number), form=form, settling=True)
    context["version"] = version_in(request) or context["case"].version
    return render(request, "agreements/amendment_form.html", context)


@transaction.atomic
def recorded(request: HttpRequest, number: str, form: SettlementForm, name: str) -> None:
    change, actor = visible_amendment(request, number), person_of(request)
    engine.lock(change.case, expected_version=version_in(request))
    kind = AgreementFile.SIGNED if change.changes_text and not change.by_partner else AgreementFile.NOTE
    upload = upload_in(form, "upload", request)
    services.write_settlement(change, actor=actor, fields=form.values, uploads={kind: upload} if upload else {})
    engine.fire(change.case, name, actor=actor, request_id=request_key(request))
