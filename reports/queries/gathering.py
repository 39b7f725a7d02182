"""All rows of a report: what took place by the day of its figures, what stands at its end, what is still to come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from reports.choices import RowKind
from reports.queries import agreement_rows, house_rows, mechanism_rows, other_rows, unit_parts
from reports.queries.channels import Tree
from reports.queries.rows import trips
from reports.queries.windows import Scope

Rows = Iterable[dict[str, Any]]


def gather_all(scope: Scope) -> list[dict[str, Any]]:
    """Every row, each kind in its own window. A fixed number of queries, however many rows."""
    tree = Tree()
    return [*_done(scope, tree), *_standing(scope, tree), *_coming(scope, tree)]


def gather_done(scope: Scope) -> list[dict[str, Any]]:
    """Only what took place in the window, and the agreements: what years are compared by."""
    return [*_done(scope, Tree())]


def _done(scope: Scope, tree: Tree) -> Iterator[dict[str, Any]]:
    yield from trips(*scope.days(RowKind.OUTBOUND))
    yield from other_rows.visits(*scope.days(RowKind.INBOUND))
    yield from other_rows.events(*scope.days(RowKind.EVENT), tree)
    yield from agreement_rows.agreements(*scope.days(RowKind.AGREEMENT))
    yield from mechanism_rows.sessions(*scope.days(RowKind.SESSION), tree)
    yield from other_rows.meetings(*scope.days(RowKind.MEETING))
    yield from other_rows.other_work(*scope.days(RowKind.WORK))


def _standing(scope: Scope, tree: Tree) -> Iterator[dict[str, Any]]:
    yield from agreement_rows.projects(*scope.days(RowKind.PROJECT))
    yield from other_rows.series(*scope.days(RowKind.WORK))
    yield from mechanism_rows.treaty_reports(*scope.days(RowKind.TREATY_REPORT))
    yield from mechanism_rows.mechanisms(*scope.days(RowKind.MECHANISM), tree)
    yield from mechanism_rows.programmes(*scope.days(RowKind.PROGRAMME))
    yield from agreement_rows.commitments(*scope.days(RowKind.COMMITMENT))
    yield from agreement_rows.partners(*scope.days(RowKind.PARTNER))
    yield from house_rows.posts(scope.end(RowKind.POST))
    yield from house_rows.plan_lines(scope.period.year)
    yield from unit_parts.part_rows(scope)


def _coming(scope: Scope, tree: Tree) -> Iterator[dict[str, Any]]:
    """Marked as expected: they count in the estimate of the whole period only."""
    sources: tuple[tuple[RowKind, Callable[..., Rows]], ...] = (
        (RowKind.OUTBOUND, trips),
        (RowKind.INBOUND, lambda first, last: other_rows.visits(first, last, coming=True)),
        (RowKind.EVENT, lambda first, last: other_rows.events(first, last, tree, coming=True)),
        (RowKind.AGREEMENT, agreement_rows.coming_agreements),
        (RowKind.SESSION, lambda first, last: mechanism_rows.sessions(first, last, tree, coming=True)),
        (RowKind.MEETING, lambda first, last: other_rows.meetings(first, last, coming=True)),
        (RowKind.WORK, lambda first, last: other_rows.other_work(first, last, coming=True)),
    )
    for kind, rows in sources:
        first, last = scope.ahead(kind)
        if first <= last:
            yield from (row | {"expected": True} for row in rows(first, last))
