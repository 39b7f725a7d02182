"""A file is there whole or not at all, and a repeated attempt adds no second one."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import uuid

import pytest

from intlcoop.jobs.outputs import keep_output, stale_parts


def test_a_file_is_named_by_its_content(tmp_path):
    job = uuid.uuid4()
    first = keep_output(tmp_path / "out", job, uuid.uuid4(), ".pdf", lambda path: path.write_bytes(b"%PDF"))
    again = keep_output(tmp_path / "out", job, uuid.uuid4(), ".pdf", lambda path: path.write_bytes(b"%PDF"))
    assert first == again
    assert first.path.name == f"{hashlib.sha256(b'%PDF').hexdigest()}.pdf"
    assert first.size == 4
    assert first.path.stat().st_mode & 0o777 == 0o600
    assert list((tmp_path / "out").iterdir()) == [first.path]


def test_work_that_fails_leaves_nothing(tmp_path):
    def write(path):
        path.write_bytes(b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        keep_output(tmp_path, uuid.uuid4(), uuid.uuid4(), ".pdf", write)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_attempt_left_is_removed_by_the_next_one(tmp_path):
    job, other = uuid.uuid4(), uuid.uuid4()
    (tmp_path / f"{job}.{uuid.uuid4()}.part").touch()
    foreign = tmp_path / f"{other}.{uuid.uuid4()}.part"
    foreign.touch()
    kept = keep_output(tmp_path, job, uuid.uuid4(), ".pdf", lambda path: path.write_bytes(b"x"))
    assert set(tmp_path.iterdir()) == {foreign, kept.path}


def test_only_old_parts_are_stale(tmp_path):
    old, young = tmp_path / "old.part", tmp_path / "young.part"
    for path in (old, young, tmp_path / "done.pdf"):
        path.touch()
    os.utime(old, (0, 0))
    assert stale_parts(tmp_path, dt.timedelta(minutes=1)) == [old]
