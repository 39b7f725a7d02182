"""What is typed about rules. Here text becomes types; what may change how is the services' question."""

from __future__ import annotations

import re
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.regulations.choices import InstrumentRelation, Severity, Unit
from intlcoop.regulations.kinds import ParameterKind
from intlcoop.regulations.models import Holiday, Instrument, StatutoryDeadline
from intlcoop.regulations.yearly import day_in
from intlcoop.vietnamese.normalise import nfc
from intlcoop.web.forms import DayField, LineField, LongTextField, PortalForm, PortalModelForm, folded, row, section

DAY_AND_MONTH = re.compile(r"(\d{1,2})[/.\-](\d{1,2})")
LEAP_YEAR = 2024
OUR_PATH_OR_SECURE = re.compile(r"(/(?!/)|https?://)\S*")


class DayOfYearField(forms.CharField):
    """A day of every year typed as 01/05; kept as "05-01"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "placeholder": _("dd/mm")}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = nfc(str(value or "")).strip()
        if not text:
            return ""
        found = DAY_AND_MONTH.fullmatch(text)
        try:
            day = day_in(LEAP_YEAR, int(found[2]), int(found[1])) if found else None
        except ValueError:
            day = None
        if day is None or found is None or day.day != int(found[1]):
            sentence = _("“%(value)s” is not a day of the year. Write day/month, for example 01/05.")
            raise ValidationError(sentence, params={"value": text[:40]})
        return f"{day:%m-%d}"

    def prepare_value(self, value: Any) -> Any:
        found = re.fullmatch(r"(\d{2})-(\d{2})", str(value or ""))
        return f"{found[2]}/{found[1]}" if found else value


class WordsField(LongTextField):
    """Words or phrases, one to a line; kept as a list."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        words = [" ".join(word.split()).lower() for word in re.split(r"[\n,;]", super().to_python(value))]
        return list(dict.fromkeys(word for word in words if word))

    def validate(self, value: Any) -> None:
        if not value:
            raise ValidationError(_("Write at least one word."))

    def run_validators(self, value: Any) -> None:
        if len(value) > 50 or any(len(word) > 60 for word in value):
            raise ValidationError(_("At most 50 words, each of at most 60 characters."))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class DayListField(LongTextField):
    """Numbers of days, one to a line; kept as a list of whole numbers, the largest first."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        written = [part.strip() for part in re.split(r"[\n,;]", super().to_python(value)) if part.strip()]
        wrong = next((part for part in written if not (part.isascii() and part.isdecimal() and len(part) < 5)), None)
        if wrong is not None:
            raise ValidationError(_("“%(value)s” is not a number of days."), params={"value": wrong[:40]})
        return sorted({int(part) for part in written}, reverse=True)

    def validate(self, value: Any) -> None:
        if not value:
            raise ValidationError(_("Write at least one number of days."))

    def run_validators(self, value: Any) -> None:
        if len(value) > 20 or any(days > 3650 for days in value):
            raise ValidationError(_("At most 20 numbers, none above 3650."))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(each) for each in value) if isinstance(value, list) else value


class WhyMixin(forms.Form):
    """Every change says why, and whether the units are told."""

    reason = LongTextField(
        label=_("Reason for the change"),
        rows=2,
        max_length=1000,
        help_text=_("Number and date of the document, or what was wrong. It is kept with your name and the time."),
    )
    is_published = forms.BooleanField(
        label=_("Publish under “New rules” and tell heads and focal points of all units"), required=False
    )
    news = LongTextField(
        label=_("What units should note"), rows=2, max_length=2000, required=False,
        help_text=_("One or two sentences; leave it empty and the new value itself is shown."),
    )  # fmt: skip

    def why(self) -> Any:
        return section(_("Why, and for whom"), "reason", "is_published", "news")


def instrument_field(**kwargs: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Legal instrument"), queryset=Instrument.objects.all(), required=False,
        help_text=_("Not in the list? Record the instrument first."), **kwargs,
    )  # fmt: skip


class NewValueForm(WhyMixin, PortalForm):
    """Another value of a parameter from a day on."""

    valid_from = DayField(label=_("In force from"))
    valid_until = DayField(
        label=_("Until (if limited)"), required=False, help_text=_("Afterwards the former value holds again.")
    )
    past_confirmed = forms.BooleanField(
        label=_("The value also holds for days that have passed"),
        required=False,
        help_text=_("Only needed when the first day lies before today. Files already submitted keep their deadlines."),
    )
    severity = forms.ChoiceField(label=_("Effect"), choices=Severity)
    instrument = instrument_field()
    citation = LineField(
        label=_("Legal basis"), max_length=300, help_text=_("Article and clause as they are cited on files.")
    )
    needs_check = forms.BooleanField(label=_("To be checked against the source"), required=False)

    def __init__(self, *args: Any, kind: ParameterKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields.update(_value_fields(kind))
        effects: Any = self.fields["severity"]
        effects.choices = [(effect.value, effect.label) for effect in kind.effects]
        self.fields["is_published"].initial = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.kind.unit == Unit.PERIOD:
            cleaned["value"] = {"from": cleaned.pop("first", ""), "until": cleaned.pop("last", "")}
        return cleaned

    def layout(self) -> Layout:
        value = row("first", "last") if self.kind.unit == Unit.PERIOD else "value"
        return Layout(
            section(_("New value"), value, "severity", row("valid_from", "valid_until"), "past_confirmed"),
            section(_("On what it stands"), "instrument", "citation", "needs_check"),
            self.why(),
        )


def _value_fields(kind: ParameterKind) -> dict[str, forms.Field]:
    match kind.unit:
        case Unit.PERIOD:
            return {"first": DayOfYearField(label=_("First day")), "last": DayOfYearField(label=_("Last day"))}
        case Unit.DAY_OF_YEAR:
            return {"value": DayOfYearField(label=_("Day of the year"))}
        case Unit.WORDS:
            return {"value": WordsField(label=_("Words"), rows=4, help_text=_("One to a line."))}
        case Unit.DAY_LIST:
            return {"value": DayListField(label=_("Numbers of days"), rows=4, help_text=_("One to a line."))}
    label = _("Value (%(unit)s)") % {"unit": kind.unit.label}
    number = forms.IntegerField(label=label, min_value=kind.lowest, max_value=kind.highest)
    number.widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return {"value": number}


class BasisForm(PortalForm):
    """On what a value stands; the value itself changes only from a day on."""

    instrument = instrument_field()
    citation = LineField(label=_("Legal basis"), max_length=300)
    needs_check = forms.BooleanField(label=_("To be checked against the source"), required=False)
    reason = LongTextField(label=_("Reason for the change"), rows=2, max_length=1000)


class EndForm(WhyMixin, PortalForm):
    last_day = DayField(label=_("Last day"), help_text=_("From the day after on, it no longer applies."))

    def layout(self) -> Layout:
        return Layout("last_day", self.why())


class ReasonForm(PortalForm):
    reason = LongTextField(label=_("Reason for the change"), rows=2, max_length=1000)


class SymbolsField(LineField):
    """Instruments by their numbers and symbols, with semicolons between them; gives the instruments."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Numbers and symbols with a semicolon between them: 70/2020/QH14; 64/2021/NĐ-CP.")
        )
        super().__init__(max_length=600, **kwargs)

    def clean(self, value: Any) -> list[Instrument]:  # type: ignore[override]  # a list of rows, not the text
        wanted = list(dict.fromkeys(part.strip() for part in super().clean(value).split(";") if part.strip()))
        found = {each.symbol.casefold(): each for each in Instrument.objects.all()} if wanted else {}
        unknown = [symbol for symbol in wanted if symbol.casefold() not in found]
        if unknown:
            text = gettext("There is no instrument %(symbols)s in the list. Record it first, or correct the symbol.")
            raise ValidationError(text % {"symbols": "; ".join(unknown)[:200]})
        return [found[symbol.casefold()] for symbol in wanted]


