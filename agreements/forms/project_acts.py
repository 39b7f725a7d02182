"""What is asked when a project begins, is closed, when its approval is withdrawn, and when a report of it is filed."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.aid import ProjectFile
from agreements.forms.project import MoneyForm, SourcesOnce
from agreements.models import ForeignFundedProject, ProjectReport
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm
from intlcoop.web.forms import AmountField, PortalForm, PortalModelForm, row
from intlcoop.web.row_forms import row_set


class ActForm(GuardedFilesForm, PortalModelForm):
    """Days and papers of one act; the comment goes into the history."""

    upload = GuardedFileField(label=_("The paper (scan)"), required=False)
    upload_kind: str = ProjectFile.DECISION

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def layout(self) -> Layout:
        return Layout(*(self._meta.fields or ()), "upload", "no_secret_declared")


class BeginForm(ActForm):
    class Meta(PortalModelForm.Meta):
        model = ForeignFundedProject
        fields = ["decision_number", "decided_on", "started_on"]

    def layout(self) -> Layout:
        return Layout(row("decision_number", "decided_on"), "started_on", "upload", "no_secret_declared")


class CloseForm(ActForm):
    upload_kind = ProjectFile.OTHER

    class Meta(PortalModelForm.Meta):
        model = ForeignFundedProject
        fields = ["closed_on", "result"]


class WithdrawForm(ActForm):
    class Meta(PortalModelForm.Meta):
        model = ForeignFundedProject
        fields = ["withdrawal_number", "withdrawn_on"]

    def layout(self) -> Layout:
        return Layout(row("withdrawal_number", "withdrawn_on"), "upload", "no_secret_declared")


class ReportForm(ActForm):
    upload_kind = ProjectFile.REPORT

    class Meta(PortalModelForm.Meta):
        model = ProjectReport
        fields = ["filed_on", "document", "content"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("filed_on", "document"):
            self.fields[name].required = True

    def layout(self) -> Layout:
        return Layout(row("filed_on", "document"), "content", "upload", "no_secret_declared")


class DocumentForm(GuardedFilesForm, PortalForm):
    """One document of a project that runs."""

    kind = forms.ChoiceField(
        label=_("Kind of document"),
        choices=[("", "—"), *((kind.value, kind.label) for kind in ProjectFile if kind != ProjectFile.REPORT)],
    )
    upload = GuardedFileField(label=_("File to attach"))

    def layout(self) -> Layout:
        return Layout("kind", "upload", "no_secret_declared")


class DisbursementForm(MoneyForm):
    planned = AmountField(
        label=_("Planned for the period"), min_value=0, max_digits=16, decimal_places=2, required=False
    )
    actual = AmountField(label=_("Disbursed in the period"), min_value=0, max_digits=16, decimal_places=2)

    def layout(self) -> Layout:
        return Layout("id", row("source", "currency"), row("planned", "actual"))


DisbursementSet = row_set(DisbursementForm, SourcesOnce)


def disbursements_of(report: ProjectReport) -> list[dict[str, Any]]:
    """Those of the report; of a new one a row for each source and currency of the project."""
    rows = list(report.disbursements.all())
    if rows:
        return [
            {
                "id": each.pk,
                "source": each.source,
                "currency": each.currency_id,
                "planned": each.planned,
                "actual": each.actual,
            }
            for each in rows
        ]
    return [{"source": each.source, "currency": each.currency_id} for each in report.project.amounts.all()]
