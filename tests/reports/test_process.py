"""From the draft to the issued report: versions of the figures, texts by hand, approval, number and day, what differs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.html import strip_tags

from delegations.models import OutboundDelegation
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.models import Job
from intlcoop.jobs.runner import run_job
from intlcoop.workflow import engine
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.models import CasePaper, Step
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from reports.exports import printing
from reports.models import ReportOutput, SectionText, Snapshot
from reports.queries.sections import drifts_of, sections_of
from reports.services import Register, freeze, print_again, report_json, write_section
from reports.workflows import issue_report, move, refresh_figures
from tests.reports.factories import fresh, ordered, past_trip

pytestmark = pytest.mark.django_db
HAND = "Trong năm, Bộ chủ trì 01 đoàn ra.\n- đoàn thứ nhất;\n- đoàn thứ hai"


@pytest.fixture
def pdf(monkeypatch):
    """Files cost a second each; here it matters only which were made."""
    monkeypatch.setattr(
        printing, "render", lambda report, snapshot: f"%PDF {sections_of(report, snapshot)} %%EOF".encode()
    )
    monkeypatch.setattr("reports.exports.files.page_count", lambda pdf: 3)
    monkeypatch.setattr("reports.exports.formats.outline_of", lambda pdf: [])


@pytest.fixture
def report(ministry, pdf):
    past_trip(ministry, "Đoàn đi Lào", countries=("LA",), planned=True, departs=dt.date(2026, 4, 1))
    found = ordered(ministry)
    assert run_job(found.job_id)
    return fresh(found)


def renewed(report, ministry, **values):
    refresh_figures(fresh(report), actor=ministry.htqt, **values)
    found = fresh(report)
    run_job(found.job_id)
    return fresh(found)


# --- versions ----------------------------------------------------------------------------------------------------


def test_new_figures_are_a_version_beside_the_one_before(ministry, report):
    past_trip(ministry, "Đoàn đi Campuchia", countries=("KH",), departs=dt.date(2026, 5, 1))

    found = renewed(report, ministry)

    first, second = Snapshot.objects.filter(report=report)
    assert (first.version, second.version, found.snapshot) == (1, 2, second)
    assert [each.figures["figures"]["outbound.led"]["value"] for each in (first, second)] == [1, 2]
    assert found.case.state == "ready"
    assert {output.version for output in found.outputs.all()} == {1, 2}
    assert found.pdf.version == 2
    assert report_json(found)["snapshot"]["version"] == 2


def test_the_same_order_for_new_figures_is_refused_while_they_are_being_collected(ministry, report):
    refresh_figures(fresh(report), actor=ministry.htqt)

    with pytest.raises((Refused, NotAllowed)):
        refresh_figures(fresh(report), actor=ministry.htqt)
    assert Job.objects.filter(kind="year_end_report").count() == 2


def test_when_new_figures_cannot_be_collected_the_version_before_holds(ministry, report, monkeypatch):
    monkeypatch.setattr("reports.tasks.freeze", lambda *args: 1 / 0)
    refresh_figures(fresh(report), actor=ministry.htqt)
    Job.objects.filter(pk=fresh(report).job_id).update(max_attempts=1)
    run_job(fresh(report).job_id)

    found = fresh(report)
    assert (found.job.state, found.case.state, found.snapshot.version) == (JobState.FAILED, "ready", 1)
    assert found.case.status_changes.last().transition == "keep"


@pytest.mark.parametrize("who", ["chuyenvien", "kiemtoan", "thutruong"])
def test_who_may_not_collect_figures_anew(ministry, report, who):
    with pytest.raises(NotAllowed):
        refresh_figures(fresh(report), actor=ministry.person(who))


def test_a_retried_job_adds_no_figures_to_a_submitted_report(ministry, report, monkeypatch):
    monkeypatch.setattr("reports.tasks.freeze", lambda *args: 1 / 0)
    refresh_figures(fresh(report), actor=ministry.htqt)
    job = fresh(report).job
    Job.objects.filter(pk=job.pk).update(max_attempts=1)
    run_job(job.pk)
    monkeypatch.undo()
    monkeypatch.setattr("reports.exports.files.page_count", lambda pdf: 3)
    monkeypatch.setattr("reports.exports.formats.outline_of", lambda pdf: [])
    engine.fire(fresh(report).case, "submit", actor=ministry.htqt)
    Job.objects.filter(pk=job.pk).update(state="queued", attempt=0, finished_at=None, next_attempt_at=None)

    run_job(job.pk)

    assert list(Snapshot.objects.filter(report=report).values_list("version", flat=True)) == [1]


# --- texts by hand ------------------------------------------------------------------------------------------------


def test_a_text_by_hand_is_printed_and_the_composed_one_kept(ministry, report):
    write_section(fresh(report), "outbound", HAND, actor=ministry.htqt)

    found = fresh(report)
    section = next(each for each in sections_of(found, found.snapshot) if each["key"] == "outbound")
    assert [block["type"] for block in section["blocks"][:2]] == ["paragraph", "list"]
    assert section["blocks"][1]["items"] == ["đoàn thứ nhất;", "đoàn thứ hai"]
    assert section["blocks"][0]["text"] == "Trong năm, Bộ chủ trì 01 đoàn ra."
    composed = next(each for each in found.snapshot.sections if each["key"] == "outbound")
    assert composed["blocks"][0]["text"] != section["blocks"][0]["text"]


def test_a_section_without_records_is_written_by_hand(ministry, report):
    write_section(fresh(report), "strengths", "Công tác phối hợp chặt chẽ.", actor=ministry.htqt)

    found = fresh(report)
    assert "strengths" in {section["key"] for section in sections_of(found, found.snapshot)}


def test_a_text_by_hand_is_marked_when_its_figures_change_and_keeps_the_report_from_being_submitted(ministry, report):
    write_section(fresh(report), "outbound", HAND, actor=ministry.htqt)
    assert drifts_of(fresh(report), fresh(report).snapshot) == {}
    past_trip(ministry, "Đoàn đi Campuchia", countries=("KH",), departs=dt.date(2026, 5, 1))
    found = renewed(report, ministry)

    [(key, drift)] = drifts_of(found, found.snapshot).items()
    assert key == "outbound"
    assert any(ref == "outbound.led" and before != now for ref, before, now in drift.figures)
    with pytest.raises(Refused, match="Đoàn ra"):
        engine.fire(found.case, "submit", actor=ministry.htqt)

    write_section(found, "outbound", HAND, actor=ministry.htqt)
    assert drifts_of(fresh(found), found.snapshot) == {}
    assert engine.fire(fresh(found).case, "submit", actor=ministry.htqt)


@pytest.mark.parametrize("who", ["quantri", "kiemtoan", "thutruong", "chuyenvien"])
def test_only_the_department_edits(ministry, report, who):
    with pytest.raises(NotAllowed):
        write_section(fresh(report), "outbound", HAND, actor=ministry.person(who))


def test_an_old_page_does_not_overwrite_a_colleague(ministry, report):
    seen = fresh(report).case.version
    write_section(fresh(report), "outbound", HAND, actor=ministry.htqt, expected_version=seen)

    with pytest.raises(Conflict):
        write_section(fresh(report), "outbound", "Bản khác", actor=ministry.vutruong, expected_version=seen)


@pytest.mark.parametrize(("key", "text"), [("annex.outbound", "Lời"), ("khong-co", "Lời"), ("outbound", "  ")])
def test_what_is_no_text_of_the_report_is_refused(ministry, report, key, text):
    with pytest.raises(Refused):
        write_section(fresh(report), key, text, actor=ministry.htqt)


def test_the_file_is_made_anew_only_when_something_changed(ministry, report):
    assert print_again(fresh(report), actor=ministry.htqt) is None
    write_section(fresh(report), "outbound", HAND, actor=ministry.htqt)
    job = print_again(fresh(report), actor=ministry.htqt)
    assert print_again(fresh(report), actor=ministry.htqt) == job

    run_job(job.pk)

    assert ReportOutput.objects.filter(report=report, version=1, format="pdf").count() == 2
    assert print_again(fresh(report), actor=ministry.htqt) is None
    assert fresh(report).case.state == "ready"


# --- approval and issue ------------------------------------------------------------------------------------------------


def approved(report, ministry):
    engine.fire(fresh(report).case, "submit", actor=ministry.htqt)
    for who in ("vutruong", "thutruong"):
        step = Step.objects.open().get(case=report.case)
        decide(step, "agree", actor=ministry.person(who))
    return fresh(report)


def register(ministry, **values):
    today = dt.date.today()
    said = {"number": 15, "symbol": "BC-HTQT", "issued_on": today, "signed_by": ministry.vutruong, "signed_on": today}
    return Register(**(said | values))


def test_the_route_of_a_whole_year_and_the_number_by_the_clerk(ministry, report):
    found = approved(report, ministry)
    assert found.case.state == "approved"

    issue_report(found, register(ministry), actor=ministry.vanthu)

    found = fresh(report)
    assert found.case.state == "issued"
    assert CasePaper.objects.get(case=found.case).number == 15
    run_job(found.job_id)
    found = fresh(report)
    assert print_again(found, actor=ministry.htqt) is None
    assert "15/BC-HTQT" in printing.html_of(found, found.snapshot)


@pytest.mark.parametrize("who", ["htqt", "quantri", "thutruong"])
def test_only_the_clerk_enters_the_number(ministry, report, who):
    found = approved(report, ministry)

    with pytest.raises(NotAllowed):
        issue_report(found, register(ministry), actor=ministry.person(who))
    assert not CasePaper.objects.filter(case=found.case).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"issued_on": dt.date(2099, 1, 1)},
        {"signed_on": dt.date(2020, 1, 1)},
        {"signed_on": dt.date(2099, 1, 1)},
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_kept(ministry, report, wrong):
    found = approved(report, ministry)

    with pytest.raises(Refused):
        issue_report(found, register(ministry, **wrong), actor=ministry.vanthu)
    assert fresh(report).case.state == "approved"
    assert not CasePaper.objects.filter(case=found.case).exists()


def test_what_is_submitted_stays_as_it_is(ministry, report):
    found = approved(report, ministry)

    with pytest.raises((NotAllowed, Refused)):
        write_section(found, "outbound", HAND, actor=ministry.htqt)
    with pytest.raises((NotAllowed, Refused)):
        refresh_figures(found, actor=ministry.htqt)


def test_a_returned_report_is_edited_and_submitted_again(ministry, report):
    engine.fire(report.case, "submit", actor=ministry.htqt)
    step = Step.objects.open().get(case=report.case)
    decide(step, "return", actor=ministry.vutruong, comment="Bổ sung phần đánh giá.")

    assert fresh(report).case.state == "returned"
    write_section(fresh(report), "strengths", "Đã bổ sung.", actor=ministry.htqt)
    assert engine.fire(fresh(report).case, "submit", actor=ministry.htqt)


def test_a_part_of_a_year_is_approved_by_the_head_of_the_department(ministry, pdf):
    past_trip(ministry, departs=dt.date(2026, 1, 10))
    found = ordered(ministry, 2026, window="custom", first_day=dt.date(2026, 1, 1), last_day=dt.date(2026, 3, 31))
    run_job(found.job_id)
    engine.fire(fresh(found).case, "submit", actor=ministry.htqt)

    assert [step.office for step in Step.objects.filter(case=found.case)] == ["icd_head"]


# --- what differs ------------------------------------------------------------------------------------------------


def page(client, user, report, path=""):
    client.force_login(user)
    return client.get(f"{report.get_absolute_url()}{path}")


def test_a_changed_trip_leaves_the_issued_report_alone_and_stands_in_the_list_of_differences(client, ministry, report):
    found = approved(report, ministry)
    issue_report(found, register(ministry), actor=ministry.vanthu)
    sealed = fresh(report).snapshot.sha256
    OutboundDelegation.objects.update(departs_on=dt.date(2026, 6, 1), returns_on=dt.date(2026, 6, 3))
    past_trip(ministry, "Đoàn nhập sau", departs=dt.date(2026, 7, 1))

    text = " ".join(strip_tags(page(client, ministry.kiemtoan, report, "khac/").text).split())

    assert fresh(report).snapshot.sha256 == sealed
    assert "Đoàn nhập sau" in text
    assert "01/04/2026" in text
    assert "01/06/2026" in text


def test_two_versions_side_by_side(client, ministry, report):
    past_trip(ministry, "Đoàn đi Campuchia", countries=("KH",), departs=dt.date(2026, 5, 1))
    found = renewed(report, ministry)

    answer = page(client, ministry.htqt, found, "khac/?cu=1&moi=2")
    same = page(client, ministry.htqt, found, "khac/?cu=2&moi=2")

    assert "Đoàn đi Campuchia" in answer.text
    assert "Đoàn đi Lào" not in strip_tags(answer.text.split('id="them"')[1].split("</section>")[0])
    assert 'id="so-lieu"' not in same.text


def test_pages_of_the_process(client, ministry, report):
    write_section(fresh(report), "outbound", HAND, actor=ministry.htqt)
    for path in ("", "muc/outbound/", "muc/strengths/", "so-lieu-moi/", "khac/", "?phien_ban=1"):
        assert page(client, ministry.htqt, report, path).status_code == 200, path
    for path in ("muc/annex.outbound/", "muc/khong/", "?phien_ban=9", "?phien_ban=x"):
        assert page(client, ministry.htqt, report, path).status_code == 404, path
    assert page(client, ministry.kiemtoan, report, "muc/outbound/").status_code == 403
    assert page(client, ministry.vanthu, report).status_code == 404
    approved(report, ministry)
    assert page(client, ministry.vanthu, report).status_code == 200
    assert page(client, ministry.vanthu, report, "ban-hanh/").status_code == 200
    assert page(client, ministry.htqt, report, "ban-hanh/").status_code == 403


def test_the_clerk_issues_on_the_page(client, ministry, report):
    found = approved(report, ministry)
    today = f"{dt.date.today():%d/%m/%Y}"
    values = {
        "number": "7",
        "symbol": "BC-HTQT",
        "issued_on": today,
        "signed_on": today,
        "signed_by": ministry.vutruong.pk,
    }
    client.force_login(ministry.vanthu)

    assert client.post(f"{found.get_absolute_url()}ban-hanh/", values).status_code == 302
    assert fresh(report).case.state == "issued"


def test_a_section_is_edited_and_given_back_on_the_page(client, ministry, report):
    client.force_login(ministry.htqt)
    url = f"{report.get_absolute_url()}muc/outbound/"

    assert client.post(url, {"text": HAND, "version": fresh(report).case.version}).status_code == 302
    assert SectionText.objects.get(report=report).edited_by == ministry.htqt
    assert "Bộ chủ trì 01 đoàn ra" in client.get(report.get_absolute_url()).text
    assert client.post(f"{url}bo/").status_code == 302
    assert not SectionText.objects.exists()


def test_another_version_adds_no_query_to_the_page(client, ministry, report, django_assert_max_num_queries):
    move(report.case, "finish")
    freeze(report, 2)
    freeze(report, 3)
    client.force_login(ministry.htqt)
    with django_assert_max_num_queries(60):
        client.get(report.get_absolute_url())
