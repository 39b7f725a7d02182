"""Addresses of pages that touch several rooms."""

from __future__ import annotations

from django.urls import path

from intlcoop.operations import views

app_name = "operations"
urlpatterns = [
    path("quan-tri/nhap-so-lieu/", views.imports, name="imports"),
    path("quan-tri/nhap-so-lieu/<int:pk>/", views.register_import, name="import"),
    path("quan-tri/nhap-so-lieu/<int:pk>/nhap/", views.take_over, name="take_over"),
    path("quan-tri/nhap-so-lieu/<int:pk>/bo/", views.put_aside, name="put_aside"),
]
