from __future__ import annotations

from django.urls import path

from intlcoop.jobs import views

app_name = "jobs"
urlpatterns = [
    path("readyz", views.readyz, name="readyz"),
    path("cong-viec/<uuid:job_id>/", views.job_page, name="job"),
    path("cong-viec/<uuid:job_id>/huy/", views.cancel, name="cancel"),
    path("cong-viec/<uuid:job_id>/thu-lai/", views.retry, name="retry"),
    path("quan-tri/he-thong/", views.system, name="system"),
]
