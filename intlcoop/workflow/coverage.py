"""Does every file find a route, and can every route win? Pure reasoning over conditions and the closed choices of facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

#: Enough to see what is missing; the rest follows once these are mended.
GAPS_SHOWN = 8

Conditions = Mapping[str, Sequence[str]]
#: Fact name to all its values.
Domain = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A route that competes: of those that fit a file, the lowest (priority, code) wins."""

    code: str
    priority: int
    conditions: Conditions

    def fits(self, values: Mapping[str, str]) -> bool:
        return all(values.get(name) in allowed for name, allowed in self.conditions.items())


def in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda each: (each.priority, each.code))


def every_file(domain: Domain) -> list[dict[str, str]]:
    """Every combination that these facts can tell apart."""
    return [dict(zip(domain, values, strict=True)) for values in product(*domain.values())]


def winner(candidates: Sequence[Candidate], values: Mapping[str, str]) -> str | None:
    """The code of the route that a file with these facts takes."""
    return next((each.code for each in in_order(candidates) if each.fits(values)), None)


def gaps(candidates: Sequence[Candidate], domain: Domain) -> list[dict[str, tuple[str, ...]]]:
    """Files that find no route, as few conditions that describe them all (facts that do not matter are left out)."""
    missing = {tuple(values.values()) for values in every_file(domain) if winner(candidates, values) is None}
    left, found = set(missing), []
    while left:
        box = _widened(min(left), missing, domain)
        left -= set(product(*box))
        found.append(
            {
                name: tuple(values)
                for (name, every), values in zip(domain.items(), box, strict=True)
                if len(values) < len(every)
            }
        )
    return found


def _widened(start: tuple[str, ...], missing: set[tuple[str, ...]], domain: Domain) -> list[list[str]]:
    """The largest set around one missing file, fact by fact, that lies in the gap as a whole."""
    box = [[value] for value in start]
    for place, every in enumerate(domain.values()):
        for value in every:
            if value in box[place]:
                continue
            wider = [*box[:place], [value], *box[place + 1 :]]
            if set(product(*wider)) <= missing:
                box[place].append(value)
    return box


def shadowed(candidates: Sequence[Candidate], domain: Domain) -> dict[str, tuple[str, ...]]:
    """Routes that win no file, each with the routes that win all of its files (none: its conditions fit no file)."""
    files = every_file(domain)
    wins = {winner(candidates, values) for values in files}
    ordered = in_order(candidates)
    found = {}
    for each in ordered:
        if each.code in wins:
            continue
        others = {winner(candidates, values) for values in files if each.fits(values)}
        found[each.code] = tuple(other.code for other in ordered if other.code in others)
    return found