class InstrumentForm(WhyMixin, PortalModelForm):
    """An instrument as it is printed; a symbol that does not fit its issuer only warns (X-01)."""

    url = forms.URLField(label=_("Link"), max_length=300, required=False, assume_scheme="https")
    replaces = forms.ModelMultipleChoiceField(
        label=_("Replaces"), queryset=Instrument.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is replaced ends the day before this one comes into force."),
    )  # fmt: skip

    class Meta(PortalModelForm.Meta):
        model = Instrument
        fields = [
            "kind", "symbol", "title", "issuer", "issued_on", "effective_from", "effective_to", "url", "needs_check", "note",
        ]  # fmt: skip
        error_messages = {
            "symbol": {"unique": _("This number and symbol is recorded already. Correct that instrument instead.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        replaces: Any = self.fields["replaces"]
        replaces.queryset = Instrument.objects.exclude(pk=self.instance.pk)
        known = list(self.instance.links.select_related("other")) if self.instance.pk else []
        for relation in InstrumentRelation:
            here = [link.other.symbol for link in known if link.relation == relation]
            self.fields[relation.value] = SymbolsField(label=relation.label, required=False, initial="; ".join(here))
        if self.instance.pk:
            replaces.initial = list(self.instance.replaces.values_list("pk", flat=True))
        else:
            self.fields["is_published"].initial = True

    def clean(self) -> dict[str, Any]:
        """The links as the service takes them: {relation: instruments}."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["links"] = {relation: cleaned.pop(relation, []) for relation in InstrumentRelation.values}
        return cleaned

    def layout(self) -> Layout:
        return Layout(
            section(_("The instrument"), row("kind", "symbol"), "title", "issuer", "issued_on"),
            section(_("Validity"), row("effective_from", "effective_to")),
            folded(_("Which instruments it replaces"), "replaces"),
            folded(_("Which instruments it is linked to"), *InstrumentRelation.values),
            section(_("Source"), "url", "needs_check", "note"),
            self.why(),
        )


class HolidayForm(WhyMixin, PortalModelForm):
    name_en = LineField(label=_("Name in English"), max_length=120, required=False, help_text=_("May stay empty."))

    class Meta(PortalModelForm.Meta):
        model = Holiday
        fields = ["day", "name_vi", "name_en", "kind", "needs_check", "note"]

    def layout(self) -> Layout:
        first = [row("day", "kind")] if "day" in self.fields else []
        return Layout(section(_("The day"), *first, "name_vi", "name_en", "note", "needs_check"), self.why())

    def _post_clean(self) -> None:
        """The service names the row that stands in the way."""


class HolidayChangeForm(HolidayForm):
    class Meta(HolidayForm.Meta):
        fields = ["name_vi", "name_en", "needs_check", "note"]


class SwapForm(WhyMixin, PortalForm):
    off = DayField(label=_("Weekday that is off"))
    worked = DayField(label=_("Saturday or Sunday that is worked"))
    occasion = LineField(label=_("Occasion"), max_length=200, help_text=_("For example: Hoán đổi dịp Tết Dương lịch."))
    note = LineField(label=_("Paper that decides it"), max_length=300, required=False)
    needs_check = forms.BooleanField(label=_("To be checked against the source"), required=False)

    def layout(self) -> Layout:
        return Layout(
            section(_("Two days change places"), row("off", "worked"), "occasion", "note", "needs_check"), self.why()
        )


class RemoveForm(WhyMixin, PortalForm):
    def layout(self) -> Layout:
        return Layout(self.why())


class LoadYearForm(WhyMixin, PortalForm):
    """Which differences of a year to take over; the page draws the days itself."""

    days = forms.TypedMultipleChoiceField(required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], coerce: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"] = forms.TypedMultipleChoiceField(
            label=_("Days to take over"), choices=choices, coerce=coerce, required=False,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def layout(self) -> Layout:
        return Layout("days", self.why())


class ConfirmYearForm(PortalForm):
    document = LineField(
        label=_("Paper that decides the days off"), max_length=300, help_text=_("Number, date and who issued it.")
    )
    is_published = forms.BooleanField(
        label=_("Publish under “New rules” and tell heads and focal points of all units"), required=False
    )


class DeadlineForm(WhyMixin, PortalModelForm):
    day_of_year = DayOfYearField(label=_("Day of the year"))
    url = LineField(
        label=_("Link"),
        max_length=300,
        required=False,
        help_text=_("A page of the portal (/bao-cao/) or a web address."),
    )

    class Meta(PortalModelForm.Meta):
        model = StatutoryDeadline
        fields = ["kind", "what_vi", "what_en", "recipient", "instrument", "citation", "url", "needs_check"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.day:
            self.fields["day_of_year"].initial = f"{self.instance.month:02d}-{self.instance.day:02d}"

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        if url and not OUR_PATH_OR_SECURE.fullmatch(url):
            raise ValidationError(
                _("Write a web address that begins with https://, or a page of the portal that begins with /.")
            )
        return str(url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        month, _hyphen, day = cleaned.pop("day_of_year", "").partition("-")
        if day:
            cleaned |= {"day": int(day), "month": int(month)}
        return cleaned

    def _post_clean(self) -> None:
        """The service checks the row that it makes, which may be a new one."""

    def layout(self) -> Layout:
        dated = ["new_from"] if "new_from" in self.fields else []
        return Layout(
            section(_("What is due"), row("day_of_year", "kind"), "what_vi", "what_en", "recipient", *dated),
            section(_("On what it stands"), "instrument", "citation", "needs_check", "url"),
            self.why(),
        )


class DeadlineChangeForm(DeadlineForm):
    new_from = DayField(
        label=_("From"),
        required=False,
        help_text=_("For a new rule: its first day; past years keep the old one. Empty to correct a mistake."),
    )
