"""A message leaves after the commit or not at all, and a broken broker costs a request next to nothing."""

from __future__ import annotations

import os
import time
import uuid

import pytest
from django.db import transaction

from intlcoop.jobs import publishing, services
from intlcoop.jobs.errors import PublishedTooEarly
from intlcoop.jobs.models import Job
from intlcoop.jobs.sweeper import Sweeper
from tests.intlcoop.jobs.factories import TRIAL


def seconds(work):
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


@pytest.mark.django_db(transaction=True)
def test_publishing_inside_a_transaction_raises(broker):
    with transaction.atomic(), pytest.raises(PublishedTooEarly):
        publishing.nudge([uuid.uuid4()])


@pytest.mark.django_db
def test_the_transaction_of_a_test_case_is_not_one_of_ours(broker):
    publishing.refuse_inside_transaction()
    with transaction.atomic(), pytest.raises(PublishedTooEarly):
        publishing.refuse_inside_transaction()


@pytest.mark.django_db
def test_messages_arrive_over_a_line_that_is_kept(broker):
    broker.start()
    assert publishing.nudge([uuid.uuid4() for _ in range(3)]) == 3
    assert publishing.send_probe()
    assert publishing.waiting_messages() == 4


@pytest.mark.django_db
def test_a_line_that_broke_while_it_was_kept_is_laid_again(broker):
    broker.start()
    publishing.nudge([uuid.uuid4()])
    broker.stop()
    broker.start()
    assert publishing.nudge([uuid.uuid4()]) == 1


@pytest.mark.django_db
def test_a_forked_process_does_not_use_the_line_of_its_parent(broker, monkeypatch):
    broker.start()
    publishing.nudge([uuid.uuid4()])
    line = publishing._mine.line
    monkeypatch.setattr(publishing._mine, "process", os.getpid() + 1)
    assert publishing.nudge([uuid.uuid4()]) == 1
    assert publishing._mine.line is not line


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_neither_delays_nor_loses_an_order(broker, trial):
    def order():
        with transaction.atomic():
            services.enqueue(TRIAL, {"order": str(uuid.uuid4())})

    assert max(seconds(order) for _ in range(5)) < 1
    assert Job.objects.count() == 5

    broker.start()
    Job.objects.update(created_at="2026-01-01T00:00:00Z")
    sweeper = Sweeper()
    sweeper.look_at_broker()
    assert sweeper.send_again() == 5
    assert publishing.waiting_messages() == 5


@pytest.mark.django_db(transaction=True)
def test_a_hung_broker_costs_one_request_a_second_and_the_next_ones_nothing(broker, trial):
    broker.start()
    publishing.nudge([uuid.uuid4()])
    broker.freeze()
    try:
        assert seconds(lambda: services.enqueue(TRIAL, {"a": 1})) < 2
        assert seconds(lambda: services.enqueue(TRIAL, {"a": 2})) < 0.5
        assert Job.objects.count() == 2
        assert seconds(publishing.waiting_messages) < 2
        assert not publishing.wake_embedded_broker()
    finally:
        broker.thaw()


@pytest.mark.django_db
def test_asking_never_starts_a_broker(broker):
    assert publishing.waiting_messages() is None
    assert publishing.nudge([uuid.uuid4()]) == 0
    assert not broker.home.broker_socket.exists()


@pytest.mark.django_db
def test_the_sweeper_wakes_the_embedded_broker(broker, settings):
    settings.VAR_DIR = broker.folder
    assert publishing.wake_embedded_broker()
    assert publishing.waiting_messages() == 0
