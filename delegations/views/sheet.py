"""The form of a trip with its rows, for every door that reads it: saving, saving by itself, looking at what was typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from delegations.forms import RowSets, TripForm
from delegations.models import OutboundDelegation
from intlcoop.audit.requests import facts_of
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.sheets import Sheet


def sheet_of(request: HttpRequest, trip: OutboundDelegation, data: Any, files: Any = None) -> Sheet:
    form = TripForm(data, files, instance=trip, actor=person_of(request), where=facts_of(request))
    return Sheet(form, RowSets(trip, data))
