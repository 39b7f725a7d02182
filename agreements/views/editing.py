"""The form of an agreement: one page, saved by hand or by itself, never losing what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import rules
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
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
from intlcoop.web.row_forms import is_filled
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, upload_in, version_in
from intlcoop.workflow.models import Case
from intlcoop.workflow.pages import cautions_of
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.route_preview import expected_of

METHODS = ["GET", "HEAD", "POST"]
#: A draft saves itself; a file under way is changed only on purpose, because a change may reopen decisions.
SAVES_ITSELF = (AgreementState.PROPOSED, AgreementState.RETURNED)


@dataclass(slots=True)
class Sheet:
    """The form with its rows, bound to what was sent or fresh from the agreement."""

    form: AgreementForm
    parties: Parties

    def is_valid(self) -> bool:
        form, parties = self.form.is_valid(), self.parties.is_valid()
        return form and parties


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
        return saved(request, visible_agreement(request, number), sheet)
    return show(request, number, sheet)


def saved(request: HttpRequest, agreement: InternationalAgreement, sheet: Sheet) -> HttpResponse:
    """Write it all, or say why not with everything still in its field."""
    number = agreement.case.number
    try:
        write(request, agreement, sheet)
    except Conflict:
        return changed_meanwhile(request, number, sheet)
    except NotAllowed as refusal:
        return doors.forbidden_page(request, agreement.case, refusal)
    except Refused as refusal:
        sheet.form.add_error(None, refusal.reasons)
        return show(request, number, sheet)
    messages.success(request, _("The file is saved."))
    if "stay" in request.POST:
        return redirect(f"{reverse('agreements:agreement_edit', args=[number])}#tep")
    return redirect(agreement)


@transaction.atomic
def write(request: HttpRequest, agreement: InternationalAgreement, sheet: Sheet) -> None:
    """Fields, rows and files in one transaction."""
    actor, form = person_of(request), sheet.form
    services.update_agreement(
        agreement,
        actor=actor,
        title=form.cleaned_data["title"],
        fields=form.values,
        parties=sheet.parties.rows,
        cooperation=form.cleaned_data["cooperation"],
        expected_version=version_in(request),
    )
    for attachment in form.cleaned_data["withdraw"]:
        services.take_out(attachment, actor=actor)
    if upload := upload_in(form, "upload", request):
        kind = form.cleaned_data["upload_kind"]
        services.attach_to(agreement.case, upload.file, kind, actor=actor, no_secret_declared=upload.no_secret_declared)  # type: ignore[arg-type]


def show(request: HttpRequest, number: str, sheet: Sheet, **more: Any) -> HttpResponse:
    kept = visible_agreement(request, number)
    status = more.pop("status", 200)
    draft = kept.case.state in SAVES_ITSELF
    context = agreement_page(
        kept,
        form=sheet.form,
        parties=sheet.parties,
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
        text = _(
            "Somebody else changed this file in the meantime. Nothing of yours is saved yet; save again to put it in place."
        )
        sheet.form.add_error(None, text)
    found = differences(fresh, sheet.form, sheet.parties)
    return show(request, number, sheet, status=409, version=fresh.case.version, changed_by=other, differences=found)


@require_POST
def autosave(request: HttpRequest, number: str) -> JsonResponse:
    """Keep what is valid of a draft while it is written; fields in error stay as they were saved last."""
    found = visible_agreement(request, number)
    if not rules.has_perm("workflow.edit_case", person_of(request), found.case) or found.case.state not in SAVES_ITSELF:
        return JsonResponse({"message": _("This file can no longer be changed here.")}, status=403)
    sheet = sheet_of(request, found, request.POST)
    valid = sheet.is_valid()
    try:
        kept = keep_draft(request, number, sheet)
    except Conflict:
        text = _("Somebody else changed this file in the meantime. Press “Save” to see both texts.")
        return JsonResponse({"message": text}, status=409)
    except Refused as refusal:
        return JsonResponse({"message": " ".join(refusal.reasons)}, status=422)
    answer: dict[str, Any] = {"saved_at": f"{timezone.localtime():%H:%M}", "fields": ids_after(kept, sheet)}
    if not valid:
        n = len(sheet.form.errors) + sum(len(errors) for errors in sheet.parties.formset.errors)
        words = ngettext(
            "Saved %(time)s; %(n)s field needs correcting", "Saved %(time)s; %(n)s fields need correcting", n
        )
        answer["message"] = words % {"time": answer["saved_at"], "n": n}
    return JsonResponse(answer)


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
        parties=sheet.parties.rows,
        cooperation=form.cleaned_data.get("cooperation"),
        expected_version=version_in(request),
    )


def ids_after(agreement: InternationalAgreement, sheet: Sheet) -> dict[str, Any]:
    """The new version, and the ids of the rows as they now stand, by the names of their hidden fields."""
    fields: dict[str, Any] = {"version": Case.objects.values_list("version", flat=True).get(pk=agreement.case.pk)}
    formset = sheet.parties.formset
    if formset.is_valid():
        ids = list(agreement.parties.order_by("position", "pk").values_list("pk", flat=True))
        written = [form for form in formset.forms if form not in formset.deleted_forms and is_filled(form)]
        fields |= {form.add_prefix("id"): pk for form, pk in zip(written, ids, strict=False)}
    return fields
