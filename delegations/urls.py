"""Addresses of trips (contracts.md: /doan-ra/DR-2026-0012/)."""

from __future__ import annotations

from django.urls import path

from delegations.views import editing, listing, papers, report, trip

app_name = "delegations"

urlpatterns = [
    path("doan-ra/", listing.TripList.as_view(), name="trips"),
    path("doan-ra/lap/", trip.new, name="new"),
    path("doan-ra/<str:number>/", trip.trip, name="trip"),
    path("doan-ra/<str:number>/sua/", editing.edit, name="edit"),
    path("doan-ra/<str:number>/tu-luu/", editing.autosave, name="autosave"),
    path("doan-ra/<str:number>/con-lai/", editing.counter, name="counter"),
    path("doan-ra/<str:number>/sao-chep/", trip.copy, name="copy"),
    path("doan-ra/<str:number>/noi-bat/", trip.highlight, name="highlight"),
    path("doan-ra/<str:number>/van-ban/<slug:name>/", papers.paper, name="paper"),
    path("doan-ra/<str:number>/phieu-trinh/", papers.slip, name="slip"),
    path("doan-ra/<str:number>/bao-cao/", report.report, name="report"),
    path("doan-ra/<str:number>/bao-cao/sua/", report.report_edit, name="report_edit"),
]
