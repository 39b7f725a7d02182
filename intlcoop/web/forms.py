"""Fields and forms that take what Vietnamese civil servants type: dd/mm/yyyy, 1.234.567,5, composed letters.

A form is a border post: it turns text into types and lays out fields; rules live in constraints and guards.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.choices import BlankChoiceIterator
from django.utils.translation import gettext_lazy as _

from intlcoop.vietnamese.dates import parse_date, table_date
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.numbers import format_number, parse_number

LONGEST_TEXT = 10_000
ROW_PREFIX = re.compile(r"-(\d+|__prefix__)$")
NOTHING, DASHES = "—", BLANK_CHOICE_DASH[0][1]
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)

TOO_LONG = _("At most %(limit_value)d characters; this has %(show_value)d.")


class NfcText:
    """Text in composed letters, without invisible marks; `one_line` also folds runs of spaces."""

    one_line = True

    def to_python(self, value: Any) -> str:
        text = nfc(str(value)) if value not in (None, "") else ""
        return super().to_python(" ".join(text.split()) if self.one_line else text)  # type: ignore[misc]


class LineField(NfcText, forms.CharField):
    """One line of text, at most 255 characters unless said otherwise."""

    def __init__(self, *, max_length: int | None = 255, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        bound_message(self)


class LongTextField(NfcText, forms.CharField):
    """Several lines, at most 10.000 characters unless said otherwise."""

    one_line = False
    widget = forms.Textarea

    def __init__(self, *, max_length: int | None = LONGEST_TEXT, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length or LONGEST_TEXT, **kwargs)
        bound_message(self)


def bound_message(field: forms.CharField) -> None:
    """Our sentence for a text that is too long, and no silent cut by the browser of what was pasted."""
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = TOO_LONG  # type: ignore[attr-defined]
    field.widget.attrs.pop("maxlength", None)


class DayInput(forms.TextInput):
    """A text input: what a browser's own date input shows depends on the browser's language, not on the portal's."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        base = {
            "data-day": _("Choose"),
            "placeholder": _("dd/mm/yyyy"),
            "inputmode": "numeric",
            "autocomplete": "off",
            "maxlength": "30",
        }
        super().__init__(base | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.datetime):
            value = value.date()
        return table_date(value) if isinstance(value, dt.date) else (str(value) if value else None)


class DayField(forms.Field):
    """A day typed as 25/11/2026, 25-11-2026, 25.11.2026 or 2026-11-25; the day always before the month."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("“%(value)s” is not a date. Write day/month/year, for example 25/11/2026."),
        "out_of_range": _("The year of “%(value)s” must lie between 1900 and 2100."),
    }

    def __init__(self, *, input_formats: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            day = parse_date(str(value))
        except ValueError as error:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": str(value)[:40]}
            ) from error
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(
                self.error_messages["out_of_range"], code="out_of_range", params={"value": str(value)[:40]}
            )
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class AmountInput(forms.TextInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-amount": "", "inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return format_number(value)
        return str(value) if value not in (None, "") else None


class AmountField(forms.DecimalField):
    """An amount typed as 1.234.567,5 (or 1234567,5)."""

    widget = AmountInput
    default_error_messages = {"invalid": _("“%(value)s” is not an amount. Write it like 1.234.567 or 1.234.567,5.")}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # DecimalField's own answer
        if value in self.empty_values or isinstance(value, Decimal | int):
            return super().to_python(value)
        text = "".join(nfc(str(value)).split())
        if not text:
            return None
        try:
            return parse_number(text)
        except ValueError as error:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": text[:40]}
            ) from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def field_for(db_field: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of a model field: ours for text, days and decimals, Django's for the rest."""
    match db_field:
        case models.CharField() if type(db_field) is models.CharField and not db_field.choices:
            kwargs.setdefault("form_class", LineField)
        case models.TextField() if not db_field.choices:
            kwargs.setdefault("form_class", LongTextField)
        case models.DateField() if not isinstance(db_field, models.DateTimeField):
            kwargs.setdefault("form_class", DayField)
        case models.DecimalField():
            kwargs.setdefault("form_class", AmountField)
    if kwargs.get("form_class") is LongTextField:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
    return db_field.formfield(**kwargs)


def name_nothing(field: forms.Field) -> None:
    """The empty choice as one dash, in every list the same. Reads no choices: those of a queryset cost a query."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = NOTHING
    elif isinstance(field, forms.ChoiceField) and isinstance(field.choices, BlankChoiceIterator):
        field.choices = BlankChoiceIterator(field.choices.choices, [("", NOTHING)])


class PortalFormHelper(FormHelper):
    """One column inside a <form> of the template; errors beside the field and, unless `summary` is off, on top."""

    def __init__(self, form: Any = None, *, layout: Layout | None = None, summary: bool = True) -> None:
        super().__init__(form)
        self.form_tag = False
        self.disable_csrf = True
        self.render_hidden_fields = True
        self.summary = summary
        if layout is not None:
            self.layout = layout


class LaidOut:
    """A form that brings its helper along: `{% crispy form %}` is enough. Override `layout` to group the fields."""

    summary = True
    prefix: str | None
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name_nothing(field)

    def layout(self) -> Layout | None:
        return None

    @property
    def helper(self) -> PortalFormHelper:
        # The page sums up the errors of repeating rows; each row would else do it again.
        in_rows = bool(ROW_PREFIX.search(self.prefix or ""))
        return PortalFormHelper(self, layout=self.layout(), summary=self.summary and not in_rows)


class PortalForm(LaidOut, forms.Form):
    """A plain form in the portal's layout."""


class PortalModelForm(LaidOut, forms.ModelForm):
    """A model form with our fields: `class Meta(PortalModelForm.Meta): model = ...; fields = [...]`."""

    class Meta:
        formfield_callback = field_for

    @property
    def values(self) -> dict[str, Any]:
        """What a service writes: the fields of the model that passed."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}


def section(title: Any, *fields: Any, anchor: str = "") -> Fieldset:
    """A question a person asks ("Đi đâu, khi nào"), with its fields beneath."""
    attrs = {"css_id": anchor} if anchor else {}
    return Fieldset(title, *fields, css_class="form-section", **attrs)


def row(*fields: Any) -> Div:
    """Fields beside each other where there is room, below each other on a phone."""
    return Div(*fields, css_class="field-row")


def folded(title: Any, *fields: Any, anchor: str = "") -> Fieldset:
    """Fields that few need, folded away until opened; open by itself when one of them is wrong."""
    attrs = {"css_id": anchor} if anchor else {}
    return Fieldset(title, *fields, template="components/folded.html", **attrs)
