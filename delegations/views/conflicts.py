"""Two people, one form: where what was typed differs from what stands in the file now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from delegations.forms import RowSets, TripForm
from delegations.models import OutboundDelegation
from intlcoop.web.lists import as_text
from intlcoop.web.templatetags.ui import day


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with both texts: what the file says now, and what was typed."""

    label: Any
    theirs: str
    mine: str


def differences(trip: OutboundDelegation, form: TripForm, rows: RowSets) -> list[Difference]:
    """In the order of the form; rows are compared as a whole."""
    mine = {"title": form.cleaned_data.get("title", "")} | form.values
    found = []
    for name, typed in mine.items():
        theirs = trip.case.title if name == "title" else getattr(trip, name)
        if typed != theirs:
            found.append(Difference(form.fields[name].label, words(form, name, theirs), words(form, name, typed)))
    return [*found, *row_differences(trip, rows)]


def words(form: TripForm, name: str, value: Any) -> str:
    choices = dict(getattr(form.fields[name], "choices", ())) if name in ("mode", "purpose") else {}
    return str(choices.get(value) or as_text(value))


def row_differences(trip: OutboundDelegation, rows: RowSets) -> list[Difference]:
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
        if theirs != mine:
            label = manager.model._meta.verbose_name_plural
            found.append(Difference(label, "\n".join(theirs), "\n".join(mine)))
    return found


FIELDS = {
    "members": ("full_name", "part"),
    "legs": ("country", "city", "arrives_on"),
    "funding": ("source", "amount", "currency"),
}
