from __future__ import annotations

import datetime as dt
import os
import time

import pytest
from django.db import transaction

from intlcoop.documents import orphans
from intlcoop.documents.models import FOLDER
from intlcoop.documents.services import store_upload
from intlcoop.jobs import registry
from intlcoop.workflow.models import CaseAttachment
from tests.intlcoop.documents import samples as s

NOW = dt.timedelta(0)


def stray(media, name: str, *, minutes: int):
    path = media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    moment = time.time() - minutes * 60
    os.utime(path, (moment, moment))
    return path


@pytest.mark.django_db
def test_an_old_file_without_a_row_is_found_and_removed(media):
    path = stray(media, f"{FOLDER}/aa/lost", minutes=61)
    assert orphans.collect(older_than=NOW, remove=False) == [f"{FOLDER}/aa/lost"]
    assert path.exists()
    orphans.collect(older_than=NOW, remove=True)
    assert not path.exists()


@pytest.mark.django_db
def test_a_young_file_may_still_be_committed(media):
    stray(media, f"{FOLDER}/aa/young", minutes=59)
    assert orphans.collect(older_than=NOW, remove=True) == []


@pytest.mark.django_db
def test_a_longer_wait_is_respected(media):
    stray(media, f"{FOLDER}/aa/lost", minutes=90)
    assert orphans.collect(older_than=dt.timedelta(hours=2), remove=True) == []


def test_a_file_with_a_row_and_the_files_of_other_rooms_stay(attachment, owner, media):
    stored = store_upload(s.upload(s.pdf()), attachment, actor=owner)
    os.utime(media / stored.file.name, (0, 0))
    other = stray(media, "reports/2026.pdf", minutes=600)
    assert orphans.collect(older_than=NOW, remove=True) == []
    assert (media / stored.file.name).exists()
    assert other.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_rolled_back_request_leaves_behind_is_collected(attachment, owner, media):
    with transaction.atomic():
        store_upload(s.upload(s.pdf()), attachment, actor=owner)
        transaction.set_rollback(True)
    [path] = [path for path in media.rglob("*") if path.is_file()]
    os.utime(path, (0, 0))
    assert len(orphans.collect(older_than=NOW, remove=True)) == 1
    assert not path.exists()


def test_a_missing_or_cut_file_breaks_the_invariant(attachment, owner, media):
    stored = store_upload(s.upload(s.pdf()), attachment, actor=owner)
    assert all(finding.ok for finding in orphans.whole_files())
    (media / stored.file.name).write_bytes(b"cut")
    [finding] = [finding for finding in orphans.whole_files() if not finding.ok]
    assert (finding.code, str(stored.public_id) in finding.text) == ("I3", True)
    (media / stored.file.name).unlink()
    assert not all(finding.ok for finding in orphans.whole_files())


def test_the_sweeper_and_the_audit_know_of_it():
    assert registry.collectors()["documents"] is orphans.collect
    assert ("I3", orphans.whole_files) in registry._invariants
    assert CaseAttachment in {model for model, _field in orphans.file_fields()}
