"""`audit_invariants` finds what must never be."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from intlcoop.jobs import invariants, publishing, registry
from intlcoop.jobs.models import Job
from tests.intlcoop.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db


def verdicts(check):
    return [finding.ok for finding in check()]


def test_a_healthy_portal_has_no_breach(trial, messages):
    JobFactory(done=True)
    JobFactory(running=True)
    assert [finding for finding in registry.run_invariants() if finding.ok is False] == []
    assert [finding.code for finding in registry.run_invariants()] == sorted(
        finding.code for finding in registry.run_invariants()
    )


@pytest.mark.parametrize("guard", invariants.GUARDS)
def test_a_missing_unique_index_is_a_breach(guard):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [guard])
        drop = f"ALTER TABLE jobs_job DROP CONSTRAINT {guard}" if cursor.fetchone() else f"DROP INDEX {guard}"
        cursor.execute(drop)
    assert verdicts(invariants.one_job_at_a_time) == [False]


def test_a_file_without_a_row_is_a_breach(monkeypatch):
    monkeypatch.setattr(registry, "_collectors", {"reports": lambda *, older_than, remove: [] if remove else ["x.pdf"]})
    assert verdicts(invariants.no_orphan) == [False]


def test_without_a_collector_orphans_are_not_checked(monkeypatch):
    monkeypatch.setattr(registry, "_collectors", {})
    assert verdicts(invariants.no_orphan) == [None]


def test_a_running_job_past_its_lease_is_a_breach(messages):
    JobFactory(abandoned=True, lease_until=timezone.now() - dt.timedelta(minutes=1))
    assert False in verdicts(invariants.nothing_stuck)


def test_a_job_that_waits_although_nothing_runs_is_a_breach(messages):
    job = JobFactory()
    assert verdicts(invariants.nothing_stuck) == [True, True, False]
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now())
    assert verdicts(invariants.nothing_stuck) == [True, True, True]


def test_a_job_that_waits_behind_another_is_none(messages):
    JobFactory()
    JobFactory(running=True)
    assert verdicts(invariants.nothing_stuck) == [True, True, True]


def test_while_the_broker_is_away_waiting_cannot_be_judged(messages, monkeypatch):
    JobFactory()
    monkeypatch.setattr(publishing, "waiting_messages", lambda: None)
    assert verdicts(invariants.nothing_stuck) == [True, True, None]
