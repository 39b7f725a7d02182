"""Every page on a phone, in a real browser: nothing is wider than the screen, whoever looks."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page

from intlcoop.operations.demo.ministry import PASSWORD
from tests.browser.story import PHONE

pytestmark = pytest.mark.browser

ADDRESSES = "import json; from tests.addresses import arguments, urls; print(json.dumps(urls(arguments(), most=1)))"
#: Who looks at the pages of daily work, and who at those of administration.
READERS = [("htqt", False), ("quantri", True)]
#: A file, no page; and what ends the session.
NO_PAGE = ("healthz", "readyz", "account_logout")


@pytest.fixture(scope="module")
def addresses(portal) -> list[tuple[str, str]]:
    """One sample of each address, by the rows of this portal."""
    rows = json.loads(portal.manage("shell", "-c", ADDRESSES).splitlines()[-1])
    return [(name, url) for name, url in rows if name.rpartition(":")[2] not in NO_PAGE]


def log_in(chromium, url: str, username: str) -> Page:
    page = chromium.new_context(viewport=PHONE, locale="en-US").new_page()
    page.goto(f"{url}/dang-nhap/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("h1")
    return page


def html_of(page: Page, url: str) -> str:
    """The page at this address; "" for a file, a refusal, a way on, and what only takes what is posted."""
    answer = page.request.get(url, max_redirects=0)
    is_page = answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html")
    return answer.text() if is_page else ""


@pytest.mark.parametrize(("who", "administration"), READERS)
def test_no_page_scrolls_sideways_on_a_phone(portal, chromium, addresses, who, administration):
    page = log_in(chromium, portal.url, who)
    wide, seen = [], 0
    for _name, address in addresses:
        if address.startswith("/quan-tri/") is not administration:
            continue
        if not (html := html_of(page, f"{portal.url}{address}")):
            continue
        page.set_content(html, wait_until="load")  # laid out as if it had been visited, for half of the time
        seen += 1
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide.append((address, width))
    page.context.close()
    assert wide == []
    assert seen > 30
