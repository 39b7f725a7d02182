"""/readyz, the banner and the figures tell the truth about the machinery without starting any of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from intlcoop.jobs import health, tasks
from intlcoop.jobs.context_processors import worker
from intlcoop.jobs.models import Heartbeat, Job
from tests.intlcoop.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db


def worker_lived(seconds_ago: float) -> None:
    at = timezone.now() - dt.timedelta(seconds=seconds_ago)
    Heartbeat.objects.update_or_create(name=health.WORKER, defaults={"at": at})


@pytest.mark.parametrize(("seconds_ago", "alive"), [(1, True), (55, True), (65, False)])
def test_the_worker_lives_while_its_last_sign_is_younger_than_a_minute(seconds_ago, alive):
    worker_lived(seconds_ago)
    assert health.worker_is_alive() is alive


def test_a_worker_busy_with_one_long_job_lives_too():
    assert not health.worker_is_alive()
    job = JobFactory(running=True)
    assert health.worker_is_alive()
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert not health.worker_is_alive()


@pytest.mark.parametrize("task", [lambda: tasks.probe(of="tomorrow"), lambda: tasks.run(JobFactory.build().pk, new=1)])
def test_whatever_comes_through_the_queue_is_a_sign_of_life(task):
    task()
    assert health.worker_is_alive()


def test_a_page_asks_at_most_once_and_remembers_for_a_while(settings, person, django_assert_num_queries, monkeypatch):
    settings.JOB_WORKER_CACHE_SECONDS = 5
    monkeypatch.setattr(health, "_last_answer", (float("-inf"), True))
    with django_assert_num_queries(1):
        for _page in range(3):
            request = RequestFactory().get("/")
            request.user = person
            is_down = worker(request)["worker_down"]
            assert is_down() is True
            assert is_down() is True


def test_strangers_are_not_told(django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        assert worker(request)["worker_down"]() is False


def test_ready_when_database_broker_and_worker_are(client, messages):
    worker_lived(3)
    JobFactory(created_at=timezone.now() - dt.timedelta(seconds=30))
    response = client.get("/readyz")
    assert response.status_code == 200
    found = response.json()
    assert found["ready"] is True
    assert 2 <= found["worker_age"] <= 10
    assert 29 <= found["oldest_queued_age"] <= 40
    assert found["queued"] == 1


def test_not_ready_without_a_worker(client, messages):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["worker_age"] is None


def test_not_ready_without_a_broker_and_asking_starts_none(client, broker):
    worker_lived(3)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["broker"]) == (503, False)
    assert not broker.home.broker_socket.exists()


def test_not_ready_without_a_database(client, messages, monkeypatch):
    def away():
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "worker_is_alive", away)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (503, False)
