"""What is typed about an item of a dossier or a duty: for which files by ticked facts, from when, by what law, and why."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.choices import DutyCause
from agreements.queries.legal_rules import CAUSES, TERMS, brought_by, facts_for
from intlcoop.regulations.choices import ParameterKey, RuleSort
from intlcoop.regulations.forms import WhyMixin, instrument_field
from intlcoop.web.forms import DayField, LineField, PortalForm, row, section

CONDITION = "dk_"


class LegalRuleForm(WhyMixin, PortalForm):
    """No box of a fact ticked means that the fact does not matter."""

    sort = ""
    name_vi = LineField(label=_("Name in Vietnamese"), max_length=300)
    name_en = LineField(label=_("Name in English"), max_length=300, required=False, help_text=_("May stay empty."))
    valid_from = DayField(
        label=_("In force from"),
        help_text=_("Today at the earliest. Files submitted before keep the rule of their day."),
    )
    instrument = instrument_field()
    citation = LineField(
        label=_("Legal basis"), max_length=400, help_text=_("Article and clause as they are cited on files.")
    )
    needs_check = forms.BooleanField(label=_("To be checked against the source"), required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.facts = kind, facts_for(self.sort, kind)
        chosen = self.initial.get("conditions", {})
        for fact in self.facts:
            self.fields[CONDITION + fact.name] = forms.MultipleChoiceField(
                label=fact.label, choices=fact.choices, required=False, widget=forms.CheckboxSelectMultiple,
                initial=chosen.get(fact.name, []),
            )  # fmt: skip
        self.fields["is_published"].initial = True

    def clean(self) -> dict[str, Any]:
        """The conditions as the rule keeps them; a fact with every box ticked is none."""
        cleaned = super().clean() or self.cleaned_data
        ticked = {fact.name: cleaned.pop(CONDITION + fact.name, []) for fact in self.facts}
        cleaned["conditions"] = {
            fact.name: ticked[fact.name] for fact in self.facts if 0 < len(ticked[fact.name]) < len(fact.values)
        }
        return cleaned

    def parts(self, *what: Any) -> Layout:
        names = [CONDITION + fact.name for fact in self.facts]
        return Layout(
            section(_("What is asked for?"), "name_vi", "name_en", *what, "valid_from", anchor="noi-dung"),
            section(_("For which files? Nothing ticked: it does not matter."), *names, anchor="dieu-kien"),
            section(_("On what it stands"), "instrument", "citation", "needs_check", anchor="can-cu"),
            self.why(),
        )


class DossierItemForm(LegalRuleForm):
    sort = RuleSort.DOSSIER
    comes_from = forms.ChoiceField(label=_("Given by"))
    is_mandatory = forms.BooleanField(
        label=_("Mandatory: without it the file cannot be submitted"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comes_from"].choices = [("", "—"), *brought_by(self.kind)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        source, _colon, key = cleaned.pop("comes_from", "").partition(":")
        return cleaned | {"source": source, "key": key}

    def layout(self) -> Layout:
        return self.parts("comes_from", "is_mandatory")


class DutyRuleForm(LegalRuleForm):
    sort = RuleSort.DUTY
    cause = forms.ChoiceField(label=_("Arises"))
    recipient_vi = LineField(label=_("Goes to"), max_length=200, required=False)
    parameter = forms.ChoiceField(
        label=_("Term"), required=False,
        help_text=_("The number of days stands among the parameters and is changed there. Empty: without a term."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        causes = [(cause.value, DutyCause(cause).label) for cause in CAUSES[self.kind]]
        self.fields["cause"].choices = causes  # type: ignore[attr-defined]
        terms = [("", _("without a term")), *((key.value, ParameterKey(key).label) for key in TERMS)]
        self.fields["parameter"].choices = terms  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return self.parts(row("cause", "recipient_vi"), "parameter")


FORMS: dict[str, type[LegalRuleForm]] = {RuleSort.DOSSIER: DossierItemForm, RuleSort.DUTY: DutyRuleForm}
