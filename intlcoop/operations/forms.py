"""The form by which a register is handed in."""

from __future__ import annotations

from typing import Any

import rules
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.choices import PlanLevel
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm
from intlcoop.operations.registers import REGISTERS
from intlcoop.people.models import OrgUnit
from intlcoop.web.forms import PortalForm, row, section


class RegisterForm(GuardedFilesForm, PortalForm):
    """Which register, the file, and what only some registers want to know."""

    kind = forms.ChoiceField(label=_("Register"), choices=())
    file = GuardedFileField(label=_("Excel file"), declared_kind="xlsx")
    default_unit = forms.ModelChoiceField(
        label=_("Unit for rows without one"),
        queryset=OrgUnit.objects.none(),
        required=False,
        help_text=_("Rows that name no unit, or one that is unknown here, are written to this unit."),
    )
    year = forms.IntegerField(
        label=_("Year of the plan"),
        min_value=2000,
        max_value=2100,
        required=False,
        help_text=_("Of lines of a plan, when the title above the table does not say it."),
    )
    level = forms.ChoiceField(
        label=_("Level of the plan"), choices=[("", _("as the title says")), *PlanLevel.choices], required=False
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, register.label) for code, register in REGISTERS.items() if rules.has_perm(register.permission, actor)
        ]
        today = timezone.localdate()
        self.fields["default_unit"].queryset = OrgUnit.objects.on(today).order_by("position", "pk")  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(
            section(_("Which register?"), "kind", "file", "no_secret_declared"),
            section(_("What the file may not say"), "default_unit", row("year", "level")),
        )
