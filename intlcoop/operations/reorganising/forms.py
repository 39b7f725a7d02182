"""What is said of a reorganisation: which units, what becomes of them, by which decision; what becomes of each person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm
from intlcoop.operations.reorganising.dividing import Record
from intlcoop.people.choices import Role, UnitType
from intlcoop.people.forms import living_units
from intlcoop.people.models import Appointment, OrgUnit
from intlcoop.people.reorganising import Decision
from intlcoop.web.forms import DayField, LineField, LongTextField, PortalForm, row, section

NEW_FIELDS = ("name_vi", "name_en", "code", "short_name", "symbol")


class ReorganisationForm(PortalForm):
    """What every reorganisation says: from which day, by which decision."""

    on = DayField(label=_("Takes effect on"), help_text=_("The first day on which the successor carries on."))
    number = LineField(label=_("Number of the decision"), max_length=80)
    decided_on = DayField(label=_("Date of the decision"))
    issuer = LineField(label=_("Decided by"), max_length=160, required=False)
    note = LongTextField(label=_("Basis and note"), max_length=2000, required=False)

    def __init__(self, *args: Any, unit: OrgUnit, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        on, decided = cleaned.get("on"), cleaned.get("decided_on")
        if decided and decided > timezone.localdate():
            self.add_error("decided_on", _("The decision cannot bear a date in the future."))
        elif on and decided and decided > on:
            self.add_error("decided_on", _("A reorganisation cannot take effect before it is decided."))
        return cleaned

    def units(self) -> list[OrgUnit]:
        """The units that end."""
        return [self.unit]

    def heir(self) -> OrgUnit | None:
        """The unit that carries on, if it exists already."""
        return self.cleaned_data.get("into") or self.cleaned_data.get("first")

    def decision(self) -> Decision:
        data = self.cleaned_data
        return Decision(
            on=data["on"],
            number=data["number"],
            decided_on=data["decided_on"],
            issuer=data["issuer"],
            note=data["note"],
        )

    def new_unit(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in NEW_FIELDS}

    def by_decision(self) -> Any:
        return section(_("By which decision"), row("number", "decided_on"), row("issuer", "on"), "note")


class MergeForm(ReorganisationForm):
    others = forms.ModelMultipleChoiceField(
        label=_("Merged together with it"),
        queryset=OrgUnit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave all unchecked where this unit alone is merged."),
    )
    into = forms.ModelChoiceField(
        label=_("Into an existing unit"),
        queryset=OrgUnit.objects.none(),
        required=False,
        help_text=_("Leave it empty where a new unit is set up, and name that one below."),
    )
    name_vi = LineField(label=_("Name in Vietnamese"), max_length=200, required=False)
    name_en = LineField(label=_("Name in English"), max_length=200, required=False)
    code = LineField(
        label=_("Code"),
        max_length=20,
        required=False,
        help_text=_("Letters without accents and digits, used once only."),
    )
    short_name = LineField(label=_("Short name"), max_length=60, required=False)
    symbol = LineField(label=_("Symbol in official numbers"), max_length=20, required=False)
    unit_type = forms.ChoiceField(label=_("Type"), choices=UnitType.choices[1:], required=False)

    def __init__(self, *args: Any, unit: OrgUnit, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        offered = living_units().exclude(pk=unit.pk).filter(parent__isnull=False, merged_into__isnull=True)
        for name in ("others", "into"):
            self.fields[name].queryset = offered  # type: ignore[attr-defined]
        self.fields["unit_type"].initial = unit.unit_type

    def layout(self) -> Layout:
        return Layout(
            section(_("Which units"), "others"),
            section(
                _("Into what"), "into", "name_vi", "name_en", row("code", "short_name"), row("symbol", "unit_type")
            ),
            self.by_decision(),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        into, others = cleaned.get("into"), cleaned.get("others") or []
        new = any(cleaned.get(name) for name in NEW_FIELDS)
        if into is None and not new:
            self.add_error("into", _("Choose the unit that carries on, or name the new unit."))
        elif into is not None and new:
            self.add_error("into", _("Either an existing unit or a new one: empty one of the two."))
        elif into is not None and into in others:
            self.add_error("others", _("A unit cannot be merged into itself: “%(unit)s”.") % {"unit": into})
        elif new:
            for name in ("name_vi", "code"):
                if not cleaned.get(name):
                    self.add_error(name, _("A new unit needs a name and a code."))
        return cleaned

    def units(self) -> list[OrgUnit]:
        return [self.unit, *self.cleaned_data["others"]]

    def target(self) -> OrgUnit | dict[str, Any]:
        """The unit that carries on, or the fields of the new one."""
        into = self.cleaned_data["into"]
        return into or self.new_unit() | {"unit_type": self.cleaned_data["unit_type"] or self.unit.unit_type}


class RenameForm(ReorganisationForm):
    name_vi = LineField(label=_("New name in Vietnamese"), max_length=200)
    name_en = LineField(label=_("New name in English"), max_length=200, required=False)
    code = LineField(
        label=_("Code"),
        max_length=20,
        help_text=_("Another one than now: files of the past keep the old name and code."),
    )
    short_name = LineField(label=_("Short name"), max_length=60, required=False)
    symbol = LineField(label=_("Symbol in official numbers"), max_length=20, required=False)

    def __init__(self, *args: Any, unit: OrgUnit, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        for name in ("name_en", "short_name", "symbol"):
            self.fields[name].initial = getattr(unit, name)

    def layout(self) -> Layout:
        return Layout(
            section(_("New name"), "name_vi", "name_en", row("code", "short_name", "symbol")), self.by_decision()
        )


class DivisionForm(ReorganisationForm):
    first = forms.ModelChoiceField(label=_("Carries on what is given to no other"), queryset=OrgUnit.objects.none())
    heirs = forms.ModelMultipleChoiceField(
        label=_("The other successors"),
        queryset=OrgUnit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A new unit is added first, on the page of units."),
    )

    def __init__(self, *args: Any, unit: OrgUnit, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        offered = living_units().exclude(pk=unit.pk).filter(parent__isnull=False, merged_into__isnull=True)
        for name in ("first", "heirs"):
            self.fields[name].queryset = offered  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(section(_("Among which units"), "first", "heirs"), self.by_decision())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("first") in (cleaned.get("heirs") or []):
            self.add_error("heirs", _("The first successor is not named again here."))
        return cleaned

    def successors(self) -> list[OrgUnit]:
        return [self.cleaned_data["first"], *self.cleaned_data["heirs"]]


class HandingForm(PortalForm):
    """To whom each person and each record goes: one choice for each, the first successor unless said otherwise."""

    summary = False

    def __init__(
        self, *args: Any, rows: Sequence[Appointment], records: Sequence[Record], heirs: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.records, self.heirs = rows, records, heirs
        units = [(str(heir.pk), heir.name) for heir in heirs]
        for held in rows:
            roles = [
                (f"{pk}:{role.value}", f"{role.label} – {name}")
                for pk, name in units
                for role in PeopleForm.roles_for(held)
            ]
            self.fields[PeopleForm.name_of(held)] = forms.ChoiceField(
                label=f"{held.person} – {held.get_role_display()}",
                choices=[("", _("leaves office")), *roles],
                required=False,
                initial="" if held.role in Role.LEADING else f"{heirs[0].pk}:{held.role}",
            )
        for record in records:
            self.fields[record.key] = forms.ChoiceField(
                label=record.title, help_text=record.kind, choices=units, required=False, initial=units[0][0]
            )

    def value_of(self, name: str) -> str:
        return (self.cleaned_data if self.is_bound else {}).get(name, self.fields[name].initial) or ""

    def roles(self) -> dict[int, tuple[int, str]]:
        found = {}
        for held in self.rows:
            unit, _colon, role = self.value_of(PeopleForm.name_of(held)).partition(":")
            found[held.pk] = (int(unit) if unit else self.heirs[0].pk, role)
        return found

    def given(self) -> dict[str, int]:
        return {record.key: int(self.value_of(record.key) or self.heirs[0].pk) for record in self.records}


class PeopleForm(PortalForm):
    """What becomes of everybody who is in office on the day: one choice per appointment."""

    summary = False

    def __init__(self, *args: Any, rows: Sequence[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for held in rows:
            choices = [("", _("leaves office")), *((role.value, role.label) for role in self.roles_for(held))]
            self.fields[self.name_of(held)] = forms.ChoiceField(
                label=f"{held.person} – {held.get_role_display()}",
                help_text=held.unit.name,
                choices=choices,
                required=False,
                initial="" if held.role in Role.LEADING else held.role,
            )

    @staticmethod
    def name_of(held: Appointment) -> str:
        return f"vai_tro_{held.pk}"

    @staticmethod
    def roles_for(held: Appointment) -> list[Role]:
        usual = [Role.HEAD, Role.DEPUTY_HEAD, Role.OFFICER, Role.FOCAL, Role.CLERK]
        return usual if held.role in usual else [Role(held.role)]

    def roles(self) -> dict[int, str]:
        """{id of an appointment: role with the successor, "" for none}."""
        chosen = self.cleaned_data if self.is_bound else {}
        return {
            held.pk: chosen.get(self.name_of(held), self.fields[self.name_of(held)].initial) or "" for held in self.rows
        }


class ScanForm(GuardedFilesForm, PortalForm):
    """The decision itself, if it is at hand."""

    scan = GuardedFileField(label=_("Decision (scan)"), required=False)

    def layout(self) -> Layout:
        return Layout("scan", "no_secret_declared")
