"""Two people, one form: where what was typed differs from what stands in the file now."""

from __future__ import annotations

from delegations.forms import TripForm
from delegations.models import OutboundDelegation
from intlcoop.web.lists import as_text
from intlcoop.web.row_forms import RowGroups
from intlcoop.web.templatetags.ui import day
from intlcoop.workflow.differing import Difference, differing_fields, differing_rows


def differences(trip: OutboundDelegation, form: TripForm, rows: RowGroups) -> list[Difference]:
    """In the order of the form; rows are compared as a whole."""
    mine = {"title": form.cleaned_data.get("title", "")} | form.values
    theirs = {name: trip.case.title if name == "title" else getattr(trip, name) for name in mine}
    return [*differing_fields(form, theirs, mine), *row_differences(trip, rows)]


def row_differences(trip: OutboundDelegation, rows: RowGroups) -> list[Difference]:
    groups = {
        "members": lambda row: f"{row['full_name']} ({row['part']})",
        "legs": lambda row: " ".join(filter(None, (str(row["country"]), row["city"], day(row["arrives_on"])))),
        "funding": lambda row: f"{row['source']} {as_text(row['amount'])} {row['currency'].code}",
    }
    found = []
    for name, said in groups.items():
        manager = getattr(trip, name)
        theirs = [said({field: getattr(each, field) for field in FIELDS[name]}) for each in manager.all()]
        mine = [said(row) for row in rows.values.get(name, [])]
        found += differing_rows(manager.model._meta.verbose_name_plural, theirs, mine)
    return found


FIELDS = {
    "members": ("full_name", "part"),
    "legs": ("country", "city", "arrives_on"),
    "funding": ("source", "amount", "currency"),
}
