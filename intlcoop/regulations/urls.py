from __future__ import annotations

from django.urls import path

from intlcoop.regulations.views import deadlines, holidays, instruments, news, parameters

app_name = "regulations"
BASE = "quan-tri/quy-dinh/"
urlpatterns = [
    path("quy-dinh-moi/", news.news_list, name="news"),
    path(BASE, parameters.rule_list, name="rule_list"),
    path(f"{BASE}tham-so/<str:key>/", parameters.parameter, name="parameter"),
    path(f"{BASE}tham-so/<str:key>/gia-tri-moi/", parameters.parameter_new, name="parameter_new"),
    path(f"{BASE}gia-tri/<int:pk>/can-cu/", parameters.parameter_correct, name="parameter_correct"),
    path(f"{BASE}gia-tri/<int:pk>/thoi-ap-dung/", parameters.parameter_end, name="parameter_end"),
    path(f"{BASE}gia-tri/<int:pk>/rut-lai/", parameters.parameter_withdraw, name="parameter_withdraw"),
    path(f"{BASE}van-ban/", instruments.InstrumentList.as_view(), name="instruments"),
    path(f"{BASE}van-ban/them/", instruments.instrument_create, name="instrument_create"),
    path(f"{BASE}van-ban/<int:pk>/", instruments.instrument, name="instrument"),
    path(f"{BASE}van-ban/<int:pk>/sua/", instruments.instrument_change, name="instrument_change"),
    path(f"{BASE}ngay-nghi/", holidays.holidays, name="holidays"),
    path(f"{BASE}ngay-nghi/them/", holidays.holiday_create, name="holiday_create"),
    path(f"{BASE}ngay-nghi/hoan-doi/", holidays.holiday_swap, name="holiday_swap"),
    path(f"{BASE}ngay-nghi/<int:pk>/sua/", holidays.holiday_change, name="holiday_change"),
    path(f"{BASE}ngay-nghi/<int:pk>/bo/", holidays.holiday_remove, name="holiday_remove"),
    path(f"{BASE}ngay-nghi/nam/<int:year>/nap/", holidays.holiday_load, name="holiday_load"),
    path(f"{BASE}ngay-nghi/nam/<int:year>/xac-nhan/", holidays.holiday_confirm, name="holiday_confirm"),
    path(f"{BASE}han-hang-nam/", deadlines.deadlines, name="deadlines"),
    path(f"{BASE}han-hang-nam/them/", deadlines.deadline_create, name="deadline_create"),
    path(f"{BASE}han-hang-nam/<int:pk>/sua/", deadlines.deadline_change, name="deadline_change"),
    path(f"{BASE}han-hang-nam/<int:pk>/thoi-ap-dung/", deadlines.deadline_end, name="deadline_end"),
]
