"""Typing in mechanisms, our parts in them, their documents, series of meetings and sessions."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choices import LawRelation, MechanismPart, SessionFormat
from agreements.choosing import PartnerField
from agreements.forms.known_day import KnownDayField, known, units_to_choose
from agreements.models import Mechanism, MeetingSeries, MeetingSession
from intlcoop.people.models import OrgUnit
from intlcoop.regulations.models import Instrument
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.forms import LineField, PortalForm, PortalModelForm, row, section
from intlcoop.workflow.models import Case

LARGEST_ID = 2**63 - 1
MOST_ROWS = 60


class MechanismForm(PortalModelForm):
    partner = PartnerField.of(Mechanism, "partner")

    summary = False

    class Meta(PortalModelForm.Meta):
        model = Mechanism
        fields = [
            "name_vi", "short_name", "name_en", "kind", "parent", "partner", "since_year", "content", "is_active",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = self.fields["parent"]
        above.queryset = Mechanism.objects.exclude(pk=self.instance.pk).order_by("tree_key")  # type: ignore[attr-defined]
        above.label_from_instance = lambda each: f"{'– ' * each.depth}{each}"  # type: ignore[attr-defined]
        self.fields["partner"].keep = self.instance.partner_id  # type: ignore[attr-defined]
        self.fields["since_year"].widget.attrs["inputmode"] = "numeric"

    def clean_since_year(self) -> int | None:
        year = self.cleaned_data["since_year"]
        if year is not None and not 1800 <= year <= 2100:
            raise ValidationError(gettext("Write the year with four digits, for example 1967."))
        return year  # type: ignore[no-any-return]

    def layout(self) -> Layout:
        return Layout(
            section(
                _("Which mechanism?"), "name_vi", row("short_name", "name_en"), row("kind", "since_year"), anchor="ten"
            ),
            section(_("Where does it belong?"), "parent", "partner", anchor="thuoc"),
            section(_("What is it about?"), "content", "is_active", anchor="noi-dung"),
        )


class RowBook:
    """The lists that rows choose from, read once per page."""

    def __init__(self) -> None:
        self.units = {each.pk: each for each in OrgUnit.objects.filter(pk__in=units_to_choose().values("pk"))}
        self.instruments = {each.pk: each for each in Instrument.objects.order_by("kind", "symbol")}

    def with_units(self, ids: set[int]) -> RowBook:
        """Also those that ended but stand in a row."""
        if missing := ids - self.units.keys():
            self.units |= OrgUnit.objects.in_bulk(missing)
        return self


class BookRow(PortalForm):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=LARGEST_ID)

    def __init__(self, *args: Any, book: RowBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book


class RoleForm(BookRow):
    part = forms.ChoiceField(label=_("Our part"), choices=[("", "—"), *MechanismPart.choices])
    unit = forms.TypedChoiceField(label=_("Lead unit"), coerce=int, empty_value=None, required=False)
    holder = LineField(label=_("Held by, if not the ministry"), max_length=160, required=False)
    session_number = forms.IntegerField(label=_("Of session number"), min_value=1, max_value=9999, required=False)
    since = KnownDayField(label=_("From"), required=False)
    until = KnownDayField(label=_("Until"), required=False, help_text="")
    source_text = LineField(label=_("Where this is written"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(pk, str(each)) for pk, each in self.book.units.items()]
        self.fields["unit"].choices = [("", "—"), *options]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until.last < since.day:
            self.add_error("until", gettext("A term cannot end before it begins."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        plain = {name: data[name] for name in ("id", "part", "holder", "session_number", "source_text")}
        return plain | {
            "unit": self.book.units.get(data["unit"]),
            "since": data["since"].day,
            "since_precision": data["since"].precision,
            "until": data["until"].day,
            "until_precision": data["until"].precision,
        }

    def layout(self) -> Layout:
        return Layout("id", row("part", "unit"), row("since", "until", "session_number"), row("holder", "source_text"))


class LawForm(BookRow):
    instrument = forms.TypedChoiceField(label=_("Domestic document"), coerce=int)
    relation = forms.ChoiceField(label=_("What it does"), choices=LawRelation, initial=LawRelation.CARRIES_OUT)
    about = LineField(label=_("Which paper or aim of theirs"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(pk, f"{each} – {each.title}"[:120]) for pk, each in self.book.instruments.items()]
        self.fields["instrument"].choices = [("", "—"), *options]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        plain = {name: data[name] for name in ("id", "relation", "about")}
        return plain | {"instrument": self.book.instruments[data["instrument"]]}

    def layout(self) -> Layout:
        return Layout("id", "instrument", row("relation", "about"))


class NoDoubles(BaseFormSet):
    """A document is named once for each thing that it does."""

    def clean(self) -> None:
        if any(self.errors):
            return
        named = [(values["instrument"].pk, values["relation"]) for values in kept_rows(self)]
        if len(named) != len(set(named)):
            raise ValidationError(gettext("This document is named twice."))


def row_set(form: type[BookRow], formset: type[BaseFormSet] = BaseFormSet) -> type[BaseFormSet]:
    return formset_factory(
        form,
        formset=formset,
        extra=1,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 20,
        validate_max=True,
    )


RoleSet = row_set(RoleForm)
LawSet = row_set(LawForm, NoDoubles)


def kept_rows(formset: BaseFormSet) -> list[dict[str, Any]]:
    """The values of the rows that were there or were filled in, and not taken out."""
    return [
        form.values
        for form in formset.forms
        if form.cleaned_data
        and not form.cleaned_data.get("DELETE")
        and (form.has_changed() or form.cleaned_data.get("id"))
    ]


def roles_of(mechanism: Mechanism) -> list[dict[str, Any]]:
    rows = mechanism.roles.all() if mechanism.pk else []
    return [
        {
            "id": role.pk,
            "part": role.part,
            "unit": role.unit_id,
            "holder": role.holder,
            "session_number": role.session_number,
            "since": known(role.since, role.since_precision),
            "until": known(role.until, role.until_precision),
            "source_text": role.source_text,
        }
        for role in rows
    ]


def laws_of(owner: Any) -> list[dict[str, Any]]:
    rows = owner.laws.all() if owner.pk else []
    return [
        {"id": law.pk, "instrument": law.instrument_id, "relation": law.relation, "about": law.about} for law in rows
    ]


class SeriesForm(PortalModelForm):
    class Meta(PortalModelForm.Meta):
        model = MeetingSeries
        fields = ["name_vi", "short_name", "name_en", "kind", "unit", "note", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_choose(self.instance.unit_id)  # type: ignore[attr-defined]
        self.fields["unit"].help_text = _("Its people may write down sessions too.")

    def layout(self) -> Layout:
        return Layout("name_vi", row("short_name", "name_en"), row("kind", "unit"), "note", "is_active")


class SessionForm(PortalModelForm):
    """A session; its day as exactly as it is known, its file by number."""

    when = KnownDayField(label=_("Day of the session"), required=False)
    file = LineField(
        label=_("File of the delegation or event"),
        max_length=40,
        required=False,
        help_text=_("Its number, for example ĐR-2026-0012."),
    )

    class Meta(PortalModelForm.Meta):
        model = MeetingSession
        fields = ["number", "title", "until", "place", "format", "part", "status", "unit", "result", "source_text"]
        widgets = {"part": forms.RadioSelect, "status": forms.RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        session = self.instance
        self.fields["unit"].queryset = units_to_choose(session.unit_id)  # type: ignore[attr-defined]
        self.fields["format"].choices = [("", _("not known")), *SessionFormat.choices]  # type: ignore[attr-defined]
        self.fields["number"].help_text = _("Empty if the sessions of this series carry no number.")
        self.fields["until"].help_text = _("Only for a session of several days.")
        self.fields["source_text"].help_text = _("For history that was written down elsewhere: paper, article, report.")
        self.initial["when"] = known(session.on, session.precision)
        if session.case is not None:
            self.initial["file"] = shown(session.case.number)

    def clean_file(self) -> Case | None:
        text = self.cleaned_data["file"]
        if not text:
            return None
        case = Case.objects.visible_to(self.user).filter(number=normalise_number(text)).first()
        if case is None and self.instance.case is not None and text == shown(self.instance.case.number):
            case = self.instance.case
        if case is None:
            raise ValidationError(gettext("There is no file “%(number)s” that you may read.") % {"number": text})
        return case

    @property
    def values(self) -> dict[str, Any]:
        plain = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return plain | {"case": self.cleaned_data["file"]}

    def layout(self) -> Layout:
        return Layout(
            section(_("Which session?"), row("number", "title"), anchor="phien"),
            section(_("When and where does it meet?"), row("when", "until"), row("place", "format"), anchor="khi-nao"),
            section(_("What do we do there?"), "part", row("unit", "file"), anchor="vai-tro"),
            section(_("What is known of it?"), "status", "result", "source_text", anchor="ket-qua"),
        )
