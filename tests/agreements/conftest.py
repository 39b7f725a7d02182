"""Somebody at the door, as for trips; a ministry for all tests of a file; and a partner that everybody knows."""

from __future__ import annotations

import pytest
from django.test import Client

from agreements.services import create_partner
from tests.delegations.conftest import go as go


@pytest.fixture(scope="module")
def world(built):
    return built


@pytest.fixture
def as_of(world):
    def enter(username: str) -> Client:
        client = Client()
        client.force_login(world.person(username))
        return client

    return enter


@pytest.fixture
def undp(world):
    return create_partner(
        name_vi="Chương trình Phát triển Liên hợp quốc", short_name="UNDP", kind="un_agency", actor=world.vutruong
    )
