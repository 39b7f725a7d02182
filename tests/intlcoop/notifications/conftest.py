from __future__ import annotations

import pytest

from tests.intlcoop.jobs.factories import PersonFactory


@pytest.fixture
def person(db):
    return PersonFactory()
