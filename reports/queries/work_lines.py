"""The lines of an item on its page: what units said, what was concluded and what became of it, who went to which meeting."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import rules
from django.utils import timezone

from agreements.queries import commitments
from intlcoop.web.display import Badge, Tone
from reports.choices import Attendance, Frequency, WorkKind, WorkState
from reports.models import WorkConclusion, WorkItem

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

LONGEST_TITLE = 300
TONES = {
    Attendance.ATTENDED: Tone.DONE,
    Attendance.MISSED: Tone.LATE,
    Attendance.NOT_HELD: Tone.QUIET,
    Attendance.PLANNED: Tone.INFO,
}


def lines_of_item(item: WorkItem, user: User) -> dict[str, Any]:
    """What the page of this kind prints besides its fields."""
    if item.kind == WorkKind.MEETING:
        return {"opinions": list(item.opinions.select_related("unit")), **conclusions(item, user)}
    if item.kind == WorkKind.RECURRING:
        rows = [(row, attendance_badge(row.status)) for row in item.attendances.all()]
        unrecorded = missing_months(item, {row.on for row, _badge in rows}, timezone.localdate())
        return {"attendances": rows, "unrecorded": unrecorded}
    return {}


def conclusions(item: WorkItem, user: User) -> dict[str, Any]:
    """Each conclusion with the commitments that it became, and where another one is written down."""
    by_row: dict[str, list[commitments.CommitmentLine]] = {}
    rows = list(item.conclusions.select_related("unit"))
    for line in commitments.born_in(item.case, user) if rows else ():
        by_row.setdefault(line.born_key, []).append(line)
    may_add = rules.has_perm("reports.edit_work", user, item.case) or item.case.state == WorkState.COMPLETED
    lines = [
        {
            "row": row,
            "promises": by_row.pop(str(row.pk), []),
            "add_url": commitments.new_url(user, tu=item.case.number, dong=row.pk) if may_add else "",
        }
        for row in rows
    ]
    return {"conclusions": lines, "other_promises": [line for found in by_row.values() for line in found]}


def prefill(case: Case, key: str) -> dict[str, Any]:
    """The form of a commitment from a conclusion: its text, its unit and its day."""
    if not key.isdecimal() or len(key) > len("999999999999999999"):
        return {}
    row = WorkConclusion.objects.filter(item__case=case, pk=int(key)).first()
    if row is None:
        return {}
    plain = " ".join(row.text.split())
    whole = len(plain) <= LONGEST_TITLE
    title = plain if whole else plain[: LONGEST_TITLE - 1].rstrip() + "…"
    found: dict[str, Any] = {"title": title, "detail": "" if whole else row.text, "due_on": row.due_on}
    return found | ({"unit": row.unit_id} if row.unit_id else {})


def attendance_badge(status: str) -> Badge:
    return Badge(Attendance(status).label, TONES[Attendance(status)])


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def said_attended(item: WorkItem, following: dt.date) -> bool:
    """A source says so of the whole month before this day."""
    return item.attended_until is not None and following <= item.attended_until + dt.timedelta(days=1)


def missing_months(item: WorkItem, known: set[dt.date], today: dt.date) -> list[dt.date]:
    """Whole months of a monthly series of which nothing is written down; what is not written down is no zero."""
    if item.frequency != Frequency.MONTHLY or item.starts_on is None:
        return []
    last = min(item.ends_on or today, today)
    months, found = {month_of(day) for day in known}, []
    month = month_of(item.starts_on)
    while month <= last:
        following = (month + dt.timedelta(days=32)).replace(day=1)
        if following <= today and month not in months and not said_attended(item, following):
            found.append(month)
        month = following
    return found
