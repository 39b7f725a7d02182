"""Public numbers of files: one series per kind and year, without holes under load save those of rolled-back drafts."""

from __future__ import annotations

from django.db import transaction

from intlcoop.workflow.models import NumberSeries


@transaction.atomic
def next_number(prefix: str, year: int) -> str:
    """The next number of a series, e.g. "DR-2026-0012"."""
    return next_numbers(prefix, year, 1)[0]


@transaction.atomic
def next_numbers(prefix: str, year: int, count: int) -> list[str]:
    """The next numbers of a series, one after the other."""
    NumberSeries.objects.get_or_create(prefix=prefix, year=year)
    series = NumberSeries.objects.select_for_update().get(prefix=prefix, year=year)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return [f"{prefix}-{year}-{number:04d}" for number in range(first, series.last + 1)]
