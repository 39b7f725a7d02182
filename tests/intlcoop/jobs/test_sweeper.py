"""Nothing gets lost: what nobody claimed is told again, what was left behind is taken back, a bad day ends nothing."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from intlcoop.jobs import health, leases, publishing, registry
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.models import Heartbeat, Job
from intlcoop.jobs.sweeper import Sweeper
from tests.intlcoop.jobs.factories import TRIAL, JobFactory


@pytest.fixture
def sweeper(messages):
    made = Sweeper()
    made.look_at_broker()
    return made


@pytest.mark.django_db
def test_a_job_that_nobody_claimed_is_told_again_but_not_every_round(sweeper, trial, messages):
    job = JobFactory()
    assert sweeper.send_again() == 1
    assert messages == [str(job.pk)]
    assert sweeper.send_again() == 0
    Job.objects.update(nudged_at=timezone.now() - dt.timedelta(minutes=1))
    assert sweeper.send_again() == 1


@pytest.mark.django_db
def test_a_job_ordered_just_now_is_left_to_its_own_message(sweeper, trial, messages):
    JobFactory(created_at=timezone.now())
    assert sweeper.send_again() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["running", "done", "failed"])
def test_only_waiting_jobs_are_told_again(sweeper, trial, state):
    JobFactory(**{state: True})
    assert sweeper.send_again() == 0


@pytest.mark.django_db
def test_a_job_is_told_again_when_its_pause_is_over_and_not_before(sweeper, trial):
    pausing = JobFactory(next_attempt_at=timezone.now() + dt.timedelta(minutes=1))
    assert sweeper.send_again() == 0
    Job.objects.filter(pk=pausing.pk).update(next_attempt_at=timezone.now())
    assert sweeper.send_again() == 1


@pytest.mark.django_db
def test_messages_never_outnumber_the_jobs_that_wait(sweeper, trial, messages, monkeypatch):
    JobFactory.create_batch(5)
    monkeypatch.setattr(publishing, "waiting_messages", lambda: 3)
    sweeper.look_at_broker()
    assert sweeper.send_again() == 2


@pytest.mark.django_db
def test_without_a_broker_nothing_is_marked_as_told(sweeper, trial, monkeypatch):
    JobFactory()
    monkeypatch.setattr(publishing, "waiting_messages", lambda: None)
    sweeper.look_at_broker()
    assert sweeper.send_again() == 0
    assert not sweeper.probe()
    assert Job.objects.filter(nudged_at__isnull=True).count() == 1


@pytest.mark.django_db
def test_what_did_not_leave_after_all_is_told_in_the_next_round(sweeper, trial, monkeypatch):
    JobFactory()
    monkeypatch.setattr(publishing, "_tell", lambda *args, **kwargs: False)
    assert sweeper.send_again() == 0
    assert Job.objects.filter(nudged_at__isnull=True).count() == 1


@pytest.mark.django_db
def test_a_job_left_behind_is_queued_again_with_the_reason(sweeper, trial):
    job = JobFactory(abandoned=True)
    held = JobFactory(running=True)
    assert sweeper.reap() == [job.pk]
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert job.failure_reason
    assert leases.claim(job.pk).attempt == 2
    held.refresh_from_db()
    assert held.state == JobState.RUNNING


@pytest.mark.django_db
def test_a_job_left_behind_for_the_third_time_fails_and_its_kind_is_told_once(sweeper, register):
    told = []
    register(on_failed=lambda job, reason: told.append(reason))
    job = JobFactory(abandoned=True, attempt=3)
    sweeper.reap()
    sweeper.reap()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert told == [job.failure_reason]


@pytest.mark.django_db
def test_a_job_left_behind_that_was_to_be_cancelled_is_cancelled(sweeper, trial):
    job = JobFactory(abandoned=True, cancel_requested_at=timezone.now())
    sweeper.reap()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


@pytest.mark.django_db
def test_consequences_that_fail_hold_up_no_other_job(sweeper, register):
    def break_down(job, reason):
        raise ZeroDivisionError

    register(on_failed=break_down)
    stuck = JobFactory(abandoned=True, attempt=3)
    other = JobFactory(abandoned=True)
    assert set(sweeper.reap()) == {stuck.pk, other.pk}
    assert [Job.objects.get(pk=job.pk).state for job in (stuck, other)] == [JobState.RUNNING, JobState.QUEUED]


@pytest.fixture
def no_periodic(monkeypatch):
    monkeypatch.setattr(registry, "_periodic", {})


@pytest.mark.django_db
def test_a_daily_job_is_ordered_once_after_its_hour(sweeper, trial, no_periodic):
    registry.register_periodic(TRIAL, at=dt.time(7, 30))
    with time_machine.travel(dt.datetime(2026, 11, 24, 7, 29, tzinfo=timezone.get_default_timezone()), tick=False):
        sweeper.order_periodic()
    assert not Job.objects.exists()
    with time_machine.travel(dt.datetime(2026, 11, 24, 9, 0, tzinfo=timezone.get_default_timezone()), tick=False):
        sweeper.order_periodic()
        Job.objects.update(state=JobState.DONE, finished_at=timezone.now())
        Sweeper().order_periodic()
    job = Job.objects.get()
    assert (job.params, job.idempotency_key) == ({"day": "2026-11-24"}, "trial:2026-11-24")
    with time_machine.travel(dt.datetime(2026, 11, 25, 7, 30, tzinfo=timezone.get_default_timezone()), tick=False):
        sweeper.order_periodic()
    assert Job.objects.count() == 2


@pytest.mark.django_db
def test_a_daily_job_leaves_out_the_days_that_its_room_leaves_out(sweeper, trial, no_periodic):
    registry.register_periodic(TRIAL, at=dt.time(0, 0), params=lambda day: None)
    sweeper.order_periodic()
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_orphans_are_collected_when_old_enough(sweeper, monkeypatch, settings):
    asked = []

    def collector(*, older_than, remove):
        asked.append((older_than, remove))
        return ["a.part"]

    monkeypatch.setattr(registry, "_collectors", {"reports": collector})
    assert sweeper.collect() == ["reports: a.part"]
    older_than, remove = asked[0]
    assert remove
    assert older_than > dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)


@pytest.mark.django_db
def test_a_round_proves_that_the_sweeper_lives_and_probes_the_worker_now_and_then(messages, no_periodic):
    sweeper = Sweeper()
    assert sweeper.once()
    assert sweeper.once()
    assert Heartbeat.objects.get().name == health.SWEEPER
    assert messages == ["jobs.probe"]


@pytest.mark.django_db
def test_one_broken_work_of_a_round_does_not_stop_the_others(messages, trial, no_periodic, monkeypatch):
    sweeper = Sweeper()
    monkeypatch.setattr(sweeper, "reap", lambda: 1 / 0)
    job = JobFactory()
    assert sweeper.once()
    assert str(job.pk) in messages


@pytest.mark.django_db
def test_while_the_database_is_away_the_pauses_grow_and_then_shrink_again(messages, monkeypatch):
    sweeper, pauses = Sweeper(), []

    def away(name):
        raise OperationalError("connection refused")

    def wait(pause):
        pauses.append(pause)
        if len(pauses) == 5:
            monkeypatch.setattr(health, "beat", lambda name: None)
        if len(pauses) == 6:
            sweeper.stopping.set()

    monkeypatch.setattr("intlcoop.jobs.sweeper.connection.close", lambda: None)
    monkeypatch.setattr(health, "beat", away)
    monkeypatch.setattr(sweeper.stopping, "wait", wait)
    sweeper.run()
    assert pauses == [10, 20, 30, 30, 30, 5]


@pytest.mark.django_db
def test_the_command_makes_one_round(messages, no_periodic):
    call_command("sweep", "--once")
    assert Heartbeat.objects.filter(name=health.SWEEPER).exists()
