"""Mechanisms of cooperation with their sessions, national reports on conventions, schemes and programmes, as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from agreements.choices import SessionStatus, TreatyReportState
from agreements.models import Mechanism, MeetingSession, Programme, TreatyReport
from reports.choices import Channel, RowKind
from reports.queries.channels import Tree, channel_in
from reports.queries.other_rows import days
from reports.queries.rows import of_case, of_unit

UNDER_WAY = tuple(state for state in TreatyReportState.values if state not in TreatyReportState.FINISHED)


def mechanisms(first: dt.date, last: dt.date, tree: Tree) -> Iterator[dict[str, Any]]:
    """The mechanisms that we take part in, with what we are in them during the window (a rotating chair for one term)."""
    rows = Mechanism.objects.filter(is_active=True).prefetch_related("roles__unit")
    for row in rows.order_by("tree_key", "pk"):
        path = tree.path(row.pk)
        roles = [each for each in row.roles.all() if _overlaps(each.since, each.until, first, last)]
        yield {
            "kind": str(RowKind.MECHANISM),
            "number": f"mechanism-{row.pk}",
            "link": {"kind": str(RowKind.MECHANISM), "pk": row.pk},
            "title": row.name_vi,
            "state": "",
            "unit": of_unit(next((each.unit for each in roles if each.unit), None)),
            "sample": row.is_sample,
            "short": row.short_name,
            "mechanism": row.kind,
            "mechanisms": path,
            "channel": str(channel_in(path)),
            "content": row.content,
            "roles": [
                {"part": each.part, "holder": each.holder, "session": each.session_number, **_term(each)}
                for each in roles
            ],
        }


def _overlaps(since: dt.date | None, until: dt.date | None, first: dt.date, last: dt.date) -> bool:
    return (since is None or since <= last) and (until is None or until >= first)


def _term(role: Any) -> dict[str, Any]:
    return {
        "since": role.since.isoformat() if role.since else None,
        "since_precision": role.since_precision,
        "until": role.until.isoformat() if role.until else None,
        "until_precision": role.until_precision,
    }


def programmes(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """Schemes and programmes whose years reach into the window."""
    rows = Programme.objects.filter(
        Q(from_year__isnull=True) | Q(from_year__lte=last.year),
        Q(until_year__isnull=True) | Q(until_year__gte=first.year),
    )
    for row in rows.select_related("instrument", "lead_unit").order_by("sort_key", "pk"):
        yield {
            "kind": str(RowKind.PROGRAMME),
            "number": f"programme-{row.pk}",
            "link": {"kind": str(RowKind.PROGRAMME), "pk": row.pk},
            "title": row.name_vi,
            "state": "",
            "unit": of_unit(row.lead_unit),
            "sample": row.is_sample,
            "short": row.short_name,
            "programme": row.kind,
            "document": str(row.instrument) if row.instrument else "",
            "from_year": row.from_year,
            "until_year": row.until_year,
            "goals": row.goals,
        }


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
