from __future__ import annotations

import pytest
from django import forms
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from intlcoop.audit.models import SecurityEvent
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm, OutsideRecordForm, validate_unmarked
from intlcoop.documents.uploads import OversizedUpload
from intlcoop.web.forms import PortalForm
from tests.intlcoop.documents import samples as s


class LetterForm(GuardedFilesForm, PortalForm):
    title = forms.CharField()
    letter = GuardedFileField(label="Thư mời")
    scan = GuardedFileField(label="Bản quét", declared_kind="pdf", required=False)


def form(owner, data=None, **files):
    return LetterForm(
        {"title": "Đoàn đi Lào"} | (data or {}), MultiValueDict({k: [v] for k, v in files.items()}), actor=owner
    )


def test_a_good_file_comes_through_with_what_the_guard_found(owner):
    filled = form(owner, letter=s.upload(s.pdf()))
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data["letter"].inspection.kind == "pdf"
    assert filled.cleaned_data["letter"].read() == s.pdf()
    assert not SecurityEvent.objects.exists()


def test_what_is_wrong_with_a_file_stands_beside_its_field_and_the_rest_is_kept(owner):
    filled = form(owner, letter=s.upload(b"MZ", "a.exe"))
    assert list(filled.errors) == ["letter"]
    assert filled.cleaned_data["title"] == "Đoàn đi Lào"
    assert filled["title"].value() == "Đoàn đi Lào"


def test_a_file_of_three_hundred_megabytes_gets_its_sentence(owner):
    huge = OversizedUpload(name="phim.pdf", field_name="letter", content_type="application/pdf", true_size=300 * 2**20)
    [sentence] = form(owner, letter=huge).errors["letter"]
    assert "20 MB" in sentence


def test_two_files_that_are_too_large_together_get_another_sentence(owner):
    half = OversizedUpload(name="a.pdf", field_name="letter", content_type="application/pdf", true_size=15 * 2**20)
    filled = form(owner, letter=half)
    assert filled.has_error("letter", "together_too_large")


def test_a_missing_file_is_asked_for(owner):
    assert form(owner).has_error("letter", "required")


def test_only_a_pdf_is_taken_as_a_scan(owner):
    assert form(owner, letter=s.upload(s.pdf()), scan=s.upload(s.word(), "a.docx")).has_error("scan", "other_kind")


def test_a_scan_needs_the_declaration(owner):
    assert form(owner, letter=s.upload(s.scan())).has_error("letter", "undeclared")
    filled = form(owner, {"no_secret_declared": "on"}, letter=s.upload(s.scan()))
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data["no_secret_declared"] is True


def test_a_marked_file_is_refused_and_written_down_under_the_persons_name(owner):
    filled = form(owner, {"no_secret_declared": "on"}, letter=s.upload(s.pdf("TUYỆT MẬT\nnội dung"), "Thư.pdf"))
    assert filled.has_error("letter", "secrecy")
    filled.full_clean()
    event = SecurityEvent.objects.get()
    assert (event.kind, event.actor, event.target, event.detail["word"]) == ("upload_refused", owner, "", "TUYỆT MẬT")


def test_a_form_among_repeated_ones_finds_its_own_file(owner):
    files = MultiValueDict({"row-1-letter": [s.upload(s.scan())]})
    filled = LetterForm({"row-1-title": "x"}, files, actor=owner, prefix="row-1")
    assert filled.has_error("letter", "undeclared")


def test_the_browser_is_told_the_same_limits(owner):
    html = str(LetterForm(actor=owner)["letter"])
    assert 'accept=".pdf,.docx,.xlsx,.png,.jpg,.jpeg"' in html
    assert f'data-max-bytes="{20 * 1024 * 1024}"' in html
    assert 'data-types="pdf,docx,xlsx,png,jpg,jpeg"' in html
    assert "20 MB" in html
    assert 'accept=".pdf"' in str(LetterForm(actor=owner)["scan"])
    assert "20 MB" in str(LetterForm(actor=owner)["letter"].help_text)


def test_the_words_follow_the_language_of_the_page(owner):
    with translation.override("en"):
        assert "larger than 20 MB" in str(LetterForm(actor=owner)["letter"])


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({}, None),
        ({"kept_outside": "on"}, "outside_register_no"),
        ({"kept_outside": "on", "outside_number": "15/BNG"}, "outside_register_no"),
        ({"kept_outside": "on", "outside_number": "15/BNG", "outside_issuer": "Bộ Ngoại giao"}, None),
        ({"kept_outside": "on", "outside_register_no": "07", "outside_date": "05/04/2026"}, None),
        ({"kept_outside": "on", "outside_register_no": "07", "outside_date": "31/02/2026"}, "outside_date"),
        ({"outside_number": "15/BNG"}, "kept_outside"),
        ({"kept_outside": "on", "outside_register_no": "7" * 61}, "outside_register_no"),
    ],
)
def test_a_secret_document_leaves_only_its_particulars(data, wrong):
    filled = OutsideRecordForm(data)
    assert list(filled.errors) == ([wrong] if wrong else []), filled.errors


def test_no_field_of_it_asks_what_the_document_is_about():
    assert set(OutsideRecordForm().fields) == {
        "kept_outside",
        "outside_issuer",
        "outside_number",
        "outside_date",
        "outside_register_no",
    }


def test_a_title_with_a_mark_is_no_title():
    with pytest.raises(forms.ValidationError):
        validate_unmarked("Đoàn công tác (MẬT)")
    validate_unmarked("Đoàn học tập kinh nghiệm bảo mật thông tin")
