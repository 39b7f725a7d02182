"""What a person says when ordering a report."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.web.forms import DayField, PortalForm, folded, row, section
from reports.choices import RowKind, Variant, Window
from reports.services import FIRST_YEAR, LAST_YEAR

#: As the form offers them: whole years, parts of the statutory year, anything else.
WINDOWS = (
    (_("Whole year"), [(each.value, each.label) for each in (Window.CALENDAR, Window.STATUTORY)]),
    (
        _("Part of the year"),
        [(each, Window(each).label) for each in Window.OF_STATUTORY_YEAR if each != Window.STATUTORY],
    ),
    (_("Other days"), [(Window.CUSTOM.value, Window.CUSTOM.label)]),
)
#: Parts of a report that may count in a window of their own, whatever the rest does.
OWN_WINDOWS = {
    RowKind.OUTBOUND: _("Outbound delegations"),
    RowKind.INBOUND: _("Inbound delegations"),
    RowKind.EVENT: _("International events"),
    RowKind.AGREEMENT: _("Agreements"),
    RowKind.WORK: _("Other work"),
}
SAME = (
    ("", _("As the whole report")),
    (Window.CALENDAR, Window.CALENDAR.label),
    (Window.STATUTORY, Window.STATUTORY.label),
)


class OrderForm(PortalForm):
    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    window = forms.ChoiceField(
        label=_("Period"),
        choices=WINDOWS,
        initial=Window.CALENDAR,
        help_text=_(
            "Halves and quarters follow the statutory reporting year: quarter I is from 15 December to 14 March."
        ),
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
        for kind, label in OWN_WINDOWS.items():
            self.fields[own_name(kind)] = forms.ChoiceField(label=label, choices=SAME, required=False)

    def layout(self) -> Layout:
        return Layout(
            section(_("Which days does the report cover?"), "year", "window", row("first_day", "last_day"), "as_of"),
            section(_("How is it arranged?"), "variant"),
            folded(
                _("Parts that are counted in another year than the rest"), *(own_name(kind) for kind in OWN_WINDOWS)
            ),
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
        own = {str(kind): self.cleaned_data[own_name(kind)] for kind in OWN_WINDOWS}
        return {
            **{name: self.cleaned_data[name] for name in names},
            "own_windows": {kind: window for kind, window in own.items() if window},
            "variant": self.cleaned_data["variant"] or Variant.ACTIVITY,
        }


def own_name(kind: RowKind) -> str:
    return f"window_{kind}"
