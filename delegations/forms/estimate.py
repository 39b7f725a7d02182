"""The forms of money: the lines of an estimate, and what was spent in the end."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from delegations.choices import ExpenseItem, FundingSource, PersonClass
from delegations.models import OutboundDelegation, TripSettlement
from delegations.queries.estimates import Sheet
from delegations.queries.norms import NormBook
from delegations.queries.settlements import planned_rows
from intlcoop.catalogues.models import Currency
from intlcoop.web.forms import AmountField, DayField, LineField, LongTextField, PortalForm, row, section
from intlcoop.web.row_forms import MOST_ROWS, RowForm, kept_rows


class MoneyBook:
    """What the lines of one page choose from, read once per page."""

    def __init__(self, trip: OutboundDelegation, norms: NormBook | None = None) -> None:
        self.norms = norms or NormBook(trip.departs_on)
        self.members = {member.pk: member for member in trip.members.all()}
        self.countries = {leg.country_id: leg.country for leg in trip.legs.all()}
        for item in trip.estimate_items.select_related("country"):
            if item.country is not None:
                self.countries.setdefault(item.country.pk, item.country)
        self.currencies = {each.pk: each for each in Currency.objects.filter(is_active=True)}

    def class_of(self, people: list[int]) -> str:
        """Class A only when everybody of the line is: one of class B brings the amounts of class B."""
        ranks = [self.members[pk].rank for pk in people if pk in self.members]
        classes = {self.norms.class_of(rank) for rank in ranks}
        return PersonClass.A if classes == {PersonClass.A} else PersonClass.B


class EstimateForm(PortalForm):
    """The head of the estimate; its lines follow."""

    summary = False
    rates_on = DayField(
        label=_("Rates of exchange of the day"),
        help_text=_(
            "Sums in another currency are converted at the rate that the finance department entered for this day."
        ),
    )
    note = LongTextField(label=_("Explanation"), max_length=2000, rows=3, required=False)

    def layout(self) -> Layout:
        return Layout(section(_("By what rates?"), "rates_on", "note", anchor="ty-gia"))


class ItemForm(RowForm):
    """One line. For whom: people of the list; nobody for what is for the delegation as a whole."""

    item = forms.ChoiceField(label=_("Cost item"), choices=[("", "—"), *ExpenseItem.choices])
    country = forms.TypedChoiceField(label=_("Country"), coerce=int, required=False, empty_value=None)
    people = forms.TypedMultipleChoiceField(
        label=_("For whom"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quantity = AmountField(
        label=_("Nights, days or times"),
        initial=1,
        max_digits=6,
        decimal_places=1,
        error_messages={"required": _("Enter how many nights, days or times.")},
    )
    unit_amount = AmountField(label=_("Amount for one"), required=False, min_value=0, max_digits=16, decimal_places=2)
    currency = forms.TypedChoiceField(label=_("Currency"), coerce=int)
    source = forms.ChoiceField(
        label=_("Paid by"), choices=FundingSource.choices, initial=FundingSource.STATE_BUDGET.value
    )
    over_reason = LineField(label=_("Why more than the norm"), max_length=300, required=False)
    note = LineField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, book: MoneyBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        self._choose("country", [("", "—"), *((pk, each.name) for pk, each in book.countries.items())])
        self._choose("people", [(pk, member.full_name) for pk, member in book.members.items()])
        self._choose("currency", [(pk, each.code) for pk, each in book.currencies.items()])
        self.fields["currency"].initial = next(iter(book.currencies), None)

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_quantity(self) -> Any:
        value = self.cleaned_data["quantity"]
        if value is not None and value <= 0:
            raise forms.ValidationError(
                _("Nights, days or times must be more than zero; remove a line that is not needed.")
            )
        return value

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        country, people = values["country"], values["people"]
        of_group = values["item"] in ExpenseItem.OF_GROUP
        return values | {
            "country": self.book.countries[country] if country else None,
            "people": [] if of_group else people,
            "person_class": self.book.class_of(people) if country and people and not of_group else "",
            "currency": self.book.currencies[values["currency"]],
        }

    def layout(self) -> Layout:
        return Layout(
            "id",
            row("item", "country"),
            "people",
            row("quantity", "unit_amount", "currency"),
            row("source", "over_reason", "note"),
        )


ItemSet: type[BaseFormSet] = formset_factory(
    ItemForm, extra=1, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 20, validate_max=True
)


def items_initial(sheet: Sheet) -> list[dict[str, Any]]:
    names = ("item", "quantity", "unit_amount", "source", "over_reason", "note")
    return [
        {name: getattr(item, name) for name in names}
        | {"id": item.pk, "country": item.country_id, "currency": item.currency_id, "people": list(line.people)}
        for item, line in zip(sheet.items, sheet.lines, strict=True)
    ]


def proposal_initial(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Proposed lines as the form shows them."""
    return [
        values | {"country": values["country"].pk if values["country"] else None, "currency": values["currency"].pk}
        for values in rows
    ]


class SettlementForm(PortalForm):
    summary = False
    note = LongTextField(
        label=_("Remarks, vouchers"), max_length=2000, rows=3, required=False,
        help_text=_("For example the numbers of the payment vouchers."),
    )  # fmt: skip

    def layout(self) -> Layout:
        return Layout(section(_("Note on the settlement"), "note", anchor="ghi-chu"))


class SpentForm(RowForm):
    source = forms.ChoiceField(label=_("Source"), choices=[("", "—"), *FundingSource.choices])
    currency = forms.TypedChoiceField(label=_("Currency"), coerce=int)
    spent = AmountField(label=_("Spent amount"), required=False, min_value=0, max_digits=16, decimal_places=2)
    reason = LineField(label=_("Why it differs from the plan"), max_length=600, required=False)

    def __init__(self, *args: Any, currencies: dict[int, Currency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currencies = currencies
        field = self.fields["currency"]
        field.choices = [(pk, each.code) for pk, each in currencies.items()]  # type: ignore[attr-defined]
        field.initial = next(iter(currencies), None)

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"currency": self.currencies[self.cleaned_data["currency"]]}

    def layout(self) -> Layout:
        return Layout("id", row("source", "currency", "spent"), "reason")


SpentSet: type[BaseFormSet] = formset_factory(
    SpentForm, extra=1, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 20, validate_max=True
)


def spent_set(trip: OutboundDelegation, settlement: TripSettlement | None, data: Any = None) -> BaseFormSet:
    """The rows of a settlement: as they were saved, else one for each planned source, still empty."""
    currencies = {each.pk: each for each in Currency.objects.filter(is_active=True)}
    if settlement is not None:
        initial = [
            {"source": line.source, "currency": line.currency_id, "spent": line.spent, "reason": line.reason}
            for line in settlement.lines.all()
        ]
    else:
        initial = [{"source": row["source"], "currency": row["currency"].pk} for row in planned_rows(trip)]
    return SpentSet(
        data, prefix="spent", initial=initial if data is None else None, form_kwargs={"currencies": currencies}
    )


__all__ = [
    "EstimateForm",
    "ItemSet",
    "MoneyBook",
    "SettlementForm",
    "items_initial",
    "kept_rows",
    "proposal_initial",
    "spent_set",
]
