"""The test screen: choose a file and a day, propose a change, and see both side by side before anything takes effect."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intlcoop.people.models import User
from intlcoop.regulations.choices import Severity
from intlcoop.regulations.models import Parameter
from intlcoop.regulations.wording import value_text
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.forms import DayField, LineField, PortalForm, row, section
from intlcoop.web.retained import typed
from intlcoop.workflow import trial as trials
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.facts import facts_of
from intlcoop.workflow.models import Case, RouteRule
from intlcoop.workflow.route_forms import NumberField, kinds_with_routes

METHODS = ["GET", "HEAD", "POST"]
SAMPLES = 20
FACT = "gia_dinh_"
LARGEST = 100_000


class TrialForm(PortalForm):
    """A file by its number, or the facts of a made-up one; a day; at most one change."""

    number = LineField(
        label=gettext_lazy("Number of a file"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"list": "ho-so-mau", "autocomplete": "off"}),
        help_text=gettext_lazy("Leave it empty to try the facts of a made-up file below."),
    )
    on = DayField(label=gettext_lazy("Submitted on"), help_text=gettext_lazy("The rules of this day choose the route."))
    parameter = forms.ChoiceField(label=gettext_lazy("Another value for"), required=False)
    value = NumberField(label=gettext_lazy("New value"), min_value=0, max_value=LARGEST, required=False)
    severity = forms.ChoiceField(
        label=gettext_lazy("Effect"),
        required=False,
        choices=[
            ("", gettext_lazy("as today")),
            (Severity.BLOCK, Severity.BLOCK.label),
            (Severity.WARN, Severity.WARN.label),
        ],
    )
    draft = forms.ModelChoiceField(
        label=gettext_lazy("A draft of a route rule"), queryset=RouteRule.objects.none(), required=False
    )

    def __init__(self, *args: Any, user: User, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.kind = user, kind
        self.case: Case | None = None
        self.facts = facts_of(kind)
        self.fields["parameter"].choices = [("", "—"), *numeric_parameters(user)]  # type: ignore[attr-defined]
        drafts = RouteRule.objects.visible_to(user).filter(is_draft=True).order_by("kind", "priority", "code")
        self.fields["draft"].queryset = drafts  # type: ignore[attr-defined]
        self.fields["draft"].label_from_instance = lambda rule: f"{rule.title} (v{rule.version})"  # type: ignore[attr-defined]
        for fact in self.facts:
            self.fields[FACT + fact.name] = forms.ChoiceField(
                label=fact.label, choices=fact.choices, initial=fact.usual, required=False
            )

    def layout(self) -> Layout:
        names = [FACT + fact.name for fact in self.facts]
        return Layout(
            section(_("Which file, on which day?"), row("number", "on"), anchor="ho-so"),
            section(_("Which change? Leave it empty to see the rules as they are."), row("parameter", "value", "severity"),
                    "draft", anchor="thay-doi"),
            section(_("A made-up file, when no number is given"), *[row(*names[at : at + 2]) for at in range(0, len(names), 2)],
                    anchor="gia-dinh"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("number"):
            self.case = file_of(self.user, cleaned["number"])
            if self.case is None:
                self.add_error("number", _("You can see no file with this number that walks a route."))
        if cleaned.get("parameter") and cleaned.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Enter the value to try."))
        if cleaned.get("parameter") and cleaned.get("draft"):
            self.add_error("draft", _("Try one change at a time, so that you see what it does."))
        return cleaned

    @property
    def values(self) -> dict[str, str]:
        """The facts of the made-up file."""
        return {fact.name: self.cleaned_data.get(FACT + fact.name) or fact.usual for fact in self.facts}


def numeric_parameters(user: User) -> list[tuple[str, str]]:
    rows = Parameter.objects.visible_to(user).on(timezone.localdate())
    return [
        (each.key, f"{each.get_key_display()} ({value_text(each.value, each.unit)})")
        for each in rows
        if isinstance(each.value, int)
    ]


def file_of(user: User, text: str) -> Case | None:
    codes = [code for code, _label in kinds_with_routes()]
    visible = Case.objects.visible_to(user).filter(kind__in=codes).select_related("unit", "created_by")
    return visible.filter(number=normalise_number(text) or text).first()


def samples_of(user: User) -> list[tuple[str, str]]:
    """Files to choose from: samples first, then the newest."""
    codes = [code for code, _label in kinds_with_routes()]
    rows = Case.objects.visible_to(user).filter(kind__in=codes).order_by("-is_sample", "-pk")[:SAMPLES]
    return [(shown(each.number), each.title) for each in rows]


@require_http_methods(METHODS)
def trial(request: HttpRequest) -> HttpResponse:
    """A POST that changes nothing: whatever is tried is rolled back before the page is drawn."""
    if not rules.has_perm("workflow.test_rules", request.user):
        raise PermissionDenied(_("Rules are tried by administrators, auditors and International Cooperation."))
    user, kinds = person_of(request), kinds_with_routes()
    asked = request.GET.get("loai", "")
    kind = asked if asked in dict(kinds) else kinds[0][0]
    initial = {
        "on": timezone.localdate(),
        "number": request.GET.get("ho_so", "")[:24],
        "draft": request.GET.get("ban_thao", "")[:9],
    }
    form = TrialForm(typed(request), user=user, kind=kind, initial=initial)
    context: dict[str, Any] = {"form": form, "samples": samples_of(user), "kinds": kinds, "kind": kind}
    if request.method == "POST" and form.is_valid():
        context |= results(form)
    context["crumbs"] = [Crumb(_("Administration"), reverse("people:administration"))]
    return render(request, "workflow/routes/trial.html", context)


def results(form: TrialForm) -> dict[str, Any]:
    """Before and after; one column when no change was proposed."""
    values, on = form.cleaned_data, form.cleaned_data["on"]
    look = (
        partial(trials.look_at, form.case, on)
        if form.case is not None
        else partial(trials.look_at_facts, form.kind, form.values, on)
    )
    before = look()
    found = {"case": form.case, "on": on, "facts": before.route.facts}
    change = change_of(values, on)
    if change is None:
        return found | {"sides": trials.sides(before, before)[:1]}
    pair = trials.sides(before, trials.after(look, change))
    return found | {"sides": pair, "is_same": trials.is_same(*pair)}


def change_of(values: dict[str, Any], on: Any) -> trials.Change | None:
    if values["parameter"]:
        return trials.parameter_changed(values["parameter"], values["value"], values["severity"], on)
    if values["draft"]:
        return trials.rule_published(values["draft"], on)
    return None
