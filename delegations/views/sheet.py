"""The form of a trip with its rows, for every door that reads it: saving, saving by itself, looking at what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from delegations.forms import RowSets, TripForm
from delegations.models import OutboundDelegation
from intlcoop.audit.requests import facts_of
from intlcoop.workflow.doors import person_of


@dataclass(slots=True)
class Sheet:
    """The form with its rows, bound to what was sent or fresh from the trip."""

    form: TripForm
    rows: RowSets

    def is_valid(self) -> bool:
        form, rows = self.form.is_valid(), self.rows.is_valid()
        return form and rows

    def problems(self) -> int:
        rows = sum(len(errors) for formset in self.rows.all.values() for errors in formset.errors)
        return len(self.form.errors) + rows


def sheet_of(request: HttpRequest, trip: OutboundDelegation, data: Any, files: Any = None) -> Sheet:
    form = TripForm(data, files, instance=trip, actor=person_of(request), where=facts_of(request))
    return Sheet(form, RowSets(trip, data))
