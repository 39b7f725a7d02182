"""The report of a trip: results by meeting, what was not achieved, recommendations."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField, written_rows
from delegations.models import TripReport
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm
from intlcoop.web.forms import DayField, LineField, LongTextField, PortalModelForm, row, section
from intlcoop.web.row_forms import MOST_ROWS, RowForm


class ReportForm(GuardedFilesForm, PortalModelForm):
    upload = GuardedFileField(label=_("File with the report"), required=False)

    summary = False

    class Meta(PortalModelForm.Meta):
        model = TripReport
        fields = ["results", "not_achieved", "recommendations"]

    def layout(self) -> Layout:
        return Layout(
            section(_("What was achieved?"), "results", anchor="ket-qua"),
            section(_("What was not, and what follows?"), "not_achieved", "recommendations", anchor="danh-gia"),
            section(_("Documents"), "upload", "no_secret_declared", anchor="tep"),
        )


class MeetingForm(RowForm):
    partner = PartnerField(
        label=_("Partner in the list"),
        required=False,
        help_text=_("So that the meeting stands in the partner's timeline."),
    )
    held_on = DayField(label=_("Date"), required=False)
    counterpart = LineField(label=_("With whom"), max_length=300)
    content = LongTextField(label=_("Content"), max_length=4000, rows=3, required=False)
    result = LongTextField(label=_("Result and commitments"), max_length=4000, rows=3, required=False)

    def layout(self) -> Layout:
        return Layout("id", row("counterpart", "partner"), "held_on", "content", "result")


MeetingSet: type[BaseFormSet] = formset_factory(
    MeetingForm, extra=1, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 20, validate_max=True
)


def meetings_of(report: TripReport | None) -> list[dict[str, Any]]:
    rows = report.meetings.select_related("partner__country") if report is not None and report.pk else []
    return written_rows(rows, ("id", "held_on", "counterpart", "content", "result"))
