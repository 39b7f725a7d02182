"""Rows for tests. The shipped catalogues are there too: `country("KH")` takes one of them."""

from __future__ import annotations

import factory

from intlcoop.catalogues.choices import Region
from intlcoop.catalogues.models import CooperationField, Country, Currency
from intlcoop.catalogues.searching import search_text
from intlcoop.vietnamese.sorting import sort_key

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def country(iso2: str) -> Country:
    return Country.objects.get(iso2=iso2)


def currency(code: str) -> Currency:
    return Currency.objects.get(code=code)


def field(code: str) -> CooperationField:
    return CooperationField.objects.get(code=code)


class CountryFactory(factory.django.DjangoModelFactory):
    """A made-up country, with codes that ISO 3166 leaves to users (XA to XZ)."""

    class Meta:
        model = Country

    iso2 = factory.Sequence(lambda n: f"X{LETTERS[n % 26]}")
    iso3 = factory.LazyAttribute(lambda row: f"{row.iso2}X")
    name_vi = factory.LazyAttribute(lambda row: f"Nước {row.iso2}")
    name_en = factory.LazyAttribute(lambda row: f"Country {row.iso2}")
    official_name_vi = factory.SelfAttribute("name_vi")
    official_name_en = factory.SelfAttribute("name_en")
    region = Region.EUROPE
    sort_key = factory.LazyAttribute(lambda row: sort_key(row.name_vi))
    search_text = factory.LazyAttribute(lambda row: search_text(row.name_vi, row.name_en))
