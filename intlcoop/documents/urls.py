from __future__ import annotations

from django.urls import path

from intlcoop.documents import views

app_name = "documents"
urlpatterns = [path("tep/<slug:slug>/<uuid:public_id>/", views.file, name="file")]
