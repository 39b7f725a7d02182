"""The repeating rows of this room's forms. They work with and without JavaScript; a saved row carries its id."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choices import NameKind
from agreements.models import Partner
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.folding import fold
from intlcoop.web.forms import DayField, LineField, PortalForm, row

LARGEST_ID = 2**63 - 1
MOST_ROWS = 100
NO_CHOICE = ("", "—")


class RowForm(PortalForm):
    """One row; blank rows are dropped, marked ones removed."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=LARGEST_ID)

    def __init__(self, *args: Any, book: Book | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book or Book()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("since"), cleaned.get("until")
        if first and last and last < first:
            self.add_error("until", gettext("The last day cannot be before the first."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}


class Book:
    """The lists from which rows choose, read once per page and not once per row."""

    def __init__(self, *, units: dict[int, OrgUnit] | None = None, partners: dict[int, Partner] | None = None) -> None:
        self.units = units or {}
        self.partners = partners or {}

    @classmethod
    def of_units(cls, partner: Partner | None) -> Book:
        """Units that exist today, and those that the partner has already."""
        units = OrgUnit.objects.on(timezone.localdate())
        if partner is not None and partner.pk:
            units = OrgUnit.objects.filter(Q(pk__in=units.values("pk")) | Q(partners__partner=partner)).distinct()
        return cls(units={unit.pk: unit for unit in units.order_by("position", "sort_key", "pk")})

    @classmethod
    def of_partners(cls, keep: list[int]) -> Book:
        """Partners that may be chosen, and those that stand in the rows already."""
        chosen = Partner.objects.filter(Q(is_active=True, merged_into__isnull=True) | Q(pk__in=keep))
        return cls(partners={each.pk: each for each in chosen.only("pk", "name_vi", "name_en", "sort_key")})


class NameRow(RowForm):
    name = LineField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of name"), choices=NameKind.choices, initial=NameKind.ALIAS, required=False)
    until = DayField(label=_("Used until"), required=False)

    def layout(self) -> Layout:
        return Layout("id", row("name", "kind", "until"))


class UnitRow(RowForm):
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


class PartnerRow(RowForm):
    """A row that names a partner of the list."""

    partner = forms.TypedChoiceField(label=_("Partner"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [NO_CHOICE, *((pk, each.name) for pk, each in self.book.partners.items())]
        self.fields["partner"].choices = choices  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"partner": self.book.partners[self.cleaned_data["partner"]]}


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


def _factory(form: type[RowForm], base: type[BaseFormSet] = BaseFormSet, *, most: int = MOST_ROWS) -> Any:
    return formset_factory(
        form, formset=base, extra=1, can_delete=True, max_num=most, absolute_max=most + 20, validate_max=True
    )


NameSet, UnitSet = _factory(NameRow, NamesOnce), _factory(UnitRow, UnitsOnce)
PostSet, MemberSet = _factory(PostRow), _factory(MemberRow, PartnersOnce, most=300)


def is_filled(form: forms.Form) -> bool:
    return bool(form.cleaned_data) and (form.has_changed() or form.cleaned_data.get("id") is not None)


def kept_rows(formset: BaseFormSet) -> list[dict[str, Any]]:
    """The rows to write, in the order of the page: without blank ones and those marked for removal."""
    removed = formset.deleted_forms
    return [form.values for form in formset.forms if form not in removed and is_filled(form)]
