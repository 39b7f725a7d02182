from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from intlcoop.documents.models import FOLDER, generated_name
from intlcoop.workflow.models import CaseAttachment, CasePaper
from intlcoop.workflow.models.step import Permission

SIGNED = {"signed_on": dt.date(2026, 4, 3), "signatory_name": "Hoàng Văn Lực"}
ISSUED = {"number": 5, "symbol": "QĐ-BDH", "issued_on": dt.date(2026, 4, 5), "year": 2026}


@pytest.mark.parametrize(
    ("number", "text"), [(None, ""), (5, "05/QĐ-BDH"), (15, "15/QĐ-BDH"), (100, "100/QĐ-BDH"), (1234, "1234/QĐ-BDH")]
)
def test_a_number_below_ten_is_written_with_a_zero(number, text):
    assert CasePaper(number=number, symbol="QĐ-BDH", subject="").full_number == text


def test_a_signed_and_numbered_paper_is_in_order(case):
    paper = CasePaper.objects.create(case=case, kind="decision", **SIGNED, **ISSUED)
    assert str(paper) == "05/QĐ-BDH"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        ISSUED,
        SIGNED | ISSUED | {"issued_on": None, "year": None},
        SIGNED | ISSUED | {"symbol": ""},
        SIGNED | ISSUED | {"number": 0},
        SIGNED | ISSUED | {"issued_on": dt.date(2026, 4, 2)},
        SIGNED | ISSUED | {"year": 2025},
        SIGNED | ISSUED | {"year": None},
        {"signed_on": dt.date(2026, 4, 3)},
    ],
    ids=["no signature", "no date", "no symbol", "zero", "issued before", "other year", "no year", "no name"],
)
def test_the_database_keeps_the_order_of_signature_number_and_date(case, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        CasePaper.objects.create(case=case, kind="decision", **fields)
    with pytest.raises(ValidationError) as caught:
        CasePaper(case=case, kind="decision", **fields).full_clean(exclude=["public_id"])
    assert all(len(message) > 15 for message in caught.value.messages)


def test_a_number_is_taken_once_per_symbol_and_year(case):
    CasePaper.objects.create(case=case, kind="decision", **SIGNED, **ISSUED)
    CasePaper.objects.create(case=case, kind="submission", **SIGNED, **(ISSUED | {"symbol": "TTr-BDH"}))
    last_year = {"issued_on": dt.date(2025, 4, 5), "year": 2025, "signed_on": dt.date(2025, 4, 3)}
    CasePaper.objects.create(case=case, kind="list", **(SIGNED | ISSUED | last_year))
    with pytest.raises(IntegrityError), transaction.atomic():
        CasePaper.objects.create(case=case, kind="other", **SIGNED, **ISSUED)


def test_a_stored_name_is_random_and_says_nothing():
    names = {generated_name(CaseAttachment(), "../Thư mời.pdf") for _ in range(50)}
    assert len(names) == 50
    assert all(
        name.startswith(f"{FOLDER}/") and name.isascii() and "." not in name and name.count("/") == 2 for name in names
    )


def test_a_file_without_its_facts_is_no_file(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseAttachment.objects.create(case=case, kind="invitation", file="documents/aa/x")


@pytest.mark.parametrize(
    ("fields", "valid"),
    [
        ({}, True),
        ({"kept_outside": True}, False),
        ({"kept_outside": True, "outside_number": "15"}, False),
        ({"kept_outside": True, "outside_number": "15", "outside_issuer": "Bộ Ngoại giao"}, True),
        ({"kept_outside": True, "outside_register_no": "07/SĐK"}, True),
    ],
)
def test_a_document_kept_outside_can_be_found_by_its_particulars(fields, valid):
    record = Permission(**fields)
    if valid:
        record.clean()
    else:
        with pytest.raises(ValidationError) as caught:
            record.clean()
        assert "outside_register_no" in caught.value.message_dict
