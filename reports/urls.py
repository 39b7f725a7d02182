"""Addresses of reports and the home page (contracts.md: /bao-cao/BC-2026-0001/)."""

from __future__ import annotations

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.home, name="home"),
    path("bao-cao/", views.ReportList.as_view(), name="list"),
    path("bao-cao/lap/", views.order, name="order"),
    path("bao-cao/<str:number>/", views.report, name="report"),
    path("bao-cao/<str:number>/du-lieu.json", views.data, name="data"),
    path("bao-cao/<str:number>/huy/", views.cancel, name="cancel"),
    path("bao-cao/<str:number>/lap-lai/", views.retry, name="retry"),
    path("bao-cao/<str:number>/so-lieu/<str:key>/", views.figure, name="figure"),
]
