"""What the page of a visit and whoever decides on it read first, in the order of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from delegations.models import InboundDelegation
from delegations.queries.visits import body_words, head_words, host_words, meeting_words, people_count, visit_days
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case


def visit_particulars(visit: InboundDelegation) -> list[tuple[str, Any]]:
    """(label, value); what is empty in the short form is not asked there and so not shown."""
    head = next((guest for guest in visit.members.all() if guest.part == "head"), None)
    found: list[tuple[str, Any]] = [
        (_("Form"), visit.get_form_display()),
        (_("Visiting body"), body_words(visit)),
        (_("Guest") if visit.is_short else _("Head of the guests"), head_words(visit)),
        (_("Equivalent Vietnamese post"), head.equivalent if head is not None else ""),
        (_("Number of people"), "" if visit.is_short and people_count(visit) == 1 else people_count(visit) or ""),
        (_("Level of the visit"), visit.get_level_display() if visit.level else ""),
        (_("Class of the guests"), visit.get_guest_class_display() if visit.guest_class else ""),
        (_("Days"), visit_days(visit)),
        (_("Who receives"), host_with_rank(visit)),
        (_("How they are received"), visit.get_meeting_display() if visit.meeting else ""),
        (_("Meeting"), meeting_words(visit)),
        (_("Who of ours takes part"), visit.our_side),
        (_("Purpose"), visit.purpose_text),
        (_("Topics of the meeting"), visit.topics),
        (_("Interpreting"), ", ".join(filter(None, (visit.languages, visit.interpreter)))),
        (_("Field of cooperation"), str(visit.field) if visit.field else ""),
        (_("Request or notice"), request_words(visit)),
        (_("Visa"), visit.get_visa_display() if visit.visa else ""),
        (_("Annual plan"), plan_words(visit)),
        (_("Unit"), visit.case.unit),
        (_("Filed by"), visit.case.created_by),
    ]
    asked_always = {_("Visiting body"), _("Days"), _("Who receives"), _("Topics of the meeting")}
    return [(label, value) for label, value in found if value or label in asked_always]


def logistics_of(visit: InboundDelegation) -> list[tuple[str, Any]]:
    """How they come and go, and where they stay; only what is written down."""

    def way(flight: str, time: Any, place: str) -> str:
        return " · ".join(filter(None, (flight, f"{time:%H:%M}" if time else "", place)))

    found = [
        (_("Arrival"), way(visit.arrival_flight, visit.arrival_time, visit.arrival_place)),
        (_("Who meets them"), visit.met_by),
        (_("Leaving"), way(visit.departure_flight, visit.departure_time, visit.departure_place)),
        (_("Who sees them off"), visit.seen_off_by),
        (_("Hotel"), visit.hotel),
        (_("Cars"), visit.cars),
        (_("Other notes of protocol"), visit.protocol_notes),
    ]
    return [(label, value) for label, value in found if value]


def host_with_rank(visit: InboundDelegation) -> str:
    rank = str(visit.get_host_rank_display()) if visit.host_rank else ""
    name = host_words(visit)
    return f"{name} ({rank})" if name and rank else name


def request_words(visit: InboundDelegation) -> str:
    if not visit.request_number:
        return ""
    return f"{visit.request_number} ({table_date(visit.request_date)})" if visit.request_date else visit.request_number


def plan_words(visit: InboundDelegation) -> str:
    if visit.plan_line is not None:
        return f"{visit.plan_line.plan.year} · {visit.plan_line.title}"
    if visit.is_short:
        return ""
    return _("Unplanned: %(reason)s") % {"reason": visit.out_of_plan_reason or _("no reason is given")}


def visit_decision_facts(case: Case) -> list[tuple[str, Any]]:
    rows = InboundDelegation.objects.select_related(
        "case__unit", "case__created_by", "partner", "country", "host", "field"
    )
    return visit_particulars(rows.select_related("plan_line__plan").prefetch_related("members").get(case=case))
