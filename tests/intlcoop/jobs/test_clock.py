"""Time as the database sees it, also in the middle of a transaction."""

from __future__ import annotations

import pytest
import time_machine

from intlcoop.jobs.clock import DatabaseNow
from intlcoop.jobs.models import Job
from tests.intlcoop.jobs.factories import JobFactory


@pytest.mark.django_db
def test_time_goes_on_inside_a_transaction_and_is_not_this_machines():
    JobFactory()
    with time_machine.travel("2030-01-01"):
        first, second = (Job.objects.values_list(DatabaseNow(), flat=True).get() for _ in range(2))
    assert first < second
    assert second.year < 2030
