"""Addresses of files and steps whatever their kind."""

from __future__ import annotations

from django.urls import path

from intlcoop.workflow import comparison_views, route_views, step_views, trial_views, views
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
    path("quan-tri/quy-trinh/", route_views.rule_list, name="route_rules"),
    path("quan-tri/quy-trinh/moi/", route_views.create, name="route_rule_create"),
    path("quan-tri/quy-trinh/<int:pk>/", route_views.rule, name="route_rule"),
    path("quan-tri/quy-trinh/<int:pk>/sua/", route_views.edit, name="route_rule_edit"),
    path("quan-tri/quy-trinh/<int:pk>/phien-ban-moi/", route_views.new_version, name="route_rule_version"),
    path("quan-tri/quy-trinh/<int:pk>/ban-hanh/", route_views.publish, name="route_rule_publish"),
    path("quan-tri/quy-trinh/<int:pk>/bat-tat/", route_views.switch, name="route_rule_switch"),
    path("quan-tri/quy-trinh/<int:pk>/rut-lai/", route_views.withdraw, name="route_rule_withdraw"),
    path("quan-tri/quy-trinh/<int:pk>/bo-ban-thao/", route_views.discard, name="route_rule_discard"),
    path("quan-tri/thu-quy-dinh/", trial_views.trial, name="rule_trial"),
]
