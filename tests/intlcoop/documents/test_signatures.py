"""A signed PDF: whole, changed, by whom, trusted or not; said in a sentence on the page of its file."""

from __future__ import annotations

import datetime as dt
import subprocess

import pytest
from django.core.management import call_command
from django.utils import translation

from intlcoop.documents import signatures
from intlcoop.documents.models import SignatureCheck
from intlcoop.documents.services import store_upload
from intlcoop.documents.signature_words import CHANGED, UNREADABLE, UNTRUSTED, VALID, shown_signatures, verdict_of
from intlcoop.workflow.papers_shown import attachments_of

from .samples import pdf, upload
from .signing import altered_by_appending, altered_inside, identity, signed

pytestmark = pytest.mark.django_db

ROOT = identity("Cơ quan chứng thực thử nghiệm", organisation="Ban Thử nghiệm")
SIGNER = identity("Trần Thị Bình", organisation="Bộ Dân tộc và Tôn giáo", above=ROOT)
EXPIRED = identity("Lê Văn Cũ", organisation="Bộ", above=ROOT, until=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))
PLAIN = pdf("Bo Noi vu. Quyet dinh cu doan di cong tac nuoc ngoai tai Lao tu ngay 10 thang 12 nam 2026.")
SIGNED = signed(PLAIN, SIGNER)


@pytest.fixture
def roots(settings, tmp_path):
    """The ministry trusts this authority."""
    settings.SIGNATURE_ROOTS = tmp_path / "roots"
    settings.SIGNATURE_ROOTS.mkdir()
    (settings.SIGNATURE_ROOTS / "root.pem").write_bytes(ROOT.pem)
    return settings.SIGNATURE_ROOTS


def only(content: bytes):
    [found] = shown_signatures(signatures.check_signatures(content))
    return found


@translation.override("en")
def test_a_valid_signature_says_who_when_and_by_whom_vouched_for(roots):
    found = only(SIGNED)
    assert found.verdict == VALID
    assert found.particulars.startswith("Signed by: Trần Thị Bình, Bộ Dân tộc và Tôn giáo; time stated by the signer: ")
    assert (
        "certificate issued by Cơ quan chứng thực thử nghiệm; valid from 01/01/2020 to 01/01/2040" in found.particulars
    )


def test_a_certificate_of_an_authority_that_nobody_put_there_is_not_trusted(settings, tmp_path):
    settings.SIGNATURE_ROOTS = tmp_path / "nowhere"
    assert only(SIGNED).verdict == UNTRUSTED


def test_a_certificate_that_had_run_out_on_the_day_of_signing_is_not_trusted(roots):
    assert only(signed(PLAIN, EXPIRED)).verdict == UNTRUSTED


@pytest.mark.parametrize("alter", [altered_inside, altered_by_appending])
def test_a_file_changed_after_signing_is_called_so_whoever_signed(roots, alter):
    assert only(alter(SIGNED)).verdict == CHANGED


def test_a_second_signature_does_not_make_the_first_one_a_changed_file(roots):
    found = shown_signatures(signatures.check_signatures(signed(SIGNED, SIGNER, field="ChuKy2")))
    assert [each.verdict for each in found] == [VALID, VALID]


def test_a_signature_that_cannot_be_read_is_not_passed_over(roots):
    assert only(SIGNED.replace(b"/Contents <30", b"/Contents <ff", 1)).verdict == UNREADABLE


def test_a_file_without_signature_says_nothing_and_costs_no_process(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: pytest.fail("asked"))
    assert signatures.check_signatures(PLAIN) is None
    assert signatures.check_signatures(b"/ByteRange, but no PDF") is None


def test_a_process_that_takes_too_long_leaves_an_answer_that_says_so(monkeypatch):
    def hang(*args, **options):
        raise subprocess.TimeoutExpired("probe", 1)

    monkeypatch.setattr(subprocess, "run", hang)
    assert only(SIGNED).verdict == UNREADABLE


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "valid"), ({"trusted": False}, "untrusted"), ({"trusted": False, "revoked": True}, "revoked"),
        ({"valid": False}, "broken"), ({"intact": False, "valid": False}, "changed"), ({"altered": True}, "changed"),
    ],
)  # fmt: skip
def test_the_worst_that_is_known_is_said(changes, verdict):
    sound = {"intact": True, "valid": True, "trusted": True, "revoked": False, "altered": False}
    assert verdict_of(sound | changes) == verdict


def test_the_page_of_the_file_says_what_the_signature_is_worth(roots, attachment, owner):
    store_upload(upload(altered_by_appending(SIGNED)), attachment, actor=owner, no_secret_declared=True)
    [file] = attachments_of(attachment.case)
    assert [each.verdict for each in file.signatures] == [CHANGED]


def test_after_a_root_was_added_the_stored_files_are_verified_again(settings, tmp_path, attachment, owner, capsys):
    settings.SIGNATURE_ROOTS = tmp_path
    store_upload(upload(SIGNED), attachment, actor=owner, no_secret_declared=True)
    assert SignatureCheck.objects.get().signatures[0]["trusted"] is False
    (tmp_path / "root.pem").write_bytes(ROOT.pem)
    call_command("check_signatures")
    assert SignatureCheck.objects.get().signatures[0]["trusted"] is True
    assert "1 signed files verified, 0 files missing" in capsys.readouterr().out
