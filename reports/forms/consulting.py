"""What is asked of units about a draft, and what they answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intlcoop.people.models import OrgUnit
from intlcoop.web.forms import DayField, Layout, LongTextField, PortalForm
from reports.services import units_to_ask


class RoundForm(PortalForm):
    due_on = DayField(label=_("Units comment until"))
    message = LongTextField(label=_("What is asked"), required=False, max_length=4000)
    units = forms.ModelMultipleChoiceField(
        label=_("Units asked"), queryset=OrgUnit.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = units_to_ask()
        self.fields["units"].queryset = asked  # type: ignore[attr-defined]
        self.fields["units"].initial = asked

    def layout(self) -> Layout:
        return Layout("due_on", "message", "units")


class OpinionForm(PortalForm):
    agrees = forms.BooleanField(label=_("The unit agrees to the draft"), required=False)
    text = LongTextField(label=pgettext_lazy("report", "Comment"), required=False, max_length=5000, rows=6)

    def layout(self) -> Layout:
        return Layout("agrees", "text")


class ReplyForm(PortalForm):
    reply = LongTextField(
        label=_("Answer of the department"),
        max_length=4000,
        help_text=_("Taken over, or why not."),
    )

    def layout(self) -> Layout:
        return Layout("reply")
