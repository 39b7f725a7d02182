"""Every page on a phone, in a real browser: nothing is wider than the screen, whoever looks."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page

from intlcoop.operations.demo.ministry import PASSWORD
from tests.browser.story import PHONE

pytestmark = pytest.mark.browser

ADDRESSES = (
    "import json; from tests.test_every_address import arguments, urls; print(json.dumps(urls(arguments(), most=1)))"
)
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


def is_page(page: Page, url: str) -> bool:
    """Something to look at: no file, no refusal, no address that only takes what is posted, no way back to another page."""
    answer = page.request.get(url, max_redirects=0)
    return bool(answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html"))


@pytest.mark.parametrize(("who", "administration"), READERS)
def test_no_page_scrolls_sideways_on_a_phone(portal, chromium, addresses, who, administration):
    page = log_in(chromium, portal.url, who)
    wide, seen = [], 0
    for _name, address in addresses:
        if address.startswith("/quan-tri/") is not administration or not is_page(page, f"{portal.url}{address}"):
            continue
        page.goto(f"{portal.url}{address}", wait_until="load")
        seen += 1
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide.append((address, width))
    page.context.close()
    assert wide == []
    assert seen > 30
