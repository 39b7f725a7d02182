"""Public numbers of files: one series per kind and year, without holes under load save those of rolled-back drafts."""

from __future__ import annotations

from django.db import transaction

from intlcoop.workflow.models import NumberSeries


@transaction.atomic
def next_number(prefix: str, year: int) -> str:
    """The next number of a series, e.g. "DR-2026-0012"."""
    NumberSeries.objects.get_or_create(prefix=prefix, year=year)
    series = NumberSeries.objects.select_for_update().get(prefix=prefix, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}-{year}-{series.last:04d}"
