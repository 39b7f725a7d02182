"""What is asked about a report after it is made: a new day of the figures, a text by hand, what stands in the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm
from intlcoop.people.offices import Holder
from intlcoop.web.forms import DayField, Layout, LineField, LongTextField, PortalForm, row
from reports.models import YearEndReport
from reports.queries.windows import usual_as_of
from reports.services import Register, scope_of


class RefreshForm(PortalForm):
    as_of = DayField(label=_("Figures as of"), help_text=_("What took place later is not counted."))

    def __init__(self, *args: Any, report: YearEndReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = usual_as_of(scope_of(report).period, timezone.localdate())

    def layout(self) -> Layout:
        return Layout("as_of")


class SectionForm(PortalForm):
    text = LongTextField(
        label=_("Text by hand"),
        max_length=20000,
        rows=14,
        help_text=_("One paragraph per line; a line that begins with a dash becomes an item of a list."),
    )

    def layout(self) -> Layout:
        return Layout("text")


class IssueForm(GuardedFilesForm, PortalForm):
    """Number, symbol and day from the ministry's own register, and who signed."""

    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=999_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("As it stands in the register of outgoing papers."),
    )
    symbol = LineField(label=_("Symbol"), max_length=40)
    issued_on = DayField(label=_("Date of issue"))
    signed_by = forms.ChoiceField(label=_("Signed by"))
    signed_on = DayField(label=_("Signed on"))
    scan = GuardedFileField(label=_("Signed scan"), declared_kind="pdf", required=False)

    def __init__(self, *args: Any, signers: Sequence[Holder], symbol: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signers = {str(holder.user.pk): holder.user for holder in signers}
        labels = {str(holder.user.pk): f"{holder.user.full_name}, {holder.title}" for holder in signers}
        self.fields["signed_by"].choices = list(labels.items())  # type: ignore[attr-defined]
        self.fields["symbol"].initial = symbol
        self.fields["issued_on"].initial = self.fields["signed_on"].initial = timezone.localdate()

    def layout(self) -> Layout:
        return Layout(row("number", "symbol", "issued_on"), row("signed_by", "signed_on"), "scan", "no_secret_declared")

    @property
    def register(self) -> Register:
        said = self.cleaned_data
        return Register(
            number=said["number"],
            symbol=said["symbol"],
            issued_on=said["issued_on"],
            signed_by=self.signers[said["signed_by"]],
            signed_on=said["signed_on"],
        )
