"""What do planned lines have in common, and who carries how much in which month? Pure functions over plain lines.

The same country, partner, purpose or leader in the same month is a clash to look at, never a mistake by itself (W002-10).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

ALL_MONTHS = frozenset(range(1, 13))
#: Where a line stands whose month is not known (yet).
NO_MONTH = 0

SAME_COUNTRY, SAME_PARTNER, SAME_LEADER, SAME_PURPOSE, OVER_LIMIT = (
    "country",
    "partner",
    "leader",
    "purpose",
    "limit",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A line, as far as clashes and load depend on it. `months` is empty when neither month nor quarter is known."""

    pk: int
    kind: str
    unit: int
    countries: frozenset[int] = frozenset()
    partner: int | None = None
    purpose: str = ""
    leader: int | None = None
    months: frozenset[int] = frozenset()
    month: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Lines that have `what` in common: `subject` is the country, partner, leader (ids) or kind of purpose."""

    what: str
    subject: Hashable
    lines: tuple[int, ...]


def months_of(month: int | None, quarter: int | None) -> frozenset[int]:
    """The months in which it may be: one, the three of a quarter, or none known."""
    if month:
        return frozenset({month})
    return frozenset(range(3 * quarter - 2, 3 * quarter + 1)) if quarter else frozenset()


def may_meet(one: Planned, other: Planned) -> bool:
    """Whether both can fall into the same month; an unknown month may be any."""
    return bool((one.months or ALL_MONTHS) & (other.months or ALL_MONTHS))


def clashes(lines: Sequence[Planned], *, trips_per_leader: int | None = None) -> list[Clash]:
    """Every group of lines to look at, the gravest kind first.

    The same leader in the same month; a leader with more outbound lines than `trips_per_leader`; the same partner, the same
    country, or the same purpose in the same country, each of one kind and within the same month.
    """
    found = [
        *_groups(lines, SAME_LEADER, lambda line: [line.leader] if line.leader else []),
        *_over_limit(lines, trips_per_leader),
        *_groups(lines, SAME_PARTNER, lambda line: [(line.kind, line.partner)] if line.partner else []),
        *_groups(
            lines,
            SAME_PURPOSE,
            lambda line: [(line.kind, country, line.purpose) for country in line.countries] if line.purpose else [],
        ),
    ]
    said = {frozenset(clash.lines) for clash in found if clash.what == SAME_PURPOSE}
    countries = _groups(lines, SAME_COUNTRY, lambda line: [(line.kind, country) for country in line.countries])
    return [*found, *(clash for clash in countries if frozenset(clash.lines) not in said)]


def _groups(lines: Iterable[Planned], what: str, keys: Callable[[Planned], Iterable[Hashable]]) -> list[Clash]:
    by_key: dict[Hashable, list[Planned]] = defaultdict(list)
    for line in lines:
        for key in keys(line):
            by_key[key].append(line)
    found = []
    for key, group in by_key.items():
        for cluster in _meeting(group):
            found.append(Clash(what=what, subject=_subject(key), lines=cluster))
    return found


def _subject(key: Hashable) -> Hashable:
    """Without the kind of line in front."""
    if isinstance(key, tuple):
        return key[1] if len(key) == 2 else key[1:]
    return key


def _meeting(group: Sequence[Planned]) -> list[tuple[int, ...]]:
    """The lines of a group that can meet, hung together: a chain of meetings is one cluster."""
    parent = {line.pk: line.pk for line in group}

    def root(pk: int) -> int:
        while parent[pk] != pk:
            pk = parent[pk]
        return pk

    for one, other in combinations(group, 2):
        if may_meet(one, other):
            parent[root(other.pk)] = root(one.pk)
    clusters: dict[int, list[int]] = defaultdict(list)
    for line in group:
        clusters[root(line.pk)].append(line.pk)
    return [tuple(sorted(pks)) for pks in clusters.values() if len(pks) > 1]


def _over_limit(lines: Iterable[Planned], limit: int | None) -> list[Clash]:
    if limit is None:
        return []
    by_leader: dict[int, list[int]] = defaultdict(list)
    for line in lines:
        if line.leader and line.kind == "outbound":
            by_leader[line.leader].append(line.pk)
    return [
        Clash(what=OVER_LIMIT, subject=leader, lines=tuple(sorted(pks)))
        for leader, pks in by_leader.items()
        if len(pks) > limit
    ]


def load(lines: Iterable[Planned], by: Callable[[Planned], Hashable | None]) -> Mapping[Hashable, Mapping[int, int]]:
    """{who: {month: lines}}; NO_MONTH counts the lines whose month is not known, a quarter among them."""
    found: dict[Hashable, Counter[int]] = defaultdict(Counter)
    for line in lines:
        who = by(line)
        if who is not None:
            found[who][line.month or NO_MONTH] += 1
    return found
