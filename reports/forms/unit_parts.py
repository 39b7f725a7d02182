"""What the department asks of the units, and what a unit writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.people.models import OrgUnit
from intlcoop.web.forms import DayField, Layout, LongTextField, PortalForm, row, section
from reports.choices import CALL_WINDOWS, NOTHING_KEYS, PartHeading, Window
from reports.models import UnitPart
from reports.services import FIRST_YEAR, LAST_YEAR, units_to_ask


class CallForm(PortalForm):
    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    window = forms.ChoiceField(
        label=_("Period"), choices=CALL_WINDOWS, initial=Window.CALENDAR, widget=forms.RadioSelect
    )
    due_on = DayField(label=_("Units send until"))
    message = LongTextField(label=_("What is asked"), required=False, max_length=4000)
    units = forms.ModelMultipleChoiceField(
        label=_("Units asked"), queryset=OrgUnit.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = units_to_ask()
        self.fields["units"].queryset = asked  # type: ignore[attr-defined]
        self.fields["units"].initial = asked
        self.fields["year"].initial = timezone.localdate().year

    def layout(self) -> Layout:
        return Layout(row("year", "due_on"), "window", "message", "units")


class DueForm(PortalForm):
    due_on = DayField(label=_("Units send until"))

    def layout(self) -> Layout:
        return Layout("due_on")


class PartForm(PortalForm):
    """A text for each heading, and of what there was nothing."""

    nothing = forms.MultipleChoiceField(
        label=_("There was nothing of this kind in the period"),
        choices=NOTHING_KEYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what the unit is sure of: the report then says that there was nothing."),
    )

    def __init__(self, *args: Any, part: UnitPart, **kwargs: Any) -> None:
        texts = {text.heading: text.text for text in part.texts.all()}
        known = {"nothing": list(part.confirmations.values_list("key", flat=True)), **texts}
        super().__init__(*args, initial=known, **kwargs)
        for heading in PartHeading:
            self.fields[heading.value] = LongTextField(label=heading.label, required=False, max_length=5000, rows=4)

    def layout(self) -> Layout:
        return Layout(section(_("What the unit did"), *(heading.value for heading in PartHeading)), "nothing")

    @property
    def texts(self) -> dict[str, str]:
        return {heading.value: self.cleaned_data[heading.value] for heading in PartHeading}
