"""Keeping a draft as far as it is valid, while it is being written."""

from __future__ import annotations

from django.http import HttpRequest

from delegations import services
from delegations.models import OutboundDelegation
from intlcoop.workflow.doors import person_of, version_in
from intlcoop.workflow.sheets import Sheet


def keep_draft(request: HttpRequest, trip: OutboundDelegation, sheet: Sheet) -> OutboundDelegation:
    clean = OutboundDelegation.everything.select_related("case").get(pk=trip.pk)
    values = {name: value for name, value in sheet.form.values.items() if name not in sheet.form.errors}
    if sheet.form.non_field_errors():
        values = {name: value for name, value in values.items() if name not in ("departs_on", "returns_on")}
    return services.update_trip(
        clean,
        actor=person_of(request),
        title=sheet.form.cleaned_data.get("title"),
        fields=values,
        agreements=sheet.form.cleaned_data.get("agreements"),
        expected_version=version_in(request),
        **sheet.rows.values,
    )
