"""What the records say at this moment, as a report would freeze it: to be held against what was frozen before."""

from __future__ import annotations

import json
from typing import Any

from reports.queries.figures import compute
from reports.queries.gathering import gather_all
from reports.queries.recorded import stated_in
from reports.queries.rows import one_moment
from reports.queries.unit_parts import confirmed_in
from reports.queries.windows import Scope


def records_now(scope: Scope) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """(rows, figures) as JSON would give them back, so that they compare with frozen ones."""
    with one_moment():
        rows, recorded = gather_all(scope), stated_in(scope)
    found: list[Any] = json.loads(json.dumps([rows, compute(rows, recorded, confirmed=confirmed_in(scope))]))
    return found[0], found[1]
