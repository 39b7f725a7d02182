"""What is asked of a decided trip, why a trip is put off or called off, and an event as its unit writes it."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from delegations.choices import ChangeKind, SettlementReason
from delegations.models import TripChange
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm
from intlcoop.web.forms import LongTextField, PortalForm, PortalModelForm, row, section

#: What only one kind of request asks for, beside its reason.
ASKED: dict[str, tuple[str, ...]] = {
    ChangeKind.AMEND: ("decision_form",),
    ChangeKind.ONLINE: ("online_starts_on", "online_ends_on", "online_mechanism"),
}
OPTIONAL = tuple(name for names in ASKED.values() for name in names)
LONGEST_REASON = 2000


class ChangeForm(GuardedFilesForm, PortalModelForm):
    """The request of one kind: why, with which decision, on which days online."""

    upload = GuardedFileField(label=_("Letter or other document behind it"), required=False)

    class Meta(PortalModelForm.Meta):
        model = TripChange
        fields = ["reason_code", "reason", *OPTIONAL]
        widgets = {"decision_form": forms.RadioSelect}

    def __init__(self, *args: Any, instance: TripChange, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.asked = ASKED.get(instance.kind, ())
        for name in set(OPTIONAL) - set(self.asked):
            del self.fields[name]
        self.fields["reason"].help_text = _("The new decision and the notices to the people concerned say it.")
        if "decision_form" in self.fields:
            choices = [each for each in self.fields["decision_form"].choices if each[0]]  # type: ignore[attr-defined]
            self.fields["decision_form"].choices = choices  # type: ignore[attr-defined]
        if "online_starts_on" in self.fields:
            self.fields["online_starts_on"].required = True

    def layout(self) -> Layout:
        extra = (
            [row("online_starts_on", "online_ends_on"), "online_mechanism"] if len(self.asked) > 1 else [*self.asked]
        )
        return Layout(
            section(_("Why?"), "reason_code", "reason", anchor="ly-do"),
            *([section(_("How?"), *extra, anchor="cach")] if extra else []),
            section(_("Documents"), "upload", "no_secret_declared", anchor="tep"),
        )


class StopForm(PortalForm):
    """Why a trip that has no decision yet is put off or called off."""

    reason_code = forms.ChoiceField(label=_("Kind of reason"), choices=[("", "—"), *SettlementReason.choices])
    reason = LongTextField(label=_("Reason"), max_length=LONGEST_REASON, rows=4)
