from __future__ import annotations

from django.urls import path

from agreements import views
from agreements.views import commitments
from intlcoop.workflow import converters as converters

app_name = "agreements"
urlpatterns = [
    path("doi-tac/", views.PartnerList.as_view(), name="partner_list"),
    path("doi-tac/them/", views.partner_create, name="partner_create"),
    path("doi-tac/<int:pk>/", views.PartnerDetail.as_view(), name="partner_detail"),
    path("doi-tac/<int:pk>/sua/", views.partner_change, name="partner_change"),
    path("cam-ket/", commitments.CommitmentList.as_view(), name="commitment_list"),
    path("cam-ket/them/", commitments.create, name="commitment_create"),
    path("cam-ket/<file_number:number>/", commitments.commitment, name="commitment"),
    path("cam-ket/<file_number:number>/sua/", commitments.edit, name="commitment_edit"),
    path("cam-ket/<file_number:number>/hoan-thanh/", commitments.claim, name="commitment_claim"),
]
