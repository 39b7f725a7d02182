"""What administrators type about people, units and offices. Rules live in `services`; here text becomes types."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.people import registry
from intlcoop.people.choices import LANGUAGES, Role, SignatureForm
from intlcoop.people.languages import key_of
from intlcoop.people.models import Appointment, OfficeTitle, OrgUnit, StaffLanguage, Supervision, User
from intlcoop.web.forms import AmountField, DayField, LineField, PortalForm, PortalModelForm, row


def add_refusal(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Put a service's sentences beside the fields they name; what names no field of the form stands on top."""
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
    for name, sentences in by_field.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def leading_people() -> QuerySet[User]:
    """Everybody who leads something, or is a deputy, today or later."""
    held = Appointment.objects.overlapping(timezone.localdate(), None).filter(role__in=Role.LEADING)
    return User.objects.active().filter(pk__in=held.values("person"))


def living_units() -> QuerySet[OrgUnit]:
    return OrgUnit.objects.overlapping(timezone.localdate(), None)


class PersonForm(PortalModelForm):
    class Meta(PortalModelForm.Meta):
        model = User
        fields = ["full_name", "username", "email", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = _("Letters without accents, digits, dots: nguyen.van.an")
        self.fields["email"].help_text = _("Notices are sent here.")

    def layout(self) -> Layout:
        return Layout("full_name", row("username", "email"), "language")


class NewPersonForm(PersonForm):
    password = forms.CharField(
        label=_("First password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Leave it empty for somebody who does not log in."),
    )

    def layout(self) -> Layout:
        return Layout("full_name", row("username", "email"), row("language", "password"))


class PasswordForm(PortalForm):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Tell it to the person, who can change it under “Change password”."),
    )


class OwnLanguageForm(PortalModelForm):
    """A language of somebody who is known."""

    known_languages = LANGUAGES

    class Meta(PortalModelForm.Meta):
        model = StaffLanguage
        fields = ["name", "level", "certificate", "interprets", "wants_training"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"list": "ngon-ngu", "autocomplete": "off"}
        self.fields["name"].help_text = _("Foreign languages and languages of ethnic groups: Tiếng Lào, Tiếng Mông.")
        self.fields["certificate"].help_text = _("For example: IELTS 7.0, 2025.")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not key_of(name):
            raise ValidationError(_("Write the name of a language."))
        return name

    def validate_constraints(self) -> None:
        """The service validates the whole row."""

    def layout(self) -> Layout:
        return Layout(row("name", "level"), "certificate", "interprets", "wants_training")


class LanguageForm(OwnLanguageForm):
    person = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Person"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Appointment.objects.on(timezone.localdate()).values("person")
        people = User.objects.active().filter(pk__in=held)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout("person", *super().layout().fields)


class AppointmentForm(PortalModelForm):
    """A new appointment of a person who is already known."""

    class Meta(PortalModelForm.Meta):
        model = Appointment
        fields = ["unit", "role", "valid_from", "valid_until", "acting", "title_vi", "title_en"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self.fields["unit"].queryset = living_units()  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        place = [row("unit", "role")] if "unit" in self.fields else []
        return Layout(*place, row("valid_from", "valid_until"), "acting", row("title_vi", "title_en"))


class AppointmentChangeForm(AppointmentForm):
    class Meta(AppointmentForm.Meta):
        fields = ["valid_from", "valid_until", "acting", "title_vi", "title_en"]


class UnitForm(PortalModelForm):
    class Meta(PortalModelForm.Meta):
        model = OrgUnit
        fields = [
            "name_vi", "name_en", "code", "short_name", "symbol", "unit_type", "unit_class", "function", "parent",
            "quota", "position", "place", "valid_from", "valid_until",
        ]  # fmt: skip

    def layout(self) -> Layout:
        return Layout(
            "name_vi",
            "name_en",
            row("code", "short_name", "symbol"),
            row("unit_type", "unit_class", "function"),
            row("parent", "quota", "position"),
            row("valid_from", "valid_until", "place"),
        )


class SupervisionForm(PortalModelForm):
    class Meta(PortalModelForm.Meta):
        model = Supervision
        fields = ["unit", "deputy_minister", "valid_from", "valid_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deputies = Appointment.objects.overlapping(timezone.localdate(), None).filter(role=Role.DEPUTY_MINISTER)
        self.fields["unit"].queryset = living_units()  # type: ignore[attr-defined]
        self.fields["deputy_minister"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=deputies.values("person")
        )

    def _post_clean(self) -> None:
        """The service first ends the former supervision, so overlap is its question."""

    def layout(self) -> Layout:
        return Layout(row("unit", "deputy_minister"), row("valid_from", "valid_until"))


class SupervisionChangeForm(PortalModelForm):
    class Meta(PortalModelForm.Meta):
        model = Supervision
        fields = ["valid_from", "valid_until"]

    def layout(self) -> Layout:
        return Layout(row("valid_from", "valid_until"))


class OwnSubstitutionForm(PortalForm):
    """Who stands in for me."""

    substitute = forms.ModelChoiceField(label=_("Substitute"), queryset=User.objects.none())
    form = forms.ChoiceField(label=_("Form of signature"), choices=SignatureForm.choices[1:], initial=SignatureForm.KT)
    valid_from = DayField(label=_("From"))
    valid_until = DayField(label=_("Until"))
    kinds = forms.MultipleChoiceField(
        label=_("Only for these kinds of files"),
        required=False,
        choices=registry.file_kinds,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave all unchecked for every kind of file."),
    )
    ceiling = AmountField(
        label=_("Only for files up to this sum, in đồng"),
        required=False,
        min_value=1,
        max_digits=16,
        decimal_places=2,
        help_text=_("Files above it, or whose sum is not known, stay with the person away. Empty: files of any sum."),
    )
    document = LineField(
        label=_("Number of the document"), max_length=60, required=False, help_text=_("Required for TUQ.")
    )
    reason = LineField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("substitute", "person"):
            if name in self.fields:
                self.fields[name].queryset = leading_people()  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(
            row("substitute", "form"), row("valid_from", "valid_until"), row("document", "reason"), "ceiling", "kinds"
        )


class SubstitutionForm(OwnSubstitutionForm):
    """Who stands in for somebody, as the clerk or an administrator records it."""

    person = forms.ModelChoiceField(label=_("Person away"), queryset=User.objects.none())
    unit = forms.ModelChoiceField(
        label=_("Only for this unit's office"), queryset=OrgUnit.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = living_units()  # type: ignore[attr-defined]
        self.fields["document"].help_text = _("The paper by which the leader ordered it.")

    def layout(self) -> Layout:
        return Layout(row("person", "unit"), super().layout())


class TitleForm(PortalModelForm):
    class Meta(PortalModelForm.Meta):
        model = OfficeTitle
        fields = ["title_vi", "title_en"]
