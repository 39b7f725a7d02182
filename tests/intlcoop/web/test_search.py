from __future__ import annotations

import pytest

from intlcoop.web import search
from intlcoop.web.search import Hit

FILES = [Hit("DR-2026-0012", "Hội nghị ASEAN", "/mau/ho-so/", "Băng Cốc"), Hit("DR-2026-0013", "Hội thảo", "/mau/409/")]


pytestmark = pytest.mark.usefixtures("pages")


def find(user, text, limit):
    number = search.normalise_number(text)
    return [hit for hit in FILES if text in hit.title or (number and hit.number.startswith(number))][:limit]


def test_hits_of_every_source_under_its_name(page):
    search.register_source("trips", "Đoàn ra", find)
    text = page.get("/tim-kiem/", {"q": "Hội"}).text
    for part in ("Đoàn ra", "ĐR-2026-0012", "ĐR-2026-0013", "Băng Cốc"):
        assert part in text


@pytest.mark.parametrize("typed", ["ĐR-2026-0012", "dr-2026-12"])
def test_whole_number_opens_the_file(page, typed):
    search.register_source("trips", "Đoàn ra", find)
    assert page.get("/tim-kiem/", {"q": typed}).url == "/mau/ho-so/"


def test_source_is_asked_as_the_person_for_one_more_than_is_shown(page, person):
    asked = []

    def many(user, text, limit):
        asked.append((user.pk, text, limit))
        return [Hit("", f"Mục {number}", "/") for number in range(limit)]

    search.register_source("many", "Nhiều", many)
    response = page.get("/tim-kiem/", {"q": "  hội\u00a0nghị "})
    assert asked == [(person.pk, "hội nghị", search.PER_SOURCE + 1)]
    assert len(response.context["groups"][0].hits) == search.PER_SOURCE
    assert response.context["groups"][0].more


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "x" * 10_000, "<script>alert(1)</script>", "%_'"])
def test_nothing_typed_and_nonsense_are_pages(page, typed):
    search.register_source("trips", "Đoàn ra", find)
    response = page.get("/tim-kiem/", {"q": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_stranger_searches_nothing(pages, client, db):
    assert client.get("/tim-kiem/", {"q": "Hội"}).status_code == 302
