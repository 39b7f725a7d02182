from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.utils.translation import gettext

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]
ERRORS = {"/khong-co/": 404, "/mau/403/": 403, "/mau/409/": 409, "/mau/500/": 500}


@pytest.fixture
def calm(page) -> Client:
    page.raise_request_exception = False
    return page


@pytest.mark.parametrize(("address", "status"), ERRORS.items())
def test_error_page_says_code_time_and_whom_to_ask(calm, address, status, settings):
    settings.SUPPORT_CONTACT = "Phòng Công nghệ thông tin, 024 0000 0000"
    response = calm.get(address)
    assert response.status_code == status
    assert response.text.count("<h1") == 1
    assert "Phòng Công nghệ thông tin, 024 0000 0000" in response.text
    assert re.search(r"\d\d:\d\d, \d\d/\d\d/\d{4}", response.text)
    assert (str(status) if status != 500 else "") in response.text
    assert '<html lang="vi"' in response.text


def test_stranger_gets_the_error_page_without_the_frame(pages, client):
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert 'class="rail"' not in response.text


def test_server_error_needs_no_database(calm, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("the server is gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = calm.get("/mau/ho-so/")
    assert response.status_code == 500
    assert gettext("The portal failed here") in response.text


def test_code_of_a_server_error_leads_to_the_log(calm, caplog):
    code = re.search(r"\b[0-9A-F]{8}\b", calm.get("/mau/500/").text)[0]
    assert code in caplog.text


def test_refusal_shows_its_sentence(calm):
    assert "Hồ sơ đang chờ người khác." in calm.get("/mau/403/").text


def test_slower_of_two_sees_who_was_faster_the_fresh_state_and_the_own_words(calm):
    response = calm.post("/mau/409/", {"comment": "Tôi đề nghị bổ sung dự toán."})
    assert response.status_code == 409
    for text in ("Bà Hà đã đồng ý.", "Ký", 'href="/mau/ho-so/"', "Tôi đề nghị bổ sung dự toán."):
        assert text in response.text


def test_too_many_fields_is_a_page_and_not_a_crash(calm):
    many = {f"f{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert calm.post("/mau/bieu-mau/", many).status_code == 400


def test_too_much_text_says_the_limit(calm):
    response = calm.post("/mau/bieu-mau/", {"title": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert response.status_code == 413
    assert gettext("Too large to send") in response.text


def test_error_pages_are_not_cached(calm):
    assert "no-store" in calm.get("/khong-co/")["Cache-Control"]


def test_own_pages_have_one_h1(page):
    for address in (
        "/mau/danh-sach/",
        "/mau/bieu-mau/",
        "/mau/ho-so/",
        "/tim-kiem/",
        "/tai-khoan/mat-khau/",
        "/dang-xuat/",
    ):
        assert page.get(address).text.count("<h1") == 1, address


def test_numbers_in_attributes_are_not_localised(page):
    assert "12.345" not in page.get("/mau/ho-so/").text
