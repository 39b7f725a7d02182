"""What is wrong on this page, all at once and each with a way to its field?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BaseFormSet
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Problem:
    """`target` is the id of the field; "" when the error belongs to the form as a whole."""

    label: str
    text: str
    target: str


def summary_of(*forms: BaseForm | BaseFormSet | None) -> list[Problem]:
    """Every error of the bound forms and formsets, in the order given."""
    return [problem for form in forms if form is not None and form.is_bound for problem in problems_of(form)]


def problems_of(form: BaseForm | BaseFormSet) -> Iterator[Problem]:
    if isinstance(form, BaseFormSet):
        for error in form.non_form_errors():
            yield Problem("", str(error), "")
        for row, each in enumerate(form.forms, start=1):
            if each not in form.deleted_forms:
                yield from problems_of_form(each, gettext("Row %(row)d") % {"row": row})
    else:
        yield from problems_of_form(form, "")


def problems_of_form(form: BaseForm, place: str) -> Iterator[Problem]:
    for name, errors in form.errors.items():
        field = None if name == NON_FIELD_ERRORS else form[name]
        label = str(field.label) if field is not None else ""
        target = field.id_for_label or field.auto_id if field is not None else ""
        for error in errors:
            yield Problem(" – ".join(part for part in (place, label) if part), str(error), target)
