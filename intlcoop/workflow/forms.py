"""What people type when they decide, record, return, number or hand on a step. Rules stay with the engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm, OutsideRecordForm
from intlcoop.people.models import User
from intlcoop.people.offices import Holder
from intlcoop.web.forms import DayField, LineField, LongTextField, PortalForm, folded, row
from intlcoop.web.templatetags.ui import moment
from intlcoop.workflow.choices import Outcome, StepState
from intlcoop.workflow.leaving_out import LONGEST_REASON
from intlcoop.workflow.models import ContentVersion, Step
from intlcoop.workflow.registry import Part
from intlcoop.workflow.wording import outcome_label, step_label

LONGEST_COMMENT = 4000
TO_FILER = "filer"


def comment_field(label: Any) -> LongTextField:
    return LongTextField(label=label, max_length=LONGEST_COMMENT, rows=3, required=False)


class CommentForm(PortalForm):
    text = LongTextField(label=_("Comment"), max_length=LONGEST_COMMENT, rows=3)


class LeavesOut(PortalForm):
    """A reason beside a member's name leaves that member out; an empty box agrees to them (C9)."""

    def __init__(self, *args: Any, parts: Sequence[Part] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part_fields = {f"khong_cu-{part.key}": part.key for part in parts}
        for name, part in zip(self.part_fields, parts, strict=True):
            self.fields[name] = LineField(
                label=part.label, help_text=part.note, max_length=LONGEST_REASON, required=False
            )

    @property
    def left_out(self) -> dict[str, str]:
        """{key of the part: why it is left out}."""
        values = {key: self.cleaned_data.get(name, "") for name, key in self.part_fields.items()}
        return {key: reason for key, reason in values.items() if reason}

    def part_section(self) -> list[Any]:
        if not self.part_fields:
            return []
        title = _("Do not agree to some of the members")
        note = Div(
            HTML(gettext("Write the reason beside the name; leave it empty for those you agree to.")), css_class="help"
        )
        return [folded(title, note, *self.part_fields, anchor="tung-nguoi")]


class DecideForm(LeavesOut):
    """The comment beneath which the buttons stand; which button was pressed is the outcome."""

    comment = comment_field(_("Comment"))

    def layout(self) -> Layout:
        return Layout("comment", *self.part_section())


class ReturnForm(PortalForm):
    """Back to whom, and why. Earlier steps of the route that are done can be chosen, and the person who filed."""

    returned_to = forms.ChoiceField(label=_("Return to"), widget=forms.RadioSelect, required=False)
    comment = LongTextField(label=_("What has to be completed"), max_length=LONGEST_COMMENT, rows=4)

    def __init__(self, *args: Any, step: Step, earlier: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {str(each.pk): each for each in earlier}
        field = self.fields["returned_to"]
        field.choices = return_choices(step, earlier)  # type: ignore[attr-defined]
        field.initial = TO_FILER

    @property
    def target(self) -> Step | None:
        """The step to go back to; None for the person who filed."""
        return self.earlier.get(self.cleaned_data.get("returned_to", ""))


def return_choices(step: Step, earlier: Iterable[Step]) -> list[tuple[str, str]]:
    filer = gettext("The person who filed: %(name)s") % {"name": step.case.created_by.full_name}
    return [(TO_FILER, filer), *((str(each.pk), step_label(each)) for each in earlier)]


def earlier_steps(step: Step, current: Iterable[Step]) -> list[Step]:
    """The steps to which a file can be sent back from this one: done, and before it."""
    return [each for each in current if each.state == StepState.DONE and each.order < step.order]


class IssueForm(GuardedFilesForm, PortalForm):
    """Number, symbol and date from the ministry's own register, after the signature."""

    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=999_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("As it stands in the register of outgoing papers."),
    )
    symbol = LineField(label=_("Symbol"), max_length=40)
    issued_on = DayField(label=_("Date of issue"))
    scan = GuardedFileField(label=_("Signed scan"), declared_kind="pdf", required=False)
    comment = comment_field(_("Comment"))

    def layout(self) -> Layout:
        return Layout(row("number", "symbol", "issued_on"), "scan", "no_secret_declared", "comment")


class ScanForm(GuardedFilesForm, PortalForm):
    scan = GuardedFileField(label=_("Signed scan"), declared_kind="pdf")

    def layout(self) -> Layout:
        return Layout("scan", "no_secret_declared")


class DraftForm(GuardedFilesForm, PortalForm):
    """The office's own Word file instead of the draft that the portal makes."""

    draft = GuardedFileField(label=_("Draft in Word form"), declared_kind="docx")

    def layout(self) -> Layout:
        return Layout("draft", "no_secret_declared")


class ReplyForm(GuardedFilesForm, OutsideRecordForm, PortalForm):
    """What a body outside answered: our submission and its reply, with the scan or as a secret paper kept outside."""

    submission_number = LineField(label=_("Number of our submission"), max_length=60)
    submission_date = DayField(label=_("Date of our submission"))
    reply_number = LineField(label=_("Number of the reply"), max_length=60)
    reply_date = DayField(label=_("Date of the reply"))
    reply_issuer = LineField(
        label=_("Issuer of the reply"),
        max_length=200,
        help_text=_("The Prime Minister, or the Government Office conveying his opinion."),
    )
    scan = GuardedFileField(label=_("Scan of the reply"), required=False)
    comment = comment_field(_("Note"))

    PARTICULARS = ("submission_number", "submission_date", "reply_number", "reply_date", "reply_issuer")
    OUTSIDE = ("kept_outside", "outside_issuer", "outside_number", "outside_date", "outside_register_no")

    def layout(self) -> Layout:
        return Layout(
            row("submission_number", "submission_date"),
            row("reply_number", "reply_date"),
            "reply_issuer",
            "scan",
            "no_secret_declared",
            folded(_("Secret document, kept outside this system"), *self.OUTSIDE, anchor="luu-ngoai"),
            "comment",
        )

    @property
    def particulars(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.PARTICULARS}

    @property
    def outside(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.OUTSIDE} if self.cleaned_data["kept_outside"] else {}


class PaperDecisionForm(GuardedFilesForm, LeavesOut):
    """What a leader decided on paper: who, when, what, the note as written, and the scan."""

    decided_by = forms.ChoiceField(label=_("Who decided"))
    decided_on = DayField(label=_("Date on the paper"))
    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    returned_to = forms.ChoiceField(label=_("Return to"), required=False)
    comment = LongTextField(label=_("The note, as written on the paper"), max_length=LONGEST_COMMENT, rows=3)
    scan = GuardedFileField(label=_("Scan of the paper"))

    def __init__(
        self,
        *args: Any,
        step: Step,
        holders: Sequence[Holder],
        outcomes: Sequence[Outcome],
        earlier: Sequence[Step],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(holder.user.pk): holder.user for holder in holders}
        self.earlier = {str(each.pk): each for each in earlier}
        choices = [(str(holder.user.pk), f"{holder.user.full_name}, {holder.title}") for holder in holders]
        self.fields["decided_by"].choices = choices if len(choices) == 1 else [("", "—"), *choices]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [(each.value, outcome_label(step, each)) for each in outcomes]  # type: ignore[attr-defined]
        self.fields["returned_to"].choices = return_choices(step, earlier)  # type: ignore[attr-defined]
        if Outcome.RETURN not in outcomes:
            del self.fields["returned_to"]

    def layout(self) -> Layout:
        names = ["outcome", *(["returned_to"] if "returned_to" in self.fields else []), "comment", "scan"]
        return Layout(row("decided_by", "decided_on"), *names, "no_secret_declared", *self.part_section())

    @property
    def person(self) -> User:
        return self.people[self.cleaned_data["decided_by"]]

    @property
    def target(self) -> Step | None:
        return self.earlier.get(self.cleaned_data.get("returned_to", ""))


class ReassignForm(PortalForm):
    """To whom an open step is handed, and why."""

    person = forms.ChoiceField(label=_("Hand to"))
    comment = LongTextField(label=_("Reason"), max_length=LONGEST_COMMENT, rows=3)

    def __init__(self, *args: Any, people: Sequence[tuple[User, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _title in people}
        choices = [(str(person.pk), f"{person.full_name}, {title}") for person, title in people]
        self.fields["person"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data["person"]]


class VersionsForm(PortalForm):
    """Which two versions of a file to compare."""

    tu = forms.ChoiceField(label=_("Before"), required=False)
    den = forms.ChoiceField(label=_("After"), required=False)

    def __init__(self, *args: Any, versions: Sequence[ContentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("tu", "den"):
            self.fields[name].choices = [(row.number, version_words(row)) for row in versions]  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(row("tu", "den"))


def version_words(version: ContentVersion) -> str:
    """ "Bản 3 · 10:42, 25/11/2026 · Nguyễn Minh An"."""
    values = {"n": version.number, "when": moment(version.created_at), "who": version.created_by.full_name}
    return gettext("Version %(n)s · %(when)s · %(who)s") % values
