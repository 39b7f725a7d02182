"""Addresses of trips (contracts.md: /doan-ra/DR-2026-0012/)."""

from __future__ import annotations

from django.urls import path

from delegations import views

app_name = "delegations"

urlpatterns = [
    path("doan-ra/", views.TripList.as_view(), name="trips"),
    path("doan-ra/<str:number>/", views.trip, name="trip"),
    path("doan-ra/<str:number>/bao-cao/", views.report, name="report"),
]
