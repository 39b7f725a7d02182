"""The pages of django-allauth that we use, at Vietnamese addresses. No namespace: allauth reverses these names bare."""

from __future__ import annotations

from allauth.account import views
from django.urls import path, re_path

from intlcoop.web.accounts import PortalLoginView

urlpatterns = [
    path("dang-nhap/", PortalLoginView.as_view(), name="account_login"),
    path("dang-xuat/", views.logout, name="account_logout"),
    path("tai-khoan/bi-khoa/", views.account_inactive, name="account_inactive"),
    path("tai-khoan/xac-nhan/", views.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/mat-khau/", views.password_change, name="account_change_password"),
    path("quen-mat-khau/", views.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("quen-mat-khau/xong/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
