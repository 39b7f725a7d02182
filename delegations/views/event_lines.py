"""Events and the lines of the plan: filed from a line, and shown on its page."""

from __future__ import annotations

from typing import Any

import rules
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.event_choices import EventState
from delegations.guards.events import is_open_for_event
from delegations.models import InternationalEvent, PlanLine
from delegations.queries.events import event_days_text
from intlcoop.workflow.doors import LARGEST_ID, person_of


def event_links(line: PlanLine, user: Any) -> list[dict[str, Any]]:
    """ "Lập hồ sơ hội nghị từ dòng này", on the page of a line, for who may file events while the line stands for one."""
    if not is_open_for_event(line) or not rules.has_perm("delegations.add_trip", user):
        return []
    return [{"label": _("File an event from this line"), "url": f"{reverse('delegations:event_new')}?dong={line.pk}"}]


def events_on(line: PlanLine, user: Any) -> list[tuple[InternationalEvent, str, Any]]:
    """The events of this line that the reader may see, with their days and states."""
    rows = InternationalEvent.objects.visible_to(user).filter(plan_line=line).select_related("case")
    return [(row, event_days_text(row), EventState(row.case.state).label) for row in rows.order_by("case__number")]


def line_asked_for(request: HttpRequest) -> PlanLine | None:
    """The line from which a new event is to begin ("?dong="), if events may be filed from it."""
    text = request.POST.get("dong") or request.GET.get("dong") or ""
    if not text.isascii() or not text.isdecimal() or len(text) > 18 or int(text) > LARGEST_ID:
        return None
    lines = PlanLine.objects.visible_to(person_of(request)).select_related("plan", "unit")
    found: PlanLine | None = lines.filter(pk=int(text)).first()
    return found if found is not None and is_open_for_event(found) else None
