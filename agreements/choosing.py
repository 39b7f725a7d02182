"""A partner or an agreement chosen by typing: of a hundred thousand partners no list can be scrolled through.

The field takes the name (or the number) as it is offered while typing, and the key with which another page leads here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.models import InternationalAgreement, Partner
from agreements.queries.alike import partners_like
from agreements.queries.naming import partners_named, written, written_agreement
from intlcoop.catalogues.models import CooperationField
from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.forms import LineField

#: Of the digits of a key; of more than 4300 Python itself makes no number.
LONGEST_KEY = 19


class SuggestingInput(forms.TextInput):
    """A line that asks the server for names while somebody types; without JavaScript the whole name is typed."""

    def __init__(self, address: Any, listed: str) -> None:
        super().__init__({"autocomplete": "off", "list": listed})
        self.address = address

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-suggest": str(self.address)}


class ChosenField(LineField, ABC):
    """Gives the row that was meant, or None. `keep` is what stands there already: it stays, whatever became of it."""

    address: ClassVar[Any] = ""
    listed = ""

    def __init__(self, *, keep: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", SuggestingInput(self.address, self.listed))
        super().__init__(max_length=None, **kwargs)
        self.keep = keep

    @classmethod
    def of(cls, model: type[models.Model], name: str, **kwargs: Any) -> Self:
        """In the place of the list that a form of this model would show."""
        field: Any = model._meta.get_field(name)
        kwargs = {"label": capfirst(field.verbose_name), "help_text": field.help_text} | kwargs
        return cls(required=not field.blank, **kwargs)

    @abstractmethod
    def named(self, text: str) -> Any:
        """The row that was typed. Raises ValidationError with what to do where there is none, or more than one."""

    @abstractmethod
    def of_key(self, pk: int) -> Any:
        """The row of this key, if it may be chosen or stands there already."""

    @abstractmethod
    def words_of(self, row: Any) -> str:
        """How the row is written in the field, as `named` reads it again."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, models.Model):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        if key_in(text):
            return self.of_key(int(text)) or self.named(text)
        return self.named(text[:300])

    def run_validators(self, value: Any) -> None:
        """What was found is a row, not a text."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, models.Model):
            return self.words_of(value)
        if isinstance(value, int) or key_in(value):
            row = self.of_key(int(value))
            return self.words_of(row) if row is not None else value
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return " ".join(str(self.prepare_value(initial) or "").split()) != " ".join(
            str(self.prepare_value(data) or "").split()
        )


def key_in(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < LONGEST_KEY


class PartnerField(ChosenField):
    """A partner by one of its names; one that is not in the list is proposed first."""

    address = reverse_lazy("agreements:partner_names")
    listed = "doi-tac"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"label": _("Partner")} | kwargs))

    def of_key(self, pk: int) -> Partner | None:
        return Partner.objects.offered(keep=self.keep).filter(pk=pk).select_related("country").first()

    def words_of(self, row: Partner) -> str:
        return written(row)

    def named(self, text: str) -> Partner:
        found = partners_named(text)
        if len(found) > 1:
            found = [each for each in found if fold(written(each)) == fold(text)] or found
        if not found:
            raise ValidationError(self.not_there(text))
        if len(found) > 1:
            names = "; ".join(written(each) for each in found[:5])
            raise ValidationError(gettext("Several partners are called so: %(names)s. Choose one.") % {"names": names})
        partner = found[0]
        if not partner.is_active and partner.pk != self.keep:
            raise ValidationError(gettext("“%(name)s” is no longer chosen. Name another partner.") % {"name": partner})
        return partner

    def not_there(self, text: str) -> str:
        near = [written(each.partner) for each in partners_like([text], most=3)]
        if near:
            said = gettext(
                "“%(name)s” is not in the list of partners. Similar: %(names)s. Choose one, or propose it first."
            )
            return said % {"name": text[:80], "names": "; ".join(near)}
        said = gettext("“%(name)s” is not in the list of partners. Choose from the list, or propose it first.")
        return said % {"name": text[:80]}


class PartnerFilter(django_filters.Filter):
    """A list narrowed by a partner that is typed, or that another page names by its key."""

    field_class = PartnerField


def field_filter() -> django_filters.ModelChoiceFilter:
    """By the fields of cooperation that a row names."""
    return django_filters.ModelChoiceFilter(
        field_name="fields",
        queryset=CooperationField.objects.filter(is_active=True),
        label=_("Field"),
        empty_label=_("All"),
    )


class AgreementField(ChosenField):
    """An agreement by its number. `rows` are those that this person may choose; set by the form that knows the person."""

    address = reverse_lazy("agreements:agreement_numbers")
    listed = "thoa-thuan"

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = kwargs.get("help_text") or _("Type its number, or words of its title, and choose.")
        super().__init__(**({"label": _("Agreement")} | kwargs))
        self.offer(InternationalAgreement.objects.none(), None)

    def offer(self, readable: models.QuerySet[Any], keep: int | None) -> None:
        """Those of `readable`, and the one that is chosen already: by its number alone where its title is not for this reader."""
        known = readable.filter(pk=models.OuterRef("pk")).order_by().values("pk")
        rows = InternationalAgreement.objects.annotate(readable=models.Exists(known)).select_related("case")
        self.rows, self.keep = rows.filter(models.Q(readable=True) | models.Q(pk=keep)), keep

    def of_key(self, pk: int) -> Any:
        return self.rows.filter(pk=pk).first()

    def words_of(self, row: Any) -> str:
        return written_agreement(row) if getattr(row, "readable", True) else shown(row.case.number)

    def named(self, text: str) -> InternationalAgreement:
        number = normalise_number(text.partition("·")[0].strip())
        found = self.rows.filter(case__number=number).first() if number else None
        if found is None:
            said = gettext("There is no agreement “%(number)s” that can be chosen here. Look at the number again.")
            raise ValidationError(said % {"number": text[:80]})
        return found


def written_rows(rows: Iterable[Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """Initial values of repeating rows with their partner in words, read with the rows: no question per row."""
    return [
        {name: getattr(each, name) for name in names} | {"partner": written(each.partner) if each.partner else ""}
        for each in rows
    ]
