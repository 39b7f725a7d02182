from __future__ import annotations

from django.urls import path

from intlcoop.web import views

app_name = "web"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
]
