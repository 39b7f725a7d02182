"""The making of a report as a job: once, repeatable, and told about."""

from __future__ import annotations

import pytest

from intlcoop.jobs import registry
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.errors import JobFailed
from intlcoop.jobs.models import Job
from intlcoop.jobs.runner import run_job
from intlcoop.jobs.services import cancel_job, retry_job
from intlcoop.notifications.models import Notice
from reports import tasks
from reports.exports import files, printing
from reports.models import ReportOutput, Snapshot
from tests.reports.factories import finished, fresh, ordered, past_trip

pytestmark = pytest.mark.django_db


@pytest.fixture
def trips(ministry):
    return [past_trip(ministry, planned=True)]


def names_of(report) -> list[str]:
    """The files that the rows of the report name."""
    return sorted(f"{output.sha256}.{output.format}" for output in fresh(report).outputs.all())


def test_the_job_makes_the_file_and_says_so(ministry, trips, report_files):
    report = finished(ministry)
    output = report.pdf

    assert report.case.state == "ready"
    assert report.job.state == JobState.DONE
    assert report_files() == names_of(report)
    assert {output.format for output in report.outputs.all()} == {"pdf", "docx", "xlsx", "html"}
    assert files.path_of(output).read_bytes().startswith(b"%PDF")
    assert (output.original_name, output.content_type) == ("BC-2026-0001.pdf", "application/pdf")
    assert output.pages >= 3
    assert output.size == files.path_of(output).stat().st_size


def test_whoever_ordered_it_is_told_once(ministry, trips):
    report = finished(ministry, by="htqt")
    run_job(report.job_id)

    [notice] = Notice.objects.filter(recipient=ministry.htqt)
    assert notice.url == report.get_absolute_url()
    assert "BC-2026-0001" in notice.subject


def test_a_second_message_for_the_same_job_changes_nothing(ministry, trips, report_files):
    report = finished(ministry)
    before = report_files()

    assert run_job(report.job_id) is False
    assert report_files() == before
    assert (ReportOutput.objects.count(), Snapshot.objects.count()) == (4, 1)


def test_an_attempt_after_a_kill_uses_the_same_snapshot_and_gives_the_same_file(
    ministry, trips, report_files, monkeypatch
):
    """The first attempt dies after the file was kept and before the row was written."""
    report = ordered(ministry)
    kept = files.keep_pdf
    monkeypatch.setattr(files, "keep_pdf", lambda *args: (kept(*args), 1 / 0))
    run_job(report.job_id)
    first = report_files()
    monkeypatch.undo()
    past_trip(ministry, "Nhập sau khi chốt")
    Job.objects.filter(pk=report.job_id).update(next_attempt_at=None)

    run_job(report.job_id)

    assert fresh(report).job.attempt == 2
    assert first == [f"{fresh(report).pdf.sha256}.pdf"]
    assert report_files() == names_of(report)
    assert sum(row["kind"] == "outbound" for row in Snapshot.objects.get(report=report).rows) == 1


def test_a_failure_for_good_is_said_with_its_reason(ministry, trips, monkeypatch):
    def broken(*args):
        raise JobFailed("Không đủ bộ nhớ.", final=True)

    monkeypatch.setattr(printing, "render", broken)
    report = ordered(ministry)
    run_job(report.job_id)

    assert fresh(report).case.state == "failed"
    assert fresh(report).pdf is None
    assert fresh(report).case.status_changes.last().comment == "Không đủ bộ nhớ."
    assert "Không đủ bộ nhớ." in Notice.objects.get(recipient=ministry.quantri).body


def test_a_failed_report_can_be_made_again_by_either_door(ministry, trips, monkeypatch):
    monkeypatch.setattr(printing, "render", lambda *args: 1 / 0)
    report = ordered(ministry)
    Job.objects.filter(pk=report.job_id).update(max_attempts=1)
    run_job(report.job_id)
    assert fresh(report).case.state == "failed"
    monkeypatch.undo()

    retry_job(fresh(report).job, actor=ministry.quantri)
    run_job(report.job_id)

    assert fresh(report).case.state == "ready"
    transitions = list(fresh(report).case.status_changes.values_list("transition", flat=True))
    assert transitions == ["fail", "order_again", "finish"]


def test_a_cancelled_report_stops_and_leaves_no_file(ministry, trips, report_files, monkeypatch):
    report = ordered(ministry)
    real = printing.render

    def cancelled_meanwhile(*args):
        cancel_job(fresh(report).job, actor=ministry.quantri)
        return real(*args)

    monkeypatch.setattr(printing, "render", cancelled_meanwhile)
    monkeypatch.setattr("intlcoop.jobs.context.QUIET", 0)
    run_job(report.job_id)

    assert fresh(report).case.state == "cancelled"
    assert report_files() == []


@pytest.mark.django_db(transaction=True)
def test_the_job_runs_outside_of_a_transaction(ministry, report_files):
    past_trip(ministry)
    report = finished(ministry)

    assert report.case.state == "ready"
    assert report_files() == names_of(report)


@pytest.mark.parametrize(
    ("who", "shown"), [("quantri", True), ("htqt", True), ("botruong", True), ("kiemtoan", True), ("chuyenvien", False)]
)
def test_whoever_reads_reports_may_watch_one_being_made(ministry, who, shown):
    report = ordered(ministry)

    assert tasks.shown_to(ministry.person(who), report.job) is shown


def test_the_job_says_which_report_it_is(ministry):
    report = ordered(ministry)

    assert tasks.described(report.job) == "BC-2026-0001 · Kết quả công tác hợp tác quốc tế năm 2026"
    assert tasks.result_url(report.job) == "/bao-cao/BC-2026-0001/"


# --- invariants -------------------------------------------------------------------------------------------------


def findings():
    return {finding.text: finding.ok for finding in tasks.outputs_are_whole()}


def test_whole_files_and_snapshots_pass_the_audit(ministry, trips):
    finished(ministry)

    assert set(findings().values()) == {True}
    assert any(finding.code == "I2" and "reports" in finding.text for finding in registry.run_invariants())


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF cut")])
def test_a_file_that_is_missing_or_cut_is_a_breach(ministry, trips, harm):
    harm(files.path_of(finished(ministry).pdf))

    assert findings()["files of reports broken: BC-2026-0001.pdf"] is False


def test_a_snapshot_that_was_changed_past_the_guards_is_a_breach(ministry, trips):
    import pgtrigger

    report = finished(ministry)
    with pgtrigger.ignore("reports.Snapshot:append_only"):
        Snapshot.objects.filter(report=report).update(gaps=["thêm"])

    assert findings()["snapshots changed: BC-2026-0001"] is False
