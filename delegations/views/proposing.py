"""From the form of a trip to the proposal of a partner and back: the draft is saved first, and nothing typed is lost (F9)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Partner
from delegations.choices import OutboundState
from delegations.models import OutboundDelegation
from delegations.views.drafts import ids_after, keep_draft
from delegations.views.sheet import Sheet
from intlcoop.web import retained
from intlcoop.workflow.refusals import Conflict, Refused

LARGEST_ID = 2**63 - 1
SAVES_ITSELF = (OutboundState.PLANNED, OutboundState.RETURNED)


def to_proposal(request: HttpRequest, trip: OutboundDelegation, sheet: Sheet) -> HttpResponse:
    """Save of a draft what is valid, keep all that was typed, and go to where a partner is proposed."""
    sheet.is_valid()
    data = request.POST.copy()
    if trip.case.state in SAVES_ITSELF:
        try:
            kept = keep_draft(request, trip, sheet)
        except (Conflict, Refused):
            # What was typed comes back all the same, and saving says then what is in the way.
            pass
        else:
            data.update({name: str(value) for name, value in ids_of(data, ids_after(kept, sheet)).items()})
    data.pop("propose", None)
    retained.keep(request, data=data, on_purpose=True)
    if request.FILES:
        messages.warning(request, _("Files could not be kept; please choose them again."))
    return redirect(f"{reverse('agreements:partner_create')}?ve={request.path}")


def ids_of(data: QueryDict, fields: dict[str, object]) -> dict[str, object]:
    """The new values of hidden fields in place of those that were sent."""
    for name in fields:
        data.pop(name, None)
    return fields


def chosen_partner(request: HttpRequest) -> Partner | None:
    """The partner with which somebody comes back ("?doi_tac=")."""
    text = request.GET.get("doi_tac", "") if request.method in ("GET", "HEAD") else ""
    if not text.isdecimal() or int(text) > LARGEST_ID:
        return None
    return Partner.objects.visible_to(request.user).offered().filter(pk=int(text)).first()


def with_chosen(request: HttpRequest, data: QueryDict | None) -> QueryDict | None:
    """What was kept of the form, with the partner chosen."""
    partner = chosen_partner(request) if data is not None else None
    if partner is None or data is None:
        return data
    data = data.copy()
    data["host_partner"] = str(partner.pk)
    return data


def chosen_in(request: HttpRequest, sheet: Sheet) -> Sheet:
    """The same for a form of which nothing was kept: it opens with the partner chosen."""
    if not sheet.form.is_bound and (partner := chosen_partner(request)) is not None:
        sheet.form.initial["host_partner"] = partner.pk
    return sheet
