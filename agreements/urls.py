from __future__ import annotations

from django.urls import path

from agreements import views

app_name = "agreements"
urlpatterns = [
    path("doi-tac/", views.PartnerList.as_view(), name="partner_list"),
    path("doi-tac/them/", views.partner_create, name="partner_create"),
    path("doi-tac/<int:pk>/", views.PartnerDetail.as_view(), name="partner_detail"),
    path("doi-tac/<int:pk>/sua/", views.partner_change, name="partner_change"),
]
