"""The one form of the register of other work: its fields follow the kind; and what is asked when an item is done."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choices import TextLanguage
from agreements.choosing import PartnerField
from agreements.forms.commitment import staff
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm, validate_unmarked
from intlcoop.people.models import OrgUnit, User
from intlcoop.people.principals import principal_of
from intlcoop.web.forms import LineField, PortalModelForm, folded, row, section
from reports.choices import WORK_FILES
from reports.models import WorkItem
from reports.queries.work import label_of
from reports.queries.work_kinds import KindSpec, spec_of

#: (earlier, later, sentence): days of one item that must follow each other.
IN_ORDER = (
    ("starts_on", "ends_on", _("The last day cannot be before the first.")),
    ("starts_on", "attended_until", _("They cannot have been attended before the first.")),
    ("request_on", "due_on", _("A reply cannot be due before the request.")),
    ("request_on", "reply_on", _("A reply cannot come before the request.")),
)


class OfKind(GuardedFilesForm, PortalModelForm):
    """The fields of `wanted`, called as the kind of the item calls them."""

    languages = forms.MultipleChoiceField(
        choices=TextLanguage.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    partner = PartnerField.of(WorkItem, "partner")
    upload = GuardedFileField(label=_("File to attach"), required=False)

    class Meta(PortalModelForm.Meta):
        model = WorkItem
        fields = [
            "direction", "report_sort", "meeting_sort", "in_name_of", "audience", "frequency", "body", "partner", "period",
            "request_number", "request_on", "due_on", "reply_number", "reply_on", "starts_on", "ends_on", "attended_until",
            "place", "chair", "attendees", "languages", "needs", "persons", "days", "owner", "content", "result", "source_text",
        ]  # fmt: skip
        widgets = {
            "direction": forms.RadioSelect,
            "report_sort": forms.RadioSelect,
            "in_name_of": forms.RadioSelect,
            "audience": forms.RadioSelect,
        }

    def __init__(self, *args: Any, actor: User, instance: WorkItem, wanted: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, instance=instance, **kwargs)
        self.writer, self.wanted = actor, wanted
        self.spec: KindSpec = spec_of(instance.kind)
        self.fields["partner"].keep = self.instance.partner_id  # type: ignore[attr-defined]
        self.keep_only(self.wanted)
        for name in self.wanted:
            self.fields[name].label = label_of(self.instance.kind, name)
        self.drop_empty_choices()

    def keep_only(self, names: tuple[str, ...]) -> None:
        for name in self.Meta.fields:
            if name not in names:
                del self.fields[name]

    def drop_empty_choices(self) -> None:
        for name, widget in self.Meta.widgets.items():
            if name in self.fields and widget is forms.RadioSelect:
                field: Any = self.fields[name]
                field.choices = [choice for choice in field.choices if choice[0]]

    def offer_people(self) -> None:
        """Active people with an office, and whoever is named already."""
        kept = self.instance.owner
        people = list(staff())
        choices = [("", "—")] + [(each.pk, f"{each.full_name} · {each.of_unit}") for each in people]
        if kept is not None and kept.pk not in {each.pk for each in people}:
            choices.append((kept.pk, kept.full_name))
        field: Any = self.fields["owner"]
        field.queryset = User.objects.filter(pk__in=[pk for pk, _label in choices if pk])
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for first, second, sentence in IN_ORDER:
            before, after = (cleaned.get(each, getattr(self.instance, each)) for each in (first, second))
            if before and after and after < before and second in self.fields:
                self.add_error(second, sentence)
        return cleaned

    def validate_constraints(self) -> None:
        """The service validates the whole row; here its sentences already stand beside their fields."""

    @property
    def values(self) -> dict[str, Any]:
        """What the service writes."""
        return {name: self.cleaned_data[name] for name in self.wanted}


class WorkForm(OfKind):
    title = LineField(label=_("Title"), max_length=300, validators=[validate_unmarked])
    unit = forms.ModelChoiceField(queryset=OrgUnit.objects.none(), label=_("Unit"), empty_label=None)
    upload_kind = forms.ChoiceField(label=_("Kind of document"), choices=WORK_FILES, required=False)

    def __init__(self, *args: Any, instance: WorkItem, **kwargs: Any) -> None:
        wanted = (*spec_of(instance.kind).asked_fields, "source_text")
        super().__init__(*args, instance=instance, wanted=wanted, **kwargs)
        for name in self.spec.required:
            self.fields[name].required = True
        self.fields["title"].help_text = gettext("For example: %(example)s") % {"example": self.spec.example}
        if "owner" in self.fields:
            self.offer_people()
        if "starts_on" in self.fields and self.instance.kind == "recurring":
            self.fields["starts_on"].help_text = _("Months before it are not asked about.")
            self.fields["attended_until"].help_text = _(
                "Only where a source says that every meeting was attended and names no day of one."
            )
        self.fields["source_text"].help_text = _("Only for what is taken over from a report or an older register.")
        self.offer_units()

    def offer_units(self) -> None:
        """A new item belongs to a unit of one's own; the department enters also for others. It stays there then."""
        if self.instance.pk is not None:
            del self.fields["unit"]
            self.initial.setdefault("title", self.instance.case.title)
            return
        principal = principal_of(self.writer)
        units = OrgUnit.objects.on(timezone.localdate())
        if not principal.is_icd:
            units = units.filter(pk__in=principal.own_unit_ids)
        self.fields["unit"].queryset = units.order_by("position", "sort_key")  # type: ignore[attr-defined]
        self.initial.setdefault("unit", min(principal.own_unit_ids, default=None))

    def clean_persons(self) -> int | None:
        return at_least_one(self.cleaned_data["persons"])

    def clean_days(self) -> int | None:
        return at_least_one(self.cleaned_data["days"])

    def layout(self) -> Layout:
        unit = ["unit"] if "unit" in self.fields else []
        return Layout(
            section(_("Which work is it?"), "title", *unit, anchor="viec"),
            *(section(each.title, *lines(each.fields), anchor=each.anchor) for each in self.spec.asked),
            section(_("Document handed in"), row("upload_kind", "upload"), "no_secret_declared", anchor="tep"),
            folded(_("Where this is written"), "source_text", anchor="nguon"),
        )


class CloseForm(OfKind):
    """What came of it, and the document that says so."""

    def __init__(self, *args: Any, instance: WorkItem, **kwargs: Any) -> None:
        wanted = spec_of(instance.kind).closing_fields
        super().__init__(*args, instance=instance, wanted=wanted, **kwargs)
        for name in self.spec.needed:
            if name in self.fields:
                self.fields[name].required = True

    def layout(self) -> Layout:
        return Layout(
            section(_("What came of it?"), *lines(self.spec.closing), anchor="ket-qua"),
            section(_("Document handed in"), "upload", "no_secret_declared", anchor="tep"),
        )


def lines(fields: tuple[str | tuple[str, ...], ...]) -> list[Any]:
    return [each if isinstance(each, str) else row(*each) for each in fields]


def at_least_one(value: int | None) -> int | None:
    if value is not None and value < 1:
        raise ValidationError(gettext("Enter a number from 1 up."))
    return value
