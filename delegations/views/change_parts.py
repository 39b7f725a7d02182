"""What the page of a request to change a trip shows: what is asked for, old and new, what is missing, what can be pressed."""

from __future__ import annotations

from typing import Any

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations import guards, queries
from delegations.choices import ChangeKind, ChangeState, OutboundState
from delegations.models import OutboundDelegation, TripChange
from delegations.views.file_prints import print_address
from intlcoop.people import offices
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.pages import missing_from

READY = (ChangeState.PLANNED, ChangeState.RETURNED)


def offered_kinds(trip: OutboundDelegation) -> dict[str, tuple[Any, str]]:
    """{kind: (label, what it means)} of what can be asked of this trip now."""
    words = {
        ChangeKind.AMEND: _("Other members, days, places, purpose or money. The trip goes on with the new content."),
        ChangeKind.EXTEND: _("The same people come back later than was decided."),
        ChangeKind.POSTPONE: _("The trip waits; its new days are not known yet. If they are, ask for an amendment."),
        ChangeKind.CANCEL: _("The trip does not take place, and its decision is repealed."),
        ChangeKind.ONLINE: _("The event is held online; the trip is called off and stands in the list of events."),
    }
    kinds = [ChangeKind.EXTEND] if trip.case.state == OutboundState.TRAVELLING else list(words)
    return {kind.value: (kind.label, words[kind]) for kind in kinds}


def change_page(change: TripChange, user: Any) -> dict[str, Any]:
    trip, case = change.delegation, change.case
    may_edit = rules.has_perm("workflow.edit_case", user, case)
    trip_is_visible = rules.has_perm("workflow.view_case", user, trip.case)
    return {
        "change": change,
        "trip": trip,
        "case": case,
        "file_url": change.get_absolute_url(),
        "crumbs": [
            Crumb(_("Outbound delegations"), reverse("delegations:trips")),
            Crumb(shown(trip.case.number), trip.get_absolute_url() if trip_is_visible else ""),
        ],
        "facts": facts(change, trip_url=trip.get_absolute_url() if trip_is_visible else ""),
        "comparisons": queries.comparisons_of_change(change),
        "may_edit": may_edit,
        "links": links(change) if may_edit else [],
        "missing": missing(change) if may_edit and case.state in READY else [],
        "draft_url": reverse("delegations:change_paper", args=[case.number]) if change.closed_at is None else "",
        "made_papers": made_papers(change),
        "online_event": trip.online_events.select_related("case").first() if change.kind == ChangeKind.ONLINE else None,
    }


def made_papers(change: TripChange) -> list[dict[str, Any]]:
    """Submissions on the request while it is under way; to the Prime Minister only where its route asks."""
    if change.closed_at is not None:
        return []
    names = [("to-trinh", _("Submission to the leader"))]
    if change.case.steps.current().filter(kind=StepKind.EXTERNAL_PERMISSION, office=offices.PRIME_MINISTER).exists():
        names.append(("to-trinh-thu-tuong", _("Submission to the Prime Minister")))
    return [
        {
            "label": label,
            "url": reverse("delegations:change_submission", args=[change.case.number, name]),
            "pdf": print_address(change.case, name),
        }
        for name, label in names
    ]


def facts(change: TripChange, *, trip_url: str) -> list[Fact]:
    trip = change.delegation
    decided = [
        f"{each.paper.full_number} ({each.paper.issued_on:%d/%m/%Y})"
        for each in queries.issued_decisions(trip)
        if each.paper.case_id != change.case_id
    ]
    return [
        *(Fact(label, value) for label, value in queries.change_particulars(change)),
        Fact(_("Outbound delegation"), f"{shown(trip.case.number)} · {trip.case.title}", trip_url),
        Fact(_("Decisions so far"), "; ".join(decided)),
        *([Fact(_("Days as decided"), queries.days_text(trip))] if change.closed_at is None else []),
        Fact(_("Unit"), change.case.unit),
        Fact(_("Filed by"), change.case.created_by),
    ]


def links(change: TripChange) -> list[dict[str, Any]]:
    number = change.case.number
    request = {"label": _("Edit the reason"), "url": reverse("delegations:change_edit", args=[number])}
    if not change.has_content:
        return [request]
    content = {"label": _("Edit the content"), "url": reverse("delegations:edit", args=[number])}
    return [content, {"label": _("Cost estimate"), "url": reverse("delegations:estimate", args=[number])}, request]


def missing(change: TripChange) -> list[tuple[str, str]]:
    page = "delegations:edit" if change.has_content else "delegations:change_edit"
    return missing_from(change.case, guards.CHANGE_GUARDS, reverse(page, args=[change.case.number]))
