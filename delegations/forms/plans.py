"""The forms of the annual plan: a line, the year with its orientation, and the short ones that ask for a day or a reason."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField
from delegations.choices import LineState, PlanKind, PlanLevel, SettlementReason
from delegations.models import PlanLine, PlanYear
from intlcoop.catalogues.models import CooperationField, Country, Currency
from intlcoop.documents.forms import validate_unmarked
from intlcoop.people.choices import Role
from intlcoop.people.models import OrgUnit, User
from intlcoop.vietnamese.numbers import roman
from intlcoop.web.forms import DayField, LineField, LongTextField, PortalForm, PortalModelForm, folded, row, section

#: So many countries can be named at once; a line that has more shows them all.
COUNTRY_FIELDS = 4
MOST_COUNTRIES = 20
#: So many people or days a line can plan.
MOST = 999
LEADING = (Role.MINISTER, Role.DEPUTY_MINISTER)
FIRST_YEAR, LAST_YEAR = 2000, 2100


def when_choices() -> list[tuple[str, Any]]:
    months = [(f"m{n}", gettext("Month %(n)s") % {"n": n}) for n in range(1, 13)]
    quarters = [(f"q{n}", gettext("Quarter %(n)s") % {"n": roman(n)}) for n in range(1, 5)]
    return [("", "—"), (gettext("Month"), months), (gettext("Quarter"), quarters)]


def month_and_quarter(text: str) -> dict[str, int | None]:
    number = int(text[1:]) if text else None
    return {"month": number if text[:1] == "m" else None, "quarter": number if text[:1] == "q" else None}


def written_when(line: PlanLine) -> str:
    return f"m{line.month}" if line.month else f"q{line.quarter}" if line.quarter else ""


class PlanLineForm(PortalModelForm):
    """What a unit plans. A title is enough to begin; what is asked besides, the ICD's guards say before submission."""

    level = forms.ChoiceField(
        label=_("Plan"),
        choices=PlanLevel,
        initial=PlanLevel.MINISTRY,
        help_text=_("Delegations led by a leader of the ministry stand in the plan that the Prime Minister approves."),
    )
    partner = PartnerField.of(PlanLine, "partner")
    when = forms.ChoiceField(label=_("Expected time"), required=False)

    class Meta(PortalModelForm.Meta):
        model = PlanLine
        fields = [
            "kind", "title", "head_rank", "leader", "partner", "partner_text", "purpose", "purpose_text", "field",
            "persons", "days", "amount", "currency", "funding_source", "basis", "note",
        ]  # fmt: skip

    def __init__(self, *args: Any, instance: PlanLine, with_level: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)  # type: ignore[misc]  # never among args
        if not with_level:
            del self.fields["level"]
        elif instance.plan_id:
            self.fields["level"].initial = instance.plan.level
        self.fields["title"].validators.append(validate_unmarked)
        self.fields["title"].help_text = _("For example: Learn from Japan's experience with local government.")
        self.fields["kind"].label = _("What is planned?")
        self.fields["persons"].min_value = self.fields["days"].min_value = 1  # type: ignore[attr-defined]
        self.fields["basis"].help_text = _("Agreement, invitation, programme or task on which this rests.")
        self.fields["partner"].help_text = _("From the list of partners, if it is there.")
        self.fields["amount"].help_text = _("For the whole line, all trips and people together.")
        self.fields["when"].choices = when_choices()  # type: ignore[attr-defined]
        self.fields["when"].initial = written_when(instance)
        if not instance.pk and instance.currency_id is None:
            self.initial["currency"] = Currency.objects.filter(code="VND").values_list("pk", flat=True).first()
        self.fields["partner"].keep = instance.partner_id  # type: ignore[attr-defined]
        self.choose("field", CooperationField.objects.filter(Q(is_active=True) | Q(pk=instance.field_id)))
        leaders = User.objects.appointed_on(timezone.localdate(), role__in=LEADING)
        self.choose("leader", User.objects.filter(Q(pk__in=leaders) | Q(pk=instance.leader_id)))
        self.offer_countries(instance)

    def choose(self, name: str, queryset: Any) -> None:
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def offer_countries(self, line: PlanLine) -> None:
        """One box per country, and as many more as there is room for."""
        chosen = list(line.countries.all()) if line.pk else []
        self.book = {country.pk: country for country in [*Country.objects.abroad().filter(is_active=True), *chosen]}
        room = min(max(COUNTRY_FIELDS, len(chosen) + 1), MOST_COUNTRIES)
        choices = [("", "—"), *((pk, str(each)) for pk, each in self.book.items())]
        self.country_names = [f"country_{n}" for n in range(1, room + 1)]
        for n, name in enumerate(self.country_names):
            label = _("Country") if n == 0 else gettext("Country %(n)s") % {"n": n + 1}
            initial = chosen[n].pk if n < len(chosen) else ""
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=choices, coerce=int, empty_value=None, required=False, initial=initial
            )

    def clean_persons(self) -> int | None:
        return self.at_least_one("persons")

    def clean_days(self) -> int | None:
        return self.at_least_one("days")

    def at_least_one(self, name: str) -> int | None:
        value = self.cleaned_data[name]
        if value is not None and not 1 <= value <= MOST:
            raise forms.ValidationError(_("Write a number from 1 to %(most)s, or leave it empty.") % {"most": MOST})
        return int(value) if value is not None else None

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount is not None and amount < 0:
            raise forms.ValidationError(_("An amount cannot be negative."))
        return amount

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("amount") is not None and not cleaned.get("currency"):
            self.add_error("currency", gettext("Choose the currency of the amount."))
        return cleaned

    def _post_clean(self) -> None:
        """The row in the database is not the form's to change: services write it, and check it whole."""

    @property
    def values(self) -> dict[str, Any]:
        """What the services write."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        chosen = dict.fromkeys(self.cleaned_data[name] for name in self.country_names if self.cleaned_data[name])
        values["countries"] = [self.book[pk] for pk in chosen]
        if values["amount"] is None:
            values["currency"] = None
        return values | month_and_quarter(self.cleaned_data["when"])

    @property
    def chosen_level(self) -> str:
        return str(self.cleaned_data.get("level") or PlanLevel.MINISTRY)

    def layout(self) -> Layout:
        first, second = self.country_names[:2]
        more = self.country_names[2:]
        kind = row("kind", "level") if "level" in self.fields else "kind"
        return Layout(
            section(_("What, by whom?"), "title", kind, row("head_rank", "leader"), anchor="noi-dung-chinh"),
            section(
                _("Where, when, with whom?"),
                row(first, second),
                folded(_("More countries"), *more, anchor="them-nuoc"),
                "when",
                row("partner", "partner_text"),
                anchor="noi-den",
            ),
            section(_("What for?"), row("purpose", "field"), "purpose_text", "basis", anchor="muc-dich"),
            section(
                _("How many, with what money?"),
                row("persons", "days"),
                row("amount", "currency"),
                "funding_source",
                "note",
                anchor="so-luong",
            ),
        )


class UnitLineForm(PlanLineForm):
    """A line that the ICD enters for a unit."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=OrgUnit.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("unit", OrgUnit.objects.on(timezone.localdate()).filter(parent__isnull=False))

    def layout(self) -> Layout:
        return Layout("unit", super().layout())


