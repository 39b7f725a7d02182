"""Addresses of pages that touch several rooms."""

from __future__ import annotations

from django.urls import path

from intlcoop.operations import views
from intlcoop.operations.reorganising import views as reorganising

app_name = "operations"
urlpatterns = [
    path("quan-tri/nhap-so-lieu/", views.imports, name="imports"),
    path("quan-tri/nhap-so-lieu/<int:pk>/", views.register_import, name="import"),
    path("quan-tri/nhap-so-lieu/<int:pk>/nhap/", views.take_over, name="take_over"),
    path("quan-tri/nhap-so-lieu/<int:pk>/bo/", views.put_aside, name="put_aside"),
    path("quan-tri/don-vi/<int:pk>/sap-nhap/", reorganising.unit_merge, name="unit_merge"),
    path("quan-tri/don-vi/<int:pk>/doi-ten/", reorganising.unit_rename, name="unit_rename"),
    path("quan-tri/don-vi/<int:pk>/tach/", reorganising.unit_split, name="unit_split"),
    path("quan-tri/sap-xep/", reorganising.UnitChangeList.as_view(), name="unit_changes"),
    path("quan-tri/sap-xep/<int:pk>/", reorganising.unit_change, name="unit_change"),
    path("quan-tri/sap-xep/<int:pk>/huy/", reorganising.unit_change_undo, name="unit_change_undo"),
]
