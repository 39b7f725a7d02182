"""Somebody at the door, a year that is planned, a trip that is decided."""

from __future__ import annotations

import pytest

from tests.delegations import changing
from tests.delegations.plans import open_year, plan_of


@pytest.fixture
def go(client, ministry):
    """The client, logged in as somebody."""

    def login(name: str):
        client.force_login(ministry.person(name))
        return client

    return login


@pytest.fixture
def opened(ministry):
    return open_year(ministry)


@pytest.fixture
def plan(opened):
    return plan_of(opened)


@pytest.fixture(scope="module")
def decided(built, django_db_blocker):
    """Made once for a file of tests, whose `ministry` is the one that is built once too."""
    with django_db_blocker.unblock():
        return changing.decided(built)
