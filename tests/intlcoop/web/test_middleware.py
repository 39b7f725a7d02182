from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def language_of(response) -> str:
    assert f'<html lang="{response["Content-Language"]}"' in response.text
    return response["Content-Language"]


def test_vietnamese_whatever_the_browser_prefers(client):
    assert language_of(client.get("/dang-nhap/", headers={"Accept-Language": "en-US,en"})) == "vi"


def test_cookie_decides_for_a_stranger(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert language_of(client.get("/dang-nhap/")) == "en"


def test_unknown_language_is_vietnamese(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "../x"
    assert language_of(client.get("/dang-nhap/")) == "vi"


def test_profile_goes_before_cookie(page, person):
    person.language = "en"
    person.save()
    page.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    assert language_of(page.get("/mau/ho-so/")) == "en"


def test_switch_is_remembered_on_every_machine(page, person, client):
    response = page.post("/ngon-ngu/", {"language": "en", "next": "/mau/ho-so/"})
    assert response.url == "/mau/ho-so/"
    client.force_login(person)  # another browser
    assert language_of(client.get("/mau/ho-so/")) == "en"


def test_switch_works_for_a_stranger(client):
    client.post("/ngon-ngu/", {"language": "en", "next": "/dang-nhap/"})
    assert language_of(client.get("/dang-nhap/")) == "en"


@pytest.mark.parametrize("page_address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_switch_leads_nowhere_else(client, page_address):
    response = client.post("/ngon-ngu/", {"language": "en", "next": page_address})
    assert response.url == settings.LOGIN_REDIRECT_URL


def test_nonsense_language_changes_nothing(client):
    client.post("/ngon-ngu/", {"language": "xx"})
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_dark_page_comes_dark_from_the_server(client):
    client.post("/giao-dien/", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get("/dang-nhap/").text


def test_get_switches_nothing(client):
    assert client.get(reverse("web:theme")).status_code == 405
    assert client.get(reverse("web:language")).status_code == 405


def test_strict_headers(client):
    response = client.get("/dang-nhap/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_health_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200
