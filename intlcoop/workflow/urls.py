"""Addresses of files and steps whatever their kind."""

from __future__ import annotations

from django.urls import path

from intlcoop.workflow import comparison_views, step_views, views
from intlcoop.workflow import converters as converters
from intlcoop.workflow.standing_page import StandingList

app_name = "workflow"

urlpatterns = [
    path("ho-so/dang-dung/", StandingList.as_view(), name="standing"),
    path("ho-so/<file_number:number>/", views.file, name="file"),
    path("ho-so/<file_number:number>/chuyen/<str:transition>/", views.fire, name="fire"),
    path("ho-so/<file_number:number>/y-kien/", views.comment, name="comment"),
    path("ho-so/<file_number:number>/lich-su/", views.history, name="history"),
    path("ho-so/<file_number:number>/doi-chieu/", comparison_views.comparison, name="comparison"),
    path("ho-so/<file_number:number>/ban-ky/", views.scan, name="scan"),
    path("ho-so/<file_number:number>/du-thao/<uuid:public_id>/", views.draft, name="draft"),
    path("buoc/<int:pk>/", step_views.step, name="step"),
    path("buoc/<int:pk>/ghi-nhan/", step_views.record, name="record"),
    path("buoc/<int:pk>/giao-lai/", step_views.reassign, name="reassign"),
    path("buoc/<int:pk>/du-thao/", step_views.draft, name="step_draft"),
]
