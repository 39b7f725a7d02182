"""Visits of the past out of a register: the eleven columns as they are, wrong rows, and nothing twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from agreements.models import Partner
from delegations.choices import DatePrecision
from delegations.models import ImportedVisit, InboundDelegation
from delegations.queries.visit_figures import visit_figures
from delegations.registers import import_inbound
from delegations.registers.guests import read_guests
from delegations.visit_choices import InboundState
from tests.delegations.registers.sheets import workbook

pytestmark = pytest.mark.django_db

#: domain.md B.3.
ELEVEN = (
    "STT", "TÊN ĐOÀN (VÀO)", "DANH SÁCH ĐOÀN VÀO", "TÊN TRƯỞNG ĐOÀN", "NGÀY ĐẾN", "NGÀY ĐI", "VĂN BẢN XIN PHÉP",
    "VĂN BẢN CHO PHÉP", "MỤC ĐÍCH", "LĨNH VỰC", "NỘI DUNG",
)  # fmt: skip


def row(number: int = 1, **changes):
    values = {
        "stt": number,
        "title": f"Đoàn Bộ Nội vụ nước bạn {number}",
        "list": f"1. Khách Mẫu {number} - Vụ trưởng; 2. Khách Thử {number}, Chuyên viên",
        "head": f"Khách Mẫu {number}",
        "come": dt.date(2022, 4, 5),
        "go": dt.date(2022, 4, 8),
        "asked": "12/BNV-HTQT ngày 01/3/2022",
        "allowed": "345/BDP-HTQT ngày 20/3/2022",
        "what": "Thăm và làm việc",
        "field": "Công tác dân tộc",
        "topics": f"Trao đổi kinh nghiệm {number}",
    }
    return list((values | changes).values())


def read(ministry, rows, *, dry_run=False, head=ELEVEN, **options):
    return import_inbound(
        workbook(rows, head=head), dry_run=dry_run, actor=ministry.htqt, source="so-doan-vao.xlsx", **options
    )


def errors(result):
    return {one.line: one.message for one in result.rows if one.action == "error"}


def test_the_eleven_columns_are_read_as_they_are(ministry):
    rows = [
        row(1),
        row(2, come="tháng 6/2022", go=None, list="05 người", head="", title="Đoàn chuyên gia"),
        row(3, go=None),
    ]
    result = read(ministry, rows)
    assert errors(result) == {}
    first, second, third = (InboundDelegation.objects.get(imported__line=line) for line in (2, 3, 4))
    assert (first.case.state, first.case.unit) == (InboundState.COMPLETED, ministry.unit("HTQT"))
    assert first.case.number.startswith("DV-2022-")
    assert [(guest.full_name, guest.part) for guest in first.members.all()] == [
        ("Khách Mẫu 1", "head"),
        ("Khách Thử 1", "member"),
    ]
    assert (first.imported.request_paper, first.imported.field_text) == (
        "12/BNV-HTQT ngày 01/3/2022",
        "Công tác dân tộc",
    )
    assert (first.purpose_text, first.topics) == ("Thăm và làm việc", "Trao đổi kinh nghiệm 1")
    assert (second.date_precision, second.persons, second.members.count()) == (DatePrecision.MONTH, 5, 0)
    assert (third.arrives_on, third.leaves_on) == (dt.date(2022, 4, 5), dt.date(2022, 4, 5))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"come": dt.date(2022, 4, 9)}, "E2"),
        ({"come": "", "go": ""}, "E2"),
        ({"come": "31/02/2022"}, "E2"),
        ({"title": "", "list": "", "head": ""}, "B2"),
        ({"come": timezone.localdate(), "go": timezone.localdate() + dt.timedelta(days=2)}, "E2"),
    ],
)
def test_one_wrong_row_keeps_all_others_out_and_names_its_cell(ministry, changes, said):
    result = read(ministry, [row(1, **changes), row(2)])
    assert said in errors(result)[2]
    assert not result.saved
    assert not InboundDelegation.objects.exists()


def test_reading_twice_adds_nothing_twice(ministry):
    rows = [row(1), row(2), row(1)]
    assert read(ministry, rows).count("create") == 2
    again = read(ministry, rows)
    assert (again.count("create"), again.count("skip"), ImportedVisit.objects.count()) == (0, 3, 2)


def test_a_dry_run_says_what_would_happen_and_saves_nothing(ministry):
    result = read(ministry, [row(1), row(2)], dry_run=True)
    assert (result.count("create"), result.saved, InboundDelegation.objects.count()) == (2, False, 0)


def test_more_columns_are_understood_where_they_are(ministry):
    partner = Partner.objects.create(name_vi="Bộ Nội vụ Lào", kind="embassy")
    head = (*ELEVEN, "CƠ QUAN CỦA KHÁCH", "NƯỚC", "NGƯỜI TIẾP", "ĐƠN VỊ", "SỐ NGƯỜI", "GHI CHÚ")
    extra = ["Bộ Nội vụ Lào", "Lào", "Thứ trưởng Ngô Đức Nam", "Vụ Chính sách địa phương", 9, ""]
    off = ["", "", "", "", "", "Hoãn do dịch"]
    result = read(ministry, [[*row(1), *extra], [*row(2), *off]], head=head)
    assert (result.count("create"), result.count("skip")) == (1, 1)
    visit = InboundDelegation.objects.get()
    assert (visit.partner, visit.country.iso2, visit.persons) == (partner, "LA", 9)
    assert (visit.host_rank, visit.case.unit.code) == ("deputy_minister", "CSDP")
    wrong = read(ministry, [[*row(3), "", "Lào Cai", "", "Vụ không có", "", ""]], head=head)
    assert "M2" in errors(wrong)[2]
    assert "O2" in errors(wrong)[2]


def test_many_rows_cost_a_number_of_queries_that_does_not_grow(ministry, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        result = read(ministry, [row(n) for n in range(1, 151)])
    assert result.count("create") == 150


def test_the_command_reads_the_same_register(ministry, tmp_path, capsys):
    file = tmp_path / "doan-vao.xlsx"
    file.write_bytes(workbook([row(1)], head=ELEVEN))
    call_command("import_register", "inbound", str(file), "--dry-run")
    assert not InboundDelegation.objects.exists()
    call_command("import_register", "inbound", str(file))
    assert InboundDelegation.objects.count() == 1


def test_what_was_taken_over_is_counted_in_its_window(ministry):
    read(ministry, [row(1), row(2, come=dt.date(2022, 12, 20), go=dt.date(2022, 12, 21)), row(3, list="", head="")])
    year = dt.date(2022, 1, 1), dt.date(2022, 12, 31)
    figures = visit_figures(*year, as_of=dt.date(2022, 12, 31))
    assert (figures["inbound.total"].value, len(figures["inbound.total"].rows)) == (3, 3)
    assert (figures["inbound.persons"].value, figures["inbound.persons"].is_complete) == (4, False)
    assert visit_figures(*year, as_of=dt.date(2022, 12, 19))["inbound.total"].value == 2
    assert visit_figures(dt.date(2021, 1, 1), dt.date(2021, 12, 31), as_of=dt.date(2022, 12, 31)) == {}


# --- guests pasted from a sheet -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("김민준\tVụ trưởng\tBộ Nội vụ\tHàn Quốc", [("김민준", "Vụ trưởng", "KR")]),
        ("1\tA Sample\tDirector\n2\tB Sample\tOfficer", [("A Sample", "Director", ""), ("B Sample", "Officer", "")]),
        ("No.\tNationality\tFull name\n1\tLaos\tC Sample", [("C Sample", "", "LA")]),
        ("Họ và tên\n\nD Sample\n\n", [("D Sample", "", "")]),
        ("Họ tên\tQuốc tịch\nE Sample\tViệt Nam", [("E Sample", "", "VN")]),
    ],
)
def test_a_pasted_list_is_read_with_and_without_headers(ministry, text, expected):
    pasted = read_guests(text)
    assert pasted.problems == []
    found = [
        (row["full_name"], row.get("post", ""), row["country"].iso2 if row.get("country") else "")
        for row in pasted.rows
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("post", "rank"),
    [
        ("Thứ trưởng", "deputy_minister"),
        ("Bộ trưởng Ngoại giao", "deputy_head"),
        ("Deputy Prime Minister", "deputy_head"),
        ("Đại sứ Đặc mệnh toàn quyền", "ambassador"),
        ("Country Director", "director"),
        ("Ca sĩ", ""),
    ],
)
def test_the_rank_of_a_guest_follows_from_the_post_where_it_says_so(ministry, post, rank):
    assert read_guests(f"A Sample\t{post}").rows[0]["rank"] == rank
