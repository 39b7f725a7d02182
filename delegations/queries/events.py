"""What the engine and the pages ask of an international event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.models import InternationalEvent
from delegations.queries.trips import travelling_ids
from intlcoop.vietnamese.dates import table_range
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import LeftOut
from intlcoop.workflow.registry import Related, Summary

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


def event_days_text(event: InternationalEvent) -> str:
    first, last = event.starts_on, event.ends_on or event.starts_on
    return table_range(first, last) if first and last else ""


def event_host(event: InternationalEvent) -> str:
    return event.host_text or str(event.host_partner or "")


def event_particulars(event: InternationalEvent) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [
        (_("Format"), event.get_format_display()),
        (_("Days"), event_days_text(event)),
        (_("Held by"), event_host(event)),
        (_("Cooperation mechanism"), event.mechanism),
        (_("Content"), event.content),
        (_("How to join"), event.joining),
    ]
    if event.trip is not None:
        found.append((_("In place of the delegation"), shown(event.trip.case.number)))
    return [*found, (_("Unit"), event.case.unit), (_("Filed by"), event.case.created_by)]


def event_summary(case: Case) -> Summary:
    event = InternationalEvent.objects.select_related("host_partner").get(case=case)
    lines = (
        (_("Format"), str(event.get_format_display())),
        (_("Days"), event_days_text(event)),
        (_("Unit"), str(case.unit)),
    )
    return Summary(
        title=case.title,
        where=str(event.get_format_display()),
        when=event_days_text(event),
        who="",
        url=reverse("delegations:event", args=[case.number]),
        on=event.starts_on,
        lines=lines,
    )


def event_content(case: Case) -> dict[str, Any]:
    event = InternationalEvent.objects.get(case=case)
    names = ("format", "host_text", "mechanism", "content", "joining")
    days = {name: str(getattr(event, name) or "") for name in ("starts_on", "ends_on")}
    return {"wording": {"title": case.title, **days, **{name: getattr(event, name) for name in names}}}


def attending_ids(case: Case) -> set[int]:
    """Who was to travel takes part from home."""
    trip = InternationalEvent.objects.select_related("trip__case").get(case=case).trip
    return travelling_ids(trip.case) if trip is not None else set()


def events_of_attendant(user: User) -> QuerySet[Any]:
    """The same people as `attending_ids`."""
    left_out = LeftOut.objects.filter(snapshot__person=user.pk).values("decision__step__case")
    attends = Q(trip__members__person=user) | Q(trip__case__in=left_out)
    return InternationalEvent.objects.filter(attends).values("case_id")


def event_history(case: Case) -> Related:
    return Related(rows=[case.event])


def event_edit_url(case: Case) -> str:
    return reverse("delegations:event_edit", args=[case.number])
