"""Typing in a scheme or programme."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.forms.known_day import units_to_choose
from agreements.models import Programme
from intlcoop.regulations.models import Instrument
from intlcoop.web.forms import PortalModelForm, row, section

FIRST_YEAR, LAST_YEAR = 1950, 2100


class ProgrammeForm(PortalModelForm):
    class Meta(PortalModelForm.Meta):
        model = Programme
        fields = [
            "name_vi", "short_name", "name_en", "kind", "instrument", "lead_unit", "from_year", "until_year", "goals",
            "is_active",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_unit"].queryset = units_to_choose(self.instance.lead_unit_id)  # type: ignore[attr-defined]
        papers = Instrument.objects.order_by("-issued_on", "symbol")
        self.fields["instrument"].queryset = papers  # type: ignore[attr-defined]
        self.fields["instrument"].label_from_instance = lambda each: f"{each}: {each.title}"[:120]  # type: ignore[attr-defined]
        self.fields["instrument"].help_text = _("From the list of legal documents; add it there first.")
        self.fields["goals"].help_text = _("What trips, agreements and projects with partners are to bring to it.")
        for name in ("from_year", "until_year"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def clean_from_year(self) -> int | None:
        return self.year_of("from_year")

    def clean_until_year(self) -> int | None:
        return self.year_of("until_year")

    def year_of(self, name: str) -> int | None:
        year = self.cleaned_data[name]
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(gettext("Write the year with four digits, for example 2025."))
        return year  # type: ignore[no-any-return]

    def layout(self) -> Layout:
        return Layout(
            section(_("Which scheme or programme?"), "name_vi", row("short_name", "name_en"), "kind", anchor="ten"),
            section(
                _("Who approved it, who leads it, until when?"),
                "instrument",
                "lead_unit",
                row("from_year", "until_year"),
                anchor="can-cu",
            ),
            section(_("What for?"), "goals", "is_active", anchor="muc-tieu"),
        )
