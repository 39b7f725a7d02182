"""Doors to trips: the list, the file, its forms and papers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from delegations.models import OutboundDelegation, TripReport
from intlcoop.web.lists import ListColumn, ListPage


class TripList(ListPage):
    model = OutboundDelegation
    title = _("Outbound delegations")
    columns = (ListColumn(name="number", label=_("Number"), value="case.number", key=True),)


def trip(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(OutboundDelegation.objects.visible_to(request.user), case__number=number)
    return render(request, "delegations/trip.html", {"trip": found})


def report(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(TripReport.objects.visible_to(request.user), delegation__case__number=number)
    return render(request, "delegations/report.html", {"report": found})
