"""A kind of job of the tests' own, a quiet broker, and people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intlcoop.celery import app
from intlcoop.jobs import publishing, registry
from intlcoop.jobs.registry import JobKind
from tests.intlcoop.jobs.broker import TrialBroker
from tests.intlcoop.jobs.factories import TRIAL, AdministratorFactory, PersonFactory


@pytest.fixture
def register(monkeypatch) -> Callable[..., JobKind]:
    """Register a kind for one test; what is not said does nothing."""
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))

    def add(code: str = TRIAL, **options: Any) -> JobKind:
        registry._kinds.pop(code, None)
        return registry.register(JobKind(**{"code": code, "label": "Việc thử", "run": lambda context: {}} | options))

    return add


@pytest.fixture
def trial(register) -> JobKind:
    return register()


@pytest.fixture
def messages(monkeypatch) -> list[str]:
    """The ids of the jobs that the worker was told of; no broker is asked."""
    sent: list[str] = []

    def take(task: str, arguments: dict[str, Any], **_options: Any) -> bool:
        sent.append(arguments.get("job_id", task))
        return True

    monkeypatch.setattr(publishing, "_tell", take)
    monkeypatch.setattr(publishing, "waiting_messages", lambda: 0)
    monkeypatch.setattr(publishing, "wake_embedded_broker", lambda: True)
    return sent


@pytest.fixture
def person(db):
    return PersonFactory()


@pytest.fixture
def stranger(db):
    return PersonFactory()


@pytest.fixture
def administrator(db):
    return AdministratorFactory()


@pytest.fixture
def broker(monkeypatch) -> Iterator[TrialBroker]:
    """A broker that this test may stop and freeze; it does not run yet."""
    trial_broker = TrialBroker()
    monkeypatch.setitem(app.conf, "broker_url", trial_broker.url)
    publishing.forget()
    yield trial_broker
    publishing.forget()
    trial_broker.remove()
