"""What an annual plan and its revision must have before they are submitted: every sentence at once, with the line's number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.choices import ChangeAction, LineState, OutboundState, PlanKind, RequestState
from delegations.models import PlanLine

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

#: So many lines are named in one sentence.
NAMED = 12
#: A trip in these states does not hold its line.
GONE = (OutboundState.CANCELLED, OutboundState.REJECTED)


def plan_has_lines(case: Case) -> str | None:
    if not case.plan.lines.filter(state=LineState.ACCEPTED).exists():
        return _("The plan has no line yet. Take in the proposals of the units first.")
    return None


def nothing_undecided(case: Case) -> str | None:
    n = case.plan.lines.filter(state=LineState.PROPOSED).count()
    if not n:
        return None
    return ngettext(
        "%(n)s proposal of the units is neither taken in nor declined.",
        "%(n)s proposals of the units are neither taken in nor declined.",
        n,
    ) % {"n": n}


def lines_are_complete(case: Case) -> list[str]:
    """One sentence per thing that lines lack, naming them."""
    lacking: dict[str, list[str]] = {}
    for line in case.plan.lines.filter(state=LineState.ACCEPTED).prefetch_related("countries"):
        for what in missing_in(line):
            lacking.setdefault(what, []).append(f"{line.position}. {line.title}")
    return [f"{what}: {named(lines)}" for what, lines in lacking.items()]


def missing_in(line: PlanLine) -> list[str]:
    """What a line of a plan for approval has to say and does not."""
    abroad = line.kind == PlanKind.OUTBOUND
    asked = [
        (line.month or line.quarter, _("Month or quarter is missing")),
        (line.basis, _("The basis is missing")),
        (line.purpose_text or line.purpose, _("Purpose and content are missing")),
        (not abroad or line.countries.all(), _("The country is missing")),
        (not abroad or line.head_rank, _("Who leads the delegation is missing")),
        (not abroad or line.persons, _("The number of people is missing")),
        (not abroad or line.days, _("The number of days is missing")),
        (line.amount is None or line.currency_id, _("The currency of the money is missing")),
        (line.amount is not None or line.funding_source, _("Money or its source is missing")),
    ]
    return [what for given, what in asked if not given]


def named(lines: list[str]) -> str:
    shown = "; ".join(lines[:NAMED])
    more = len(lines) - NAMED
    return shown + (_("; and %(n)s more") % {"n": more} if more > 0 else "")


def year_is_over(case: Case) -> str | None:
    if case.plan.year >= timezone.localdate().year:
        return _("The year %(year)s is not over yet.") % {"year": case.plan.year}
    return None


# --- revisions ---------------------------------------------------------------------------------------------------


def revision_changes_something(case: Case) -> str | None:
    if not case.plan_revision.changes.filter(state=RequestState.ACCEPTED).exists():
        return _("The revision changes nothing yet. Take in at least one change.")
    return None


def requests_are_answered(case: Case) -> str | None:
    n = case.plan_revision.changes.filter(state=RequestState.REQUESTED).count()
    if not n:
        return None
    return ngettext(
        "%(n)s request of the units is neither taken in nor declined.",
        "%(n)s requests of the units are neither taken in nor declined.",
        n,
    ) % {"n": n}


def dropped_lines_are_free(case: Case) -> list[str]:
    """A line under which a trip is filed is not taken out."""
    found = []
    rows = case.plan_revision.changes.filter(state=RequestState.ACCEPTED, action=ChangeAction.DROP)
    for row in rows.select_related("line"):
        if row.line is not None and (trips := trips_on(row.line)):
            found.append(
                _("Line %(line)s cannot be taken out: %(trips)s is filed against it.")
                % {"line": row.line, "trips": ", ".join(trips)}
            )
    return found


def changed_lines_still_stand(case: Case) -> list[str]:
    """A line that was settled after the change was asked for is no longer changed."""
    rows = case.plan_revision.changes.filter(state=RequestState.ACCEPTED).exclude(action=ChangeAction.ADD)
    settled = rows.exclude(line__state=LineState.ACCEPTED).select_related("line")
    return [
        _("Line %(line)s is settled already (%(state)s). Decline its change.")
        % {"line": row.line, "state": row.line.get_state_display()}
        for row in settled
        if row.line is not None
    ]


def trips_on(line: PlanLine) -> list[str]:
    """Numbers of the trips and visits that are filed against a line and not given up."""
    files = (line.trips, line.visits, line.international_events)  # type: ignore[attr-defined]
    return [
        number for rows in files for number in rows.exclude(case__state__in=GONE).values_list("case__number", flat=True)
    ]
