"""The pages of norms and rates: who enters them, a table from a workbook, sentences for bad input, constant costs."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.utils import timezone

from delegations.models import (
    ExchangeRate,
    NormTable,
    PerDiemNorm,
)
from intlcoop.exporting.tables import Column, to_xlsx
from tests.delegations import money as m

pytestmark = pytest.mark.django_db


def norm_form(**changes):
    return {
        "item": "meals", "person_class": "B", "amount": "55", "currency": m.currency("USD").pk,
        "valid_from": "14/02/2026", "reason": "Nhập theo phụ lục",
    } | changes  # fmt: skip


def test_finance_enters_groups_and_amounts_and_everybody_reads_them(go, ministry):
    table = NormTable.objects.get(instrument__symbol="140/2025/TT-BTC")
    client = go("taichinh")
    base = f"/quan-tri/dinh-muc/{table.pk}/"
    client.post(f"{base}nhom/them/", {"name": "Nhóm I", "countries": "Thái Lan; nhat ban\nLao"})
    group = table.groups.get()
    assert group.countries.count() == 3
    assert client.post(f"/quan-tri/nhom-nuoc/{group.pk}/muc-chi/", norm_form()).status_code == 302
    text = client.post(f"/quan-tri/nhom-nuoc/{group.pk}/muc-chi/", norm_form(amount="60")).content.decode()
    assert "14/02/2026" in text
    assert 'value="60"' in text
    page = go("chuyenvien").get(base).content.decode()
    assert "55,00 USD" in page
    assert "Nhật Bản" in page
    assert "/muc-chi/" not in page
    assert go("chuyenvien").get(f"{base}nhom/them/").status_code == 403
    norm = PerDiemNorm.objects.get()
    assert go("chuyenvien").post(f"/quan-tri/muc-chi/{norm.pk}/bo/").status_code == 403
    assert go("taichinh").post(f"/quan-tri/muc-chi/{norm.pk}/bo/").status_code == 302
    assert not PerDiemNorm.objects.exists()


def test_an_unknown_country_is_named(go, ministry):
    table = m.table()
    data = {"name": "Nhóm I", "countries": "Thái Lan, Atlantis"}
    text = go("taichinh").post(f"/quan-tri/dinh-muc/{table.pk}/nhom/them/", data).content.decode()
    assert "Atlantis" in text
    assert not table.groups.exists()


def workbook(*lines):
    headers = ("Nhóm nước", "Các nước", "Khoản chi", "Mức", "Số tiền", "Loại tiền", "Từ ngày")
    columns = [Column(header, lambda row, place=place: row[place]) for place, header in enumerate(headers)]
    file = io.BytesIO(to_xlsx("x", columns, lines))
    file.name = "dinh-muc.xlsx"
    return file


GOOD = (
    ("Nhóm I", "Thái Lan, Lào", "Tiền thuê phòng nghỉ", "B", 75, "USD", ""),
    ("Nhóm I", "", "Tiền ăn và tiêu vặt", "Mức A", "70,5", "usd", "01/03/2026"),
    ("Các nước khác", "", "Tiền ăn", "B", Decimal("60"), "USD", ""),
)


def send(client, table, *lines, **more):
    data = {"file": workbook(*lines), "reason": "Nhập theo phụ lục"} | more
    return client.post(f"/quan-tri/dinh-muc/{table.pk}/nhap/", data)


def test_a_table_comes_in_from_excel_first_dry_then_in_earnest_and_twice_is_once(go, ministry):
    table, client = m.table(dt.date(2026, 5, 1)), go("taichinh")
    assert client.get(f"/quan-tri/dinh-muc/{table.pk}/mau-nhap/").content[:2] == b"PK"
    dry = send(client, table, *GOOD, check_only="on")
    assert dry.context["result"].count("create") == 3
    assert not PerDiemNorm.objects.exists()
    assert send(client, table, *GOOD).status_code == 302
    assert PerDiemNorm.objects.count() == 3
    assert table.groups.get(name="Các nước khác").is_rest
    send(client, table, *GOOD)
    assert PerDiemNorm.objects.count() == 3


def test_a_table_with_wrong_rows_names_each_and_saves_nothing(go, ministry):
    table = m.table()
    wrong = (
        ("Nhóm I", "Atlantis", "Tiền ăn", "B", 60, "USD", ""),
        ("Nhóm I", "", "Tiền mua quà", "B", 60, "USD", ""),
        ("Nhóm I", "", "Tiền ăn", "C", 60, "USD", ""),
        ("Nhóm I", "", "Tiền ăn", "B", "sáu mươi", "USD", ""),
        ("Nhóm I", "", "Tiền ăn", "B", -60, "USD", ""),
        ("Nhóm I", "", "Tiền ăn", "B", 60, "Q1Q", ""),
        ("Nhóm I", "", "Tiền ăn", "B", 60, "USD", "30/02/2026"),
        ("", "", "Tiền ăn", "B", 60, "USD", ""),
        ("Nhóm I", "", "Tiền ăn", "B", 60, "USD", "01/01/2020"),
    )
    answer = send(go("taichinh"), table, *GOOD[:1], *wrong)
    assert answer.context["result"].count("error") == len(wrong)
    assert not PerDiemNorm.objects.exists()
    assert not table.groups.exists()
    bad = io.BytesIO(b"khong phai excel")
    bad.name = "x.xlsx"
    assert go("taichinh").post(f"/quan-tri/dinh-muc/{table.pk}/nhap/", {"file": bad, "reason": "x"}).status_code == 200


def rate_form(**changes):
    day = f"{timezone.localdate():%d/%m/%Y}"
    return {"currency": m.currency("USD").pk, "value": "26.123,5", "valid_from": day, "source": "Thông báo"} | changes


WRONG_RATES = (
    ({"value": "0"}, "lớn hơn 0"),
    ({"value": "-1"}, "lớn hơn 0"),
    ({"value": "hai mươi"}, "hai mươi"),
    ({"valid_from": "31/02/2026"}, "31/02/2026"),
    ({"valid_until": "01/01/2020"}, "01/01/2020"),
    ({"source": ""}, "required"),
    ({"currency": "999999"}, "required"),
)


def test_a_wrong_rate_gets_a_sentence(go, ministry):
    client = go("taichinh")
    for changes, words in WRONG_RATES:
        answer = client.post("/quan-tri/ty-gia/them/", rate_form(**changes))
        assert answer.status_code == 200, changes
        assert words in answer.content.decode(), changes
    assert not ExchangeRate.objects.exists()


def test_finance_enters_a_rate_and_corrects_it(go, ministry):
    client = go("taichinh")
    assert client.post("/quan-tri/ty-gia/them/", rate_form()).status_code == 302
    rate = ExchangeRate.objects.get()
    assert rate.rate == Decimal("26123.5")
    assert "26.123,5" in client.get("/quan-tri/ty-gia/").content.decode()
    assert "đã có tỷ giá" in client.post("/quan-tri/ty-gia/them/", rate_form()).content.decode()
    assert client.post(f"/quan-tri/ty-gia/{rate.pk}/", rate_form(value="26.000")).status_code == 302
    assert ExchangeRate.objects.get().rate == 26000
    assert go("chuyenvien").get("/quan-tri/ty-gia/").status_code == 200
    assert go("chuyenvien").get("/quan-tri/ty-gia/them/").status_code == 403
    assert go("chuyenvien").post(f"/quan-tri/ty-gia/{rate.pk}/", rate_form()).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_norms_and_rates_cost_the_same_for_one_and_many(go, ministry, count, django_assert_num_queries):
    table = m.table()
    for number, code in enumerate(("TH", "LA", "JP")[:count]):
        m.norm(ministry, m.group(ministry, code, name=f"Nhóm {number}"), "meals", 50)
        m.rate(ministry, day=timezone.localdate() + dt.timedelta(days=number))
    client = go("chuyenvien")
    client.get("/quan-tri/ty-gia/")
    with django_assert_num_queries(6):
        client.get("/quan-tri/dinh-muc/")
    with django_assert_num_queries(13):
        client.get(f"/quan-tri/dinh-muc/{table.pk}/")
    with django_assert_num_queries(7):
        client.get("/quan-tri/ty-gia/")
