from __future__ import annotations

from django.urls import path

from agreements.views import commitments, contacts, groups, mechanisms, meetings, merging, partner_editing, partners
from intlcoop.workflow import converters as converters

app_name = "agreements"
urlpatterns = [
    path("doi-tac/", partners.PartnerList.as_view(), name="partner_list"),
    path("doi-tac/them/", partner_editing.partner_create, name="partner_create"),
    path("doi-tac/tuong-tu/", partner_editing.alike, name="partners_alike"),
    path("doi-tac/nhom/", groups.GroupList.as_view(), name="group_list"),
    path("doi-tac/nhom/them/", groups.group_create, name="group_create"),
    path("doi-tac/nhom/<int:pk>/", groups.group, name="group"),
    path("doi-tac/nhom/<int:pk>/sua/", groups.group_change, name="group_change"),
    path("doi-tac/gop/", merging.MergeList.as_view(), name="merge_list"),
    path("doi-tac/gop/<int:pk>/", merging.merge, name="merge"),
    path("doi-tac/gop/<int:pk>/hoan-tac/", merging.merge_undo, name="merge_undo"),
    path("doi-tac/dau-moi/<int:pk>/", contacts.contact, name="contact"),
    path("doi-tac/dau-moi/<int:pk>/sua/", contacts.contact_change, name="contact_change"),
    path("doi-tac/<int:pk>/", partners.partner_detail, name="partner_detail"),
    path("doi-tac/<int:pk>/sua/", partner_editing.partner_change, name="partner_change"),
    path("doi-tac/<int:pk>/xac-nhan/", partner_editing.partner_confirm, name="partner_confirm"),
    path("doi-tac/<int:pk>/xoa/", partner_editing.partner_delete, name="partner_delete"),
    path("doi-tac/<int:pk>/gop/", merging.partner_merge, name="partner_merge"),
    path("doi-tac/<int:pk>/hoat-dong/", partners.DealingList.as_view(), name="dealing_list"),
    path("doi-tac/<int:pk>/dau-moi/them/", contacts.contact_create, name="contact_create"),
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
