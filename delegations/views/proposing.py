"""From the form of a trip to the proposal of a partner and back: the draft is saved first, and nothing typed is lost (F9)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict

from agreements.views.proposing import chosen_partner
from agreements.views.proposing import to_proposal as keep_and_leave
from delegations.choices import OutboundState
from delegations.models import OutboundDelegation
from delegations.views.drafts import keep_draft
from intlcoop.workflow.refusals import Conflict, Refused
from intlcoop.workflow.sheets import Sheet, fields_after

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
            data.update({name: str(value) for name, value in ids_of(data, fields_after(kept, sheet)).items()})
    return keep_and_leave(request, data)


def ids_of(data: QueryDict, fields: dict[str, object]) -> dict[str, object]:
    """The new values of hidden fields in place of those that were sent."""
    for name in fields:
        data.pop(name, None)
    return fields


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
