"""What a person says when ordering a report."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.web.forms import DayField, PortalForm, row, section
from reports.choices import Variant, Window
from reports.services import FIRST_YEAR, LAST_YEAR


class OrderForm(PortalForm):
    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    window = forms.ChoiceField(
        label=_("Period"), choices=Window.choices, initial=Window.CALENDAR, widget=forms.RadioSelect
    )
    first_day = DayField(label=_("First day"), required=False, help_text=_("Only for days of your own choice."))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Only for days of your own choice."))
    as_of = DayField(
        label=_("Figures as of"),
        required=False,
        help_text=_("Trips that departed later are not counted. Empty: the end of the period, or today."),
    )

    variant = forms.ChoiceField(
        label=_("Arrangement of the report"),
        choices=Variant.choices,
        initial=Variant.ACTIVITY,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Sections can still be moved, left out, renamed and added when the report is there."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year

    def layout(self) -> Layout:
        return Layout(
            section(_("Which days does the report cover?"), "year", "window", row("first_day", "last_day"), "as_of"),
            section(_("How is it arranged?"), "variant"),
        )

    def clean(self) -> dict[str, Any]:
        """The days belong to a period of one's own, so they are asked for there and dropped elsewhere."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("window") != Window.CUSTOM:
            cleaned["first_day"] = cleaned["last_day"] = None
            return cleaned
        for name in ("first_day", "last_day"):
            if name not in self.errors and cleaned.get(name) is None:
                self.add_error(name, _("Enter this day for a period of your own choice."))
        return cleaned

    @property
    def ordered(self) -> dict[str, Any]:
        """The arguments of `services.order_report`."""
        names = ("year", "window", "as_of", "first_day", "last_day")
        found = {name: self.cleaned_data[name] for name in names}
        return found | {"variant": self.cleaned_data["variant"] or Variant.ACTIVITY}