class ChangeForm(PlanLineForm):
    """A line as a revision is to leave it, with the reasons."""

    reason_code = forms.ChoiceField(label=_("Kind of reason"), choices=[("", "—"), *SettlementReason.choices])
    reason = LongTextField(label=_("Reasons and basis"), max_length=2000, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, with_level=False, **kwargs)

    def layout(self) -> Layout:
        return Layout(super().layout(), section(_("Why?"), "reason_code", "reason", anchor="ly-do"))


class UnitChangeForm(ChangeForm):
    """A new line in a revision, entered by the ICD for a unit."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=OrgUnit.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("unit", OrgUnit.objects.on(timezone.localdate()).filter(parent__isnull=False))

    def layout(self) -> Layout:
        return Layout("unit", super().layout())


class DropForm(PortalForm):
    """Why a line is taken out of the plan."""

    reason_code = forms.ChoiceField(label=_("Kind of reason"), choices=[("", "—"), *SettlementReason.choices])
    reason = LongTextField(label=_("Reasons and basis"), max_length=2000, rows=3)


class PlanYearForm(PortalModelForm):
    class Meta(PortalModelForm.Meta):
        model = PlanYear
        fields = [
            "year", "orientation_title", "orientation_number", "orientation_date", "orientation_text",
            "proposals_due_on", "adjustments_due_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["year"]
        else:
            self.fields["year"] = forms.IntegerField(
                label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, initial=self.initial.get("year")
            )
        self.fields["orientation_title"].help_text = _("The paper in which the leaders say what the year is to serve.")
        self.fields["proposals_due_on"].help_text = _("Units read this day in the call.")

    def _post_clean(self) -> None:
        """Services write and check the row."""

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "year"}

    def layout(self) -> Layout:
        year = ["year"] if "year" in self.fields else []
        return Layout(
            *year,
            section(
                _("What is the year to serve?"),
                "orientation_title",
                row("orientation_number", "orientation_date"),
                "orientation_text",
                anchor="dinh-huong",
            ),
            section(_("Until when?"), row("proposals_due_on", "adjustments_due_on"), anchor="thoi-han"),
        )


class DueForm(PortalForm):
    """Until when."""

    due_on = DayField(label=_("Last day"))


class RevisionForm(PortalForm):
    """Why a plan is adjusted, and until when the units ask for changes."""

    reason = LongTextField(label=_("Why the plan is adjusted"), max_length=4000, rows=4)
    due_on = DayField(label=_("Units ask for changes until"), required=False)


class SettleForm(PortalForm):
    """What became of a line of an approved plan."""

    state = forms.ChoiceField(label=_("What became of it"))
    reason_code = forms.ChoiceField(
        label=_("Kind of reason"), choices=[("", "—"), *SettlementReason.choices], required=False
    )
    text = LineField(label=_("Explanation"), max_length=600, required=False)

    def __init__(self, *args: Any, line: PlanLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [LineState.MOVED, LineState.DROPPED]
        if line.kind != PlanKind.OUTBOUND:
            offered.insert(0, LineState.DONE)
        if line.state != LineState.ACCEPTED:
            offered.insert(0, LineState.ACCEPTED)
        self.fields["state"].choices = [(state.value, state.label) for state in offered]  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(Div("state", "reason_code", "text"))
