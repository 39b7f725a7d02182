"""What was typed is there again after the session ended, for the same person only."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import gettext

from intlcoop.web import retained
from tests.intlcoop.people.factories import PASSWORD, UserFactory

FORM = "/mau/bieu-mau/"
TYPED = {
    "title": "Dự Hội nghị cấp cao",
    "starts_on": "25/11/2026",
    "purpose": "Trao đổi kinh nghiệm\nvề dân tộc",
    "members-TOTAL_FORMS": "1",
    "members-INITIAL_FORMS": "0",
    "members-0-name": "Lê Văn Đức",
}


@pytest.fixture
def browser(pages, person):
    """A browser that checks CSRF, logged in by the login page."""
    client = Client(enforce_csrf_checks=True)
    log_in(client, person)
    return client


def log_in(client: Client, person, next_page: str = "/") -> object:
    client.get("/dang-nhap/")
    token = client.cookies["csrftoken"].value
    data = {"login": person.username, "password": PASSWORD, "next": next_page, "csrfmiddlewaretoken": token}
    response = client.post("/dang-nhap/", data)
    assert response.status_code == 302
    return response


def hidden_fields(client: Client, address: str) -> dict[str, str]:
    text = client.get(address).text
    form = text[text.index("<main") :]
    names = ("csrfmiddlewaretoken", retained.FIELD, "_yeu_cau")
    return {name: re.search(rf'name="{name}" value="([^"]+)"', form)[1] for name in names}


def end_session(client: Client) -> None:
    del client.cookies["sessionid"]


def test_text_comes_back_after_logging_in_again(browser, person):
    hidden = hidden_fields(browser, FORM)
    end_session(browser)
    response = browser.post(FORM, {**TYPED, **hidden})
    assert response.url == "/dang-nhap/?next=%2Fmau%2Fbieu-mau%2F"
    assert gettext("Your session has ended. Log in again: what you typed is kept for 30 minutes.") in (
        browser.get(response.url).text
    )
    assert log_in(browser, person, FORM).url == FORM
    text = browser.get(FORM).text
    for value in ("Dự Hội nghị cấp cao", "25/11/2026", "Trao đổi kinh nghiệm\nvề dân tộc", "Lê Văn Đức"):
        assert value in text
    assert (
        gettext("This is what you typed before the session ended. It is not saved yet: check it and send it again.")
        in text
    )


def test_reload_loses_nothing_and_sending_it_ends_it(browser, person):
    hidden = hidden_fields(browser, FORM)
    end_session(browser)
    browser.post(FORM, {**TYPED, **hidden})
    log_in(browser, person)
    browser.get(FORM)
    assert "Lê Văn Đức" in browser.get(FORM).text
    browser.post(FORM, {**TYPED, **hidden_fields(browser, FORM), "mode": "led"})
    assert "Lê Văn Đức" not in browser.get(FORM).text


def test_another_person_does_not_get_it(browser):
    hidden = hidden_fields(browser, FORM)
    end_session(browser)
    browser.post(FORM, {**TYPED, **hidden})
    log_in(browser, UserFactory(), FORM)
    assert "Dự Hội nghị cấp cao" not in browser.get(FORM).text
    assert retained.SESSION_KEY not in browser.session


def test_it_is_kept_for_half_an_hour_only(browser, person):
    with time_machine.travel("2026-11-25 08:00:00+07:00", tick=False) as clock:
        log_in(browser, person)
        hidden = hidden_fields(browser, FORM)
        end_session(browser)
        browser.post(FORM, {**TYPED, **hidden})
        clock.shift(31 * 60)
        log_in(browser, person)
        assert "Dự Hội nghị cấp cao" not in browser.get(FORM).text


def test_forged_page_owner_keeps_nothing(browser):
    hidden = hidden_fields(browser, FORM) | {retained.FIELD: "WyIxIiwiLyJd:1abc:forged"}
    end_session(browser)
    browser.post(FORM, {**TYPED, **hidden})
    assert retained.SESSION_KEY not in browser.session


def test_files_are_named_as_lost_and_passwords_are_not_kept(browser, person):
    hidden = hidden_fields(browser, FORM)
    end_session(browser)
    upload = SimpleUploadedFile("thư mời.pdf", b"%PDF-1.7")
    response = browser.post(FORM, {**TYPED, **hidden, "password1": "bí mật lắm nhé", "file": upload})
    assert gettext("Files could not be kept; please choose them again.") in browser.get(response.url).text
    assert "bí mật" not in str(dict(browser.session.items()))


def test_huge_text_is_not_kept_but_the_login_still_comes(browser):
    hidden = hidden_fields(browser, FORM)
    end_session(browser)
    response = browser.post(FORM, {**TYPED, **hidden, "purpose": "x" * (retained.MAX_CHARACTERS + 1)})
    assert response.status_code == 302
    assert retained.SESSION_KEY not in browser.session


def test_login_in_another_tab_does_not_cost_the_text(browser, person):
    """The login rotates the CSRF token, so the old page's token no longer holds."""
    hidden = hidden_fields(browser, FORM)
    end_session(browser)
    log_in(browser, person)
    response = browser.post(FORM, {**TYPED, **hidden})
    assert response.url == FORM
    assert "Dự Hội nghị cấp cao" in browser.get(FORM).text


