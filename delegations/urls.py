"""Addresses of trips (contracts.md: /doan-ra/DR-2026-0012/)."""

from __future__ import annotations

from django.urls import path

from delegations.views import editing, estimate, filing, listing, norms, papers, rates, report, settlement, trip
from intlcoop.workflow import converters as converters

app_name = "delegations"

urlpatterns = [
    path("doan-ra/", listing.TripList.as_view(), name="trips"),
    path("doan-ra/lap/", trip.new, name="new"),
    path("doan-ra/<file_number:number>/", trip.trip, name="trip"),
    path("doan-ra/<file_number:number>/sua/", editing.edit, name="edit"),
    path("doan-ra/<file_number:number>/tu-luu/", editing.autosave, name="autosave"),
    path("doan-ra/<file_number:number>/kiem-tra/", filing.check, name="check"),
    path("doan-ra/<file_number:number>/con-lai/", editing.counter, name="counter"),
    path("doan-ra/<file_number:number>/sao-chep/", trip.copy, name="copy"),
    path("doan-ra/<file_number:number>/noi-bat/", trip.highlight, name="highlight"),
    path("doan-ra/<file_number:number>/van-ban/<slug:name>/", papers.paper, name="paper"),
    path("doan-ra/<file_number:number>/phieu-trinh/", papers.slip, name="slip"),
    path("doan-ra/<file_number:number>/du-toan/", estimate.estimate, name="estimate"),
    path("doan-ra/<file_number:number>/du-toan/sua/", estimate.estimate_edit, name="estimate_edit"),
    path("doan-ra/<file_number:number>/du-toan/cap-nhat/", estimate.estimate_follow, name="estimate_follow"),
    path("doan-ra/<file_number:number>/du-toan/nguon/", estimate.estimate_ask, name="estimate_ask"),
    path("doan-ra/<file_number:number>/quyet-toan/", settlement.settlement, name="settlement"),
    path("doan-ra/<file_number:number>/quyet-toan/dong/", settlement.settlement_close, name="settlement_close"),
    path("doan-ra/<file_number:number>/quyet-toan/mo-lai/", settlement.settlement_reopen, name="settlement_reopen"),
    path("quan-tri/dinh-muc/", norms.norm_tables, name="norm_tables"),
    path("quan-tri/dinh-muc/them/", norms.norm_table_edit, name="norm_table_new"),
    path("quan-tri/dinh-muc/<int:pk>/", norms.norm_table, name="norm_table"),
    path("quan-tri/dinh-muc/<int:pk>/sua/", norms.norm_table_edit, name="norm_table_edit"),
    path("quan-tri/dinh-muc/<int:pk>/mau-nhap/", norms.norm_template, name="norm_template"),
    path("quan-tri/dinh-muc/<int:pk>/nhap/", norms.norm_import, name="norm_import"),
    path("quan-tri/dinh-muc/<int:pk>/nhom/them/", norms.group_new, name="norm_group_new"),
    path("quan-tri/nhom-nuoc/<int:pk>/", norms.group_edit, name="norm_group"),
    path("quan-tri/nhom-nuoc/<int:pk>/muc-chi/", norms.norm_new, name="norm_new"),
    path("quan-tri/muc-chi/<int:pk>/bo/", norms.norm_withdraw, name="norm_withdraw"),
    path("quan-tri/ty-gia/", rates.RateList.as_view(), name="rates"),
    path("quan-tri/ty-gia/them/", rates.rate_edit, name="rate_new"),
    path("quan-tri/ty-gia/<int:pk>/", rates.rate_edit, name="rate"),
    path("doan-ra/<file_number:number>/bao-cao/", report.report, name="report"),
    path("doan-ra/<file_number:number>/bao-cao/sua/", report.report_edit, name="report_edit"),
]
