"""The page on which a report is arranged: rights from both sides, each button, bad input, an old page."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from reports.exports import printing
from reports.queries.sections import outline_in, sections_of
from tests.reports.factories import finished, fresh, past_trip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def report(ministry, monkeypatch):
    """Ready to be arranged; its file costs a second and does not matter here."""
    monkeypatch.setattr(printing, "render", lambda report, snapshot: b"%PDF %%EOF")
    monkeypatch.setattr("reports.exports.files.page_count", lambda pdf: 1)
    monkeypatch.setattr("reports.exports.formats.outline_of", lambda pdf: [])
    past_trip(ministry, departs=dt.date(2026, 5, 1))
    return finished(ministry, by="htqt")


def url(report):
    return f"/bao-cao/{report.case.number}/bo-cuc/"


def data(report, **changes):
    """What the page sends when nothing was typed; `changes` by the names of its fields."""
    places = outline_in(report)
    typed = {"muc-TOTAL_FORMS": len(places), "muc-INITIAL_FORMS": len(places), "version": report.case.version}
    for n, place in enumerate(places):
        typed |= {f"muc-{n}-{name}": place[name] for name in ("key", "title", "level")}
    return typed | {"moi-title": "", "moi-level": "1", "cach-variant": "activity"} | changes


def send(client, ministry, report, who="htqt", **changes):
    client.force_login(ministry.person(who))
    return client.post(url(report), data(fresh(report), **changes))


def keys(report):
    return [place["key"] for place in outline_in(fresh(report))]


def test_the_page_lists_every_section_with_few_queries(client, ministry, report, django_assert_max_num_queries):
    client.force_login(ministry.htqt)
    with django_assert_max_num_queries(30):
        page = client.get(url(report))

    assert page.status_code == 200
    assert page.text.count('class="outline-row') > 30
    assert f'href="{url(report)}"' in client.get(report.get_absolute_url()).text


@pytest.mark.parametrize("who", ["kiemtoan", "botruong", "quantri"])
def test_who_only_reads_arranges_nothing(client, ministry, report, who):
    assert send(client, ministry, report, who=who, viec="len:inbound").status_code == 403
    assert client.get(url(report)).status_code == 403
    assert "inbound" in keys(report)


def test_a_stranger_does_not_find_it(client, ministry, report):
    client.force_login(ministry.chuyenvien)
    assert client.get(url(report)).status_code == 404


def test_a_section_is_moved_renamed_and_left_out_and_the_paper_follows(client, ministry, report):
    places = keys(report)
    at = places.index("outbound")
    changes = {f"muc-{at}-title": "Đoàn ra nước ngoài", f"muc-{places.index('context')}-dropped": "on"}
    answer = send(client, ministry, report, viec="xuong:outbound", **changes)

    assert answer.status_code == 302
    found = fresh(report)
    assert keys(report).index("outbound") == keys(report).index("inbound") + 1
    printed = {section["key"]: section["title"] for section in sections_of(found, found.snapshot)}
    assert printed["outbound"] == "Đoàn ra nước ngoài"
    assert "context" not in printed


def test_a_section_of_ones_own_is_added_and_what_was_left_out_brought_back(client, ministry, report):
    send(client, ministry, report, **{"viec": "them", "moi-title": "Ý kiến của Thứ trưởng", "moi-level": "2"})
    assert "tu-viet-1" in keys(report)
    send(client, ministry, report, viec="dua-vao:tasks")
    assert "tasks" in keys(report)


def test_another_arrangement_takes_the_place_of_the_whole(client, ministry, report):
    send(client, ministry, report, **{"viec": "sap-xep", "cach-variant": "channel"})

    assert keys(report)[:3] == ["context", "results", "un"]


@pytest.mark.parametrize(
    "changes",
    [
        {"muc-0-title": " "},
        {"muc-0-title": "x" * 301},
        {"muc-0-level": "annex"},
        {"muc-0-key": "outbound"},
        {"muc-0-key": "nonsense"},
        {"muc-TOTAL_FORMS": "x"},
        {"viec": "them"},
        {"viec": "sap-xep", "cach-variant": "nonsense"},
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_nothing_is_saved(client, ministry, report, changes):
    before = outline_in(report)
    answer = send(client, ministry, report, **changes)

    assert answer.status_code == 200
    assert "field-error" in answer.text or "error" in answer.text
    assert outline_in(fresh(report)) == before


def test_an_old_page_saves_nothing(client, ministry, report):
    old = data(fresh(report), viec="xuong:outbound")
    send(client, ministry, report, viec="xuong:inbound")
    after = keys(report)

    assert client.post(url(report), old).status_code == 409
    assert keys(report) == after
