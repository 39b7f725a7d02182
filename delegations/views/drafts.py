"""Keeping a draft as far as it is valid, while it is being written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from delegations import services
from delegations.models import OutboundDelegation
from delegations.views.sheet import Sheet
from intlcoop.web.row_forms import is_filled
from intlcoop.workflow.doors import person_of, version_in
from intlcoop.workflow.models import Case


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


def ids_after(trip: OutboundDelegation, sheet: Sheet) -> dict[str, Any]:
    """The new version, and the ids of the rows as they now stand, by the names of their hidden fields."""
    fields: dict[str, Any] = {"version": Case.objects.values_list("version", flat=True).get(pk=trip.case.pk)}
    for name, formset in sheet.rows.all.items():
        if not formset.is_valid():
            continue
        ids = list(getattr(trip, name).order_by("position", "pk").values_list("pk", flat=True))
        written = [form for form in formset.forms if form not in formset.deleted_forms and is_filled(form)]
        fields |= {form.add_prefix("id"): pk for form, pk in zip(written, ids, strict=False)}
    return fields
