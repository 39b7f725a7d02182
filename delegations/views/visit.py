"""The page of a visit: who comes and who receives them, guests, logistics, process, warnings, papers, result."""

from __future__ import annotations

import rules
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from delegations.guards.visits import VISIT_GUARDS, has_visit_plan
from delegations.guards.visits import explains_visit_warnings as explains
from delegations.models import InboundVisit
from delegations.queries.visit_particulars import visit_particulars
from delegations.views.visit_finding import visible_visit, visit_page
from delegations.visit_choices import InboundState
from intlcoop.web.display import Crumb, Fact
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.pages import case_context

READY = (InboundState.REQUESTED, InboundState.RETURNED)


@require_safe
def visit(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_visit(request, number)
    user = person_of(request)
    context = visit_page(found, **case_context(found.case, user))
    context["crumbs"] = [Crumb(_("Inbound delegations"), reverse("delegations:visits"))]
    may_edit = rules.has_perm("delegations.edit_visit", user, found)
    context |= {
        "facts": [Fact(label, value) for label, value in visit_particulars(found)],
        "may_edit": may_edit,
        "has_menu": any(not action.primary for action in context["actions"]),
        "missing": missing_of(found) if may_edit and found.case.state in READY else [],
    }
    return render(request, "delegations/visit.html", context)


def missing_of(visit: InboundVisit) -> list[tuple[str, str]]:
    """(sentence, address of the section that mends it) of everything that keeps the visit from being submitted."""
    edit = reverse("delegations:visit_edit", args=[visit.case.number])
    found = []
    for guard in VISIT_GUARDS:
        answer = guard(visit.case) or []
        anchor = "giai-trinh" if guard is explains else "can-cu" if guard is has_visit_plan else "khach"
        found += [(sentence, f"{edit}#{anchor}") for sentence in ([answer] if isinstance(answer, str) else answer)]
    return found
