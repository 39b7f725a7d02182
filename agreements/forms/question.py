"""Asking the department, answering, and handing a question on."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField
from agreements.forms.commitment import staff
from agreements.models import Question
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm, validate_unmarked
from intlcoop.people.models import OrgUnit, User
from intlcoop.people.principals import principal_of
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.forms import LineField, LongTextField, PortalForm, folded, section
from intlcoop.workflow.models import Case


class QuestionForm(PortalForm):
    """What is asked; which file or partner it is about, if any."""

    title = LineField(
        label=_("Your question in one sentence"),
        max_length=300,
        validators=[validate_unmarked],
        help_text=_("For example: Must a video conference with a foreign partner be permitted like a conference?"),
    )
    detail = LongTextField(
        label=_("What has to be known to answer it"),
        max_length=4000,
        rows=6,
        required=False,
        validators=[validate_unmarked],
    )
    unit = forms.ModelChoiceField(queryset=OrgUnit.objects.none(), label=_("Unit that asks"), empty_label=None)
    about_number = LineField(
        label=_("Number of the file that it concerns"),
        max_length=30,
        required=False,
        help_text=_("For example ĐR-2026-0012. Whoever answers sees the file only if they may read it."),
    )
    partner = PartnerField(required=False)

    def __init__(self, *args: Any, actor: User, question: Question | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.question = actor, question
        units = OrgUnit.objects.on(timezone.localdate()).filter(pk__in=principal_of(actor).own_unit_ids)
        self.fields["unit"].queryset = units.order_by("position", "sort_key")  # type: ignore[attr-defined]
        if question is not None:
            del self.fields["unit"]
            self.fields["partner"].keep = question.partner_id  # type: ignore[attr-defined]
            self.initial["title"], self.initial["detail"] = question.case.title, question.detail
            self.initial["partner"] = question.partner
            if question.about is not None:
                self.initial["about_number"] = shown(question.about.number)

    def clean_about_number(self) -> Case | None:
        """The file itself. What this person may not read does not exist for them."""
        text = self.cleaned_data["about_number"]
        if not text:
            return None
        number = normalise_number(text) or text.strip().upper()
        found = Case.objects.visible_to(self.actor).filter(number=number).first()
        kept = self.question.about if self.question else None
        if found is None and kept is not None and kept.number == number:
            found = kept
        if found is None:
            words = gettext(
                "There is no file with the number “%(number)s” that you may read. Look at the number again."
            )
            raise ValidationError(words % {"number": text})
        return found

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"detail": data["detail"], "partner": data["partner"], "about": data["about_number"]}

    def layout(self) -> Layout:
        who = ["unit"] if "unit" in self.fields else []
        return Layout(
            section(_("What do you ask?"), "title", "detail", *who, anchor="cau-hoi"),
            folded(_("File or partner that it concerns"), "about_number", "partner", anchor="lien-quan"),
        )


class AnswerForm(GuardedFilesForm, PortalForm):
    """The answer, what it rests on, and who else may read it."""

    text = LongTextField(label=_("Answer"), max_length=8000, rows=9, validators=[validate_unmarked])
    basis = LineField(
        label=_("Legal basis or document"),
        max_length=400,
        required=False,
        help_text=_("For example: Decision 06/2020/QĐ-TTg, article 3. It is printed under the answer."),
    )
    is_shared = forms.BooleanField(
        label=_("Every unit may read question and answer"),
        required=False,
        help_text=_("Leave it blank when the question speaks of people or of a file that others may not read."),
    )
    file = GuardedFileField(label=_("File with the answer"), required=False)

    def layout(self) -> Layout:
        return Layout(
            section(_("What do you answer?"), "text", "basis", "is_shared", anchor="tra-loi"),
            section(_("File with the answer"), "file", "no_secret_declared", anchor="tep"),
        )


class HandOnForm(PortalForm):
    """To whom, and why."""

    unit = forms.ModelChoiceField(
        queryset=OrgUnit.objects.none(),
        label=_("Unit that answers"),
        required=False,
        empty_label=_("The department of international cooperation"),
    )
    person = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Person who answers"),
        required=False,
        help_text=_("Leave it empty to leave the choice to the head of the unit."),
    )
    reason = LongTextField(label=_("Note to who answers"), max_length=1000, rows=3, validators=[validate_unmarked])

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = OrgUnit.objects.on(timezone.localdate()).exclude(pk=question.case.unit_id)
        self.fields["unit"].queryset = units.order_by("position", "sort_key")  # type: ignore[attr-defined]
        people = [each for each in staff() if each.pk != question.case.created_by_id]
        field: Any = self.fields["person"]
        field.queryset = User.objects.filter(pk__in=[each.pk for each in people])
        field.choices = [("", "—")] + [(each.pk, f"{each.full_name} · {each.of_unit}") for each in people]

    def layout(self) -> Layout:
        return Layout(section(_("Who is to answer?"), "unit", "person", "reason", anchor="chuyen"))
