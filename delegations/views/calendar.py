"""The calendar of absences: a month in a grid that a phone can show, who is away with what, and what does not fit together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import rules
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from delegations.absence import DAY
from delegations.choices import OutboundState
from delegations.queries.calendar_sections import sections_of
from delegations.queries.event_calendar import events_of
from delegations.queries.radar import Radar, Stay
from delegations.queries.visit_calendar import Guests, HostAway, guests_of, hosts_away, visits_of
from intlcoop.audit.exports import record_export
from intlcoop.exporting import tables
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, OrgUnit
from intlcoop.vietnamese.dates import table_range
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of

FIRST_YEAR, LAST_YEAR = 2000, 2100
#: Months that the choice offers before and after the one that is shown.
AROUND = 12
LARGEST_ID = 2**63 - 1


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    radar = radar_of(request)
    if request.GET.get("xuat") == "xlsx":
        return exported(request, radar)
    return render(request, "delegations/calendar.html", page_of(request, radar))


def radar_of(request: HttpRequest) -> Radar:
    """What the address asks for; what makes no sense is ignored."""
    year, month = month_in(request.GET)
    return Radar(
        person_of(request),
        year,
        month,
        unit=id_in(request.GET, "don_vi"),
        person=id_in(request.GET, "nguoi"),
        leaders=request.GET.get("lanh_dao") == "1",
    )


def month_in(query: Mapping[str, str]) -> tuple[int, int]:
    """ "?thang=2026-12"; this month when it is no month."""
    year, _hyphen, month = query.get("thang", "").partition("-")
    if (
        year.isascii()
        and year.isdecimal()
        and month.isascii()
        and month.isdecimal()
        and len(year) == 4
        and len(month) < 3
    ):
        number, place = int(year), int(month)
        if FIRST_YEAR <= number <= LAST_YEAR and 1 <= place <= 12:
            return number, place
    today = timezone.localdate()
    return today.year, today.month


def id_in(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 and int(text) <= LARGEST_ID else None


def page_of(request: HttpRequest, radar: Radar) -> dict[str, Any]:
    today = timezone.localdate()
    before, after = radar.first - DAY, radar.last + DAY
    visits = visits_of(radar)
    events = events_of(radar)
    guests = [guests_of(visit) for visit in visits]
    return {
        "radar": radar,
        "guests": [(each, reverse("workflow:file", args=[each.number])) for each in guests],
        "events": events,
        "sections": sections_of(radar),
        "hosts_away": [host_away_words(away) for away in hosts_away(visits, radar.all_stays)],
        "month_name": _("month %(month)s/%(year)s") % {"month": radar.month, "year": radar.year},
        "weeks": [[cell_of(cell, today, guests) for cell in week] for week in radar.weeks],
        "people": [(person, [stay_line(stay) for stay in person.stays]) for person in radar.people],
        "twice": [twice_words(pair) for pair in radar.twice],
        "together": [together_words(group) for group in radar.together],
        "line_clashes": [clash_words(clash) for clash in radar.line_clashes],
        "open_lines": radar.open_lines,
        "previous_url": url_of(request, before),
        "next_url": url_of(request, after),
        "today_url": url_of(request, today),
        "is_this_month": (today.year, today.month) == (radar.year, radar.month),
        "months": months_around(radar),
        "units": [(unit.pk, str(unit)) for unit in OrgUnit.objects.visible_to(person_of(request))],
        "leaders": leaders_on(radar.first, radar.last),
        "narrowed": bool(radar.unit or radar.person or radar.leaders),
        "weekday_names": [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")],
        "may_file": rules.has_perm("delegations.add_trip", request.user),
    }


def url_of(request: HttpRequest, day: dt.date) -> str:
    """The month of a day, with the filters as they are."""
    kept = {name: request.GET[name] for name in ("don_vi", "nguoi", "lanh_dao") if request.GET.get(name)}
    return f"{reverse('delegations:calendar')}?{urlencode({'thang': f'{day:%Y-%m}', **kept})}"


def months_around(radar: Radar) -> list[tuple[str, str]]:
    first = radar.year * 12 + radar.month - 1
    return [
        (f"{number // 12:04d}-{number % 12 + 1:02d}", f"{number % 12 + 1}/{number // 12}")
        for number in range(first - AROUND, first + AROUND + 1)
        if FIRST_YEAR <= number // 12 <= LAST_YEAR
    ]


def leaders_on(first: dt.date, last: dt.date) -> list[tuple[int, str]]:
    """The leaders of the ministry in this month, for the choice."""
    rows = Appointment.objects.overlapping(first, last).filter(role__in=(Role.MINISTER, Role.DEPUTY_MINISTER))
    names = rows.order_by("role", "person__sort_key").values_list("person_id", "person__full_name")
    return list(dict(names).items())


def cell_of(
    cell: tuple[dt.date, list[Stay]] | None, today: dt.date, guests: Sequence[Guests] = ()
) -> dict[str, Any] | None:
    if cell is None:
        return None
    day, stays = cell
    return {
        "day": day,
        "stays": stays,
        "leaders": [stay for stay in stays if stay.is_leader],
        "others": sum(not stay.is_leader for stay in stays),
        "visits": sum(each.first <= day <= each.last for each in guests),
        "is_today": day == today,
        "is_weekend": day.weekday() >= 5,
    }


def host_away_words(away: HostAway) -> str:
    text = _("%(host)s is to receive the guests of %(number)s on %(day)s and is on trip %(trip)s (%(days)s).")
    return text % {
        "host": away.host,
        "number": shown(away.guests.number),
        "day": table_range(away.day, away.day),
        "trip": shown(away.stay.number),
        "days": table_range(away.stay.first, away.stay.last),
    }


def stay_line(stay: Stay) -> dict[str, Any]:
    return {
        "number": shown(stay.number),
        "title": stay.title,
        "url": reverse("workflow:file", args=[stay.number]),
        "days": table_range(stay.first, stay.last),
        "places": ", ".join(stay.places),
        "unit": stay.unit,
        "state": OutboundState(stay.state).label,
    }


def twice_words(pair: Any) -> str:
    values = {
        "name": pair.early.name,
        "first": shown(pair.early.number),
        "first_days": table_range(pair.early.first, pair.early.last),
        "second": shown(pair.late.number),
        "second_days": table_range(pair.late.first, pair.late.last),
    }
    if pair.days is None:
        text = _(
            "%(name)s comes back from %(first)s (%(first_days)s) and leaves with %(second)s on the next day (%(second_days)s)."
        )
        return text % values
    text = _(
        "%(name)s is on two trips at once: %(first)s (%(first_days)s) and %(second)s (%(second_days)s); in common %(days)s."
    )
    return text % (values | {"days": table_range(*pair.days)})


def together_words(group: Any) -> str:
    values = {"names": ", ".join(group.names), "days": table_range(group.first, group.last), "unit": group.unit}
    if group.unit:
        return _("Leaders of %(unit)s are away together on %(days)s: %(names)s.") % values
    return _("Leaders of the ministry are away together on %(days)s: %(names)s.") % values


def clash_words(clash: Any) -> str:
    by = [
        *([_("the same leader (%(name)s)") % {"name": clash.leader}] if clash.leader else []),
        *([_("the same partner (%(name)s)") % {"name": clash.partner}] if clash.partner else []),
        *([_("the same country for the same kind of purpose (%(name)s)") % {"name": ", ".join(clash.countries)}] if clash.countries else []),  # noqa: E501
    ]  # fmt: skip
    text = _("“%(first)s” (%(first_unit)s) and “%(second)s” (%(second_unit)s): %(by)s.")
    return text % {
        "first": clash.first.title,
        "first_unit": clash.first.unit,
        "second": clash.second.title,
        "second_unit": clash.second.unit,
        "by": ", ".join(by),
    }


# --- the file ---------------------------------------------------------------------------------------------------------


def exported(request: HttpRequest, radar: Radar) -> HttpResponse:
    """The same stays as on the page, one row for each person and trip; leaves a line in the log."""
    title = _("Absences %(month)s-%(year)s") % {"month": f"{radar.month:02d}", "year": radar.year}
    rows = [stay for person in radar.people for stay in person.stays]
    record_export(request, title)
    response = HttpResponse(tables.to_xlsx(title, columns_of(radar), rows), content_type=tables.XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="lich-{radar.year}-{radar.month:02d}.xlsx"'
    return response


def columns_of(radar: Radar) -> list[tables.Column]:
    marks: dict[tuple[int, str], list[str]] = {}
    for pair in radar.twice:
        for stay in (pair.early, pair.late):
            marks.setdefault((stay.person, stay.number), []).append(twice_words(pair))
    return [
        tables.Column(_("Full name"), lambda stay: stay.name, width=24),
        tables.Column(_("Post"), lambda stay: stay.post, width=24),
        tables.Column(_("Unit or body"), lambda stay: stay.body, width=28),
        tables.Column(_("Number"), lambda stay: shown(stay.number)),
        tables.Column(_("Title of the trip"), lambda stay: stay.title, width=48),
        tables.Column(_("Place"), lambda stay: ", ".join(stay.places), width=24),
        tables.Column(_("Day of departure"), lambda stay: stay.first, kind="date"),
        tables.Column(_("Day of return"), lambda stay: stay.last, kind="date"),
        tables.Column(_("Number of days"), lambda stay: stay.days, kind="int"),
        tables.Column(_("Status"), lambda stay: str(OutboundState(stay.state).label), width=20),
        tables.Column(_("To be looked at"), lambda stay: " ".join(marks.get((stay.person, stay.number), [])), width=60),
    ]
