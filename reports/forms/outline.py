"""The outline of a report as a form: a row for each section, and one for a section of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intlcoop.web.forms import LineField, PortalForm
from reports.choices import Variant
from reports.queries.narrative.variants import ANNEX

LEVELS = (("1", _("Part")), ("2", _("Section")), ("3", _("Subsection")))
ANNEX_LEVEL = (ANNEX, _("Annex"))
LONGEST = 300


class PlaceForm(PortalForm):
    """One section: its title, its rank, and whether it is left out."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    title = LineField(label=_("Title"), max_length=LONGEST)
    level = forms.ChoiceField(label=_("Rank"), choices=(*LEVELS, ANNEX_LEVEL))
    dropped = forms.BooleanField(label=_("Leave out"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["class"] = "form-control"
        self.fields["level"].widget.attrs["class"] = "form-select"
        self.fields["dropped"].widget.attrs["class"] = "form-check-input"
        annex = str(self.initial.get("key", "")).startswith(f"{ANNEX}.")
        if annex:
            self.fields["level"].choices = (ANNEX_LEVEL,)  # type: ignore[attr-defined]
        elif self.initial:
            self.fields["level"].choices = LEVELS  # type: ignore[attr-defined]

    @property
    def place(self) -> dict[str, Any]:
        level = self.cleaned_data["level"]
        return {
            "key": self.cleaned_data["key"],
            "title": self.cleaned_data["title"],
            "level": level if level == ANNEX else int(level),
        }


PlaceFormSet = forms.formset_factory(PlaceForm, extra=0, max_num=120, absolute_max=160)


class OwnSectionForm(PortalForm):
    """A section that is written by hand."""

    title = LineField(
        label=_("Title of the new section"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    level = forms.ChoiceField(
        label=_("Rank"),
        choices=LEVELS,
        initial="1",
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class VariantForm(PortalForm):
    variant = forms.ChoiceField(
        label=_("Arrangement of the report"),
        choices=Variant.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
