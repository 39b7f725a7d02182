from __future__ import annotations

from django.urls import path

from intlcoop.regulations import views

app_name = "regulations"
urlpatterns = [
    path("quan-tri/quy-dinh/", views.rule_list, name="rule_list"),
]
