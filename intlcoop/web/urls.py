from __future__ import annotations

from django.urls import path

from intlcoop.web import views

app_name = "web"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("ngon-ngu/", views.switch_language, name="language"),
    path("giao-dien/", views.switch_theme, name="theme"),
    path("tim-kiem/", views.search_page, name="search"),
]
