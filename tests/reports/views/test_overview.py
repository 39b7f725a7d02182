"""All figures of a report: every number leads to exactly as many lines, and what the page and the sheet say."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intlcoop.audit.models import SecurityEvent
from intlcoop.exporting.table_reading import read_xlsx
from reports.models import YearEndReport
from reports.queries.figures import PARAMETERS, Ref
from reports.queries.figures.refs import STILL_TO_COME
from reports.services import freeze, order_report
from reports.views import pages
from tests.reports.worlds import year_2026

pytestmark = pytest.mark.django_db
URL = "/bao-cao/{}/so-lieu/"
NOON = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def report(built):
    year_2026(built)
    with time_machine.travel(NOON, tick=False):
        found = order_report(2026, actor=built.quantri, own_windows={"event": "statutory"})
        freeze(found)
    return found


@pytest.fixture
def ministry(db, built):
    return built


def refs_of(figures):
    """Every figure that the snapshot holds, of every dimension."""
    yield from ((Ref(key), figure) for key, figure in figures["figures"].items())
    yield from ((Ref(key), figure) for key, figure in figures["money"].items())
    yield from ((Ref(key, "estimate", STILL_TO_COME), figure) for key, figure in figures["estimate"].items())
    for name, members in figures.items():
        if name.startswith("by_"):
            for member, found in members.items():
                yield from ((Ref(key, name.removeprefix("by_"), member), figure) for key, figure in found.items())


def test_every_figure_of_every_dimension_leads_to_exactly_as_many_lines(client, ministry, report):
    client.force_login(ministry.htqt)
    snapshot = YearEndReport.objects.get(pk=report.pk).snapshot
    seen = 0
    for ref, figure in refs_of(snapshot.figures):
        if ref.dimension in ("country", "channel", "form") and seen % 5:
            seen += 1
            continue
        page = client.get(reverse("reports:figure", args=[report.case.number, ref.key], query=ref.query or None))
        assert page.status_code == 200, ref
        wanted = figure["value"] if "value" in figure else len(figure["items"])
        assert page.text.count('class="figure-line"') == wanted, ref
        seen += 1
    assert {ref.dimension for ref, _figure in refs_of(snapshot.figures)} == {"", *PARAMETERS.values()}
    assert seen > 100


def test_the_page_sets_the_day_what_is_to_come_the_whole_year_and_earlier_years_beside_each_other(
    client, ministry, report
):
    client.force_login(ministry.kiemtoan)
    text = " ".join(re.sub(r"<[^>]+>", " ", client.get(URL.format(report.case.number)).text).split())

    assert "Tính đến 22/11/2026 Còn đến hết kỳ Ước cả kỳ So với kỳ trước 2025 2024" in text
    assert "Đoàn ra do Bộ chủ trì 1 1 2" in text
    assert "Hội nghị, hội thảo quốc tế: 15/12/2025 – 14/12/2026." in text
    assert "Kinh phí đã chi cho đoàn ra theo quyết toán (VND) 90.000.000 VND" in text


def test_numbers_of_the_page_are_links_and_what_is_not_recorded_is_no_zero(client, ministry, report):
    client.force_login(ministry.htqt)
    page = client.get(URL.format(report.case.number))

    assert f'href="/bao-cao/{report.case.number}/so-lieu/agreements.signed/">3</a>' in page.text
    assert f'href="/bao-cao/{report.case.number}/so-lieu/outbound.led/?uoc={STILL_TO_COME}">1</a>' in page.text
    assert "inbound.total" not in page.text
    assert page.text.count("<h1") == 1


def test_the_figures_of_an_asked_version_lead_to_the_lines_of_that_version(client, ministry, report):
    client.force_login(ministry.htqt)
    page = client.get(URL.format(report.case.number) + "?phien_ban=1")

    assert 'so-lieu/agreements.signed/?phien_ban=1">3</a>' in page.text
    assert client.get(URL.format(report.case.number) + "?phien_ban=9").status_code == 404


def test_the_sheet_has_numbers_as_numbers_and_leaves_a_trace(client, ministry, report):
    client.force_login(ministry.htqt)
    response = client.get(URL.format(report.case.number) + "?xuat=xlsx")
    rows = {row["Chỉ tiêu"]: row for row in read_xlsx(response.content)}
    led = rows["Đoàn ra do Bộ chủ trì"]

    assert [led[name] for name in ("Tính đến 22/11/2026", "Còn đến hết kỳ", "Ước cả kỳ")] == [1, 1, 2]
    assert SecurityEvent.objects.filter(actor=ministry.htqt, target__contains=report.case.number).exists()
    assert client.get(URL.format(report.case.number) + "?xuat=csv").content.startswith(b"\xef\xbb\xbf")


def test_who_reads_no_reports_finds_none(client, ministry, report):
    client.force_login(ministry.chuyenvien)
    assert client.get(URL.format(report.case.number)).status_code == 404
    client.logout()
    assert client.get(URL.format(report.case.number)).status_code == 302


@pytest.mark.parametrize("key", ["money.", "money.outbound.planned.XXX", "money.moon", "moon", "outbound.led"])
@pytest.mark.parametrize("query", ["", "?uoc=moon", "?thang=2026-99", "?kenh=", "?co_che=<script>"])
def test_an_address_that_makes_no_sense_is_no_page_and_no_error(client, ministry, report, key, query):
    client.force_login(ministry.htqt)
    known = key == "outbound.led" and query in ("", "?kenh=")
    assert client.get(URL.format(report.case.number) + f"{key}/{query}").status_code == (200 if known else 404)


def test_the_page_costs_the_same_however_many_figures(client, ministry, report):
    client.force_login(ministry.htqt)
    with CaptureQueriesContext(connection) as queries:
        client.get(URL.format(report.case.number))
    assert len(queries) == 10


def test_a_figure_of_many_lines_is_read_page_by_page(client, ministry, report, monkeypatch):
    monkeypatch.setattr(pages, "LINES", 2)
    client.force_login(ministry.htqt)
    url = URL.format(report.case.number) + "agreements.signed/"
    first, second = client.get(url).text, client.get(f"{url}?trang=2").text

    assert (first.count('class="figure-line"'), second.count('class="figure-line"')) == (2, 1)
    assert 'start="3"' in second
    assert client.get(f"{url}?trang=moon").status_code == 200
