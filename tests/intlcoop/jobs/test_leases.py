"""One holder at a time, by the database's clock; whoever lost the job cannot end it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from intlcoop.jobs import leases
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.errors import LeaseLost
from intlcoop.jobs.leases import Standing
from intlcoop.jobs.models import Job
from tests.intlcoop.jobs.factories import JobFactory
from tests.intlcoop.jobs.test_services import together


def expire(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_exactly_one_gets_the_job(trial):
    for _round in range(5):
        job = JobFactory()
        answers = together(lambda job=job: leases.claim(job.pk), 8)
        assert len([answer for answer in answers if answer is not None]) == 1
        job.refresh_from_db()
        assert (job.state, job.attempt) == (JobState.RUNNING, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_takeovers_of_an_abandoned_job_exactly_one_succeeds(trial):
    job = JobFactory(abandoned=True)
    answers = together(lambda: leases.claim(job.pk), 8)
    assert len([answer for answer in answers if answer is not None]) == 1
    job.refresh_from_db()
    assert job.attempt == 2


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["running", "done", "failed"])
def test_a_job_that_is_held_or_ended_is_not_to_be_had(trial, state):
    assert leases.claim(JobFactory(**{state: True}).pk) is None


@pytest.mark.django_db
def test_a_job_that_used_up_its_attempts_is_not_to_be_had(trial):
    assert leases.claim(JobFactory(abandoned=True, attempt=3).pk) is None


@pytest.mark.django_db
def test_a_job_that_nobody_knows_is_not_to_be_had():
    assert leases.claim(uuid.uuid4()) is None


@pytest.mark.django_db
def test_a_worker_whose_own_clock_is_wrong_takes_nothing_from_others(trial):
    held = JobFactory(running=True)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=3)):
        assert leases.claim(held.pk) is None
        assert not Job.objects.interrupted().exists()


@pytest.mark.django_db
def test_a_lease_is_as_long_as_the_settings_say(trial, settings):
    claimed = leases.claim(JobFactory().pk)
    left = claimed.lease_until - timezone.now()
    assert abs(left.total_seconds() - settings.JOB_LEASE_SECONDS) < 3


@pytest.mark.django_db
def test_renewing_keeps_the_job_and_writes_the_progress(trial):
    claimed = leases.claim(JobFactory().pk)
    expire(claimed)
    assert leases.renew(claimed.pk, claimed.lease_token, (40, "Đang vẽ biểu đồ")) is Standing.HELD
    assert not Job.objects.interrupted().exists()
    claimed.refresh_from_db()
    assert (claimed.progress, claimed.progress_note) == (40, "Đang vẽ biểu đồ")


@pytest.mark.django_db
def test_whoever_lost_the_job_can_neither_renew_nor_end_it(register):
    told = []
    register(on_done=lambda job, result: told.append(result), on_failed=lambda job, reason: told.append(reason))
    first = leases.claim(JobFactory().pk)
    expire(first)
    second = leases.claim(first.pk)
    old, new = first.lease_token, second.lease_token

    assert leases.renew(first.pk, old) is Standing.LOST
    for end in (
        lambda: leases.finish(first, old, {"by": "first"}),
        lambda: leases.fail(first, old, "Hỏng."),
        lambda: leases.end_cancelled(first, old),
        lambda: leases.release(first, old),
    ):
        with pytest.raises(LeaseLost), transaction.atomic():
            end()
    assert told == []

    leases.finish(second, new, {"by": "second"})
    assert told == [{"by": "second"}]
    with pytest.raises(LeaseLost):
        leases.finish(second, new, {"by": "second"})
    assert Job.objects.get().result == {"by": "second"}


@pytest.mark.django_db
def test_consequences_that_fail_leave_the_job_unfinished(register):
    def break_down(job, result):
        raise ZeroDivisionError

    register(on_done=break_down)
    claimed = leases.claim(JobFactory().pk)
    with pytest.raises(ZeroDivisionError):
        leases.finish(claimed, claimed.lease_token, {})
    assert Job.objects.get().state == JobState.RUNNING


@pytest.mark.django_db
def test_a_failed_attempt_waits_for_the_pause_of_its_kind_and_keeps_its_reason(register):
    register(retry_after=(7, 70))
    claimed = leases.claim(JobFactory().pk)
    assert leases.fail(claimed, claimed.lease_token, "Máy chủ thư bận.") is False
    assert (claimed.state, claimed.failure_reason) == (JobState.QUEUED, "Máy chủ thư bận.")
    assert 4 < (claimed.next_attempt_at - timezone.now()).total_seconds() <= 7
    assert leases.claim(claimed.pk) is None


@pytest.mark.django_db
def test_the_third_failure_is_final_and_told_once(register):
    told = []
    register(retry_after=(), on_failed=lambda job, reason: told.append(reason))
    job = JobFactory()
    ends = [leases.fail(claimed, claimed.lease_token, "Hỏng.") for claimed in iter(lambda: leases.claim(job.pk), None)]
    assert ends == [False, False, True]
    assert told == ["Hỏng."]
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.FAILED, 3)


@pytest.mark.django_db
def test_a_final_failure_spares_the_other_attempts(trial):
    claimed = leases.claim(JobFactory().pk)
    assert leases.fail(claimed, claimed.lease_token, "Dữ liệu sai.", final=True) is True
    assert Job.objects.get().state == JobState.FAILED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "unheard-of"},
        {"state": "running"},
        {"state": "done"},
        {"state": "failed", "finished_at": timezone.now()},
        {"attempt": 4},
        {"progress": 101},
        {"lease_until": timezone.now()},
    ],
)
def test_the_database_refuses_a_row_that_contradicts_itself(trial, wrong):
    job = JobFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**wrong)
