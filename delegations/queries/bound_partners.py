"""Does a file whose partner was merged into another one ask for something new? No, it is one partner under another row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agreements.queries.bound_partners import today_ids
from intlcoop.workflow.binding import USUAL_COMPARATORS, Comparator, compare_exactly, compare_money, compare_people
from intlcoop.workflow.choices import Change, Facet


def compare_programme(before: Mapping[str, Any], after: Mapping[str, Any], tolerance: int = 0) -> Change:
    """As usual, but the decided host counts as the one that it was merged into since."""
    was, now = before.get("host_partner"), after.get("host_partner")
    if was is not None and now is not None and was != now:
        before = {**before, "host_partner": today_ids([was]).get(was, was)}
    return compare_exactly(before, after, tolerance)


TRIP_COMPARATORS: dict[str, Comparator] = {**USUAL_COMPARATORS, Facet.PROGRAMME: compare_programme}


#: Where a line of the plan, as `plans.line_text` writes it, names its partner, and of how many parts it consists.
PARTNER_AT, PARTS = 7, 14


def compare_lines(before: Sequence[str], after: Sequence[str], tolerance: int = 0) -> Change:
    """Lines of a plan, as usual, but with the partners under the ids that they have today."""
    if sorted(before) == sorted(after):
        return Change.SAME
    rows = [line.split("|") for line in (*before, *after)]
    ids = {int(row[PARTNER_AT]) for row in rows if len(row) == PARTS and row[PARTNER_AT].isdecimal()}
    today = {str(was): str(now) for was, now in today_ids(ids).items()}
    if not today:
        return compare_people(before, after, tolerance)
    return compare_people([_named_today(line, today) for line in before], [_named_today(line, today) for line in after])


def _named_today(line: str, today: Mapping[str, str]) -> str:
    parts = line.split("|")
    if len(parts) == PARTS:
        parts[PARTNER_AT] = today.get(parts[PARTNER_AT], parts[PARTNER_AT])
    return "|".join(parts)


PLAN_COMPARATORS: dict[str, Comparator] = {Facet.PROGRAMME: compare_lines, Facet.MONEY: compare_money}
