from __future__ import annotations

import stat

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from intlcoop.audit.models import SecurityEvent
from intlcoop.documents import services
from intlcoop.documents.refusals import UploadRefusedError
from intlcoop.documents.services import record_refusal, remove_attachment, store_own_file, store_upload
from intlcoop.workflow.models import CaseAttachment
from tests.intlcoop.documents import samples as s


def kept(media) -> list:
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_file_is_kept_with_all_its_facts(attachment, owner, media):
    stored = store_upload(s.upload(s.pdf(), "../Thư mời.PDF"), attachment, actor=owner)
    stored.refresh_from_db()
    assert (stored.original_name, stored.content_type, stored.size) == ("Thư mời.PDF", "application/pdf", len(s.pdf()))
    assert (stored.uploaded_by, stored.extension, stored.can_be_viewed) == (owner, "pdf", True)
    assert (stored.text_layer, stored.no_secret_declared) == (True, False)
    [path] = kept(media)
    assert path.read_bytes() == s.pdf()
    assert path.relative_to(media).as_posix() == stored.file.name
    assert "Thư" not in stored.file.name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", s.pdf("MẬT\nnội dung"), "secrecy"),
        ("toi_mat.pdf", s.pdf(), "secrecy"),
        ("a.exe", b"MZ", "kind"),
        ("a.pdf", b"", "empty"),
        ("a.docx", s.rewritten(s.word(), {"word/vbaProject.bin": b"x"}), "macro"),
    ],
)
def test_a_refused_file_touches_neither_disk_nor_table(attachment, owner, media, name, content, code):
    with pytest.raises(UploadRefusedError) as caught:
        store_upload(s.upload(content, name), attachment, actor=owner)
    assert caught.value.code == code
    assert list(media.rglob("*")) == []
    assert not CaseAttachment.objects.exists()
    assert attachment.file.name == ""


def test_of_a_refused_secret_only_hash_person_and_word_are_written_down(attachment, owner):
    content = s.pdf("TỐI MẬT\nĐàm phán với ông X")
    with pytest.raises(UploadRefusedError):
        store_upload(s.upload(content, "Đàm phán.pdf"), attachment, actor=owner)
    event = SecurityEvent.objects.get()
    assert (event.kind, event.actor, event.target) == ("upload_refused", owner, "")
    assert event.detail["word"] == "TỐI MẬT"
    assert len(event.detail["sha256"]) == 64
    assert "àm phán" not in str(event.detail)


def test_a_refusal_is_written_down_once(attachment, owner):
    upload = s.upload(b"", "a.pdf")
    for _ in range(2):
        with pytest.raises(UploadRefusedError):
            store_upload(upload, attachment, actor=owner)
    record_refusal(upload, upload.inspection, actor=owner)
    assert SecurityEvent.objects.count() == 1


@pytest.mark.parametrize(("name", "content"), [("a.pdf", s.scan()), ("a.png", s.png()), ("a.jpg", s.jpg())])
def test_what_the_portal_cannot_read_needs_the_persons_word(attachment, owner, media, name, content):
    with pytest.raises(UploadRefusedError) as caught:
        store_upload(s.upload(content, name), attachment, actor=owner)
    assert caught.value.code == "undeclared"
    assert kept(media) == []
    stored = store_upload(s.upload(content, name), attachment, actor=owner, no_secret_declared=True)
    assert (stored.text_layer, stored.no_secret_declared) == (False, True)


def test_the_persons_word_does_not_open_the_door_for_a_mark(attachment, owner):
    with pytest.raises(UploadRefusedError):
        store_upload(s.upload(s.scan(), "toi_mat.pdf"), attachment, actor=owner, no_secret_declared=True)


def test_a_row_that_cannot_be_saved_leaves_no_file(attachment, owner, media, monkeypatch):
    def break_down(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(CaseAttachment, "save", break_down)
    with pytest.raises(RuntimeError):
        store_upload(s.upload(s.pdf()), attachment, actor=owner)
    assert kept(media) == []


def test_a_row_with_a_mistake_leaves_no_file(case, owner, media):
    with pytest.raises(ValidationError):
        store_upload(s.upload(s.pdf()), CaseAttachment(case=case, kind="x" * 50), actor=owner)
    assert kept(media) == []


@pytest.mark.django_db(transaction=True)
def test_the_file_is_on_the_disk_for_good_before_the_row_is_committed(attachment, owner, media, monkeypatch):
    flushed, saved = [], []
    flush, save = services._flush_to_disk, CaseAttachment.save
    monkeypatch.setattr(services, "_flush_to_disk", lambda path: (flushed.append(str(path)), flush(path)))
    monkeypatch.setattr(CaseAttachment, "save", lambda self, *a, **k: (saved.append(len(flushed)), save(self, *a, **k)))
    stored = store_upload(s.upload(s.pdf()), attachment, actor=owner)
    path = media / stored.file.name
    assert flushed == [str(path), str(path.parent)]
    assert saved == [2]


def test_a_new_scan_replaces_the_old_one_after_commit(attachment, owner, media, django_capture_on_commit_callbacks):
    stored = store_upload(s.upload(s.pdf()), attachment, actor=owner)
    old, word = stored.file.name, s.word()
    with django_capture_on_commit_callbacks(execute=True):
        store_upload(s.upload(word, "a.docx"), stored, actor=owner)
        assert (media / old).exists()
    assert not (media / old).exists()
    assert (media / stored.file.name).read_bytes() == word


def test_a_removed_attachment_takes_its_file_along_once_that_is_final(
    attachment, owner, media, django_capture_on_commit_callbacks
):
    stored = store_upload(s.upload(s.pdf()), attachment, actor=owner)
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(stored, actor=owner)
        assert len(kept(media)) == 1
    assert kept(media) == []
    assert not CaseAttachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_removal_that_is_rolled_back_keeps_the_file(attachment, owner, media):
    stored = store_upload(s.upload(s.pdf()), attachment, actor=owner)
    with transaction.atomic():
        remove_attachment(stored, actor=owner)
        transaction.set_rollback(True)
    assert len(kept(media)) == 1
    assert CaseAttachment.objects.count() == 1


def test_a_file_of_our_own_making_is_kept_the_same_way(attachment, owner, media):
    word = s.word()
    stored = store_own_file(word, attachment, name="Tờ trình.docx", kind="docx", actor=owner)
    assert (stored.original_name, stored.size, stored.uploaded_by) == ("Tờ trình.docx", len(word), owner)
    assert kept(media)[0].read_bytes() == word
