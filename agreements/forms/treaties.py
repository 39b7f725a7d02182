"""Typing in conventions, national reports, opinions on them, their papers, and the schemes to defend them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choices import TreatyPaperKind
from agreements.forms.known_day import KnownDayField, known, units_to_choose
from agreements.forms.mechanisms import LARGEST_ID, MOST_ROWS
from agreements.models import Convention, Mechanism, TreatyConsultation, TreatyPaper, TreatyReport, TreatyScheme
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm, validate_unmarked
from intlcoop.people.models import OrgUnit
from intlcoop.web.forms import DayField, LineField, LongTextField, PortalForm, PortalModelForm, folded, row, section

FIRST_YEAR, LAST_YEAR = 1945, 2100


class ConventionForm(PortalModelForm):
    summary = False
    adopted = KnownDayField(label=_("Adopted on"), required=False)
    acceded = KnownDayField(label=_("We are a party since"), required=False, help_text="")

    class Meta(PortalModelForm.Meta):
        model = Convention
        fields = [
            "name_vi", "short_name", "name_en", "body", "mechanism", "unit", "cycle_years", "content", "is_active",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        convention = self.instance
        self.fields["unit"].queryset = units_to_choose(convention.unit_id)  # type: ignore[attr-defined]
        above = self.fields["mechanism"]
        above.queryset = Mechanism.objects.order_by("tree_key")  # type: ignore[attr-defined]
        above.label_from_instance = lambda each: f"{'– ' * each.depth}{each}"  # type: ignore[attr-defined]
        self.fields["cycle_years"].help_text = _("By the convention itself; empty if it sets no cycle.")
        self.initial["adopted"] = known(convention.adopted_on, convention.adopted_precision)
        self.initial["acceded"] = known(convention.acceded_on, convention.acceded_precision)

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        days = {
            "adopted_on": data["adopted"].day,
            "adopted_precision": data["adopted"].precision,
            "acceded_on": data["acceded"].day,
            "acceded_precision": data["acceded"].precision,
        }
        return {name: data[name] for name in self.Meta.fields} | days

    def layout(self) -> Layout:
        return Layout(
            section(
                _("Which convention?"), "name_vi", row("short_name", "name_en"), row("adopted", "acceded"), anchor="ten"
            ),
            section(_("Who reports to whom?"), row("body", "unit"), row("mechanism", "cycle_years"), anchor="bao-cao"),
            section(_("What does it ask of us?"), "content", "is_active", anchor="nghia-vu"),
        )


class TreatyReportForm(PortalModelForm):
    title = LineField(label=_("Title of the report"), max_length=300, validators=[validate_unmarked])
    unit = forms.ModelChoiceField(label=_("Lead unit"), queryset=OrgUnit.objects.none())
    sent = KnownDayField(label=_("Sent to the treaty body on"), required=False)
    defended = KnownDayField(label=_("Defended on"), required=False, help_text="")

    class Meta(PortalModelForm.Meta):
        model = TreatyReport
        fields = ["number", "from_year", "until_year", "due_on", "content", "defended_place", "source_text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report = self.instance
        case = report.case if report.pk else None
        self.fields["unit"].queryset = units_to_choose(case.unit_id if case else None)  # type: ignore[attr-defined]
        self.fields["source_text"].help_text = _(
            "For a report of the past that was written down elsewhere. Its dates and numbers may then be unknown."
        )
        if case is not None:
            self.initial.update({"title": case.title, "unit": case.unit_id})
            self.initial["sent"] = known(report.sent_on, report.sent_precision)
            self.initial["defended"] = known(report.defended_on, report.defended_precision)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("from_year", "until_year"):
            year = cleaned.get(name)
            if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
                self.add_error(name, gettext("Write the year with four digits, for example 1967."))
        if cleaned.get("number") == 0:
            self.add_error("number", gettext("Reports are counted from 1."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        days = {
            "sent_on": data["sent"].day,
            "sent_precision": data["sent"].precision,
            "defended_on": data["defended"].day,
            "defended_precision": data["defended"].precision,
        }
        return {name: data[name] for name in self.Meta.fields} | days

    def layout(self) -> Layout:
        return Layout(
            section(
                _("Which report?"),
                "title",
                row("number", "from_year", "until_year"),
                row("unit", "due_on"),
                anchor="bao-cao",
            ),
            section(_("What does it say?"), "content", anchor="noi-dung"),
            section(_("Sent and defended"), row("sent", "defended"), "defended_place", anchor="bao-ve"),
            folded(_("History from another source"), "source_text", anchor="nguon"),
        )


class OwnRow(PortalForm):
    """A row that was saved before carries its id; one that is not the file's own counts as new."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=LARGEST_ID)
    names: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("id", *self.names)}


