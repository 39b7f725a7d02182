"""The forms by which norms and rates of exchange are kept."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations.choices import ExpenseItem, PersonClass
from delegations.models import CountryGroup, ExchangeRate, NormTable
from delegations.registers.places import Atlas
from delegations.registers.problems import CellUnclear
from intlcoop.catalogues.models import Country, Currency
from intlcoop.people.choices import Rank
from intlcoop.regulations.choices import InstrumentKind
from intlcoop.regulations.models import Instrument
from intlcoop.web.forms import AmountField, DayField, LineField, LongTextField, PortalForm, row

LARGEST_FILE = 2 * 1024 * 1024


class NormTableForm(PortalForm):
    instrument = forms.ModelChoiceField(label=_("Circular"), queryset=Instrument.objects.none())
    valid_from = DayField(label=_("For departures from"))
    valid_until = DayField(label=_("Until"), required=False, help_text=_("Open while the circular is in force."))
    class_a_ranks = forms.MultipleChoiceField(
        label=_("Ranks paid as class A"), choices=Rank.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    note = LineField(label=_("Note"), max_length=600, required=False)
    needs_check = forms.BooleanField(label=_("To be checked against the circular"), required=False)

    def __init__(self, *args: Any, table: NormTable | None = None, **kwargs: Any) -> None:
        names = ("instrument", "valid_from", "valid_until", "class_a_ranks", "note", "needs_check")
        if table is not None:
            kwargs["initial"] = {name: getattr(table, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["instrument"].queryset = Instrument.objects.filter(kind=InstrumentKind.CIRCULAR)  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout("instrument", row("valid_from", "valid_until"), "class_a_ranks", "note", "needs_check")


class CountryGroupForm(PortalForm):
    """Countries are typed or pasted, one name after the other: as the annex of a circular lists them."""

    name = LineField(label=_("Name of the group"), max_length=120)
    is_rest = forms.BooleanField(label=_("All countries that stand in no other group"), required=False)
    countries = LongTextField(
        label=_("Countries"), rows=6, required=False,
        help_text=_("Names divided by commas, semicolons or lines; Vietnamese or English, with or without accents."),
    )  # fmt: skip

    def __init__(self, *args: Any, group: CountryGroup | None = None, **kwargs: Any) -> None:
        if group is not None:
            names = ", ".join(row.country.name_vi for row in group.countries.select_related("country"))
            kwargs["initial"] = {"name": group.name, "is_rest": group.is_rest, "countries": names}
        super().__init__(*args, **kwargs)

    def clean_countries(self) -> list[Country]:
        text = self.cleaned_data["countries"].strip()
        try:
            places = Atlas().places(text) if text else []
        except CellUnclear as problem:
            raise forms.ValidationError(str(problem)) from problem
        return list({place.country.pk: place.country for place in places}.values())

    def layout(self) -> Layout:
        return Layout("name", "is_rest", "countries")


class NormForm(PortalForm):
    item = forms.ChoiceField(label=_("Cost item"), choices=ExpenseItem.choices, initial=ExpenseItem.LODGING.value)
    person_class = forms.ChoiceField(label=_("Norm class"), choices=PersonClass.choices)
    amount = AmountField(label=_("Amount"), min_value=0, max_digits=16, decimal_places=2)
    currency = forms.ModelChoiceField(label=_("Currency"), queryset=Currency.objects.none(), empty_label=None)
    valid_from = DayField(label=_("For departures from"))
    valid_until = DayField(label=_("Until"), required=False)
    citation = LineField(label=_("Article, annex"), max_length=200, required=False)
    reason = LineField(
        label=_("Reason for this entry"),
        max_length=300,
        help_text=_("For example: entered from annex I of the circular."),
    )
    needs_check = forms.BooleanField(label=_("To be checked against the circular"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].queryset = Currency.objects.filter(is_active=True)  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(
            row("item", "person_class"),
            row("amount", "currency"),
            row("valid_from", "valid_until"),
            "citation",
            "reason",
            "needs_check",
        )


class NormFileForm(PortalForm):
    file = forms.FileField(
        label=_("Excel file"),
        help_text=_("With the columns of the template. Nothing is saved while a row is wrong."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    reason = LineField(label=_("Reason for this entry"), max_length=300)
    check_only = forms.BooleanField(label=_("Check only, save nothing"), required=False, initial=True)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(gettext("The file is larger than 2 MB. A table of norms is much smaller."))
        return file

    def layout(self) -> Layout:
        return Layout("file", "reason", "check_only")


class RateForm(PortalForm):
    currency = forms.ModelChoiceField(label=_("Currency"), queryset=Currency.objects.none(), empty_label=None)
    value = AmountField(
        label=_("Đồng for one unit"), max_digits=16, decimal_places=4,
        error_messages={"required": _("Enter how many đồng one unit is worth.")},
    )  # fmt: skip
    valid_from = DayField(label=_("From"))
    valid_until = DayField(
        label=_("Until"), required=False, help_text=_("Open: for this one day. A monthly rate holds for its month.")
    )
    source = LineField(label=_("Source"), max_length=200, help_text=_("Who announced the rate, in which document."))

    def __init__(self, *args: Any, rate: ExchangeRate | None = None, **kwargs: Any) -> None:
        if rate is not None:
            names = ("currency", "valid_from", "valid_until", "source")
            kwargs["initial"] = {name: getattr(rate, name) for name in names} | {"value": rate.rate.normalize()}
        super().__init__(*args, **kwargs)
        self.fields["currency"].queryset = Currency.objects.filter(is_active=True).exclude(code="VND")  # type: ignore[attr-defined]

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if value is not None and value <= 0:
            raise forms.ValidationError(gettext("A rate is larger than zero."))
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", gettext("The last day cannot be before the first."))
        return cleaned

    def layout(self) -> Layout:
        return Layout(row("currency", "value"), row("valid_from", "valid_until"), "source")
