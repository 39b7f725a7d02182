"""The repeating rows of a meeting, and one meeting of a series."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.people.models import OrgUnit
from intlcoop.web.forms import DayField, LineField, LongTextField, PortalForm, row, section
from intlcoop.web.row_forms import RowForm, row_set
from reports.choices import Attendance
from reports.models import WorkItem


def units_of(item: WorkItem) -> dict[int, OrgUnit]:
    """Units that exist today, and those that stand in the rows already."""
    named = Q(work_opinions__item=item) | Q(work_conclusions__item=item)
    known = OrgUnit.objects.filter(Q(pk__in=OrgUnit.objects.on(timezone.localdate()).values("pk")) | named).distinct()
    return {unit.pk: unit for unit in known.order_by("position", "sort_key", "pk")}


class UnitRow(RowForm):
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, units: dict[int, OrgUnit] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units or {}
        choices = [("", "—"), *((pk, unit.name) for pk, unit in self.units.items())]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"unit": self.units.get(self.cleaned_data["unit"])}


class OpinionRow(UnitRow):
    speaker = LineField(label=_("Who spoke"), max_length=200, required=False)
    text = LongTextField(label=_("Opinion"), max_length=4000, rows=3)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("unit") and not cleaned.get("speaker"):
            self.add_error("unit", _("Say whose opinion it is: a unit, or who spoke."))
        return cleaned

    def layout(self) -> Layout:
        return Layout("id", row("unit", "speaker"), "text")


class ConclusionRow(UnitRow):
    text = LongTextField(label=_("Conclusion"), max_length=4000, rows=3)
    due_on = DayField(label=_("Carry out by"), required=False)

    def layout(self) -> Layout:
        return Layout("id", "text", row("unit", "due_on"))


class AttendanceForm(PortalForm):
    on = DayField(label=_("Day of the meeting"))
    status = forms.ChoiceField(label=_("What is known"), choices=Attendance.choices, initial=Attendance.ATTENDED)
    attended_by = LineField(label=_("Who went"), max_length=300, required=False)
    note = LineField(label=_("Note"), max_length=500, required=False)

    def layout(self) -> Layout:
        return Layout(section(_("Which meeting, and were we there?"), row("on", "status"), "attended_by", "note"))


OpinionSet, ConclusionSet = row_set(OpinionRow), row_set(ConclusionRow)


def opinions_of(item: WorkItem) -> list[dict[str, Any]]:
    return [dict(each) for each in item.opinions.values("id", "unit", "speaker", "text")]


def conclusions_of(item: WorkItem) -> list[dict[str, Any]]:
    return [dict(each) for each in item.conclusions.values("id", "text", "unit", "due_on")]
