"""What every test shares: fast passwords, a clean language, and the reference data that a flush must not take away."""

from __future__ import annotations

import gc
import os
from pathlib import Path

os.environ.setdefault("VAR_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))
os.environ.setdefault("DEMO", "1")

import pytest
from django.utils import translation


def flush_past_the_guards() -> None:
    """The flush after a transactional test empties tables that refuse TRUNCATE; only there the guards look away."""
    import pgtrigger
    from django.test import TransactionTestCase

    flush = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            flush(case)

    TransactionTestCase._fixture_teardown = teardown


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    flush_past_the_guards()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # What a test commits need not outlive a power failure.
    settings.DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
    # Asked on every page then, so that a page costs the same number of queries each time.
    settings.JOB_WORKER_CACHE_SECONDS = 0


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: looking through all of it again and again took a fifth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def unknown_ministry():
    """What a process keeps for a minute must not travel from one test to the next."""
    from intlcoop.people import ministry

    ministry.forget()


@pytest.fixture(autouse=True)
def vietnamese_page():
    """Every test starts in the portal's own language."""
    with translation.override("vi"):
        yield


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """A whole ministry made once for a file of tests, which takes it as its `ministry`, and rolled back after it."""
    from django.db import transaction

    from tests.ministry import build_ministry

    with django_db_blocker.unblock(), transaction.atomic():
        yield build_ministry()
        transaction.set_rollback(True)


@pytest.fixture
def ministry(db):
    """A whole ministry with every office filled, nobody with a password."""
    from tests.ministry import build_ministry

    return build_ministry()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long or waits for processes of its own begins first, so that it does not run alone at the end."""
    first = ("browser", "stack", "long")
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in first))
