"""The form through which a scan of the planning comes in: which paper, its number and date, the file."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from delegations.choices import PlanPaperKind
from delegations.models import AnnualPlan, PlanYear
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm, validate_unmarked
from intlcoop.web.forms import DayField, LineField, PortalForm, row


class PlanPaperForm(GuardedFilesForm, PortalForm):
    kind = forms.ChoiceField(label=_("Kind of document"), choices=PlanPaperKind)
    plan = forms.ModelChoiceField(
        label=_("Plan"),
        queryset=AnnualPlan.objects.none(),
        required=False,
        empty_label=_("the year as a whole"),
        help_text=_("Needed for the approval of a plan."),
    )
    number = LineField(label=_("Number of the document"), max_length=60, validators=[validate_unmarked])
    dated = DayField(label=_("Date of the document"))
    note = LineField(label=_("Note"), max_length=300, required=False, validators=[validate_unmarked])
    upload = GuardedFileField(label=_("Scan"))

    def __init__(self, *args: Any, opened: PlanYear, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == PlanPaperKind.APPROVAL and not cleaned.get("plan") and "plan" not in self.errors:
            self.add_error("plan", _("Say which plan this paper approves."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "plan", "number", "dated", "note")}

    def layout(self) -> Layout:
        return Layout(row("kind", "plan"), row("number", "dated"), "note", "upload", "no_secret_declared")