def test_page_of_somebody_else_in_the_same_browser_sends_nothing(browser):
    hidden = hidden_fields(browser, FORM)
    end_session(browser)
    log_in(browser, UserFactory())
    response = browser.post(FORM, {**TYPED, **hidden})
    assert response.status_code == 403
    assert (
        gettext("This page was opened by another account than the one that is logged in now. Nothing was sent.")
        in response.text
    )


def test_forged_post_from_elsewhere_is_refused_without_a_trace(browser):
    response = browser.post(FORM, TYPED)
    assert response.status_code == 403
    assert gettext("This page is out of date") in response.text
    assert retained.SESSION_KEY not in browser.session


def test_reason_typed_into_a_dialog_is_offered_again_and_sent(browser, person):
    hidden = hidden_fields(browser, "/mau/ho-so/?so=7")
    end_session(browser)
    browser.post("/mau/viec/", {**hidden, "comment": "Thiếu thư mời bản tiếng Anh"})
    assert log_in(browser, person, "/mau/ho-so/?so=7").url == "/mau/ho-so/?so=7"
    text = browser.get("/mau/ho-so/?so=7").text
    assert 'action="/mau/viec/"' in text
    assert "Thiếu thư mời bản tiếng Anh" in text
    assert hidden["_yeu_cau"] in text
    token = hidden_fields(browser, "/mau/ho-so/")["csrfmiddlewaretoken"]
    answer = browser.post(
        "/mau/viec/",
        {"csrfmiddlewaretoken": token, "comment": "Thiếu thư mời bản tiếng Anh", "_yeu_cau": hidden["_yeu_cau"]},
    )
    assert answer.json() == {"id": hidden["_yeu_cau"], "comment": "Thiếu thư mời bản tiếng Anh"}
    assert retained.SESSION_KEY not in browser.session


def test_other_pages_point_to_what_waits(browser, person):
    hidden = hidden_fields(browser, "/mau/ho-so/?so=7")
    end_session(browser)
    browser.post("/mau/viec/", {**hidden, "comment": "Thiếu thư mời bản tiếng Anh"})
    log_in(browser, person)
    assert 'href="/mau/ho-so/?so=7"' in browser.get("/mau/danh-sach/").text


def test_class_based_form_is_filled_too(browser, person):
    hidden = hidden_fields(browser, "/mau/y-kien/")
    end_session(browser)
    browser.post("/mau/y-kien/", {**hidden, "name": "Trần Thị Bưởi"})
    log_in(browser, person)
    assert 'value="Trần Thị Bưởi"' in browser.get("/mau/y-kien/").text


def test_background_request_is_told_and_not_redirected(pages, client, db):
    response = client.post(FORM, TYPED, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 401
    assert response["HX-Trigger"] == "session-ended"
    assert client.get(FORM, headers={"HX-Request": "true"}).status_code == 401


def test_failed_request_keeps_the_text(browser, person):
    browser.raise_request_exception = False
    hidden = hidden_fields(browser, FORM)
    response = browser.post("/mau/500/", {**TYPED, **hidden})
    assert response.status_code == 500
    assert f'href="{FORM}"' in response.text
    assert "Dự Hội nghị cấp cao" in browser.get(FORM).text


def test_old_login_page_leads_to_a_fresh_one(pages, db):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/dang-nhap/", {"login": "a", "password": "b"})
    assert response.url == "/dang-nhap/"
