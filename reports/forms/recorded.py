"""A total that a source states, in its own words."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.people.models import OrgUnit
from intlcoop.web.forms import PortalModelForm, row, section
from reports.models import RecordedTotal


class TotalForm(PortalModelForm):
    class Meta(PortalModelForm.Meta):
        model = RecordedTotal
        fields = ["key", "unit", "value", "qualifier", "first_day", "last_day", "source_text", "quote"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        living = OrgUnit.objects.on(today) | OrgUnit.objects.filter(pk=self.instance.unit_id)
        self.fields["unit"].queryset = living.order_by("position", "sort_key")  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = _("the whole ministry")  # type: ignore[attr-defined]
        self.fields["first_day"].help_text = _("Only if the source says it.")
        self.fields["source_text"].help_text = _(
            "For example: report of the department at the working session of 10/05/2021."
        )

    def validate_constraints(self) -> None:
        """The service validates the whole row."""

    def layout(self) -> Layout:
        return Layout(
            section(
                _("Which figure does the source state?"), "key", row("qualifier", "value"), "unit", anchor="so-lieu"
            ),
            section(_("For which days?"), row("first_day", "last_day"), anchor="thoi-gian"),
            section(_("Where is it written?"), "source_text", "quote", anchor="nguon"),
        )
