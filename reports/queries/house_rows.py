"""Posts of the department and lines of the plans, as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from delegations.choices import LineState, PlanKind
from delegations.models import PlanLine
from delegations.queries.plan_actual import lines_against_trips
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, OrgUnit
from intlcoop.people.titles import TitleTable, full_title, load_titles
from reports.choices import RowKind
from reports.queries.background import icd_on
from reports.queries.rows import of_unit

VACANT = "Vị trí còn thiếu"
#: In which order posts are listed.
ROLES = {role: place for place, role in enumerate((Role.HEAD, Role.DEPUTY_HEAD, Role.OFFICER, Role.FOCAL, Role.CLERK))}


# --- posts ------------------------------------------------------------------------------------------------------------------


def posts(on: dt.date) -> Iterator[dict[str, Any]]:
    """The posts of the department of international cooperation on that day: one row for each person, and one for each post that
    nobody fills; people beyond the number assigned are counted as filled only."""
    unit = icd_on(on)
    if unit is None:
        return
    people, titles = _staff(unit, on), load_titles()
    headed = any(each.role == Role.HEAD for each in people)
    quota = unit.quota
    if not people and quota is None:
        return
    for place in range(1, max(len(people), quota or 0) + 1):
        person = people[place - 1] if place <= len(people) else None
        yield {
            "kind": str(RowKind.POST),
            "number": f"post-{unit.code}-{place}",
            "link": {"kind": "unit", "pk": unit.pk},
            "title": f"{place}. {named(person, titles) if person else VACANT}",
            "state": "",
            "unit": of_unit(unit),
            "sample": False,
            "assigned": quota is not None and place <= quota,
            "filled": person is not None,
            "role": person.role if person else "",
            "acting": bool(person and person.acting),
            "headed": headed,
        }


def _staff(unit: OrgUnit, on: dt.date) -> list[Appointment]:
    """One appointment for each person, the highest; those who keep or check the portal fill no post."""
    rows = Appointment.objects.on(on).filter(unit=unit, person__is_active=True).exclude(role__in=Role.OUTSIDE_BUSINESS)
    found: dict[int, Appointment] = {}
    for row in sorted(rows.select_related("person", "unit"), key=lambda each: (ROLES.get(Role(each.role), 9), each.pk)):
        found.setdefault(row.person_id, row)
    return list(found.values())


def named(row: Appointment, titles: TitleTable) -> str:
    return f"{row.person.full_name}, {full_title(titles, row).vi}"


# --- plans ------------------------------------------------------------------------------------------------------------------


def plan_lines(year: int) -> Iterator[dict[str, Any]]:
    """The lines of the approved plans of the year, each with what became of it, and those of the plans of the next year as far
    as they stand."""
    for each in lines_against_trips(
        PlanLine.objects.in_plan().filter(plan__year=year, plan__approved_on__isnull=False)
    ):
        yield _line(each.line, following=False) | {
            "progress": str(each.progress),
            "files": [number for number, _state in each.trips],
        }
    later = PlanLine.objects.filter(plan__year=year + 1, state=LineState.ACCEPTED)
    for each in lines_against_trips(later):
        yield _line(each.line, following=True) | {"progress": "", "files": []}


def _line(line: PlanLine, *, following: bool) -> dict[str, Any]:
    return {
        "kind": str(RowKind.PLAN_LINE),
        "number": f"plan-{line.pk}",
        "link": {"kind": str(RowKind.PLAN_LINE), "pk": line.pk},
        "title": line.title,
        "state": line.state,
        "unit": of_unit(line.unit),
        "sample": line.is_sample,
        "next": following,
        "year": line.plan.year,
        "level": line.plan.level,
        "approved": line.plan.approved_on is not None,
        "plans": str(PlanKind(line.kind)),
        "position": line.position,
        "head_rank": line.head_rank,
        "month": line.month,
        "quarter": line.quarter,
        "persons": line.persons,
        "countries": [
            {"iso2": each.iso2, "name": each.name_vi, "territory": each.is_territory} for each in line.countries.all()
        ],
        "partner": line.partner.name_vi if line.partner else line.partner_text,
        "purpose_text": line.purpose_text,
        "reason": line.settled_reason,
        "reason_text": line.settled_text,
    }
