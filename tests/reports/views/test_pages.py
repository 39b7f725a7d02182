"""Reading reports: the list, the report, the rows behind its figures, its files."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.utils.html import strip_tags

from intlcoop.audit.models import SecurityEvent
from intlcoop.jobs.models import Job
from reports.models import Snapshot
from reports.services import cancel_report, freeze
from tests.reports.factories import accompanying_trip, finished, fresh, ordered, past_trip

pytestmark = pytest.mark.django_db
URL = "/bao-cao/BC-2026-0001/"
READERS = ["quantri", "vutruong", "htqt", "botruong", "thutruong", "kiemtoan"]
STRANGERS = ["chuyenvien", "lanhdaodonvi", "truonghoc", "taichinh", "tccb", "phapche", "vanthu"]


@pytest.fixture
def trips(ministry):
    past_trip(ministry, "Đoàn đi Lào", countries=("LA",), planned=True, departs=dt.date(2026, 4, 1))
    past_trip(ministry, "Đoàn đi Lào và Campuchia", countries=("LA", "KH"), departs=dt.date(2026, 5, 1), members=3)
    accompanying_trip(ministry, departs=dt.date(2026, 6, 1))


@pytest.fixture
def report(ministry, trips):
    """Its figures are frozen; its file is not made yet, which costs a second."""
    found = ordered(ministry)
    freeze(found)
    return found


@pytest.fixture
def printed(ministry, trips):
    return finished(ministry)


def get(client, user, url=URL, **options):
    client.force_login(user)
    return client.get(url, **options)


def text_of(response) -> str:
    return " ".join(strip_tags(response.text).split())


# --- who ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("path", ["", "so-lieu/outbound.led/", "du-lieu.json"])
def test_readers_read(client, ministry, report, who, path):
    assert get(client, ministry.person(who), URL + path).status_code == 200


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize(
    "path", ["/bao-cao/", "/bao-cao/lap/", URL, f"{URL}so-lieu/outbound.led/", f"{URL}du-lieu.json"]
)
def test_for_everybody_else_reports_do_not_exist(client, ministry, report, who, path):
    assert get(client, ministry.person(who), path).status_code == 404


def test_a_stranger_is_sent_to_the_login(client, ministry, report):
    assert client.get(URL).status_code == 302


@pytest.mark.parametrize(("who", "status"), [("kiemtoan", 200), ("chuyenvien", 404)])
def test_the_pdf_is_a_private_download_that_leaves_a_trace(client, ministry, printed, who, status):
    response = get(client, ministry.person(who), f"/tep/bao-cao/{printed.pdf.public_id}/")

    assert response.status_code == status
    if status == 200:
        assert b"".join(response.streaming_content).startswith(b"%PDF")
        assert "BC-2026-0001.pdf" in response["Content-Disposition"]
        assert SecurityEvent.objects.filter(actor=ministry.kiemtoan, target="BC-2026-0001.pdf").exists()


# --- the list ----------------------------------------------------------------------------------------------------


def test_the_list_shows_number_period_state_and_the_order_button(client, ministry, report):
    response = get(client, ministry.quantri, "/bao-cao/")

    assert "BC-2026-0001" in response.text
    assert "01/01/2026" in response.text
    assert 'href="/bao-cao/lap/"' in response.text
    assert 'href="/bao-cao/lap/"' not in get(client, ministry.kiemtoan, "/bao-cao/").text


@pytest.mark.parametrize(("text", "found"), [("BC-2026-0001", True), ("bc 2026", True), ("2026", True), ("ket qua", True),
                                             ("thai son", True), ("2019", False), ("mat troi", False)])  # fmt: skip
def test_the_list_is_searched_by_number_title_year_and_person(client, ministry, report, text, found):
    assert ("BC-2026-0001" in get(client, ministry.quantri, f"/bao-cao/?q={text}").text) is found


def test_the_list_is_exported_in_words(client, ministry, report):
    content = get(client, ministry.quantri, "/bao-cao/?xuat=csv").content.decode("utf-8-sig")

    assert "BC-2026-0001" in content
    assert "<span" not in content


@pytest.mark.parametrize("reports", [1, 3])
def test_the_list_costs_the_same_for_one_and_many(client, ministry, reports, django_assert_num_queries):
    for year in range(2026 - reports + 1, 2027):
        ordered(ministry, year)
    client.force_login(ministry.quantri)

    with django_assert_num_queries(8):  # session, person, offices, count, page, ministry's name, worker, notices
        assert client.get("/bao-cao/").text.count("/bao-cao/BC-") >= reports


# --- the report --------------------------------------------------------------------------------------------------


def test_the_page_reads_like_the_paper_and_says_how_it_was_frozen(client, ministry, printed):
    response = get(client, ministry.botruong)
    text = text_of(response)

    assert "02 đoàn do BDP chủ trì và 01 đoàn tháp tùng" in text
    assert Snapshot.objects.get(report=printed).sha256 in text
    assert printed.pdf.sha256 in text
    assert response.text.count("<h1") == 1
    assert f'href="/tep/bao-cao/{printed.pdf.public_id}/"' in response.text
    contents = response.text.split('<nav class="report-contents"')[1].split("</nav>")[0]
    anchors = re.findall(r'href="#([a-z-]+)"', contents)
    assert anchors == [
        "context", "results", "advice", "outbound", "bilateral", "staff",
        "assessment", "strengths", "limits", "annex-outbound", "annex-gaps",
    ]  # fmt: skip
    assert all(f'id="{anchor}"' in response.text for anchor in anchors)


def figure_links(response) -> list[tuple[str, int]]:
    """(address, count printed) of every figure on the page."""
    found = re.findall(r'<a class="fig" href="([^"]+)">([^<]+)</a>', response.text)
    return [(url.replace("&amp;", "&"), int(re.search(r"\d+", words)[0])) for url, words in found]


def test_every_figure_on_the_page_leads_to_exactly_that_many_rows(client, ministry, report):
    links = figure_links(get(client, ministry.botruong))

    assert len(links) > 20
    for url, count in links:
        page = client.get(url)
        assert page.status_code == 200, url
        assert page.text.count('<span class="figure-line">') == count, url


def test_the_rows_lead_to_the_files(client, ministry, report):
    page = get(client, ministry.htqt, f"{URL}so-lieu/outbound.countries/")

    assert 'href="/ho-so/DR-2026-0001/"' in page.text
    assert text_of(page).index("Campuchia") < text_of(page).index("Lào")


@pytest.mark.parametrize("path", ["inbound.total/", "nonsense/", "outbound.led/?don_vi=PC", "outbound.led/?nuoc=XX"])
def test_a_figure_that_the_report_does_not_have_is_not_there(client, ministry, report, path):
    assert get(client, ministry.quantri, f"{URL}so-lieu/{path}").status_code == 404


def test_a_report_that_does_not_exist_is_not_there(client, ministry):
    assert get(client, ministry.quantri, "/bao-cao/BC-1999-0001/").status_code == 404


def test_what_people_wrote_is_text_on_the_page(client, ministry):
    past_trip(ministry, "<script>alert(1)</script>", is_highlight=True)
    freeze(ordered(ministry))

    page = get(client, ministry.quantri)

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_a_reader_who_may_not_open_a_file_sees_it_without_a_link(client, ministry, report):
    from reports.views.screen import Links

    closed = Links("BC-2026-0001", readable=set()).cell({"text": "Đoàn đi Lào", "file": "DR-2026-0001"})

    assert "file_url" not in closed


# --- while it is being made ---------------------------------------------------------------------------------------


def test_while_it_is_made_the_page_shows_progress_and_may_be_cancelled(client, ministry):
    report = ordered(ministry, by="htqt")

    assert f'action="{URL}huy/"' in get(client, ministry.htqt).text
    assert f'action="{URL}huy/"' not in get(client, ministry.vutruong).text
    fragment = get(client, ministry.htqt, headers={"HX-Request": "true"})
    assert f'hx-get="{URL}"' in fragment.text
    assert "<html" not in fragment.text
    assert fresh(report).snapshot is None


def test_once_it_has_ended_the_page_loads_itself_again(client, ministry, printed):
    assert get(client, ministry.htqt, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_report_that_failed_says_why_and_may_be_made_again(client, ministry):
    report = ordered(ministry)
    Job.objects.filter(pk=report.job_id).update(
        state="failed", failure_reason="Hết bộ nhớ.", finished_at=dt.datetime.now(dt.UTC)
    )

    page = get(client, ministry.quantri)

    assert "Hết bộ nhớ." in page.text
    assert f'action="{URL}lap-lai/"' in page.text


def test_before_the_figures_are_frozen_there_is_nothing_to_look_behind(client, ministry):
    ordered(ministry)

    for path in ("so-lieu/outbound.led/", "du-lieu.json"):
        assert get(client, ministry.quantri, URL + path).status_code == 404


def test_a_cancelled_report_says_so(client, ministry):
    cancel_report(ordered(ministry), actor=ministry.quantri)

    assert f'action="{URL}lap-lai/"' in get(client, ministry.quantri).text


# --- JSON and search -----------------------------------------------------------------------------------------------


def test_the_json_is_a_download_in_readable_letters(client, ministry, report):
    response = get(client, ministry.kiemtoan, f"{URL}du-lieu.json")

    assert json.loads(response.content)["figures"]["outbound.led"]["value"] == 2
    assert "đoàn" in response.text
    assert 'filename="BC-2026-0001.json"' in response["Content-Disposition"]


@pytest.mark.parametrize(("who", "found"), [("botruong", True), ("chuyenvien", False)])
def test_the_search_box_finds_a_report_for_whoever_reads_it(client, ministry, report, who, found):
    assert ("BC-2026-0001" in get(client, ministry.person(who), "/tim-kiem/?q=ket+qua+cong+tac").text) is found
