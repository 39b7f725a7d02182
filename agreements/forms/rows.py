"""The repeating rows of this room's forms. They work with and without JavaScript; a saved row carries its id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseFormSet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choices import NameKind
from agreements.choosing import PartnerField
from agreements.models import Partner
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.folding import fold
from intlcoop.web.forms import DayField, LineField, row
from intlcoop.web.row_forms import RowForm, kept_rows, row_set

NO_CHOICE = ("", "—")


class Stamped:
    """A form whose rows replace those that are stored. `stamp` tells what is stored now; the page carries it, so that a page
    from before somebody else's change is known by it."""

    initial: Any  # as every form has it
    stored: Sequence[Mapping[str, Any]] = ()

    @property
    def stamp(self) -> str:
        fields = {name: _told(value) for name, value in self.initial.items()}
        rows = [{name: _told(value) for name, value in row.items()} for row in self.stored]
        return hashlib.sha256(json.dumps([fields, rows], sort_keys=True).encode()).hexdigest()[:24]


def _told(value: Any) -> Any:
    return sorted(str(each.pk) for each in value) if isinstance(value, list) else str(value)


class BookRow(RowForm):
    """A row that may choose from the lists of its page, and may say from when to when it holds."""

    def __init__(self, *args: Any, book: Book | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book or Book()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("since"), cleaned.get("until")
        if first and last and last < first:
            self.add_error("until", gettext("The last day cannot be before the first."))
        return cleaned


class Book:
    """The lists from which rows choose, read once per page and not once per row."""

    def __init__(self, *, units: dict[int, OrgUnit] | None = None) -> None:
        self.units = units or {}

    @classmethod
    def of_units(cls, partner: Partner | None) -> Book:
        """Units that exist today, and those that the partner has already."""
        units = OrgUnit.objects.on(timezone.localdate())
        if partner is not None and partner.pk:
            units = OrgUnit.objects.filter(Q(pk__in=units.values("pk")) | Q(partners__partner=partner)).distinct()
        return cls(units={unit.pk: unit for unit in units.order_by("position", "sort_key", "pk")})


class NameRow(BookRow):
    name = LineField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of name"), choices=NameKind.choices, initial=NameKind.ALIAS, required=False)
    until = DayField(label=_("Used until"), required=False)

    def layout(self) -> Layout:
        return Layout("id", row("name", "kind", "until"))


class UnitRow(BookRow):
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    since = DayField(label=_("Since"), required=False)
    until = DayField(label=_("Until"), required=False)
    content = LineField(label=_("About what"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [NO_CHOICE, *((pk, unit.name) for pk, unit in self.book.units.items())]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"unit": self.book.units[self.cleaned_data["unit"]]}

    def layout(self) -> Layout:
        return Layout("id", "unit", row("since", "until"), "content")


class PartnerRow(BookRow):
    """A row that names a partner of the list."""

    partner = PartnerField()


class PostRow(PartnerRow):
    title_vi = LineField(label=_("Post, in Vietnamese"), max_length=160)
    title_en = LineField(label=_("Post, in English"), max_length=160, required=False)
    since = DayField(label=_("Since"), required=False)
    until = DayField(label=_("Until"), required=False, help_text=_("Empty while they hold it."))

    def layout(self) -> Layout:
        return Layout("id", "partner", row("title_vi", "title_en"), row("since", "until"))


class MemberRow(PartnerRow):
    role = LineField(label=_("Role in the group"), max_length=120, required=False)
    since = DayField(label=_("Since"), required=False)
    until = DayField(label=_("Until"), required=False)

    def layout(self) -> Layout:
        return Layout("id", "partner", row("role", "since", "until"))


class NothingTwice(BaseFormSet):
    """The same name, unit or partner stands in one row only."""

    once = ""

    def clean(self) -> None:
        if any(self.errors):
            return
        said = [str(values[self.once]) for values in kept_rows(self)]
        folded = [fold(text) for text in said]
        twice = next((text for text, key in zip(said, folded, strict=True) if folded.count(key) > 1), None)
        if twice is not None:
            raise ValidationError(gettext("“%(name)s” stands here twice. Keep one row of it.") % {"name": twice})


class NamesOnce(NothingTwice):
    once = "name"


class UnitsOnce(NothingTwice):
    once = "unit"


class PartnersOnce(NothingTwice):
    once = "partner"


NameSet, UnitSet, PostSet = row_set(NameRow, NamesOnce), row_set(UnitRow, UnitsOnce), row_set(PostRow)
MemberSet = row_set(MemberRow, PartnersOnce)
