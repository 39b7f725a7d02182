"""The list of events, and the page of one: who permits it, its people, its work, its papers, its report."""

from __future__ import annotations

from typing import Any

import rules
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from agreements.queries.agreement_section import signed_at
from delegations import queries
from delegations.event_choices import EventFormat, EventKind, EventRole, EventState
from delegations.filters import EventFilter
from delegations.guards.events import PERMISSION_GUARDS, PRINCIPLE_GUARDS, explains_event_warnings
from delegations.guards.events import has_plan_or_reason as has_plan
from delegations.models import InternationalEvent
from delegations.queries.event_parts import headcount, may_tick, streams_of
from delegations.queries.events import event_mechanism, event_report_due
from delegations.queries.reception_section import reception_section
from delegations.views.event_authority import authority_shown
from delegations.views.event_finding import event_page, events_crumb, visible_event
from delegations.views.event_papers import papers_for, print_under_way
from intlcoop.vietnamese.folding import fold
from intlcoop.web.display import Fact
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.workflow.actions import Action, with_one_primary
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.pages import case_context, missing_from
from intlcoop.workflow.wording import state_badge

READY = (EventState.PLANNED, EventState.RETURNED, EventState.PRINCIPLE_AGREED)


@require_safe
def event(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_event(request, number)
    user = person_of(request)
    context = case_context(found.case, user)
    may_run = rules.has_perm("delegations.edit_event", user, found)
    may_edit = may_run and found.case.state in queries.editable_event_states()
    trip = found.trip
    context["actions"] = with_report(found, context["actions"], may_run=may_run)
    page = event_page(
        found,
        crumbs=[events_crumb()],
        facts=[Fact(label, value) for label, value in queries.event_particulars(found)],
        links=[{"label": _("Edit"), "url": reverse("delegations:event_edit", args=[number])}] if may_edit else [],
        has_menu=any(not action.primary for action in context["actions"]),
        may_run=may_run,
        may_edit=may_edit,
        missing=missing_of(found) if may_edit and found.is_hosted and found.case.state in READY else [],
        authority=authority_shown(found) if found.is_hosted else None,
        trip=trip if trip is not None and rules.has_perm("workflow.view_case", user, trip.case) else None,
        signed=signed_at(found.case, user),
        members=list(trip.members.all()) if trip is not None else [],
        print=print_under_way(request, found),
        **parts_of(found, user, may_run=may_run),
    )
    return render(request, "delegations/events/event.html", context | page)


def with_report(found: InternationalEvent, actions: list[Action], *, may_run: bool) -> list[Action]:
    """Before the file can be closed the report is written and sent: until then that is what there is to press."""
    report = getattr(found, "report", None)
    if not (may_run and owes_report(found)) or (report is not None and report.sent_on):
        return actions
    url = reverse("delegations:event_report", args=[found.case.number])
    rest = [action for action in actions if action.key != "complete"]
    return with_one_primary([Action(key="bao-cao", label=_("Write the report"), url=url, primary=True), *rest])


def owes_report(found: InternationalEvent) -> bool:
    return found.is_hosted and found.case.state in (EventState.HELD, EventState.REPORT_DUE)


def missing_of(found: InternationalEvent) -> list[tuple[str, str]]:
    guards = PRINCIPLE_GUARDS if found.wants_principle else PERMISSION_GUARDS
    anchors = dict.fromkeys(guards, "tham-quyen") | {explains_event_warnings: "giai-trinh", has_plan: "giai-trinh"}
    return missing_from(found.case, guards, reverse("delegations:event_edit", args=[found.case.number]), anchors)


def parts_of(found: InternationalEvent, user: Any, *, may_run: bool) -> dict[str, Any]:
    """People, work, papers and report. A fixed number of queries."""
    streams = streams_of(found)
    called_off = found.case.state in EventState.CALLED_OFF
    ahead = found.case.state in EventState.AHEAD
    rows = [row for stream in streams for row in stream.rows]
    return {
        "headcount": headcount(found),
        "speakers": list(found.people.filter(part__in=("chair", "speaker")).select_related("country")[:20]),
        "streams": streams if rows or (may_run and ahead and found.is_hosted) else [],
        "tickable": {row.pk for row in rows if not called_off and (may_run or may_tick(user, row))},
        "may_plan_work": may_run and ahead,
        "made_papers": papers_for(found),
        "report": getattr(found, "report", None),
        "report_due": event_report_due(found),
        "owes_report": owes_report(found),
        **reception_section(found.case, user),
    }


def place_or_format(row: InternationalEvent) -> str:
    """Where it is held; an event without a room says so."""
    return row.place or str(EventFormat(row.format).label)


class EventList(ListPage):
    model = InternationalEvent
    template_name = "delegations/events/event_list.html"
    title = gettext_lazy("International events")
    search_label = gettext_lazy("Number, title, place, theme")
    filterset_class = EventFilter
    default_sort = "-ngay"
    fixed_order = ("-pk",)
    empty_text = gettext_lazy("No event yet. File the first one, or move a decided trip online.")
    columns = (
        ListColumn(
            name="number", label=gettext_lazy("Number"), value=lambda row: shown(row.case.number), sort=["case__number"], key=True
        ),
        ListColumn(name="title", label=gettext_lazy("Title of the event"), value="case.title", sort=["case__fold"], wide=True),
        ListColumn(name="loai", label=gettext_lazy("Kind of event"), value=lambda row: EventKind(row.kind).label, screen=False),
        ListColumn(name="vai_tro", label=gettext_lazy("Our part in it"), value=lambda row: EventRole(row.role).label),
        ListColumn(name="ngay", label=gettext_lazy("Days"), value=queries.event_days_text, sort=["starts_on"]),
        ListColumn(name="hinh_thuc", label=gettext_lazy("Format"), value=lambda row: EventFormat(row.format).label, screen=False),
        ListColumn(name="dia_diem", label=pgettext_lazy("event", "Place"), value=place_or_format, export_value="place"),
        ListColumn(name="co_quan", label=gettext_lazy("Held by"), value=queries.event_host, screen=False),
        ListColumn(name="co_che", label=gettext_lazy("Mechanism and session"), value=event_mechanism, screen=False),
        ListColumn(name="don_vi", label=gettext_lazy("Unit"), value="case.unit"),
        ListColumn(
            name="trang_thai",
            label=gettext_lazy("Status"),
            value=lambda row: state_badge(row.case, str(EventState(row.case.state).label), []),
            sort=["case__state"],
            template="delegations/_badge.html",
            export_value=lambda row: EventState(row.case.state).label,
        ),
    )  # fmt: skip

    def rows(self) -> QuerySet[InternationalEvent]:
        return InternationalEvent.objects.visible_to(person_of(self.request)).select_related(
            "case__unit", "host_partner", "mechanism_ref", "session__series"
        )

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        if wanted := normalise_number(text):
            return queryset.filter(case__number__startswith=wanted)
        condition = Q()
        for word in fold(text).split():
            condition &= Q(case__fold__contains=word) | Q(search_text__contains=f" {word}")
        return queryset.filter(condition)

    def get_empty_action(self) -> tuple[Any, str] | None:
        if rules.has_perm("delegations.add_trip", person_of(self.request)):
            return _("File an event"), reverse("delegations:event_new")
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "may_file": self.get_empty_action() is not None,
            "may_report": rules.has_perm("delegations.see_event_year", self.request.user),
        }
