from __future__ import annotations

from django.urls import path

from intlcoop.audit import views

app_name = "audit"
urlpatterns = [
    path("quan-tri/nhat-ky/", views.SecurityEventList.as_view(), name="security_events"),
    path("quan-tri/nguoi-dung/<int:pk>/lich-su/", views.person_history, name="person_history"),
    path("quan-tri/don-vi/<int:pk>/lich-su/", views.unit_history, name="unit_history"),
]
