"""The same window of the years before, counted by the same rules from what the records say today."""

from __future__ import annotations

from typing import Any

from reports.choices import Key
from reports.queries.figures import figures_of, ministry_totals
from reports.queries.figures.computing import stated
from reports.queries.gathering import gather_done
from reports.queries.recorded import stated_in
from reports.queries.windows import Scope

#: So many years before are set beside the year of a report.
YEARS = 5
#: What an earlier year is compared by: what took place in it, and the agreements at its end. Stocks of which nobody kept how they
#: stood (partners, posts) have no earlier value.
LEFT_OUT = (Key.DORMANT, Key.EXPIRING)


def years_before(scope: Scope) -> dict[str, dict[str, Any]]:
    """{"2025": {KEY: {"value", "qualifier"}}}; a year without a record is absent. The rows are read and let go year by year."""
    found = {}
    for back in range(1, YEARS + 1):
        earlier = scope.years_before(back)
        if figures := values_of(earlier):
            found[str(earlier.period.year)] = figures
    return found


def values_of(scope: Scope) -> dict[str, dict[str, Any]]:
    """The figures of a window without their rows."""
    figures = stated(figures_of(gather_done(scope)), ministry_totals(stated_in(scope)))
    return {
        key: {"value": figure["value"], "qualifier": figure["qualifier"]}
        for key, figure in figures.items()
        if key not in LEFT_OUT
    }
