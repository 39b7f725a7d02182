"""Sessions of mechanisms, national reports on conventions, posts of the department and lines of the plans, as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from agreements.choices import SessionStatus, TreatyReportState
from agreements.models import MeetingSession, TreatyReport
from delegations.choices import LineState, PlanKind
from delegations.models import PlanLine
from delegations.queries.plan_actual import lines_against_trips
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, OrgUnit
from intlcoop.people.titles import TitleTable, full_title, load_titles
from reports.choices import Channel, RowKind
from reports.queries.background import icd_on
from reports.queries.channels import Tree, channel_in
from reports.queries.other_rows import days
from reports.queries.rows import of_case, of_unit

VACANT = "Vị trí còn thiếu"
UNDER_WAY = tuple(state for state in TreatyReportState.values if state not in TreatyReportState.FINISHED)
#: In which order posts are listed.
ROLES = {role: place for place, role in enumerate((Role.HEAD, Role.DEPUTY_HEAD, Role.OFFICER, Role.FOCAL, Role.CLERK))}


def sessions(first: dt.date, last: dt.date, tree: Tree, *, coming: bool = False) -> Iterator[dict[str, Any]]:
    """Sessions of mechanisms whose whole time lies in the window, and that took place with or without us (X-02: none of a day
    to come); `coming`: those that are planned."""
    known = (SessionStatus.PLANNED,) if coming else SessionStatus.TOOK_PLACE
    found = MeetingSession.objects.between(first, last).filter(status__in=known)
    found = found.select_related("series", "unit", "series__unit", "case", "event__case").order_by("on", "pk")
    for row in found:
        mechanisms = tree.path(row.series.mechanism_id)
        file = row.event.case.number if hasattr(row, "event") else (row.case.number if row.case else "")
        yield {
            "kind": str(RowKind.SESSION),
            "number": f"session-{row.pk}",
            "link": {"kind": str(RowKind.SESSION), "pk": row.pk},
            "title": session_title(row),
            "state": row.status,
            "unit": of_unit(row.unit or row.series.unit),
            "sample": row.is_sample,
            **days(row.on, row.until, row.precision),
            "status": str(SessionStatus.HELD) if coming else row.status,
            "part": row.part,
            "meeting": row.series.kind,
            "session": row.number,
            "format": row.format,
            "place": row.place,
            "mechanisms": mechanisms,
            "mechanism": mechanisms[0]["name"] if mechanisms else "",
            "channel": str(channel_in(mechanisms)),
            "file": file,
            "result": row.result,
            "doubtful": row.source_says_held,
        }


def session_title(row: Any) -> str:
    """ "Cuộc họp quan chức cấp cao ACCSM lần thứ 21"."""
    if row.title:
        return str(row.title)
    return f"{row.series.name_vi} lần thứ {row.number}" if row.number else str(row.series.name_vi)


def treaty_reports(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """National reports that were worked on: under way at the end of the window, or sent, defended or decided on in it."""
    in_window = (first, last)
    touched = Q(sent_on__range=in_window) | Q(defended_on__range=in_window) | Q(chain__issued_on__range=in_window)
    touched |= Q(scheme__chain__issued_on__range=in_window)
    rows = TreatyReport.objects.exclude(case__state=TreatyReportState.CANCELLED)
    under_way = (Q(case__state__in=UNDER_WAY) | Q(sent_on__gt=last)) & Q(until_year__lte=last.year)
    rows = rows.filter(touched | under_way).distinct()
    rows = rows.select_related("case__unit", "convention", "scheme").prefetch_related("chain", "scheme__chain")
    for row in rows.order_by("convention__sort_key", "number"):
        scheme = getattr(row, "scheme", None)
        yield {
            "kind": str(RowKind.TREATY_REPORT),
            **of_case(row.case),
            **days(row.sent_on or row.due_on, None, row.sent_precision if row.sent_on else "day"),
            "convention": row.convention.name_vi,
            "short": row.convention.short_name,
            "report": row.number,
            "from_year": row.from_year,
            "until_year": row.until_year,
            "due_on": row.due_on.isoformat() if row.due_on else None,
            "sent_on": row.sent_on.isoformat() if row.sent_on else None,
            "defended_on": row.defended_on.isoformat() if row.defended_on else None,
            "papers": [_paper(each) for each in row.chain.all()],
            "scheme": {"title": scheme.title, "papers": [_paper(each) for each in scheme.chain.all()]}
            if scheme
            else None,
            "channel": str(Channel.UNITED_NATIONS),
            "sent": row.sent_on is not None and first <= row.sent_on <= last,
            "defended": row.defended_on is not None and first <= row.defended_on <= last,
        }


def _paper(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "number": row.number,
        "on": row.issued_on.isoformat() if row.issued_on else None,
        "precision": row.precision,
        "issuer": row.issuer,
        "title": row.title,
    }


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
