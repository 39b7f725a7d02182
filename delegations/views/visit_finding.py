"""Finding the visit of an address, and what every page about a visit has in its frame."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.models import InboundDelegation
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of


def visible_visit(request: HttpRequest, number: str) -> InboundDelegation:
    """The visit of this number, if this person may see it; a stranger gets 404 as if it did not exist."""
    found = (
        InboundDelegation.objects.visible_to(person_of(request))
        .select_related("case__unit", "case__created_by", "partner", "country", "host", "field")
        .select_related("plan_line__plan", "plan_line__unit", "imported")
        .prefetch_related("members__country")
        .filter(case__number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def visit_page(visit: InboundDelegation, **more: Any) -> dict[str, Any]:
    """The visit, its address, and the way back to it."""
    url = visit.get_absolute_url()
    crumbs = [Crumb(_("Inbound delegations"), reverse("delegations:visits")), Crumb(shown(visit.case.number), url)]
    return {"visit": visit, "case": visit.case, "file_url": url, "crumbs": crumbs, **more}
