from __future__ import annotations

import pytest
from django.core import mail
from django.core.cache import cache

from intlcoop.web.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from tests.intlcoop.people.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    cache.clear()


def test_login_leads_home_and_logout_back(pages, client, person):
    assert client.post("/dang-nhap/", {"login": person.username, "password": PASSWORD}).url == "/"
    assert client.get("/mau/ho-so/").status_code == 200
    assert client.post("/dang-xuat/").url == "/dang-nhap/"
    assert client.get("/mau/ho-so/").status_code == 302


def test_login_leads_nowhere_else(pages, client, person):
    data = {"login": person.username, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/dang-nhap/", data).url == "/"


def test_wrong_password_keeps_the_name_and_not_the_password(client, person):
    response = client.post("/dang-nhap/", {"login": person.username, "password": "sai mật khẩu"})
    assert response.status_code == 200
    assert f'value="{person.username}"' in response.text
    assert "sai mật khẩu" not in response.text
    assert "data-error-summary" in response.text


def test_unknown_name_reads_like_a_wrong_password(client, person):
    wrong, unknown = (
        client.post("/dang-nhap/", {"login": name, "password": "sai"}).context["form"].errors.as_text()
        for name in (person.username, "nguoila")
    )
    assert wrong == unknown


def test_sixth_wrong_attempt_is_stopped(client, person):
    for _attempt in range(6):
        response = client.post("/dang-nhap/", {"login": person.username, "password": "sai"})
    right = client.post("/dang-nhap/", {"login": person.username, "password": PASSWORD})
    assert response.status_code in (200, 429)
    assert right.status_code != 302


def test_demo_accounts_are_listed_in_the_demo_only(client, settings):
    settings.DEMO = True
    text = client.get("/dang-nhap/").text
    assert all(account.name in text for account in DEMO_ACCOUNTS)
    assert DEMO_PASSWORD in text
    settings.DEMO = False
    assert DEMO_PASSWORD not in client.get("/dang-nhap/").text


def test_get_logs_nobody_out(page):
    page.get("/dang-xuat/")
    assert page.get("/mau/ho-so/").status_code == 200


def test_forgotten_password_end_to_end(pages, client, person, settings):
    settings.PUBLIC_URL = "https://htqt.vi-du.vn/"
    assert client.post("/quen-mat-khau/", {"email": person.email}).url == "/quen-mat-khau/da-gui/"
    assert client.get("/quen-mat-khau/da-gui/").status_code == 200
    link = next(line for line in mail.outbox[0].body.splitlines() if "/quen-mat-khau/" in line)
    assert link.startswith("https://htqt.vi-du.vn/quen-mat-khau/")
    assert person.username in mail.outbox[0].body
    form = client.get(link[link.index("/quen-mat-khau/") :], follow=True)
    assert form.status_code == 200
    new = {"password1": "mot-mat-khau-moi-2026", "password2": "mot-mat-khau-moi-2026"}
    assert client.post(form.request["PATH_INFO"], new, follow=True).status_code == 200
    assert client.login(username=person.username, password="mot-mat-khau-moi-2026")


def test_unknown_address_reads_the_same_and_gets_no_mail(pages, client):
    assert client.post("/quen-mat-khau/", {"email": "nguoila@vi-du.vn"}).url == "/quen-mat-khau/da-gui/"
    assert mail.outbox == []


def test_used_or_forged_link_says_so(pages, client):
    assert client.get("/quen-mat-khau/1-forged/").status_code == 200


def test_changing_the_password(page, person):
    data = {"oldpassword": PASSWORD, "password1": "mot-mat-khau-moi-2026", "password2": "mot-mat-khau-moi-2026"}
    assert page.post("/tai-khoan/mat-khau/", data).status_code == 302
    person.refresh_from_db()
    assert person.check_password("mot-mat-khau-moi-2026")


def test_weak_password_is_refused_with_reasons(page):
    data = {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}
    assert "data-error-summary" in page.post("/tai-khoan/mat-khau/", data).text


def test_nobody_signs_up(client):
    assert client.get("/dang-ky/").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


def test_closed_account_is_told_so(pages, client):
    closed = UserFactory(is_active=False)
    response = client.post("/dang-nhap/", {"login": closed.username, "password": PASSWORD}, follow=True)
    assert response.status_code == 200
    assert client.get("/mau/ho-so/").status_code == 302
