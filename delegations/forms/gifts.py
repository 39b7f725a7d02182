"""The form of a gift, and the filters of the register."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.choosing import PartnerField
from agreements.forms.rows import Stamped
from delegations.models import Gift
from delegations.reception_choices import GiftDirection, NormClass, NormPart
from intlcoop.web.forms import AmountField, DayField, LineField, PortalForm, row, section

NO_CHOICE = ("", "—")
MADE = (("", pgettext_lazy("gift", "not known")), ("True", _("Yes")), ("False", _("No")))
CLASSES = [NO_CHOICE, *((value, label) for value, label in NormClass.choices if value in NormClass.FOREIGN)]
PARTS = [NO_CHOICE, *((value, label) for value, label in NormPart.choices if value != NormPart.ANY)]


class GiftForm(Stamped, PortalForm):
    direction = forms.ChoiceField(label=_("Direction"), choices=GiftDirection.choices, widget=forms.RadioSelect)
    given_on = DayField(label=_("Day"))
    description = LineField(label=_("What it is"), max_length=300)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=9999)
    value = AmountField(label=_("Value of one (đồng)"), max_digits=14, decimal_places=0, min_value=0, required=False)
    is_estimate = forms.BooleanField(label=_("The value is estimated"), required=False)
    maker = LineField(label=_("Maker, origin"), max_length=200, required=False)
    made_here = forms.TypedChoiceField(
        label=_("Made in Viet Nam?"),
        choices=MADE,
        required=False,
        coerce=lambda text: {"True": True, "False": False}.get(text),
        empty_value=None,
    )
    giver = LineField(label=_("Giver"), max_length=200)
    receiver = LineField(label=_("Receiver"), max_length=200)
    partner = PartnerField(label=_("Partner in the list"), required=False)
    guest_class = forms.ChoiceField(
        label=_("Class of the guests"),
        choices=CLASSES,
        required=False,
        help_text=_("Of a gift that we give: by it the norm is found."),
    )
    guest_part = forms.ChoiceField(label=_("Meant for"), choices=PARTS, required=False)
    reason = LineField(label=_("Why it is beyond the norm"), max_length=600, required=False)
    keeper = LineField(
        label=_("Who keeps it"), max_length=200, required=False, help_text=_("Of a gift that we received.")
    )

    #: What stands in the form was filled in by the portal from the file, for a gift that we give.
    begun = False

    def clean(self) -> dict[str, Any] | None:
        """A gift turned to "received" whose giver and receiver nobody touched still names us as the giver."""
        data = super().clean() or self.cleaned_data
        names = ("giver", "receiver")
        turned = data.get("direction") == GiftDirection.RECEIVED != self.initial.get("direction")
        if self.begun and turned and all(data.get(n) and data.get(n) == self.initial.get(n) for n in names):
            self.add_error("giver", _("Giver and receiver still stand as for a gift that we give. Turn them round."))
        return data

    def layout(self) -> Layout:
        return Layout(
            section(
                _("What was given, which way, when?"),
                "direction",
                row("given_on", "quantity"),
                "description",
                row("value", "is_estimate"),
                row("maker", "made_here"),
            ),
            section(_("Who to whom?"), row("giver", "receiver"), "partner"),
            section(_("By which norm?"), row("guest_class", "guest_part"), "reason"),
            section(_("Where is it now?"), "keeper"),
        )


def gift_initial(gift: Gift) -> dict[str, Any]:
    return {name: getattr(gift, name) for name in GiftForm.base_fields}
