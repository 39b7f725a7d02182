"""What is typed about a route rule: its conditions as checkboxes over the closed facts, its steps as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Layout
from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from intlcoop.people import offices
from intlcoop.regulations.models import Instrument
from intlcoop.web.forms import DayField, LineField, PortalForm, PortalModelForm, row, section
from intlcoop.workflow import registry
from intlcoop.workflow.choices import Facet, RuleRole, StepKind
from intlcoop.workflow.facts import facts_of
from intlcoop.workflow.models import RouteRule
from intlcoop.workflow.route_rules import ONE_DAY, STEP_FIELDS

MOST_STEPS = 40
CONDITION = "dk_"


class NumberField(forms.IntegerField):
    """A small whole number, typed without the arrows of a browser's own input."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class RuleForm(PortalModelForm):
    """A draft. No box of a fact ticked means that the fact does not matter."""

    class Meta(PortalModelForm.Meta):
        model = RouteRule
        fields = ["title", "role", "priority", "is_enabled", "instrument", "citation", "needs_check"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts_of(self.instance.kind)
        for fact in self.facts:
            self.fields[CONDITION + fact.name] = forms.MultipleChoiceField(
                label=fact.label,
                choices=fact.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=self.instance.conditions.get(fact.name, []),
            )
        self.fields["citation"].help_text = _("Article, clause, or the paper that says so.")
        self.fields["citation"].required = False
        self.fields["citation"].label = _("Citation")
        self.fields["instrument"].label = _("Legal instrument")
        self.fields["instrument"].queryset = Instrument.objects.order_by("symbol")  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        names = [CONDITION + fact.name for fact in self.facts]
        return Layout(
            section(_("What is the rule?"), "title", row("role", "priority"), "is_enabled", anchor="quy-tac"),
            section(_("For which files? Nothing ticked: it does not matter."), *names, anchor="dieu-kien"),
            section(_("By what law?"), row("instrument", "citation"), "needs_check", anchor="can-cu"),
        )

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the draft; a fact with every box ticked is no condition either."""
        cleaned = dict(self.cleaned_data)
        ticked = {fact.name: cleaned.pop(CONDITION + fact.name) for fact in self.facts}
        narrowing = {
            fact.name: ticked[fact.name] for fact in self.facts if 0 < len(ticked[fact.name]) < len(fact.values)
        }
        return cleaned | {"conditions": narrowing}


def office_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((code, offices.office_label(code)) for code in offices.ALL)]


class StepForm(PortalForm):
    """One step; steps with the same number run side by side."""

    order = NumberField(label=_("Order"), min_value=1, max_value=99)
    kind = forms.ChoiceField(label=_("Step"), choices=[("", "—"), *StepKind.choices])
    office = forms.ChoiceField(label=_("Office"), choices=lazy(office_choices, list))
    body = LineField(label=_("Body outside the ministry"), max_length=200, required=False)
    due_working_days = NumberField(label=_("Due in working days"), min_value=1, max_value=365, required=False)
    binds = forms.MultipleChoiceField(
        label=_("A decision here binds"), choices=Facet.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    only_if_disagreed = forms.BooleanField(label=_("Only after a disagreeing opinion"), required=False)
    citation = LineField(
        label=_("Citation"), max_length=400, required=False, help_text=_("Empty: the legal basis of the whole rule.")
    )

    def layout(self) -> Layout:
        return Layout(
            row("order", "kind", "office"),
            row("due_working_days", "body"),
            InlineCheckboxes("binds"),
            "only_if_disagreed",
            "citation",
        )


class StepRows(BaseFormSet):
    """The steps of a draft, in any order; the numbers say what comes first."""

    @property
    def values(self) -> list[dict[str, Any]]:
        kept = [form for form in self.forms if form.has_changed() and form not in self.deleted_forms]
        return [{name: form.cleaned_data.get(name) for name in STEP_FIELDS} for form in kept if form.cleaned_data]


StepFormSet: Any = formset_factory(
    StepForm,
    formset=StepRows,
    can_delete=True,
    extra=2,
    max_num=MOST_STEPS,
    validate_max=True,
    absolute_max=MOST_STEPS + 2,
)


def step_rows(rule: RouteRule, data: Any) -> Any:
    initial = [{name: getattr(step, name) for name in STEP_FIELDS} for step in rule.steps.all()]
    return StepFormSet(data, prefix="buoc", initial=initial)


def kinds_with_routes() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in registry.kinds_with_routes()]


class NewRuleForm(PortalForm):
    kind = forms.ChoiceField(label=_("Kind of file"), choices=lazy(kinds_with_routes, list))
    title = LineField(label=_("Title"), max_length=200)
    role = forms.ChoiceField(label=_("What the rule gives"), choices=RuleRole.choices, initial=RuleRole.ROUTE)
    like = forms.ModelChoiceField(
        label=_("Begin with the steps of"),
        queryset=RouteRule.objects.none(),
        required=False,
        empty_label=_("an empty rule"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["like"]
        field.queryset = RouteRule.objects.published().on(timezone.localdate()).order_by("kind", "priority")  # type: ignore[attr-defined]
        field.label_from_instance = lambda rule: rule.title  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout("title", row("kind", "role"), "like")


class PublishForm(PortalForm):
    """From when a version holds, and why."""

    valid_from = DayField(
        label=_("In force from"), help_text=_("Tomorrow at the earliest; files submitted before keep their route.")
    )
    valid_until = DayField(label=_("Until"), required=False, help_text=_("Leave empty while no end is known."))
    reason = LineField(label=_("Reason"), max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate() + ONE_DAY

    def layout(self) -> Layout:
        names: Sequence[str] = [name for name in ("valid_from", "valid_until") if name in self.fields]
        return Layout(row(*names), "reason")


class SwitchForm(PublishForm):
    valid_until = None  # type: ignore[assignment]  # how a form leaves out a field of its parent
