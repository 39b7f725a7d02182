"""Addresses of trips (contracts.md: /doan-ra/DR-2026-0012/)."""

from __future__ import annotations

from django.urls import path

from delegations.views import (
    editing,
    filing,
    lateness,
    listing,
    papers,
    plan_boards,
    plan_desk,
    plan_lines,
    plan_revisions,
    plan_years,
    plans,
    report,
    trip,
)
from intlcoop.workflow import converters as converters

app_name = "delegations"

urlpatterns = [
    path("doan-ra/", listing.TripList.as_view(), name="trips"),
    path("doan-ra/lap/", trip.new, name="new"),
    path("doan-ra/nop-muon/", lateness.lateness, name="lateness"),
    path("doan-ra/<file_number:number>/", trip.trip, name="trip"),
    path("doan-ra/<file_number:number>/sua/", editing.edit, name="edit"),
    path("doan-ra/<file_number:number>/tu-luu/", editing.autosave, name="autosave"),
    path("doan-ra/<file_number:number>/kiem-tra/", filing.check, name="check"),
    path("doan-ra/<file_number:number>/con-lai/", editing.counter, name="counter"),
    path("doan-ra/<file_number:number>/sao-chep/", trip.copy, name="copy"),
    path("doan-ra/<file_number:number>/noi-bat/", trip.highlight, name="highlight"),
    path("doan-ra/<file_number:number>/van-ban/<slug:name>/", papers.paper, name="paper"),
    path("doan-ra/<file_number:number>/phieu-trinh/", papers.slip, name="slip"),
    path("doan-ra/<file_number:number>/bao-cao/", report.report, name="report"),
    path("doan-ra/<file_number:number>/bao-cao/sua/", report.report_edit, name="report_edit"),
    path("ke-hoach/", plans.PlanList.as_view(), name="plans"),
    path("ke-hoach/dong/", plan_lines.LineList.as_view(), name="plan_lines"),
    path("ke-hoach/dong/<int:pk>/", plan_lines.line, name="plan_line"),
    path("ke-hoach/dong/<int:pk>/sua/", plan_lines.line_edit, name="plan_line_edit"),
    path("ke-hoach/dong/<int:pk>/ket-qua/", plan_lines.line_settle, name="plan_line_settle"),
    path("ke-hoach/dong/<int:pk>/viec/<slug:name>/", plan_lines.line_act, name="plan_line_act"),
    path("ke-hoach/nam/mo/", plan_years.new, name="plan_year_new"),
    path("ke-hoach/nam/<int:year>/", plan_years.year, name="plan_year"),
    path("ke-hoach/nam/<int:year>/sua/", plan_years.edit, name="plan_year_edit"),
    path("ke-hoach/nam/<int:year>/thong-bao/", plan_years.call, name="plan_call"),
    path("ke-hoach/nam/<int:year>/de-xuat/", plan_years.proposals, name="plan_proposals"),
    path("ke-hoach/nam/<int:year>/de-xuat/them/", plan_years.propose, name="plan_propose"),
    path("ke-hoach/nam/<int:year>/de-xuat/gui/", plan_years.send, name="plan_send"),
    path("ke-hoach/nam/<int:year>/de-xuat/khong-phat-sinh/", plan_years.nothing, name="plan_nothing"),
    path("ke-hoach/nam/<int:year>/trung-lap/", plan_boards.clashes, name="plan_clashes"),
    path("ke-hoach/nam/<int:year>/phan-bo/", plan_boards.load, name="plan_load"),
    path("ke-hoach/nam/<int:year>/thuc-hien/", plan_boards.actual, name="plan_actual"),
    path("ke-hoach/dieu-chinh/<file_number:number>/", plan_revisions.revision, name="revision"),
    path("ke-hoach/dieu-chinh/<file_number:number>/dong/", plan_revisions.choose_line, name="revision_lines"),
    path("ke-hoach/dieu-chinh/<file_number:number>/them/", plan_revisions.add, name="revision_add"),
    path("ke-hoach/dieu-chinh/<file_number:number>/dong/<int:pk>/", plan_revisions.change, name="revision_change"),
    path("ke-hoach/dieu-chinh/<file_number:number>/dong/<int:pk>/bo/", plan_revisions.drop, name="revision_drop"),
    path("ke-hoach/dieu-chinh/<file_number:number>/tra-loi/", plan_revisions.answer, name="revision_answer"),
    path("ke-hoach/dieu-chinh/de-nghi/<int:pk>/rut/", plan_revisions.withdraw, name="change_withdraw"),
    path("ke-hoach/<file_number:number>/", plans.plan, name="plan"),
    path("ke-hoach/<file_number:number>/phien-ban/", plans.versions, name="plan_versions"),
    path("ke-hoach/<file_number:number>/lay-y-kien/", plans.consult, name="plan_consult"),
    path("ke-hoach/<file_number:number>/tiep-nhan/", plan_desk.desk, name="plan_desk"),
    path("ke-hoach/<file_number:number>/tiep-nhan/them/", plan_desk.add, name="plan_desk_add"),
    path("ke-hoach/<file_number:number>/chuyen-tiep/", plan_desk.carry, name="plan_carry"),
    path("ke-hoach/<file_number:number>/dieu-chinh/", plan_revisions.begin, name="plan_revise"),
    path("ke-hoach/<file_number:number>/van-ban/<slug:name>/", plans.paper, name="plan_paper"),
]
