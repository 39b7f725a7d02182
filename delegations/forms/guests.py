"""The forms of the guests' list: pasting it from a sheet, and one guest by one."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations.models import InboundMember
from intlcoop.catalogues.models import Country
from intlcoop.web.forms import LongTextField, PortalForm, PortalModelForm, row, section

#: Three hundred guests with all their columns fit well into that.
LONGEST_PASTE = 200_000


class PasteForm(PortalForm):
    text = LongTextField(
        label=_("Rows from the sheet"),
        max_length=LONGEST_PASTE,
        rows=10,
        help_text=_(
            "Copy the rows in Excel with their headers and paste them here. Without headers the order is: full name, post, "
            "body, country."
        ),
    )
    replace = forms.BooleanField(
        label=_("Put them in place of the list there is"),
        required=False,
        help_text=_("Else they are added at its end."),
    )


class GuestForm(PortalModelForm):
    class Meta(PortalModelForm.Meta):
        model = InboundMember
        fields = [
            "honorific", "full_name", "post", "body", "country", "rank", "equivalent", "part", "dietary", "seating",
            "arrives_on", "leaves_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, visit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        keep = Q(pk=self.instance.country_id)
        self.fields["country"].queryset = Country.objects.filter(Q(is_active=True) | keep)  # type: ignore[attr-defined]
        self.fields["honorific"].help_text = _("For example: H.E. Mr.")
        self.fields["full_name"].help_text = _("As the guest writes it, in any script.")
        self.fields["equivalent"].help_text = _("By it the rank of who receives and the seating are chosen.")
        for name in ("arrives_on", "leaves_on"):
            self.fields[name].help_text = _("Empty when this guest stays as long as the delegation.")

    def _post_clean(self) -> None:
        """The service writes and checks; the row is not touched by a form."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("arrives_on"), cleaned.get("leaves_on")
        if first and last and last < first:
            self.add_error("leaves_on", gettext("A guest cannot leave before arriving."))
        outside = gettext("This day lies outside the visit.")
        for name in ("arrives_on", "leaves_on"):
            day = cleaned.get(name)
            begins, ends = self.visit.arrives_on, self.visit.leaves_on
            if day and ((begins and day < begins) or (ends and day > ends)) and name not in self.errors:
                self.add_error(name, outside)
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def layout(self) -> Layout:
        return Layout(
            section(
                _("Who is it?"),
                row("honorific", "full_name"),
                row("post", "body"),
                row("country", "rank"),
                row("equivalent", "part"),
            ),
            section(_("What has to be thought of?"), row("dietary", "seating"), row("arrives_on", "leaves_on")),
        )
