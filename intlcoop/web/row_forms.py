"""Repeating rows of a form. They work with and without JavaScript.

A row that was saved before carries its id. An id that is not this file's own is worthless: the service then takes the row
for a new one (workflow.rows).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from intlcoop.web.forms import PortalForm

LARGEST_ID = 2**63 - 1
MOST_ROWS = 100


class RowForm(PortalForm):
    """One row; blank rows are dropped, marked ones removed."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=LARGEST_ID)

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}


def row_set(form: type[RowForm], base: type[BaseFormSet] = BaseFormSet) -> type[BaseFormSet]:
    return formset_factory(
        form, formset=base, extra=1, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 20, validate_max=True
    )


def kept_rows(formset: BaseFormSet) -> list[dict[str, Any]]:
    """The rows to write, in the order of the page: without blank ones and those marked for removal."""
    removed = formset.deleted_forms
    return [form.values for form in formset.forms if form not in removed and is_filled(form)]


def is_filled(form: forms.Form) -> bool:
    return bool(form.cleaned_data) and (form.has_changed() or form.cleaned_data.get("id") is not None)


class RowGroups:
    """The groups of rows of one page, by the names of what they write."""

    all: dict[str, BaseFormSet]

    def is_valid(self) -> bool:
        answers = [formset.is_valid() for formset in self.all.values()]  # each says what is wrong with its rows
        return all(answers)

    @property
    def values(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of every group that passed."""
        return {name: kept_rows(formset) for name, formset in self.all.items() if formset.is_valid()}


class NoRows(RowGroups):
    """Of a page that is one form."""

    def __init__(self) -> None:
        self.all = {}
