"""What the scripts add, in a real browser under the real policy: rows, days, amounts, dialogs, the saved line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import BrowserContext, Page, sync_playwright

from intlcoop.web.navigation import THEME_COOKIE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
SIZES = [(360, 740), (768, 900), (1280, 900)]


@pytest.fixture(scope="module", autouse=True)
def playwright_beside_the_database() -> Iterator[None]:
    """Playwright's loop makes Django believe that it runs asynchronously."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def window(pages, person, live_server) -> Iterator[BrowserContext]:
    """A logged-in browser whose console must stay silent."""
    client = Client()
    client.force_login(person)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(base_url=live_server.url, locale="en-US")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        complaints: list[str] = []
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        yield context
        browser.close()
    assert complaints == []


def test_forms_help_while_typing(window):
    page = window.new_page()
    page.goto("/mau/bieu-mau/")
    for field, typed, shown in (
        ("starts_on", "5.11.2026", "05/11/2026"),
        ("starts_on", "2026-11-05", "05/11/2026"),
        ("starts_on", "31/02", "31/02"),
        ("cost", "1234567,5", "1.234.567,5"),
        ("cost", "1234.5", "1234.5"),
    ):
        page.fill(f"[name={field}]", typed)
        page.keyboard.press("Tab")
        assert page.input_value(f"[name={field}]") == shown
    assert page.get_attribute(".day-button", "aria-label")

    assert page.locator("[data-row]:visible").count() == 1  # blank rows are folded away
    page.click("[data-add]")
    page.click("[data-add]")
    assert page.locator("[data-row]:visible").count() == 3
    page.fill("[name=members-2-name]", "Lê Văn Đức")
    page.locator("[data-row]:visible").nth(1).locator("[data-remove]").click()
    numbers = page.locator("[data-row]:visible [data-row-number]").all_inner_texts()
    assert numbers == ["1", "2"]
    page.fill("[name=members-0-name]", "Trần Thị Bưởi")
    page.fill("[name=title]", "Dự hội nghị")
    page.fill("[name=starts_on]", "5/11/2026")
    page.fill("[name=cost]", "1.234.567")
    page.check("[name=mode]")
    page.click("main .btn-primary")
    page.wait_for_load_state()
    assert page.locator(".error-summary").all_inner_texts() == []
    assert page.url.endswith("/mau/ho-so/")


def test_draft_saves_itself_and_says_when(window):
    page = window.new_page()
    sent: list[str] = []

    def answer(route):
        sent.append(route.request.post_data or "")
        route.fulfill(status=200, content_type="application/json", body=json.dumps({"saved_at": "10:42"}))

    page.route("**/mau/viec/", answer)
    page.clock.install()
    page.goto("/mau/bieu-mau/?luu=1")
    page.clock.run_for(12_000)
    assert sent == []  # nothing changed, nothing sent
    page.fill("[name=title]", "Dự hội nghị")
    page.clock.run_for(6_000)
    page.wait_for_selector("text=Đã lưu 10:42")
    page.clock.run_for(12_000)
    assert len(sent) == 1
    assert "Dự hội nghị" in sent[0]


def test_dialogs_and_menus_by_keyboard(window):
    page = window.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/mau/ho-so/")
    page.focus("a[href='#menu']")
    page.keyboard.press("Enter")
    assert page.is_visible("#menu .menu-title")
    page.keyboard.press("Escape")
    assert page.is_hidden("#menu")
    page.click("a[href='#tra-lai']")
    assert page.evaluate("document.activeElement.closest('dialog').id") == "tra-lai"
    page.click("#tra-lai [data-close]")
    assert page.is_hidden("#tra-lai")


def test_works_without_scripts(window, live_server):
    state = window.storage_state()
    plain = window.browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=state)
    page = plain.new_page()
    page.goto("/mau/bieu-mau/")
    assert page.locator("[data-row]:visible").count() == 2
    page.goto("/mau/ho-so/")
    page.click("a[href='#tra-lai']")
    page.fill("#tra-lai textarea", "Return it")
    page.click("#tra-lai button")
    assert "Return it" in page.content()
    plain.close()


def test_every_kind_of_page_is_accessible_and_fits(window, live_server):
    page = window.new_page()
    problems = []
    for theme in ("light", "dark"):
        window.add_cookies([{"name": THEME_COOKIE, "value": theme, "url": live_server.url}])
        for address in ("/mau/danh-sach/?q=Ng", "/mau/bieu-mau/", "/mau/ho-so/", "/tim-kiem/?q=x", "/dang-xuat/"):
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address)
                problems += [f"{theme} {width} {address} {name}" for name in problems_of(page)]
    assert problems == []


def problems_of(page: Page) -> list[str]:
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*found, *(["wider than the screen"] if wide else [])]
