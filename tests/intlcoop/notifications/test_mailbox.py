"""The folder of the demo's mails."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from intlcoop.notifications import mailbox


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_a_vietnamese_mail_reads_as_it_was_written():
    message = EmailMessage("ĐR-2026-0012: Thái Lan", "Đồng chí được giao thẩm định.\n.\nHết", "a@b.vn", ["c@d.vn"])
    found = mailbox.read(mailbox.keep(message.message().as_bytes()))
    assert (found.subject, found.to) == ("ĐR-2026-0012: Thái Lan", "c@d.vn")
    assert found.text == "Đồng chí được giao thẩm định.\n.\nHết"
    assert abs((timezone.now() - found.sent_at).total_seconds()) < 60


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"Date: yesterday\r\nContent-Type: image/png\r\n\r\nx"])
def test_a_broken_mail_is_shown_as_far_as_it_goes(content):
    assert mailbox.read(mailbox.keep(content)) is not None


def test_mails_are_private_and_only_the_newest_are_kept(monkeypatch):
    monkeypatch.setattr(mailbox, "KEPT", 3)
    kept = [mailbox.keep(f"Subject: {n}\n\n".encode()) for n in range(5)]
    assert mailbox.names() == kept[:1:-1]
    assert mailbox.folder().stat().st_mode & 0o777 == 0o700
    assert (mailbox.folder() / f"{kept[-1]}.eml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["../secret_key", "a/b", "A", "", "x" * 61])
def test_a_name_that_is_none_finds_nothing(name):
    assert mailbox.read(name) is None
