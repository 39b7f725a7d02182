"""Ordering a job is part of its cause's transaction; the same work is not ordered twice."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from intlcoop.jobs import leases, services
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.errors import JobRefused
from intlcoop.jobs.models import Job
from tests.intlcoop.jobs.factories import TRIAL, JobFactory


def together(work, times):
    """Run `work` in that many threads at the same moment; the answers."""
    barrier, answers = threading.Barrier(times), []

    def one():
        try:
            barrier.wait(10)
            answers.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return answers


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_told_only_after_the_commit(trial, messages):
    with transaction.atomic():
        job = services.enqueue(TRIAL, {"a": 1})
        assert messages == []
    assert messages == [str(job.pk)]


@pytest.mark.django_db(transaction=True)
def test_a_cause_that_is_rolled_back_leaves_neither_job_nor_message(trial, messages):
    @transaction.atomic
    def cause():
        services.enqueue(TRIAL, {"a": 1})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cause()
    assert not Job.objects.exists()
    assert messages == []


@pytest.mark.django_db(transaction=True)
def test_a_job_ordered_outside_a_transaction_is_told_at_once(trial, messages):
    job = services.enqueue(TRIAL, {"a": 1})
    assert messages == [str(job.pk)]


@pytest.mark.django_db
def test_an_unknown_kind_cannot_be_ordered():
    with pytest.raises(LookupError):
        services.enqueue("nobody-knows-it", {})


@pytest.mark.django_db
def test_a_repeated_key_gives_the_first_job_whatever_became_of_it(trial):
    first = services.enqueue(TRIAL, {"a": 1}, idempotency_key="k")
    Job.objects.update(state=JobState.DONE, finished_at=first.created_at)
    assert services.enqueue(TRIAL, {"a": 2}, idempotency_key="k") == first


@pytest.mark.django_db
def test_the_same_work_is_ordered_once_while_it_lives_and_again_afterwards(trial):
    first = services.enqueue(TRIAL, {"a": 1, "b": "ờ"})
    assert services.enqueue(TRIAL, {"b": "ờ", "a": 1}) == first
    leases.finish(first, leases.claim(first.pk).lease_token, {})
    assert services.enqueue(TRIAL, {"a": 1, "b": "ờ"}) != first


@pytest.mark.django_db
def test_a_kind_may_allow_the_same_work_side_by_side(register):
    register(unique=False)
    assert services.enqueue(TRIAL, {"a": 1}) != services.enqueue(TRIAL, {"a": 1})


@pytest.mark.django_db(transaction=True)
def test_the_same_order_from_many_at_once_gives_one_job(trial, messages):
    answers = together(lambda: services.enqueue(TRIAL, {"a": 1}).pk, 8)
    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert Job.objects.count() == 1
    assert messages == [str(answers[0])]


@pytest.mark.django_db
def test_a_delayed_job_cannot_be_claimed_before_its_time(trial):
    job = services.enqueue(TRIAL, {}, delay=dt.timedelta(minutes=5))
    assert leases.claim(job.pk) is None


@pytest.mark.django_db
def test_no_kind_gets_more_attempts_than_the_portal_allows(register):
    register(max_attempts=9)
    assert services.enqueue(TRIAL, {}).max_attempts == 3


@pytest.mark.django_db
def test_a_waiting_job_is_cancelled_at_once_and_its_kind_told(register, person):
    told = []
    register(on_cancelled=told.append)
    job = services.cancel_job(services.enqueue(TRIAL, {}, actor=person), actor=person)
    assert (job.state, job.cancel_requested_by) == (JobState.CANCELLED, person)
    assert told == [job]
    assert leases.claim(job.pk) is None


@pytest.mark.django_db
def test_a_running_job_is_only_asked_to_stop(trial, person):
    job = JobFactory(running=True)
    job = services.cancel_job(job, actor=person)
    assert job.state == JobState.RUNNING
    assert job.cancel_requested_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("ended", ["done", "failed"])
def test_an_ended_job_cannot_be_cancelled(trial, person, ended):
    with pytest.raises(JobRefused):
        services.cancel_job(JobFactory(**{ended: True}), actor=person)


@pytest.mark.django_db
def test_a_failed_job_starts_again_with_all_its_attempts(trial, person, messages, django_capture_on_commit_callbacks):
    job = JobFactory(failed=True)
    with django_capture_on_commit_callbacks(execute=True):
        job = services.retry_job(job, actor=person)
    assert (job.state, job.attempt) == (JobState.QUEUED, 0)
    assert messages == [str(job.pk)]
    assert leases.claim(job.pk).attempt == 1


@pytest.mark.django_db
def test_a_job_is_not_repeated_beside_the_same_work(trial, person):
    failed = JobFactory(failed=True, params={"a": 1})
    services.enqueue(TRIAL, {"a": 1})
    with pytest.raises(JobRefused):
        services.retry_job(failed, actor=person)
    failed.refresh_from_db()
    assert failed.state == JobState.FAILED


@pytest.mark.django_db
def test_a_job_that_is_done_is_not_repeated(trial, person):
    with pytest.raises(JobRefused):
        services.retry_job(JobFactory(done=True), actor=person)
