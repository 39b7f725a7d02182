"""Finding the event of an address, and what every page about an event has in its frame."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.models import InternationalEvent
from delegations.queries.events import WITH
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of


def visible_event(request: HttpRequest, number: str) -> InternationalEvent:
    """The event of this number, if this person may see it; a stranger gets 404 as if it did not exist."""
    found = (
        InternationalEvent.objects.visible_to(person_of(request))
        .select_related(*WITH, "country", "report")
        .filter(case__number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def events_crumb() -> Crumb:
    return Crumb(_("International events"), reverse("delegations:events"))


def event_page(event: InternationalEvent, **more: Any) -> dict[str, Any]:
    """The event, its address, and the way back to it."""
    url = event.get_absolute_url()
    crumbs = [events_crumb(), Crumb(shown(event.case.number), url)]
    return {"event": event, "case": event.case, "file_url": url, "crumbs": crumbs, **more}