class ConsultationRow(OwnRow):
    names = ("body", "sent_number", "sent_on", "due_on", "answered_on", "answer_number", "answer")
    body = LineField(label=_("Body that is asked"), max_length=200)
    sent_number = LineField(label=_("Number of our letter"), max_length=60, required=False)
    sent_on = DayField(label=_("Asked on"), required=False)
    due_on = DayField(label=_("Answer due on"), required=False)
    answered_on = DayField(label=_("Answered on"), required=False)
    answer_number = LineField(label=_("Number of their letter"), max_length=60, required=False)
    answer = LongTextField(label=_("What they answered"), max_length=4000, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sent, due, answered = (cleaned.get(name) for name in ("sent_on", "due_on", "answered_on"))
        if sent and due and due < sent:
            self.add_error("due_on", gettext("The answer cannot be due before the question is sent."))
        if sent and answered and answered < sent:
            self.add_error("answered_on", gettext("An answer cannot come before the question."))
        if cleaned.get("answer") and not answered:
            self.add_error("answered_on", gettext("Enter the day of the answer."))
        return cleaned

    def layout(self) -> Layout:
        return Layout(
            "id", "body", row("sent_number", "sent_on", "due_on"), row("answer_number", "answered_on"), "answer"
        )


class PaperRow(OwnRow):
    kind = forms.ChoiceField(label=_("Kind of paper"), choices=[("", "—"), *TreatyPaperKind.choices])
    number = LineField(label=_("Number and symbol"), max_length=60, required=False)
    issued = KnownDayField(label=_("Signed on"), required=False)
    issuer = LineField(label=_("Issued by"), max_length=160, required=False)
    title = LineField(
        label=_("Subject of the document"), max_length=300, required=False, validators=[validate_unmarked]
    )
    source_text = LineField(label=_("Where this is written"), max_length=300, required=False)

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        plain = {name: data[name] for name in ("id", "kind", "number", "issuer", "title", "source_text")}
        return plain | {"issued_on": data["issued"].day, "precision": data["issued"].precision}

    def layout(self) -> Layout:
        return Layout("id", row("kind", "number"), row("issued", "issuer"), "title", "source_text")


def rows_of(form: type[OwnRow]) -> type[BaseFormSet]:
    return formset_factory(
        form, extra=1, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 20, validate_max=True
    )


ConsultationSet = rows_of(ConsultationRow)
PaperSet = rows_of(PaperRow)


class PaperUploadForm(GuardedFilesForm, PortalForm):
    """A file with the papers: a scan, or the text itself."""

    summary = False
    upload_kind = forms.ChoiceField(
        label=_("The file is"), choices=[("", "—"), *TreatyPaperKind.choices], required=False
    )
    upload = GuardedFileField(label=_("File to attach"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("upload") and not cleaned.get("upload_kind"):
            self.add_error("upload_kind", ValidationError(gettext("Say which paper the file is.")))
        return cleaned

    def layout(self) -> Layout:
        return Layout(section(_("A file with them"), row("upload_kind", "upload"), "no_secret_declared", anchor="tep"))


class SchemeForm(PortalModelForm):
    summary = False

    class Meta(PortalModelForm.Meta):
        model = TreatyScheme
        fields = ["title", "content", "source_text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].validators.append(validate_unmarked)

    def layout(self) -> Layout:
        return Layout(section(_("Which scheme?"), "title", "content", "source_text", anchor="de-an"))


def consultations_of(report: TreatyReport) -> list[dict[str, Any]]:
    names = ("body", "sent_number", "sent_on", "due_on", "answered_on", "answer_number", "answer")
    rows: Iterable[TreatyConsultation] = report.consultations.all()
    return [{"id": each.pk} | {name: getattr(each, name) for name in names} for each in rows]


def papers_of(owner: TreatyReport | TreatyScheme | None) -> list[dict[str, Any]]:
    names = ("kind", "number", "issuer", "title", "source_text")
    rows: Iterable[TreatyPaper] = owner.chain.all() if owner is not None and owner.pk else []
    return [
        {"id": each.pk, "issued": known(each.issued_on, each.precision)} | {name: getattr(each, name) for name in names}
        for each in rows
    ]
