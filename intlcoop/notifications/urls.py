from __future__ import annotations

from django.urls import path, re_path

from intlcoop.notifications import views

app_name = "notifications"
urlpatterns = [
    path("thong-bao/", views.notice_list, name="list"),
    path("thong-bao/da-doc/", views.read_all, name="read_all"),
    path("thong-bao/<int:pk>/mo/", views.open_notice, name="open"),
    path("quan-tri/thu-demo/", views.demo_mails, name="demo_mails"),
    re_path(r"^quan-tri/thu-demo/(?P<name>[0-9a-z-]+)/$", views.demo_mail, name="demo_mail"),
]
