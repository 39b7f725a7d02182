"""The portal does not start with settings that lose or double work."""

from __future__ import annotations

import celery
import pytest
from django.conf import settings as django_settings

from intlcoop.jobs.checks import check_jobs

OPTIONS = django_settings.CELERY_BROKER_TRANSPORT_OPTIONS


def test_the_settings_as_they_are_pass():
    assert check_jobs() == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("CELERY_TASK_TIME_LIMIT", 1200, "jobs.E002"),
        ("CELERY_TASK_SOFT_TIME_LIMIT", 900, "jobs.E003"),
        ("CELERY_VISIBILITY_TIMEOUT", 3600, "jobs.E004"),
        ("JOB_RENEW_SECONDS", 8, "jobs.E005"),
        ("CELERY_BROKER_TRANSPORT_OPTIONS", {"visibility_timeout": 1800}, "jobs.E006"),
        ("CELERY_TASK_PUBLISH_RETRY", True, "jobs.E007"),
        ("CELERY_TASK_ACKS_LATE", False, "jobs.E008"),
        ("CELERY_TASK_REJECT_ON_WORKER_LOST", False, "jobs.E008"),
        ("CELERY_ACCEPT_CONTENT", ["json", "pickle"], "jobs.E009"),
    ],
)
def test_a_dangerous_setting_stops_the_start(settings, name, value, found):
    setattr(settings, name, value)
    assert [error.id for error in check_jobs()] == [found]


def test_an_old_celery_stops_the_start(monkeypatch):
    monkeypatch.setattr(celery, "__version__", "5.6.3")
    assert [error.id for error in check_jobs()] == ["jobs.E001"]


@pytest.mark.parametrize("option", sorted(OPTIONS.keys() - {"socket_keepalive", "max_retries"}))
def test_each_option_of_the_line_to_the_broker_is_needed(settings, option):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {name: value for name, value in OPTIONS.items() if name != option}
    assert "jobs.E006" in [error.id for error in check_jobs()]
