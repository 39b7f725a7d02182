"""Visits and the lines of the plan: filed from a line, and shown on its page."""

from __future__ import annotations

from typing import Any

import rules
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.guards.visits import is_open_for_visit
from delegations.models import InboundDelegation, PlanLine
from delegations.queries.visits import visit_days
from delegations.visit_choices import InboundState
from intlcoop.workflow.doors import person_of

LARGEST_ID = 2**63 - 1


def visit_links(line: PlanLine, user: Any) -> list[dict[str, Any]]:
    """ "Lập hồ sơ đoàn vào từ dòng này", on the page of a line, for who may file visits while the line stands for one."""
    if not is_open_for_visit(line) or not rules.has_perm("delegations.add_visit", user):
        return []
    return [{"label": _("File a visit from this line"), "url": f"{reverse('delegations:visit_new')}?dong={line.pk}"}]


def visits_on(line: PlanLine, user: Any) -> list[tuple[InboundDelegation, str, Any]]:
    """The visits of this line that the reader may see, with their days and states."""
    rows = (
        InboundDelegation.objects.visible_to(user)
        .filter(plan_line=line)
        .select_related("case")
        .order_by("case__number")
    )
    return [(visit, visit_days(visit), InboundState(visit.case.state).label) for visit in rows]


def line_asked_for(request: HttpRequest) -> PlanLine | None:
    """The line from which a new visit is to begin ("?dong="), if visits may be filed from it."""
    text = request.POST.get("dong") or request.GET.get("dong") or ""
    if not text.isascii() or not text.isdecimal() or int(text) > LARGEST_ID:
        return None
    lines = PlanLine.objects.visible_to(person_of(request)).select_related("plan", "unit", "partner", "field")
    found: PlanLine | None = lines.filter(pk=int(text)).first()
    return found if found is not None and is_open_for_visit(found) else None
