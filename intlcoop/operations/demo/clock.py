"""The demo's own past: what a sample trip went through weeks ago is written with the dates of that time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone

WORKING_HOUR = dt.time(9, 0)


@contextmanager
def at(day: dt.date, hour: dt.time = WORKING_HOUR) -> Iterator[None]:
    """Within this block Django's clock stands at that hour in Hà Nội. Only the demo does this; rows tell it by `is_sample`."""
    moment = timezone.make_aware(dt.datetime.combine(day, hour))
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield
