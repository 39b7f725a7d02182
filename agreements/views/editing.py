"""The form of an agreement: one page, saved by hand or by itself, never losing what was typed."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements import services
from agreements.choices import AgreementState
from agreements.forms.agreement import AgreementForm, Parties
from agreements.models import InternationalAgreement
from agreements.views.conflicts import differences
from agreements.views.finding import agreement_page, visible_agreement
from agreements.views.proposing import to_proposal, with_partner
from intlcoop.audit.requests import facts_of
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, sheets
from intlcoop.workflow.doors import person_of, version_in
from intlcoop.workflow.pages import cautions_of
from intlcoop.workflow.route_preview import expected_of
from intlcoop.workflow.sheets import Sheet

METHODS = ["GET", "HEAD", "POST"]
#: A draft saves itself; a file under way is changed only on purpose, because a change may reopen decisions.
SAVES_ITSELF = (AgreementState.PROPOSED, AgreementState.RETURNED)


def sheet_of(request: HttpRequest, agreement: InternationalAgreement, data: Any, files: Any = None) -> Sheet:
    form = AgreementForm(data, files, instance=agreement, actor=person_of(request), where=facts_of(request))
    return Sheet(form, Parties(agreement, data))


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_agreement(request, number)
    if not rules.has_perm("workflow.edit_case", person_of(request), found.case):
        return doors.refused_page(request, found.case, _("This file can no longer be changed here."))
    if "propose" in request.POST:
        return to_proposal(request)
    sheet = sheet_of(request, found, with_partner(request, typed(request), "parties"), request.FILES or None)
    if request.method == "POST" and sheet.is_valid():
        fresh = visible_agreement(request, number)
        return sheets.saved(
            request,
            fresh.case,
            sheet,
            partial(write, request, fresh, sheet),
            show=partial(show, request, number, sheet),
            changed=partial(changed_meanwhile, request, number, sheet),
        )
    return show(request, number, sheet)


@transaction.atomic
def write(request: HttpRequest, agreement: InternationalAgreement, sheet: Sheet) -> None:
    """Fields, rows and files in one transaction."""
    actor, form = person_of(request), sheet.form
    services.update_agreement(
        agreement,
        actor=actor,
        title=form.cleaned_data["title"],
        fields=form.values,
        cooperation=form.cleaned_data["cooperation"],
        expected_version=version_in(request),
        **sheet.rows.values,
    )
    sheets.write_files(request, agreement.case, form, attach=services.attach_to, take_out=services.take_out)


def show(request: HttpRequest, number: str, sheet: Sheet, **more: Any) -> HttpResponse:
    kept = visible_agreement(request, number)
    status = more.pop("status", 200)
    draft = kept.case.state in SAVES_ITSELF
    context = agreement_page(
        kept,
        form=sheet.form,
        parties=sheet.rows,
        version=more.pop("version", version_in(request) or kept.case.version),
        cautions=cautions_of(kept.case, person_of(request)),
        saves_itself=draft,
        under_way=not draft,
        expected=expected_of(kept.case) if draft and kept.regime != "treaty" else None,
        **more,
    )
    return render(request, "agreements/agreement_form.html", context, status=status)


def changed_meanwhile(request: HttpRequest, number: str, sheet: Sheet) -> HttpResponse:
    """409: both texts side by side. What was typed stays in the form and can be saved over the other on purpose."""
    fresh = visible_agreement(request, number)
    other = fresh.case.content_versions.select_related("created_by").order_by("-number").first()
    if other is None:
        sheet.form.add_error(None, sheets.not_yet_saved())
    found = differences(fresh, sheet.form, sheet.rows)
    return show(request, number, sheet, status=409, version=fresh.case.version, changed_by=other, differences=found)


@require_POST
def autosave(request: HttpRequest, number: str) -> JsonResponse:
    found = visible_agreement(request, number)
    if not rules.has_perm("workflow.edit_case", person_of(request), found.case) or found.case.state not in SAVES_ITSELF:
        return sheets.too_late()
    sheet = sheet_of(request, found, request.POST)
    return sheets.autosaved(request, sheet, partial(keep_draft, request, number, sheet))


def keep_draft(request: HttpRequest, number: str, sheet: Sheet) -> InternationalAgreement:
    form = sheet.form
    values = {name: value for name, value in form.values.items() if name not in form.errors}
    if form.non_field_errors():
        values.pop("expires_on", None)
    return services.update_agreement(
        visible_agreement(request, number),
        actor=person_of(request),
        title=form.cleaned_data.get("title"),
        fields=values,
        cooperation=form.cleaned_data.get("cooperation"),
        expected_version=version_in(request),
        **sheet.rows.values,
    )
