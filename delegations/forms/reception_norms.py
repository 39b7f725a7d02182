"""What is typed about a norm of reception: the most for one unit, from when, by which circular, and why."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from delegations.reception_choices import UNITS_OF, NormClass, NormPart, NormUnit, ReceptionItem
from intlcoop.regulations.forms import WhyMixin
from intlcoop.regulations.models import Instrument
from intlcoop.web.forms import AmountField, DayField, LineField, LongTextField, PortalForm, row, section

NO_CHOICE = ("", "—")
CLASSES = [NO_CHOICE, *(each for each in NormClass.choices if each[0] != NormClass.SPECIAL)]


class AmountMixin(forms.Form):
    """The amount and what it stands on."""

    amount = AmountField(label=_("Amount (đồng)"), max_digits=14, decimal_places=0, min_value=0)
    instrument = forms.ModelChoiceField(
        label=_("Legal instrument"),
        queryset=Instrument.objects.all(),
        help_text=_("Not in the list? Record the instrument first."),
    )
    citation = LineField(
        label=_("Legal basis"), max_length=200, help_text=_("Article and clause as they are cited on files.")
    )
    note = LineField(label=_("Note"), max_length=300, required=False)
    needs_check = forms.BooleanField(label=_("To be checked against the source"), required=False)

    def basis(self) -> Any:
        return section(_("On what it stands"), "instrument", "citation", "note", "needs_check", anchor="can-cu")


class NewAmountForm(WhyMixin, AmountMixin, PortalForm):
    """Another amount for a norm from a day on."""

    unit = forms.ChoiceField(label=_("For one"), choices=[])
    valid_from = DayField(
        label=_("In force from"), help_text=_("For programmes that are approved or begin on this day or later.")
    )
    valid_until = DayField(label=_("Until (if limited)"), required=False)
    past_confirmed = forms.BooleanField(
        label=_("The amount also holds for days that have passed"),
        required=False,
        help_text=_("Only needed when the first day lies before today. Costs of those days are reckoned anew."),
    )

    def __init__(self, *args: Any, item: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = UNITS_OF.get(item) or tuple(NormUnit)
        self.fields["unit"].choices = [(unit.value, unit.label) for unit in units]  # type: ignore[attr-defined]
        self.fields["is_published"].initial = True

    def which(self) -> tuple[Any, ...]:
        return ()

    def layout(self) -> Layout:
        return Layout(
            section(
                _("How much, and from when?"), *self.which(), row("amount", "unit"), row("valid_from", "valid_until"),
                "past_confirmed", anchor="muc-chi",
            ),
            self.basis(),
            self.why(),
        )  # fmt: skip


class NewNormForm(NewAmountForm):
    """A norm of which nothing stands here yet."""

    item = forms.ChoiceField(
        label=_("Cost item"), choices=[NO_CHOICE, *((item, ReceptionItem(item).label) for item in UNITS_OF)]
    )
    guest_class = forms.ChoiceField(label=_("Class of the guests"), choices=CLASSES)
    part = forms.ChoiceField(label=_("Meant for"), choices=NormPart.choices)

    def which(self) -> tuple[Any, ...]:
        return ("item", row("guest_class", "part"))


class CorrectedAmountForm(AmountMixin, PortalForm):
    """What was copied wrongly; the days stay."""

    reason = LongTextField(
        label=_("Reason for the change"), rows=2, max_length=1000,
        help_text=_("Number and date of the document, or what was wrong. It is kept with your name and the time."),
    )  # fmt: skip

    def layout(self) -> Layout:
        return Layout(section(_("What is right?"), "amount", anchor="muc-chi"), self.basis(), "reason")
