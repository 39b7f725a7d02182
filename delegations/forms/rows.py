"""The repeating rows of a trip: who travels, where they stay, who pays. They work with and without JavaScript.

A row that was saved before carries its id. An id that is not this trip's own is worthless: the service then takes the row
for a new one of this trip.
"""

from __future__ import annotations

import re
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations.choices import FundingSource, MemberClass, Part
from delegations.forms.people import StaffBook
from delegations.models import OutboundDelegation
from intlcoop.catalogues.models import Country, Currency
from intlcoop.people.choices import Rank
from intlcoop.web.forms import AmountField, DayField, LineField, row
from intlcoop.web.row_forms import RowForm, RowGroups, kept_rows, row_set

STAFF = re.compile(r"\((?P<username>[^()]+)\)\s*$")


class LegForm(RowForm):
    country = forms.TypedChoiceField(label=_("Country"), coerce=int)
    city = LineField(label=_("City"), max_length=120, required=False)
    arrives_on = DayField(label=_("From"), required=False)
    leaves_on = DayField(label=_("Until"), required=False)
    note = LineField(label=_("Work there"), max_length=300, required=False)

    def __init__(self, *args: Any, book: RowBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        self.fields["country"].choices = [("", "—"), *book.country_choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("arrives_on"), cleaned.get("leaves_on")
        if first and last and last < first:
            self.add_error("leaves_on", gettext("The last day of a stay cannot be before its first."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"country": self.book.countries[self.cleaned_data["country"]]}

    def layout(self) -> Layout:
        return Layout("id", row("country", "city"), row("arrives_on", "leaves_on"), "note")


class MemberForm(RowForm):
    """Our people are chosen from the list by name and take rank, post and unit from their appointment; others are typed."""

    full_name = LineField(
        label=_("Full name"),
        max_length=160,
        help_text=_("Choose our staff from the list; type the name of a person of another body."),
    )
    part = forms.ChoiceField(label=_("Part in the delegation"), choices=Part, initial=Part.MEMBER)
    post = LineField(label=_("Post"), max_length=160, required=False)
    body = LineField(label=_("Unit or body"), max_length=200, required=False)
    rank = forms.ChoiceField(
        label=_("Rank"),
        choices=[("", "—"), *Rank.choices],
        required=False,
        help_text=_("Of our staff it follows from their appointment."),
    )
    member_class = forms.ChoiceField(
        label=_("Class"), choices=MemberClass, initial=MemberClass.OFFICIAL, required=False
    )

    def __init__(self, *args: Any, book: RowBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        self.fields["full_name"].widget.attrs |= {"list": "nhan-su", "autocomplete": "off", "data-staff": ""}

    def clean_full_name(self) -> str:
        """A name from the list must be one of the list; "(...)" of an unknown account is a mistake, not a person."""
        text = self.cleaned_data["full_name"]
        written = STAFF.search(text)
        if written and self.book.staff.by_username(written["username"]) is None:
            raise ValidationError(
                gettext("“%(name)s” is not in the list of our staff. Choose again.") % {"name": text[:80]}
            )
        return text

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        text = values["full_name"]
        written = STAFF.search(text)
        person = (
            self.book.staff.by_username(written["username"])
            if written
            else self.book.staff.by_name(text, values.get("body", ""))
        )
        values["member_class"] = values.get("member_class") or MemberClass.OFFICIAL
        if person is None:
            return values | {"person": None, "full_name": text[:120], "rank": values.get("rank") or Rank.OFFICIAL}
        return values | {
            "person": person.user,
            "full_name": person.user.full_name,
            "rank": person.rank,
            "post": values.get("post") or person.post,
            "body": values.get("body") or person.body,
        }

    def layout(self) -> Layout:
        return Layout("id", row("full_name", "part"), row("post", "body"), row("rank", "member_class"))


class FundingForm(RowForm):
    source = forms.ChoiceField(label=_("Source"), choices=[("", "—"), *FundingSource.choices])
    amount = AmountField(label=_("Amount"), min_value=0, max_digits=16, decimal_places=2)
    currency = forms.TypedChoiceField(label=_("Currency"), coerce=int)
    note = LineField(label=_("What for"), max_length=200, required=False)

    def __init__(self, *args: Any, book: RowBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        field = self.fields["currency"]
        field.choices = book.currency_choices  # type: ignore[attr-defined]
        field.initial = book.currency_choices[0][0] if book.currency_choices else None

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"currency": self.book.currencies[self.cleaned_data["currency"]]}

    def layout(self) -> Layout:
        return Layout("id", row("source", "amount", "currency"), "note")


class RowBook:
    """The lists from which rows choose, read once per page and not once per row."""

    def __init__(self, trip: OutboundDelegation) -> None:
        self.countries = {each.pk: each for each in Country.objects.abroad().filter(is_active=True)}
        chosen = {leg.country_id: leg.country for leg in trip.legs.select_related("country")} if trip.pk else {}
        self.countries |= chosen
        self.currencies = {each.pk: each for each in Currency.objects.filter(is_active=True)}
        self.staff = StaffBook(trip.departs_on or timezone.localdate())

    @property
    def country_choices(self) -> list[tuple[int, str]]:
        return [(pk, each.name) for pk, each in self.countries.items()]

    @property
    def currency_choices(self) -> list[tuple[int, str]]:
        return [(pk, each.code) for pk, each in self.currencies.items()]


class OneHead(BaseFormSet):
    """A delegation has one head, and nobody travels twice."""

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = kept_rows(self)
        heads = [values for values in rows if values["part"] == Part.HEAD]
        if len(heads) > 1:
            raise ValidationError(gettext("A delegation has one head; here are %(n)s.") % {"n": len(heads)})
        people = [values["person"].pk for values in rows if values["person"] is not None]
        twice = next((values for values in rows if values["person"] and people.count(values["person"].pk) > 1), None)
        if twice is not None:
            raise ValidationError(gettext("%(name)s is in the delegation twice.") % {"name": twice["full_name"]})


LegSet, MemberSet, FundingSet = row_set(LegForm), row_set(MemberForm, OneHead), row_set(FundingForm)


class RowSets(RowGroups):
    """The three groups of rows of one page."""

    def __init__(self, trip: OutboundDelegation, data: Any = None) -> None:
        self.book = RowBook(trip)
        # What was sent is compared with nothing: a row that was saved meanwhile must not count as a blank one.
        first = {"members": members_of, "legs": legs_of, "funding": funding_of}
        self.all = {
            name: factory(
                data, prefix=name, initial=first[name](trip) if data is None else None, form_kwargs={"book": self.book}
            )
            for name, factory in (("members", MemberSet), ("legs", LegSet), ("funding", FundingSet))
        }
        self.members, self.legs, self.funding = self.all.values()


def legs_of(trip: OutboundDelegation) -> list[dict[str, Any]]:
    names = ("id", "city", "arrives_on", "leaves_on", "note")
    return [{name: getattr(leg, name) for name in names} | {"country": leg.country_id} for leg in trip.legs.all()]


def members_of(trip: OutboundDelegation) -> list[dict[str, Any]]:
    names = ("id", "post", "body", "rank", "part", "member_class")
    return [
        {name: getattr(member, name) for name in names} | {"full_name": written_name(member)}
        for member in trip.members.select_related("person")
    ]


def written_name(member: Any) -> str:
    """As the list of our staff writes it, so that the row stays with its person."""
    return f"{member.full_name} ({member.person.username})" if member.person else member.full_name


def funding_of(trip: OutboundDelegation) -> list[dict[str, Any]]:
    names = ("id", "source", "amount", "note")
    return [
        {name: getattr(item, name) for name in names} | {"currency": item.currency_id} for item in trip.funding.all()
    ]
