from __future__ import annotations

import re

import pytest
from django.db import OperationalError

from intlcoop.web import navigation
from tests.intlcoop.web import processors

pytestmark = pytest.mark.usefixtures("pages")


def test_rail_shows_what_this_person_may_enter_in_order(page, person):
    navigation.register_entry("b", "Kế hoạch", "web:search", "calendar", 20)
    navigation.register_entry("a", "Đoàn ra", "web:healthz", "home", 10)
    navigation.register_entry("c", "Quản trị", "web:search", "home", 30, visible=lambda user: user.is_superuser)
    navigation.register_entry("d", "Chưa có", "web:missing", "home", 40)
    frame = page.get("/mau/ho-so/").context["frame"]
    assert [place.label for place in frame.places] == ["Đoàn ra", "Kế hoạch"]
    assert "Quản trị" not in page.get("/mau/ho-so/").text


def test_current_place_is_marked(page):
    navigation.register_entry("b", "Tìm kiếm", "web:search", "calendar", 20)
    assert 'aria-current="page"' in page.get("/tim-kiem/").text
    assert 'aria-current="page"' not in page.get("/mau/ho-so/").text


def test_of_two_places_within_each_other_the_nearer_one_is_current(monkeypatch, rf, person):
    addresses = {"outer": "/quan-tri/", "inner": "/quan-tri/quy-dinh/"}
    monkeypatch.setattr(navigation, "reverse", addresses.__getitem__)
    navigation.register_entry("a", "Quản trị", "outer", "home", 10)
    navigation.register_entry("b", "Quy định", "inner", "home", 20)
    for path, current in (("/quan-tri/quy-dinh/van-ban/", "Quy định"), ("/quan-tri/don-vi/", "Quản trị")):
        request = rf.get(path)
        request.user = person
        assert [place.label for place in navigation.rail_for(request) if place.current] == [current]


def test_registered_name_of_the_ministry_is_shown(page):
    navigation.register_ministry_name(lambda: "Bộ Minh Họa")
    assert "Bộ Minh Họa" in page.get("/mau/ho-so/").text


def test_without_a_name_or_a_database_the_portal_has_its_own():
    assert navigation.ministry_name()

    def gone() -> str:
        raise OperationalError

    navigation.register_ministry_name(gone)
    assert navigation.ministry_name()


@pytest.mark.parametrize("down", [True, False])
def test_banner_only_when_the_worker_is_down(page, monkeypatch, down):
    monkeypatch.setitem(processors.FRAME, "worker_down", down)
    assert ('class="system-banner"' in page.get("/mau/ho-so/").text) is down


@pytest.mark.parametrize(("unread", "shown"), [(0, None), (3, "3"), (12345, "99+")])
def test_bell_counts_what_is_unread(page, monkeypatch, unread, shown):
    monkeypatch.setitem(processors.FRAME, "unread_notices", unread)
    counted = re.search(r'class="bar-count"[^>]*>([^<]*)<', page.get("/mau/ho-so/").text)
    assert (counted[1] if counted else None) == shown
