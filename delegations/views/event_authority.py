"""Who permits it? As a page of its own before anything is filed, and beside the form while it is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from delegations.event_choices import EventRole, GuestRank, HostLevel, Stage
from delegations.forms.event import AuthorityForm, TypedEvent
from delegations.guards.events import secret_words
from delegations.models import InternationalEvent
from delegations.permitting import Finding, Question, highest_rank
from delegations.queries.event_facts import FilingClock, authority_for, clock_for, question_of, rank_of_listed
from delegations.views.event_finding import events_crumb, visible_event

#: What is assumed where the address does not say.
USUAL = {"guest_rank": str(GuestRank.OTHER), "host_level": str(HostLevel.MINISTRY)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The answer as the page prints it. `is_late`: the legal day has passed, as of today."""

    finding: Finding
    clock: FilingClock | None
    stage: str
    secret: str
    is_late: bool
    is_late_to_icd: bool
    on: dt.date


def answer(question: Question, starts_on: dt.date | None, on: dt.date) -> Shown | None:
    """Who permits by the rules of this day, and until when the file is due; None where no rule says anything."""
    finding = authority_for(question, on)
    if finding is None:
        return None
    clock = clock_for(starts_on, finding) if starts_on else None
    return Shown(
        finding=finding,
        clock=clock,
        stage=question.stage,
        secret="" if finding.may_file else secret_words(),
        is_late=bool(clock and clock.clock.days_late(on)),
        is_late_to_icd=bool(clock and clock.clock.unit_days_late(on)),
        on=on,
    )


def authority_shown(event: InternationalEvent) -> Shown | None:
    """Of a file: by the rules of the day on which it was submitted first."""
    first = event.case.first_submitted_at
    return answer(question_of(event), event.starts_on, timezone.localdate(first) if first else timezone.localdate())


@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """The question by itself; every answer has an address that can be passed on."""
    asked = any(name in request.GET for name in ("topics", "guest_rank", "host_level", "starts_on"))
    data = request.GET.copy()
    for name, value in USUAL.items():
        data.setdefault(name, value)
    form = AuthorityForm(data if asked else None)
    shown = None
    if asked and form.is_valid():
        shown = answer(form.question, form.cleaned_data["starts_on"], timezone.localdate())
    context = {
        "form": form,
        "authority": shown,
        "asked": asked,
        "crumbs": [events_crumb()],
        "heading": _("Who permits it?"),
    }
    return render(request, "delegations/events/authority.html", context)


@require_safe
def authority_as_typed(request: HttpRequest, number: str) -> HttpResponse:
    """The panel beside the form, for what stands in it now; saves nothing."""
    found = visible_event(request, number)
    typed = TypedEvent(request.GET)
    typed.is_valid()
    values: dict[str, Any] = {name: typed.cleaned_data.get(name) for name in typed.fields}
    question = Question(
        topics=tuple(values["topics"] or ()),
        guest_rank=highest_rank([rank for rank in (values["guest_rank"], rank_of_listed(found)) if rank]),
        host=values["host_level"] or found.host_level,
        stage=Stage.PRINCIPLE if values["needs_principle"] and found.principle_agreed_on is None else Stage.PERMISSION,
    )
    hosted = (values["role"] or found.role) in EventRole.HOSTING
    first = found.case.first_submitted_at
    on = timezone.localdate(first) if first else timezone.localdate()
    shown = answer(question, values["starts_on"], on) if hosted else None
    return render(request, "delegations/events/_authority.html", {"authority": shown})
