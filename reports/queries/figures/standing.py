"""Figures of what stands at the end of a period: agreements, partners, projects, commitments, reports on conventions, posts,
lines of the plan, parts of units. Their rows carry flags (queries.agreement_rows and its neighbours)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agreements.choices import PartnerTier
from delegations.choices import PlanKind
from intlcoop.vietnamese.sorting import sort_key
from reports.choices import Key
from reports.queries.figures.counting import Found, Row, distinct, files, filled

#: What became of a line of the plan (delegations.queries.plan_actual.Progress), as a figure.
PROGRESS_KEYS = {
    "done": Key.PLAN_DONE,
    "under_way": Key.PLAN_UNDER_WAY,
    "not_yet": Key.PLAN_NOT_YET,
    "moved": Key.PLAN_MOVED,
    "dropped": Key.PLAN_DROPPED,
}
NEXT_KEYS = {
    PlanKind.OUTBOUND: Key.NEXT_OUTBOUND,
    PlanKind.INBOUND: Key.NEXT_INBOUND,
    PlanKind.EVENT: Key.NEXT_EVENTS,
}


def _flagged(rows: Sequence[Row], flag: str) -> Iterator[Row]:
    return (row for row in rows if row.get(flag))


def agreement_figures(agreements: Sequence[Row]) -> Found:
    """Signed in the window, with how many countries (06 with 5, F000-10); in force, asleep, ended, ending soon, and in all."""
    signed = list(_flagged(agreements, "signed"))
    known = all(row["countries_known"] for row in signed)
    return filled(
        {
            Key.SIGNED: files(signed),
            Key.SIGNED_COUNTRIES: distinct(signed, "countries", "iso2", sort_key, complete=known),
            Key.IN_FORCE: files(_flagged(agreements, "in_force")),
            Key.AGREEMENTS: files(_flagged(agreements, "concluded")),
            Key.DORMANT: files(_flagged(agreements, "dormant")),
            Key.ENDED: files(_flagged(agreements, "ended")),
            Key.EXPIRING: files(_flagged(agreements, "expiring")),
        }
    )


def partner_figures(partners: Sequence[Row]) -> Found:
    """Those we work with, those that are new in the window, and the old friends."""
    return filled(
        {
            Key.PARTNERS: files(partners),
            Key.NEW_PARTNERS: files(_flagged(partners, "new")),
            Key.TRADITIONAL: files(row for row in partners if row["tier"] == PartnerTier.TRADITIONAL),
            Key.STRATEGIC: files(row for row in partners if row["tier"] == PartnerTier.STRATEGIC),
        }
    )


def project_figures(projects: Sequence[Row]) -> Found:
    """Carried out at the end of the window; approved and closed in it."""
    return filled(
        {
            Key.PROJECTS: files(_flagged(projects, "active")),
            Key.PROJECTS_APPROVED: files(_flagged(projects, "approved")),
            Key.PROJECTS_CLOSED: files(_flagged(projects, "closed")),
        }
    )


def commitment_figures(commitments: Sequence[Row]) -> Found:
    """Kept in the window; unfinished and overdue at its end."""
    return filled(
        {
            Key.KEPT: files(_flagged(commitments, "kept")),
            Key.OVERDUE: files(_flagged(commitments, "overdue")),
            Key.OPEN: files(_flagged(commitments, "open")),
        }
    )


def treaty_figures(reports: Sequence[Row]) -> Found:
    """National reports that were worked on, sent and defended."""
    return filled(
        {
            Key.TREATY_REPORTS: files(reports),
            Key.TREATY_SENT: files(_flagged(reports, "sent")),
            Key.TREATY_DEFENDED: files(_flagged(reports, "defended")),
        }
    )


def mechanism_figures(mechanisms: Sequence[Row]) -> Found:
    return filled({Key.MECHANISMS: files(mechanisms)})


def programme_figures(programmes: Sequence[Row]) -> Found:
    return filled({Key.PROGRAMMES: files(programmes)})


def staff_figures(posts: Sequence[Row]) -> Found:
    """Posts assigned to the department, filled and vacant (13 against filled, F000-04). With the number of posts known, none
    vacant is a record too."""
    found = filled(
        {Key.STAFF_QUOTA: files(_flagged(posts, "assigned")), Key.STAFF_FILLED: files(_flagged(posts, "filled"))}
    )
    if Key.STAFF_QUOTA in found:
        found[Key.STAFF_VACANT] = files(row for row in posts if row["assigned"] and not row["filled"])
        found.setdefault(Key.STAFF_FILLED, files(()))
    return found


def plan_figures(lines: Sequence[Row]) -> Found:
    """Plan against actual: what became of the lines of this year's approved plans; how many the plan of next year has."""
    now = [row for row in lines if not row["next"]]
    coming = [row for row in lines if row["next"]]
    found = {Key.PLAN_LINES: files(now)}
    found |= {key: files(row for row in now if row["progress"] == each) for each, key in PROGRESS_KEYS.items()}
    found |= {key: files(row for row in coming if row["plans"] == kind) for kind, key in NEXT_KEYS.items()}
    return filled(found)


def unit_figures(parts: Sequence[Row]) -> Found:
    """Units that were asked for their part, those that sent it, and those that never did."""
    return filled(
        {
            Key.UNITS_ASKED: files(parts),
            Key.UNITS_SENT: files(_flagged(parts, "received")),
            Key.UNITS_MISSING: files(row for row in parts if not row["received"]),
        }
    )
