"""Recording how an agreement was signed."""

from __future__ import annotations

from functools import partial

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements import services
from agreements.choices import AgreementState, Regime
from agreements.forms.signing import SigningForm
from agreements.models import InternationalAgreement
from agreements.views.finding import agreement_page, visible_agreement
from intlcoop.audit.requests import facts_of
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, engine
from intlcoop.workflow.doors import person_of, request_key, upload_in, version_in


def transition_of(agreement: InternationalAgreement) -> str:
    treaty = agreement.regime == Regime.TREATY and agreement.case.state == AgreementState.PROPOSED
    return "register" if treaty else "sign"


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_agreement(request, number)
    offered = {transition.name for transition in engine.offered(found.case, person_of(request))}
    if transition_of(found) not in offered:
        if not rules.has_perm("agreements.record_signing", person_of(request), found.case):
            raise PermissionDenied(_("The signing is recorded by the unit that filed the agreement, or by the ICD."))
        messages.info(request, _("The signing cannot be recorded now: the file shows where it stands."))
        return redirect(found)
    files = request.FILES or None
    form = SigningForm(typed(request), files, instance=found, actor=person_of(request), where=facts_of(request))
    if request.method == "POST" and form.is_valid() and (answer := recorded(request, number, form)):
        return answer
    kept = visible_agreement(request, number)
    context = agreement_page(kept, form=form, version=version_in(request) or kept.case.version)
    return render(request, "agreements/signing.html", context)


def recorded(request: HttpRequest, number: str, form: SigningForm) -> HttpResponse | None:
    found = visible_agreement(request, number)
    said = _("The signing is recorded. Below stands what is to be reported, and until when.")
    to = f"{found.get_absolute_url()}#viec-sau-ky"
    return doors.carried_out(request, found.case, form, partial(write, request, found, form), said=said, to=to)


@transaction.atomic
def write(request: HttpRequest, agreement: InternationalAgreement, form: SigningForm) -> None:
    """What was typed, the files, and the move itself: together or not at all."""
    uploads = {kind: upload for name, kind in form.FILES.items() if (upload := upload_in(form, name, request))}
    engine.lock(agreement.case, expected_version=version_in(request))
    services.write_signing(
        agreement, actor=person_of(request), fields=form.values, signatories=form.signatories, uploads=uploads
    )
    engine.fire(agreement.case, transition_of(agreement), actor=person_of(request), request_id=request_key(request))
