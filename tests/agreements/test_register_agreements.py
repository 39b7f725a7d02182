"""Taking over agreements from a spreadsheet: what is understood, what is refused with a sentence, what looks alike."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from agreements.choices import AgreementState, DatePrecision, InNameOf, Regime, TermKind
from agreements.models import InternationalAgreement
from agreements.registers.agreements import import_agreements
from intlcoop.exporting.tables import Column, to_xlsx
from tests.agreements.factories import PartnerFactory

pytestmark = pytest.mark.django_db
HEADERS = (
    "Tên thỏa thuận",
    "Tên tiếng Anh",
    "Đối tác",
    "Ngày ký",
    "Ngày hết hạn",
    "Thời hạn",
    "Đơn vị chủ trì",
    "Chế độ pháp lý",
)
DECOMPOSED = unicodedata.normalize("NFD", "Cục Lưu trữ Quốc gia")


def sheet(*rows):
    columns = [
        Column(header, lambda row, place=place: row[place] if place < len(row) else None)
        for place, header in enumerate(HEADERS)
    ]
    return to_xlsx("So", columns, rows)


def take(ministry, data, *, dry_run=False):
    return import_agreements(data, dry_run=dry_run, actor=ministry.person("quantri"), source="Sổ 2020")


@pytest.fixture
def archive(ministry):
    return PartnerFactory(name_vi="Cục Lưu trữ Quốc gia", name_en="National Archives", actor=ministry.person("htqt"))


def test_rows_become_concluded_agreements_with_what_is_known_of_their_days(ministry, archive):
    data = sheet(
        ("Bản ghi nhớ về lưu trữ", "", DECOMPOSED, "17/08/2015", "17/08/2020", "", "VTLT"),
        ("Kế hoạch hợp tác 2022", "", "National Archives", "8/2022", None, "Tự động gia hạn 2 năm", "VTLT"),
        ("Thỏa thuận trao đổi sinh viên", "", "CỤC LƯU TRỮ QUỐC GIA (Lào)", None, None, "không thời hạn", "DHPT"),
    )  # fmt: skip
    assert not take(ministry, data, dry_run=True).saved
    assert not InternationalAgreement.objects.exists()
    result = take(ministry, data)
    assert result.saved, result.rows
    old, plan, paper = InternationalAgreement.objects.order_by("case__title").select_related("case")
    assert (old.case.state, old.signed_on, old.term_kind) == (
        AgreementState.EXPIRED,
        dt.date(2015, 8, 17),
        TermKind.FIXED,
    )
    assert (plan.signed_precision, plan.renewal_months, plan.kind) == (DatePrecision.MONTH, 24, "plan")
    assert (paper.signed_precision, paper.regime, paper.in_name_of) == (
        DatePrecision.UNKNOWN,
        Regime.COOPERATION_PAPER,
        InNameOf.UNIT,
    )
    assert old.parties.get().partner == archive
    assert old.case.status_changes.get().comment == "Nhập từ sổ theo dõi “Sổ 2020”, dòng 2."
    again = take(ministry, data)
    assert again.count("skip") == 3
    assert InternationalAgreement.objects.count() == 3


def test_the_same_paper_under_its_english_name_is_shown(ministry, archive):
    take(ministry, sheet(("Bản ghi nhớ về lưu trữ", "", "National Archives", "2015", None, "", "VTLT")))
    english = ("Memorandum of Understanding on archives", "", "National Archives", "2016", None, "", "VTLT")
    (row,) = take(ministry, sheet(english), dry_run=True).rows
    assert row.action == "create"
    assert "Bản ghi nhớ về lưu trữ" in row.message


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("Bản ghi nhớ", "", "Cơ quan lạ", "2015", None, "", "VTLT"), "Chưa có đối tác"),
        (("Bản ghi nhớ", "", "National Archives", "17/08/2015", "01/01/2015", "", "VTLT"), "đứng trước ngày ký"),
        (("Hiệp định hợp tác", "", "National Archives", "2015", None, "", "VTLT"), "điều ước"),
        (("Bản ghi nhớ", "", "National Archives", "32/13/2015", None, "", "VTLT"), "không phải là ngày"),
        (("Bản ghi nhớ", "", "National Archives", "2015", None, "", "Vụ Không Có"), "Vụ Không Có"),
        (("Bản ghi nhớ", "", "National Archives", "01/01/2099", None, "", "VTLT"), "tương lai"),
    ],
)
def test_a_row_that_cannot_be_stops_the_sheet_with_a_sentence(ministry, archive, row, said):
    result = take(ministry, sheet(("Bản ghi nhớ tốt", "", "National Archives", "2014", None, "", "VTLT"), row))
    assert not result.saved
    assert said in result.rows[1].message
    assert not InternationalAgreement.objects.exists()


def test_a_treaty_may_be_called_hiep_dinh(ministry, archive):
    row = ("Hiệp định hợp tác", "", "National Archives", "2015", None, "", "HTQT", "Điều ước quốc tế")
    assert take(ministry, sheet(row)).saved
    assert InternationalAgreement.objects.get().regime == Regime.TREATY
