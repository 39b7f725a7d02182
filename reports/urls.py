"""Addresses of reports, the home page and other work (contracts.md: /bao-cao/BC-2026-0001/, /cong-viec/CV-2026-0001/)."""

from __future__ import annotations

from django.urls import path

from reports import views
from reports.views import (
    consulting,
    edition,
    outline,
    overview,
    recorded,
    report_process,
    sections,
    unit_parts,
    work,
    work_attendance,
    work_editing,
    work_figures,
    work_list,
    work_papers,
)

app_name = "reports"

urlpatterns = [
    path("", views.home, name="home"),
    path("bao-cao/", views.ReportList.as_view(), name="list"),
    path("bao-cao/lap/", views.order, name="order"),
    path("bao-cao/dot/", unit_parts.calls, name="calls"),
    path("bao-cao/dot/moi/", unit_parts.new, name="call_new"),
    path("bao-cao/dot/<int:pk>/", unit_parts.call, name="call"),
    path("bao-cao/dot/<int:pk>/han/", unit_parts.due, name="call_due"),
    path("bao-cao/dot/<int:pk>/nhac/", unit_parts.remind, name="call_remind"),
    path("bao-cao/phan/<file_number:number>/", unit_parts.part, name="part"),
    path("bao-cao/phan/<file_number:number>/sua/", unit_parts.edit, name="part_edit"),
    path("bao-cao/<str:number>/", views.report, name="report"),
    path("bao-cao/<str:number>/du-lieu.json", views.data, name="data"),
    path("bao-cao/<str:number>/huy/", views.cancel, name="cancel"),
    path("bao-cao/<str:number>/lap-lai/", views.retry, name="retry"),
    path("bao-cao/<str:number>/so-lieu-moi/", report_process.refresh, name="refresh"),
    path("bao-cao/<str:number>/tep-moi/", report_process.print_again, name="print_again"),
    path("bao-cao/<str:number>/ban-hanh/", report_process.issue, name="issue"),
    path("bao-cao/<str:number>/gop-y/", consulting.comments, name="comments"),
    path("bao-cao/<str:number>/gop-y/moi/", consulting.open_round, name="comments_open"),
    path("bao-cao/<str:number>/gop-y/<int:pk>/", consulting.say, name="comments_say"),
    path("bao-cao/<str:number>/gop-y/<int:pk>/tra-loi/", consulting.reply, name="comments_reply"),
    path("bao-cao/<str:number>/khac/", report_process.differing, name="differences"),
    path("bao-cao/<str:number>/muc/<str:key>/", sections.edit, name="section"),
    path("bao-cao/<str:number>/muc/<str:key>/bo/", sections.drop, name="section_drop"),
    path("cong-viec/", work_list.WorkList.as_view(), name="work_list"),
    path("cong-viec/them/", work.new, name="work_new"),
    path("cong-viec/them/<slug:slug>/", work_editing.create, name="work_create"),
    path("cong-viec/so-lieu/", work_figures.figures, name="work_figures"),
    path("cong-viec/so-lieu/tong/them/", recorded.write, name="total_create"),
    path("cong-viec/so-lieu/tong/<int:pk>/", recorded.write, name="total"),
    path("cong-viec/so-lieu/tong/<int:pk>/bo/", recorded.remove, name="total_remove"),
    path("cong-viec/<file_number:number>/", work.work, name="work"),
    path("cong-viec/<file_number:number>/sua/", work_editing.edit, name="work_edit"),
    path("cong-viec/<file_number:number>/ket-thuc/", work_editing.close, name="work_close"),
    path("cong-viec/<file_number:number>/muc/<slug:slug>/", work_editing.lines, name="work_lines"),
    path("cong-viec/<file_number:number>/tham-du/", work_attendance.record, name="work_attend"),
    path("cong-viec/<file_number:number>/tham-du/<int:pk>/", work_attendance.record, name="work_attendance"),
    path("cong-viec/<file_number:number>/tham-du/<int:pk>/bo/", work_attendance.remove, name="work_attendance_remove"),
    path("cong-viec/<file_number:number>/thong-bao-ket-luan/", work_papers.notice_docx, name="work_notice"),
    path("cong-viec/<file_number:number>/thong-bao-ket-luan/pdf/", work_papers.notice_pdf, name="work_notice_pdf"),
    path("bao-cao/<str:number>/tieng-anh/", edition.english, name="english"),
    path("bao-cao/<str:number>/bo-cuc/", outline.outline, name="outline"),
    path("bao-cao/<str:number>/so-lieu/", overview.overview, name="figures"),
    path("bao-cao/<str:number>/so-lieu/<str:key>/", views.figure, name="figure"),
]
