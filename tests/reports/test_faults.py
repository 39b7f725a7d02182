"""A real year-end report whose worker is killed, and one that is ordered while the broker is away: each is made once."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from intlcoop.jobs import registry
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.models import Job
from intlcoop.operations.demo import loading
from intlcoop.people.models import User
from reports.choices import OutputFormat
from reports.models import ReportOutput
from reports.services import order_report
from tests.intlcoop.jobs.conftest import broker  # noqa: F401  a fixture
from tests.intlcoop.jobs.stack import Stack, database_of_its_own, wait_until

LEASE = 5  # seconds; a third of production's, so that the test is not mostly waiting
WITHIN = 60  # seconds that a report may take once a worker is there

pytestmark = [pytest.mark.stack, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stack(broker, tmp_path):  # noqa: F811
    broker.start()
    with database_of_its_own() as url:
        made = Stack(broker, url, tmp_path, lease=LEASE, renew=1.5)
        made.environment["MEDIA_ROOT"] = str(default_storage.location)
        loading.load_case("ubdt-2022", password=None)
        made.start_worker()
        made.start_sweeper()
        wait_until(lambda: "ready." in made.log("worker"), 60, "the worker is ready")
        try:
            yield made
        finally:
            made.stop()


def order(year):
    return order_report(year, "calendar", actor=User.objects.get(username="quantri"))


def state_of(report):
    return Job.objects.get(pk=report.job_id).state


def done(report):
    return state_of(report) == JobState.DONE


def children(pid):
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def kill_children(stack):
    for child in children(stack.processes["worker"].pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def assert_made_once(report):
    """One file of each format, whole, and nothing else in the folder of reports."""
    for output in ReportOutput.objects.filter(report=report):
        content = output.file.read()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (output.sha256, output.size)
    assert sorted(report.outputs.values_list("format", flat=True)) == sorted(OutputFormat.values)
    assert list(Path(default_storage.location).rglob("*.part")) == []
    assert [finding for finding in registry.run_invariants() if finding.ok is False] == []


def test_a_report_survives_the_death_of_its_worker_and_the_absence_of_the_broker(stack):
    """One fault after the other on one stack, because starting one takes seconds."""
    child_killed = order(2022)
    wait_until(lambda: state_of(child_killed) == JobState.RUNNING, 30, "the report is being made")
    kill_children(stack)
    wait_until(lambda: done(child_killed), WITHIN, "another child made the report")
    assert Job.objects.get(pk=child_killed.job_id).attempt == 2
    assert_made_once(child_killed)

    main_killed = order(2021)
    wait_until(lambda: state_of(main_killed) == JobState.RUNNING, 30, "the second report is being made")
    stack.kill("worker")
    wait_until(lambda: state_of(main_killed) == JobState.QUEUED, LEASE + 10, "the report waits again")
    stack.start_worker()
    wait_until(lambda: done(main_killed), WITHIN, "the new worker made the report")
    assert_made_once(main_killed)

    stack.broker.stop()
    without_broker = order(2020)
    assert state_of(without_broker) == JobState.QUEUED
    stack.broker.start()
    wait_until(lambda: done(without_broker), WITHIN, "the report was made after the broker came back")
    assert_made_once(without_broker)
    assert ReportOutput.objects.count() == 3 * len(OutputFormat.values)
