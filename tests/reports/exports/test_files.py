"""Where finished reports lie, and what is swept away."""

from __future__ import annotations

import datetime as dt
import os
import time

import pytest

from reports.exports.files import collect_orphans, folder, path_of
from tests.reports.factories import finished, past_trip

SOON = dt.timedelta(seconds=45)

pytestmark = pytest.mark.django_db


def stray(name: str, *, age: float):
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / name
    path.write_bytes(b"x")
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_a_finished_report_is_never_an_orphan(ministry):
    past_trip(ministry)
    path = path_of(finished(ministry).pdf)
    os.utime(path, (0, 0))

    assert collect_orphans(older_than=SOON, remove=True) == []
    assert path.is_file()


@pytest.mark.parametrize("name", ["0b9c.token.part", "f" * 64 + ".pdf"])
def test_what_no_row_names_goes_once_it_is_old(db, name):
    young = stray("young" + name[5:], age=10)
    old = stray(name, age=60)

    assert collect_orphans(older_than=SOON, remove=False) == [old.name]
    assert old.exists()
    assert collect_orphans(older_than=SOON, remove=True) == [old.name]
    assert not old.exists()
    assert young.exists()


def test_before_the_first_report_there_is_nothing_to_sweep(db):
    assert collect_orphans(older_than=SOON, remove=True) == []
