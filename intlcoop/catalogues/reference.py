"""The catalogues that every copy of the portal starts with; what somebody changed here stays as they left it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from intlcoop.catalogues.models import CooperationField, Country, Currency
from intlcoop.catalogues.searching import search_text
from intlcoop.vietnamese.sorting import sort_key

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load() -> None:
    """Insert the missing countries, currencies and fields of cooperation: three questions when nothing is missing."""
    countries = set(Country.objects.values_list("iso2", flat=True))
    Country.objects.bulk_create(country for country in read_countries() if country.iso2 not in countries)
    currencies = set(Currency.objects.values_list("code", flat=True))
    Currency.objects.bulk_create(currency for currency in read_currencies() if currency.code not in currencies)
    fields = set(CooperationField.objects.values_list("code", flat=True))
    CooperationField.objects.bulk_create(field for field in read_fields() if field.code not in fields)


def read_countries() -> Iterator[Country]:
    """The countries of `data/countries.csv`, not saved; aliases are divided by semicolons there."""
    for row in _rows("countries.csv"):
        aliases = [alias for alias in row["aliases"].split(";") if alias]
        names = [row["name_vi"], *aliases, row["name_en"], row["official_vi"], row["official_en"]]
        # Many write the syllables of "Ni-giê-ri-a" as one word.
        joined = [name.replace("-", "") for name in names[: len(aliases) + 1] if "-" in name]
        yield Country(
            iso2=row["iso2"],
            iso3=row["iso3"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            official_name_vi=row["official_vi"],
            official_name_en=row["official_en"],
            aliases=aliases,
            region=row["region"],
            is_territory=bool(row["territory"]),
            sort_key=sort_key(row["name_vi"]),
            search_text=search_text(*names, *joined, row["iso2"], row["iso3"]),
        )


def read_currencies() -> Iterator[Currency]:
    """The currencies of `data/currencies.csv`, not saved, in the order of the file."""
    for position, row in enumerate(_rows("currencies.csv"), start=1):
        yield Currency(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            decimals=int(row["decimals"]),
            position=position,
        )


def read_fields() -> Iterator[CooperationField]:
    """The fields of `data/fields.csv`, not saved, in the order of the file."""
    for position, row in enumerate(_rows("fields.csv"), start=1):
        yield CooperationField(code=row["code"], name_vi=row["name_vi"], name_en=row["name_en"], position=position)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)
