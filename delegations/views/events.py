"""International events: so far those that are held online in place of a trip (W000-07)."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agreements.queries.agreement_section import signed_at
from delegations import queries, services
from delegations.event_choices import EventFormat, EventState
from delegations.filters import EventFilter
from delegations.forms import EventForm
from delegations.models import InternationalEvent
from intlcoop.vietnamese.folding import fold
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, version_in
from intlcoop.workflow.pages import case_context
from intlcoop.workflow.wording import state_badge


def visible_event(request: HttpRequest, number: str) -> InternationalEvent:
    found = (
        InternationalEvent.objects.visible_to(person_of(request))
        .select_related("case__unit", "case__created_by", "trip__case", "host_partner")
        .filter(case__number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def event_page(event: InternationalEvent, **more: Any) -> dict[str, Any]:
    url = event.get_absolute_url()
    crumbs = [Crumb(_("International events"), reverse("delegations:events"))]
    return {"event": event, "case": event.case, "file_url": url, "crumbs": crumbs, **more}


@require_safe
def event(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_event(request, number)
    user = person_of(request)
    context = case_context(found.case, user)
    facts = [Fact(label, value) for label, value in queries.event_particulars(found)]
    may_edit = found.case.state == EventState.PLANNED and rules.has_perm("delegations.edit_event", user, found)
    edit_url = reverse("delegations:event_edit", args=[number])
    trip = found.trip
    page = event_page(
        found,
        facts=facts,
        links=[{"label": _("Edit"), "url": edit_url}] if may_edit else [],
        has_menu=any(not action.primary for action in context["actions"]),
        trip=trip if trip is not None and rules.has_perm("workflow.view_case", user, trip.case) else None,
        signed=signed_at(found.case, user),
        members=list(trip.members.all()) if trip is not None else [],
    )
    return render(request, "delegations/event.html", context | page)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_event(request, number)
    user = person_of(request)
    if found.case.state != EventState.PLANNED or not rules.has_perm("delegations.edit_event", user, found):
        return doors.refused_page(request, found.case, _("This file can no longer be changed here."))
    form = EventForm(typed(request), instance=found)
    posted = request.method == "POST" and form.is_valid()
    if posted and (answer := saved(request, visible_event(request, number), form)):
        return answer
    return render(request, "delegations/event_form.html", event_page(found, form=form, version=found.case.version))


def saved(request: HttpRequest, found: InternationalEvent, form: EventForm) -> HttpResponse | None:
    act = partial(
        services.update_event,
        found,
        actor=person_of(request),
        title=form.cleaned_data["title"],
        fields=form.values,
        expected_version=version_in(request),
    )
    return doors.carried_out(request, found.case, form, act, said=_("The file is saved."), to=found)


class EventList(ListPage):
    model = InternationalEvent
    title = gettext_lazy("International events")
    filterset_class = EventFilter
    default_sort = "-ngay"
    fixed_order = ("-pk",)
    empty_text = gettext_lazy("No event yet. A decided trip that is moved online appears here.")
    columns = (
        ListColumn(
            name="number", label=gettext_lazy("Number"), value=lambda row: shown(row.case.number), sort=["case__number"], key=True
        ),
        ListColumn(name="title", label=gettext_lazy("Title of the event"), value="case.title", sort=["case__fold"], wide=True),
        ListColumn(name="ngay", label=gettext_lazy("Days"), value=queries.event_days_text, sort=["starts_on"]),
        ListColumn(name="hinh_thuc", label=gettext_lazy("Format"), value=lambda row: EventFormat(row.format).label),
        ListColumn(name="co_quan", label=gettext_lazy("Held by"), value=queries.event_host),
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
            "case__unit", "host_partner"
        )

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        if wanted := normalise_number(text):
            return queryset.filter(case__number__startswith=wanted)
        condition = Q()
        for word in fold(text).split():
            condition &= Q(case__fold__contains=word)
        return queryset.filter(condition)
