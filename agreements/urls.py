from __future__ import annotations

from django.urls import path

from agreements import views
from agreements.views import commitments, mechanisms, meetings
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
    path("doi-tac/co-che/", mechanisms.MechanismList.as_view(), name="mechanism_list"),
    path("doi-tac/co-che/them/", mechanisms.create, name="mechanism_create"),
    path("doi-tac/co-che/<int:pk>/", mechanisms.mechanism, name="mechanism"),
    path("doi-tac/co-che/<int:pk>/sua/", mechanisms.change, name="mechanism_change"),
    path("doi-tac/co-che/<int:pk>/them-chuoi-hop/", meetings.series_create, name="series_create"),
    path("doi-tac/co-che/chuoi-hop/<int:pk>/sua/", meetings.series_change, name="series_change"),
    path("doi-tac/co-che/chuoi-hop/<int:pk>/them-phien/", meetings.session_create, name="session_create"),
    path("doi-tac/co-che/phien-hop/", meetings.SessionList.as_view(), name="session_list"),
    path("doi-tac/co-che/phien-hop/<int:pk>/sua/", meetings.session_change, name="session_change"),
    path("doi-tac/co-che/phien-hop/<int:pk>/bo/", meetings.session_remove, name="session_remove"),
]
