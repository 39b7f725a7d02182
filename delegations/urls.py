"""Addresses of trips (contracts.md: /doan-ra/DR-2026-0012/)."""

from __future__ import annotations

from django.urls import path

from delegations.views import editing, filing, lateness, listing, papers, report, trip
from intlcoop.workflow import converters as converters

app_name = "delegations"

urlpatterns = [
    path("doan-ra/", listing.TripList.as_view(), name="trips"),
    path("doan-ra/lap/", trip.new, name="new"),
    path("doan-ra/nop-muon/", lateness.lateness, name="lateness"),
    path("doan-ra/<file_number:number>/", trip.trip, name="trip"),
    path("doan-ra/<file_number:number>/sua/", editing.edit, name="edit"),
    path("doan-ra/<file_number:number>/tu-luu/", editing.autosave, name="autosave"),
    path("doan-ra/<file_number:number>/kiem-tra/", filing.check, name="check"),
    path("doan-ra/<file_number:number>/con-lai/", editing.counter, name="counter"),
    path("doan-ra/<file_number:number>/sao-chep/", trip.copy, name="copy"),
    path("doan-ra/<file_number:number>/noi-bat/", trip.highlight, name="highlight"),
    path("doan-ra/<file_number:number>/van-ban/<slug:name>/", papers.paper, name="paper"),
    path("doan-ra/<file_number:number>/phieu-trinh/", papers.slip, name="slip"),
    path("doan-ra/<file_number:number>/bao-cao/", report.report, name="report"),
    path("doan-ra/<file_number:number>/bao-cao/sua/", report.report_edit, name="report_edit"),
]
