"""The statutory calendar: what is due on which day of every year."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intlcoop.regulations import services
from intlcoop.regulations.choices import ParameterKey as Key
from intlcoop.regulations.forms import DeadlineChangeForm, DeadlineForm, EndForm
from intlcoop.regulations.models import RuleChange, StatutoryDeadline
from intlcoop.regulations.queries import ParameterValue, calendar, parameters, upcoming_deadlines
from intlcoop.regulations.views.shared import answer, crumbs, manager, may_manage, reader
from intlcoop.regulations.wording import value_text
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed

#: The deadlines that count from a day of the file instead of the year (domain.md B.11).
FROM_THE_FILE = (
    Key.LEAD_TIME, Key.REPORT_DUE, Key.PASSPORT_RETURN, Key.AGREEMENT_REPORT, Key.CONFERENCE_LEAD_PM,
    Key.CONFERENCE_LEAD_MINISTER, Key.CONFERENCE_REPORT,
)  # fmt: skip


def trail() -> Crumb:
    return Crumb(_("Yearly deadlines"), reverse("regulations:deadlines"))


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    reader(request)
    today = timezone.localdate()
    upcoming = upcoming_deadlines(today, calendar())
    shown = {each.deadline.pk for each in upcoming}
    context = {
        "upcoming": upcoming,
        "others": [row for row in StatutoryDeadline.objects.visible_to(request.user) if row.pk not in shown],
        "from_the_file": from_the_file(today),
        "changes": RuleChange.objects.visible_to(request.user).filter(sort="deadline").select_related("actor")[:50],
        "crumbs": crumbs(),
        "may_manage": may_manage(request),
    }
    return render(request, "regulations/deadlines.html", context)


def from_the_file(today: dt.date) -> list[tuple[ParameterValue, str]]:
    values = parameters(FROM_THE_FILE, today)
    return [(values[key], value_text(values[key].value, values[key].unit)) for key in FROM_THE_FILE if key in values]


def deadline_create(request: HttpRequest) -> HttpResponse:
    actor = manager(request)
    return answer(
        request,
        DeadlineForm(typed(request)),
        partial(services.add_deadline, actor=actor),
        heading=_("Record a yearly deadline"),
        said=gettext("The deadline is recorded."),
        back=reverse("regulations:deadlines"),
        trail=[trail()],
    )


def deadline_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = manager(request)
    row = get_object_or_404(StatutoryDeadline.objects.visible_to(actor), pk=pk)
    return answer(
        request,
        DeadlineChangeForm(typed(request), instance=row),
        partial(services.change_deadline, row, actor=actor),
        heading=_("Change: %(what)s") % {"what": row.what_vi},
        said=gettext("The change is recorded."),
        back=reverse("regulations:deadlines"),
        trail=[trail()],
    )


def deadline_end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = manager(request)
    row = get_object_or_404(StatutoryDeadline.objects.visible_to(actor), pk=pk)
    return answer(
        request,
        EndForm(typed(request), initial={"last_day": timezone.localdate()}),
        partial(services.end_deadline, row, actor=actor),
        heading=_("No longer apply: %(name)s") % {"name": row.what_vi},
        said=gettext("The end is recorded."),
        back=reverse("regulations:deadlines"),
        trail=[trail()],
        verb=gettext("Record the end"),
    )
