"""Days off and swapped days, a year at a time."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intlcoop.regulations import services
from intlcoop.regulations.forms import (
    ConfirmYearForm,
    HolidayChangeForm,
    HolidayForm,
    LoadYearForm,
    RemoveForm,
    SwapForm,
)
from intlcoop.regulations.models import Holiday, RuleChange
from intlcoop.regulations.reference import FIRST_YEAR
from intlcoop.regulations.views.shared import answer, crumbs, manager, may_manage, reader
from intlcoop.regulations.years import Difference
from intlcoop.vietnamese.dates import long_date
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed

#: How far ahead a year can be opened.
LAST_YEARS_AHEAD = 5


def years(today: dt.date) -> range:
    return range(FIRST_YEAR, today.year + LAST_YEARS_AHEAD + 1)


def year_of(request: HttpRequest) -> int:
    """The year of the address; this year when there is none that makes sense."""
    today = timezone.localdate()
    text = request.GET.get("nam", "")
    return int(text) if text.isascii() and text.isdigit() and int(text[:5]) in years(today) else today.year


def url_of(year: int) -> str:
    return f"{reverse('regulations:holidays')}?nam={year}"


def trail(year: int) -> Crumb:
    return Crumb(_("Days off and swapped days"), url_of(year))


@require_safe
def holidays(request: HttpRequest) -> HttpResponse:
    reader(request)
    year = year_of(request)
    rows = list(Holiday.objects.visible_to(request.user).filter(day__year=year))
    changes = RuleChange.objects.visible_to(request.user).filter(sort="holiday", year=year).select_related("actor")
    context = {
        "year": year,
        "years": years(timezone.localdate()),
        "holidays": rows,
        "is_open": any(row.needs_check for row in rows),
        "changes": changes[:50],
        "crumbs": crumbs(),
        "may_manage": may_manage(request),
    }
    return render(request, "regulations/holidays.html", context)


def holiday_create(request: HttpRequest) -> HttpResponse:
    actor, year = manager(request), year_of(request)
    return answer(
        request,
        HolidayForm(typed(request)),
        partial(services.add_holiday, actor=actor),
        heading=_("Record a day off"),
        said=gettext("The day is recorded. Open deadlines are counted again."),
        back=url_of(year),
        trail=[trail(year)],
        note=_("Two days that change places are recorded as a swap."),
    )


def holiday_swap(request: HttpRequest) -> HttpResponse:
    actor, year = manager(request), year_of(request)
    return answer(
        request,
        SwapForm(typed(request)),
        partial(services.swap_days, actor=actor),
        heading=_("Swap two days"),
        said=gettext("Both days are recorded. Open deadlines are counted again."),
        back=url_of(year),
        trail=[trail(year)],
    )


def holiday_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = manager(request)
    row = get_object_or_404(Holiday.objects.visible_to(actor), pk=pk)
    return answer(
        request,
        HolidayChangeForm(typed(request), instance=row),
        partial(services.change_holiday, row, actor=actor),
        heading=_("Correct %(day)s") % {"day": long_date(row.day)},
        said=gettext("The correction is recorded."),
        back=url_of(row.day.year),
        trail=[trail(row.day.year)],
    )


def holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor = manager(request)
    row = get_object_or_404(Holiday.objects.visible_to(actor), pk=pk)
    note = row.name_vi + "."
    if row.swapped_with:
        day = {"day": long_date(row.swapped_with)}
        note += " " + gettext("With it goes the other day of the swap: %(day)s.") % day
    return answer(
        request,
        RemoveForm(typed(request)),
        partial(services.remove_holiday, row, actor=actor),
        heading=_("Take out %(day)s") % {"day": long_date(row.day)},
        said=gettext("The day is taken out. Open deadlines are counted again."),
        back=url_of(row.day.year),
        trail=[trail(row.day.year)],
        verb=gettext("Take the day out"),
        note=note,
    )


def holiday_load(request: HttpRequest, year: int) -> HttpResponse:
    """What the package computes beside what is recorded; nothing is taken over that nobody ticked."""
    actor = manager(request)
    if year not in years(timezone.localdate()):
        raise Http404
    found = services.preview_year(year)
    choices = [(each.day.isoformat(), difference_text(each)) for each in found]
    ticked = [each.day.isoformat() for each in found if each.stored is None]
    form = LoadYearForm(
        typed(request), choices=choices, coerce=dt.date.fromisoformat, initial={"days": ticked, "reason": ""}
    )
    return answer(
        request,
        form,
        partial(services.load_year, year, actor=actor),
        heading=_("Days off of %(year)s as the calendar computes them") % {"year": year},
        said=gettext("The chosen days are taken over. Open deadlines are counted again."),
        back=url_of(year),
        trail=[trail(year)],
        verb=gettext("Take over the ticked days"),
        template="regulations/holiday_load.html",
        more={"differences": found, "year": year},
    )


def difference_text(each: Difference) -> str:
    """One difference as a sentence beside its box."""
    values = {"day": long_date(each.day), "ours": words(each.stored), "theirs": words(each.proposed)}
    if each.stored is None:
        return gettext("%(day)s: add %(theirs)s") % values
    if each.proposed is None:
        return gettext("%(day)s: take out %(ours)s, which the calendar does not have") % values
    return gettext("%(day)s: “%(ours)s” becomes “%(theirs)s”") % values


def words(row: Holiday | None) -> Any:
    return f"{row.name_vi} ({row.get_kind_display()})" if row else ""


def holiday_confirm(request: HttpRequest, year: int) -> HttpResponse:
    actor = manager(request)
    left = Holiday.objects.filter(day__year=year, needs_check=True).count()
    text = ngettext("%(count)s day is not confirmed yet.", "%(count)s days are not confirmed yet.", left)
    return answer(
        request,
        ConfirmYearForm(typed(request)),
        partial(services.confirm_year, year, actor=actor),
        heading=_("Confirm the days off of %(year)s") % {"year": year},
        said=gettext("The year is confirmed."),
        back=url_of(year),
        trail=[trail(year)],
        verb=gettext("Confirm the year"),
        note=text % {"count": left},
    )
