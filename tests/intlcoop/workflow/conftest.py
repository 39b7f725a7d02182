"""Somebody at the door, and a file that was just submitted."""

from __future__ import annotations

import pytest

from tests.delegations import factories as f


@pytest.fixture
def go(client, ministry):
    """The client, logged in as somebody."""

    def login(name: str):
        client.force_login(ministry.person(name))
        return client

    return login


@pytest.fixture
def case(ministry):
    return f.submit(f.trip(ministry), ministry)
