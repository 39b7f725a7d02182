"""Somebody at the door."""

from __future__ import annotations

import pytest


@pytest.fixture
def go(client, ministry):
    """The client, logged in as somebody."""

    def login(name: str):
        client.force_login(ministry.person(name))
        return client

    return login
