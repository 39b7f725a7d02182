"""The search box finds legal instruments by number, title and issuer, without accents, and says what was replaced."""

from __future__ import annotations

import pytest
from django.utils import timezone

from intlcoop.people.models import User
from intlcoop.regulations.models import Instrument
from intlcoop.regulations.searching import find_instruments

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return User.objects.create(username="doc", full_name="Người đọc")


@pytest.fixture
def circulars():
    new = Instrument.objects.create(
        kind="circular", symbol="901/2025/TT-BTC", title="Chế độ công tác phí thử", issuer="Bộ Tài chính thử",
        issued_on=timezone.localdate(),
    )  # fmt: skip
    old = Instrument.objects.create(
        kind="circular", symbol="902/2012/TT-BTC", title="Chế độ công tác phí thử", issuer="Bộ Tài chính thử", replaced_by=new
    )  # fmt: skip
    return new, old


@pytest.mark.parametrize("text", ["901/2025/TT-BTC", "901/2025", "che do cong tac phi thu 901", "BỘ TÀI CHÍNH THỬ 901"])
def test_number_title_and_issuer_are_looked_through(reader, circulars, text):
    (hit,) = find_instruments(reader, text, 10)
    assert hit.url == circulars[0].get_absolute_url()


def test_what_was_replaced_comes_last_and_says_by_what(reader, circulars):
    hits = find_instruments(reader, "cong tac phi thu", 10)
    assert [hit.url for hit in hits] == [row.get_absolute_url() for row in circulars]
    assert "901/2025/TT-BTC" in hits[1].note
    assert len(find_instruments(reader, "cong tac phi thu", 1)) == 1


@pytest.mark.parametrize("text", ["", "  ", "\x00", "zzz-khong-co"])
def test_nothing_is_found_by_nothing(reader, text):
    assert find_instruments(reader, text, 10) == []


def test_a_stranger_to_the_house_finds_none_and_the_page_shows_the_group(client, reader, circulars):
    client.force_login(reader)
    page = client.get("/tim-kiem/", {"q": "901/2025"}).content.decode()
    assert "Văn bản" in page
    assert circulars[0].get_absolute_url() in page
    reader.is_active = False
    assert find_instruments(reader, "901", 10) == []
