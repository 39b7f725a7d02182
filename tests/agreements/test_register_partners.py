"""The address book from a spreadsheet: dry run, rows that come near others, wrong cells, composed letters."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest
import xlsxwriter
from django.db import transaction

from agreements.models import Partner, PartnerGroup
from agreements.registers.partners import import_partners
from agreements.services import create_partner
from intlcoop.exporting.table_reading import TableUnreadable
from tests.ministry import build_ministry

pytestmark = pytest.mark.django_db
HEADER = (
    "TT",
    "Tên đối tác",
    "Tên tiếng Anh",
    "Viết tắt",
    "Tên gọi khác",
    "Loại đối tác",
    "Quốc gia",
    "Đơn vị",
    "Nhóm",
)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_ministry()
        transaction.set_rollback(True)


def workbook(*rows: tuple, header: tuple = HEADER, above: tuple = ("DANH BẠ ĐỐI TÁC",)) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, line in enumerate((above, header, *rows)):
        sheet.write_row(number, 0, line)
    book.close()
    return buffer.getvalue()


def taken(world, *rows, dry_run=False, **options):
    return import_partners(workbook(*rows), dry_run=dry_run, actor=world.htqt, **options)


ADB = (1, "Ngân hàng Phát triển Châu Á", "Asian Development Bank", "ADB", "NHPT Châu Á; ADB Việt Nam", "Định chế tài chính",
       "quốc tế", "HTQT; Vụ Kế hoạch - Tài chính", "Nhóm Đối tác phát triển")  # fmt: skip
MOHA = (2, "Bộ Nội vụ Lào", "", "", "", "", "", "", "")


def test_a_dry_run_says_what_would_be_and_saves_nothing(world):
    result = taken(world, ADB, MOHA, dry_run=True)
    assert [(row.line, row.action) for row in result.rows] == [(3, "create"), (4, "create")]
    assert not result.saved
    assert not Partner.objects.exists()
    assert not PartnerGroup.objects.exists()


def test_rows_become_partners_with_names_units_and_group_and_a_second_time_nothing(world):
    assert taken(world, ADB, MOHA).saved
    bank, ministry = Partner.objects.get(short_name="ADB"), Partner.objects.get(name_vi="Bộ Nội vụ Lào")
    assert (bank.kind, bank.country, bank.is_proposed) == ("ifi", None, False)
    assert {unit.unit.code for unit in bank.units.all()} == {"HTQT", "KHTC"}
    assert {name.name for name in bank.names.all()} == {"NHPT Châu Á", "ADB Việt Nam"}
    assert bank.memberships.get().group.name_vi == "Nhóm Đối tác phát triển"
    assert (ministry.kind, ministry.country.iso2) == ("foreign_ministry", "LA")
    again = taken(world, ADB, MOHA)
    assert {row.action for row in again.rows} == {"skip"}
    more = taken(world, (*MOHA[:4], "BNV Lào", *MOHA[5:]))
    assert [row.action for row in more.rows] == ["update"]
    assert Partner.objects.count() == 2


def test_a_row_whose_name_comes_near_another_says_so_also_within_the_sheet(world):
    create_partner(name_vi="Quỹ Nhi đồng Liên hợp quốc", short_name="UNICEF", kind="un_agency", actor=world.htqt)
    result = taken(world, (1, "UNICEP Viet Nam"), ADB, (3, "Asian Development Bank"), dry_run=True)
    assert "Quỹ Nhi đồng Liên hợp quốc" in result.rows[0].message
    assert "Gần giống" not in result.rows[1].message
    assert "Ngân hàng Phát triển Châu Á" in result.rows[2].message
    assert not result.has_errors


def test_decomposed_letters_and_other_tone_places_are_the_same_partner(world):
    create_partner(name_vi="Ủy ban Văn hóa Lào", kind="foreign_ministry", country=None, actor=world.htqt)
    name = unicodedata.normalize("NFD", "Uỷ ban Văn hoá Lào")
    result = taken(world, (1, name, "", "", "", "", "quốc tế"))
    assert [row.action for row in result.rows] == ["skip"]
    taken(world, (1, unicodedata.normalize("NFD", "Bộ Lễ nghi và Tôn giáo Campuchia")))
    assert Partner.objects.filter(name_vi="Bộ Lễ nghi và Tôn giáo Campuchia", country__iso2="KH").exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ((1, "Cơ quan A", "", "", "", "", "Cam-pu-chea"), "Campuchia"),
        ((1, "Cơ quan A", "", "", "", "", "Xứ Sở Không Có"), "Không có quốc gia “Xứ Sở Không Có”"),
        ((1, "Cơ quan A", "", "", "", "Hội kín"), "không phải là loại đối tác"),
        ((1, "Cơ quan A", "", "", "", "", "", "Vụ Không Có"), "Vụ Không Có"),
        ((1, "", "", "XYZ"), "Thiếu tên đối tác"),
        ((1, "A" * 201), "200"),
    ],
)
def test_a_wrong_cell_is_named_and_keeps_all_rows_from_being_saved(world, row, sentence):
    result = taken(world, ADB, row)
    assert [each.action for each in result.rows] == ["create", "error"]
    assert sentence in result.rows[1].message
    assert not result.saved
    assert not Partner.objects.exists()


def test_a_unit_for_rows_without_one_is_taken(world):
    taken(world, (1, "Cơ quan A", "", "", "", "", "", "Vụ Không Có"), default_unit=world.unit("CSDP"))
    assert Partner.objects.get().units.get().unit.code == "CSDP"


def test_what_is_no_such_table_is_refused_with_a_sentence(world):
    with pytest.raises(TableUnreadable, match="Tên đối tác"):
        import_partners(workbook(header=("A", "B")), dry_run=True, actor=world.htqt)
    with pytest.raises(TableUnreadable):
        import_partners(b"no workbook", dry_run=True, actor=world.htqt)
    with pytest.raises(TableUnreadable):
        import_partners(workbook(ADB), dry_run=True, actor=None)
