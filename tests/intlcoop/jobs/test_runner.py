"""One attempt: what is written for each way in which work can end."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from intlcoop.jobs import leases, runner, services
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.errors import JobFailed, LeaseLost
from intlcoop.jobs.models import Job
from tests.intlcoop.jobs.factories import TRIAL, JobFactory


@pytest.mark.django_db
def test_a_job_runs_and_its_consequences_are_written_once(register):
    told = []
    register(run=lambda context: {"sum": context.params["a"] + 1}, on_done=lambda job, result: told.append(result))
    job = services.enqueue(TRIAL, {"a": 1})
    assert runner.run_job(job.pk) is True
    job.refresh_from_db()
    assert (job.state, job.progress, job.result, job.attempt) == (JobState.DONE, 100, {"sum": 2}, 1)
    assert told == [{"sum": 2}]


@pytest.mark.django_db
def test_the_same_message_twenty_times_does_the_work_once(register):
    runs = []
    register(run=lambda context: runs.append(context.attempt))
    job = JobFactory()
    assert [runner.run_job(job.pk) for _ in range(20)] == [True] + [False] * 19
    assert runs == [1]


@pytest.mark.django_db(transaction=True)
def test_the_same_message_to_many_workers_does_the_work_once(register, messages):
    from tests.intlcoop.jobs.test_services import together

    runs, told = [], []
    register(run=lambda context: runs.append(time.sleep(0.2)), on_done=lambda job, result: told.append(job))
    job = services.enqueue(TRIAL, {})
    answers = together(lambda: runner.run_job(job.pk), 6)
    assert sorted(answers) == [False] * 5 + [True]
    assert (len(runs), len(told)) == (1, 1)


@pytest.mark.django_db
def test_an_error_is_tried_three_times_and_then_explained(register):
    told = []

    def break_down(context):
        raise ZeroDivisionError

    register(run=break_down, retry_after=(), on_failed=lambda job, reason: told.append(reason))
    job = JobFactory()
    assert [runner.run_job(job.pk) for _ in range(4)] == [True, True, True, False]
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.FAILED, 3)
    assert told == [job.failure_reason]
    assert "ZeroDivisionError" not in job.failure_reason


@pytest.mark.django_db
def test_a_kind_explains_its_failure_in_its_own_words(register):
    def refuse(context):
        raise JobFailed("Năm 2019 không có đoàn nào.", final=True)

    register(run=refuse)
    job = JobFactory()
    runner.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.failure_reason) == (JobState.FAILED, 1, "Năm 2019 không có đoàn nào.")


@pytest.mark.django_db
def test_an_error_outside_of_exception_is_a_failure_too(register):
    class Fatal(BaseException):
        pass

    def break_down(context):
        raise Fatal

    register(run=break_down)
    job = JobFactory()
    runner.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert job.failure_reason


@pytest.mark.django_db
def test_a_worker_that_is_told_to_stop_gives_the_job_back(register):
    def stop(context):
        raise SystemExit

    register(run=stop)
    job = JobFactory()
    with pytest.raises(SystemExit):
        runner.run_job(job.pk)
    assert Job.objects.due().get() == job


@pytest.mark.django_db
def test_a_kind_that_this_version_does_not_know_waits_for_another_worker():
    job = JobFactory(kind="of-tomorrow")
    runner.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert job.next_attempt_at is not None


@pytest.mark.django_db
def test_consequences_that_fail_count_as_a_failed_attempt(register):
    def break_down(job, result):
        Job.objects.create(kind="x", params_sha256="half-written")
        raise ZeroDivisionError

    register(on_done=break_down)
    job = JobFactory()
    runner.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_cancelling_stops_the_work_at_its_next_step(register, messages):
    steps, told = [], []

    def long_work(context):
        for percent in range(0, 100, 10):
            steps.append(percent)
            if percent == 30:
                services.cancel_job(context.job, actor=None)
            time.sleep(0.3)
            context.progress(percent)

    register(run=long_work, on_cancelled=told.append)
    job = services.enqueue(TRIAL, {})
    runner.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert steps == [0, 10, 20, 30]
    assert told == [job]


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_by_others_even_from_inside_a_transaction(register, messages):
    seen = []

    def look():
        try:
            seen.append(Job.objects.get().progress)
        finally:
            connection.close()

    def work(context):
        with transaction.atomic():
            Job.objects.count()
            context.progress(40, "Đang dựng trang")
            onlooker = threading.Thread(target=look)
            onlooker.start()
            onlooker.join(5)

    register(run=work)
    runner.run_job(services.enqueue(TRIAL, {}).pk)
    assert seen == [40]


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_kept_while_the_work_says_nothing(register, messages, settings):
    settings.JOB_LEASE_SECONDS, settings.JOB_RENEW_SECONDS = 0.8, 0.2
    stolen = []

    def silent(context):
        time.sleep(1.6)
        stolen.append(leases.claim(context.job.pk))

    register(run=silent)
    job = services.enqueue(TRIAL, {})
    runner.run_job(job.pk)
    job.refresh_from_db()
    assert stolen == [None]
    assert (job.state, job.attempt) == (JobState.DONE, 1)


@pytest.mark.django_db(transaction=True)
def test_work_that_was_taken_over_stops_and_does_not_count(register, messages):
    told = []

    def slow(context):
        if context.attempt == 1:
            Job.objects.filter(pk=context.job.pk).update(lease_until="2020-01-01T00:00:00Z")
            assert runner.run_job(context.job.pk) is True
            with pytest.raises(LeaseLost):
                context.progress(50)
            return {"by": "first"}
        return {"by": "second"}

    register(run=slow, on_done=lambda job, result: told.append(result))
    job = services.enqueue(TRIAL, {})
    runner.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, told) == (JobState.DONE, {"by": "second"}, [{"by": "second"}])


@pytest.mark.django_db(transaction=True)
def test_the_keeper_of_a_lease_leaves_no_thread_behind(register, messages):
    register(run=lambda context: context.progress(10))
    runner.run_job(services.enqueue(TRIAL, {}).pk)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lease-")]
