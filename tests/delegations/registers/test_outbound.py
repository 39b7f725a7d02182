"""Trips of the past out of a register: the provincial layout as it is, wrong rows, and nothing twice."""

from __future__ import annotations

import datetime as dt
import io
import time

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from delegations.choices import DatePrecision, FundingSource, Mode, OutboundState, Part, Purpose
from delegations.models import ImportedTrip, OutboundDelegation
from delegations.registers import import_outbound
from intlcoop.exporting.table_reading import TableUnreadable, read_sheet
from intlcoop.people.choices import Rank
from intlcoop.workflow.models import Case
from reports.queries.rows import gather
from reports.queries.windows import Period
from tests.delegations.factories import fresh, submit, trip, walk_to_the_end
from tests.delegations.registers.sheets import PROVINCIAL, provincial, row, workbook

pytestmark = pytest.mark.django_db


def read(ministry, data, **options):
    return import_outbound(data, dry_run=False, actor=ministry.htqt, source="so-doan-ra.xlsx", **options)


def errors(result):
    return {one.line: one.message for one in result.rows if one.action == "error"}


def test_the_provincial_layout_is_read_as_it_is(ministry):
    """Titles above, header over two lines, numbered columns, groups, more people below, a total, signatures."""
    rows = [
        ["I", "ĐOÀN RA CẤP BỘ"],
        row(1, head="Thứ trưởng Ngô Đức Nam", list="1. Ngô Đức Nam", where="CHLB Đức; Thuy Si (Giơ-ne-vơ)", out=44656,
            back="08/4/2022", money="15.000 USD", source="Phía mời đài thọ", what="Dự Hội nghị thường niên"),
        ["", "2. Trần Thị Mẫu, Chuyên viên"],
        ["II", "ĐOÀN RA CỦA CÁC ĐƠN VỊ"],
        row(2, out="tháng 6/2022", back=None, where="Lào và Campuchia", money="1,2 tỷ", unit="CSDP"),
        row(3, out="năm 2022", back=None, where="Japan", money="", what="Tháp tùng Thủ tướng Chính phủ thăm Nhật Bản"),
        ["", "TỔNG CỘNG", "", "", "", "", "", "", "", "", "1,3 tỷ"],
        ["", "", "", "", "", "", "", "", "", "Hà Nội, ngày 31 tháng 12 năm 2022"],
        ["", "Người lập biểu", "", "", "", "", "", "", "", "", "", "Thủ trưởng đơn vị"],
    ]  # fmt: skip
    result = read(ministry, provincial(rows, numbered=True))
    assert errors(result) == {}
    assert (result.saved, result.count("create"), result.count("skip")) == (True, 3, 6)
    first, second, third = OutboundDelegation.objects.order_by("imported__line")
    assert first.case.state == OutboundState.COMPLETED
    assert (first.departs_on, first.returns_on) == (dt.date(2022, 4, 5), dt.date(2022, 4, 8))
    assert [(leg.country.iso2, leg.city) for leg in first.legs.all()] == [("DE", ""), ("CH", "Giơ-ne-vơ")]
    assert [(m.full_name, m.part, m.rank) for m in first.members.all()] == [
        ("Ngô Đức Nam", Part.HEAD, Rank.DEPUTY_MINISTER),
        ("Trần Thị Mẫu", Part.MEMBER, Rank.OFFICIAL),
    ]
    assert first.members.first().person == ministry.thutruong
    assert [(f.source, f.amount, f.currency.code) for f in first.funding.all()] == [(FundingSource.HOST, 15000, "USD")]
    assert first.purpose == Purpose.CONFERENCE
    assert second.date_precision == DatePrecision.MONTH
    assert sorted(leg.country.iso2 for leg in second.legs.all()) == ["KH", "LA"]
    assert second.case.unit.code == "CSDP"
    assert second.imported.permission_paper == "345/QĐ-BDP ngày 20/3/2022"
    assert (third.mode, third.principal, third.date_precision) == (Mode.ACCOMPANYING, "Thủ tướng Chính phủ", "year")
    (change,) = first.case.status_changes.all()
    assert change.transition == "import"
    assert "dòng" in change.comment
    assert "so-doan-ra.xlsx" in change.comment


def test_imported_trips_are_counted_in_reports_and_seen_like_others(ministry):
    read(ministry, workbook([row(1), row(2, out=dt.date(2021, 12, 30), back=dt.date(2022, 1, 3))]))
    period = Period(2022, "calendar", dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    assert [found["number"] for found in gather(period, timezone.localdate())] == ["DR-2022-0001"]
    assert OutboundDelegation.objects.visible_to(ministry.botruong).count() == 2
    assert OutboundDelegation.objects.visible_to(ministry.truonghoc).count() == 0


WRONG = [
    ({"out": "04/25/2022"}, "D"), ({"out": "29/02/2023"}, "D"), ({"out": "abc"}, "D"), ({"out": "", "back": ""}, "D"),
    ({"back": ""}, "D"), ({"out": dt.date(2022, 4, 9)}, "D"), ({"out": "quý II/2022", "back": ""}, "D"),
    ({"out": dt.date(2022, 4, 5), "back": dt.date(2032, 4, 8)}, "D"), ({"out": 12}, "D"), ({"where": ""}, "I"),
    ({"where": "Trung Quc"}, "I"), ({"where": "Băng Cốc, Thái Lan"}, "I"), ({"where": "Việt Nam"}, "I"),
    ({"where": "Châu Âu"}, "I"), ({"unit": "Vụ không có"}, "H"), ({"unit": ""}, "H"), ({"money": "15000"}, "K"),
    ({"money": 15000}, "K"), ({"money": "-5 triệu đồng"}, "K"), ({"money": "12 vỏ sò"}, "K"), ({"money": "1.2.3 USD"}, "K"),
]  # fmt: skip


def test_of_a_thousand_rows_thirty_wrong_ones_are_all_named_and_nothing_is_saved(ministry):
    """Row and cell of every wrong one, and two mistakes of one row at once."""
    rows = [row(n) for n in range(1, 1001)]
    wrong = {33 * n: dict(WRONG[n % len(WRONG)][0]) for n in range(1, 31)}
    for number, changes in wrong.items():
        rows[number - 1] = row(number, **changes)
    result = read(ministry, workbook(rows))
    found = errors(result)
    assert set(found) == {number + 1 for number in wrong}
    for n in range(1, 31):
        column = WRONG[n % len(WRONG)][1]
        assert f"{column}{33 * n + 1}" in found[33 * n + 1]
    assert not result.saved
    assert not Case.objects.exists()
    assert len(result.rows) == 1000


def test_all_mistakes_of_a_row_are_named_at_once(ministry):
    found = errors(read(ministry, workbook([row(1, out="abc", where="Trung Quc", money="12 vỏ sò")])))
    assert all(cell in found[2] for cell in ("D2", "I2", "K2"))
    assert "Trung Quốc" in found[2]


def test_a_thousand_rows_are_taken_over_quickly_and_only_once(ministry):
    rows = [
        row(n, out=dt.date(2021, 1, 1) + dt.timedelta(days=n % 500), back=dt.date(2022, 6, 1)) for n in range(1, 1001)
    ]
    rows = [[*values[:4], values[3] + dt.timedelta(days=3), *values[5:]] for values in rows]
    data = workbook(rows)
    began = time.monotonic()
    result = read(ministry, data)
    assert result.saved
    assert result.count("create") == 1000
    assert time.monotonic() - began < 15
    again = read(ministry, data)
    assert (again.count("create"), again.count("skip")) == (0, 1000)
    assert OutboundDelegation.objects.count() == ImportedTrip.objects.count() == 1000
    assert len(set(Case.objects.values_list("number", flat=True))) == 1000


def test_the_number_of_queries_does_not_grow_with_the_rows(ministry, django_assert_num_queries):
    read(ministry, workbook([row(1)]))
    for rows in ([row(2)], [row(n) for n in range(10, 30)]):
        data = workbook(rows)
        with django_assert_num_queries(38):
            read(ministry, data)


def test_the_same_trip_twice_in_a_register_is_taken_over_once(ministry):
    result = read(ministry, workbook([row(1), row(1, money="130 triệu đồng")]))
    assert result.count("create") == 1
    assert OutboundDelegation.objects.count() == 1


def test_a_trip_that_was_filed_here_is_not_added_again(ministry):
    made = trip(ministry, days_ahead=30)
    case = walk_to_the_end(submit(made, ministry), ministry)
    OutboundDelegation.objects.filter(pk=made.pk).update(departs_on="2022-04-05", returns_on="2022-04-08")
    name = ministry.chuyenvien2.full_name
    result = read(ministry, workbook([row(1, head=name, list=name)]))
    assert result.count("create") == 0
    assert fresh(case).number.replace("DR", "ĐR") in result.rows[0].message


def test_trips_that_were_called_off_or_are_not_over_are_not_history(ministry):
    ahead = timezone.localdate() + dt.timedelta(days=5)
    result = read(ministry, workbook([row(1, remark="Hoãn do dịch"), row(2, out=ahead, back=ahead)]))
    assert result.rows[0].action == "skip"
    assert errors(result).keys() == {3}
    done = read(ministry, workbook([row(3, remark="Đã hoàn thành")]))
    assert done.count("create") == 1


def test_rows_of_unknown_units_go_to_the_chosen_one_and_keep_what_was_written(ministry):
    result = read(ministry, workbook([row(1, unit="Sở Ngoại vụ")]), default_unit=ministry.unit("HTQT"))
    assert result.saved
    found = OutboundDelegation.objects.get()
    assert (found.case.unit.code, found.imported.unit_text) == ("HTQT", "Sở Ngoại vụ")


def test_a_unit_in_the_header_counts_for_bare_numbers(ministry):
    data = provincial([row(1, money=120)], units={"SỐ TIỀN": "triệu đồng"})
    assert read(ministry, data).saved
    assert OutboundDelegation.objects.get().funding.get().amount == 120_000_000


@pytest.mark.parametrize("head", [("A", "B", "C"), ("STT", "NGÀY ĐI", "MỤC ĐÍCH")])
def test_a_sheet_without_the_columns_is_refused_with_a_sentence(ministry, head):
    with pytest.raises(TableUnreadable):
        read(ministry, workbook([["1", "2", "3"]], head=head))


def test_a_file_that_is_no_workbook_is_refused(ministry):
    with pytest.raises(TableUnreadable):
        read(ministry, b"STT;NGAY DI")


def test_our_own_export_can_be_read_back(ministry, client):
    """The register that the list of trips exports names trips that are here, so nothing is added."""
    read(ministry, workbook([row(1), row(2)]))
    client.force_login(ministry.htqt)
    exported = b"".join(client.get("/doan-ra/?xuat=xlsx"))
    total = read_sheet(exported).lines[-1]
    assert (total[2], total[3]) == ("Tổng số: 2 đoàn, 1 nước", "4 lượt người")
    assert "VND" in total[12]
    result = read(ministry, exported)
    skipped = (result.count("skip"), result.count("create"), result.count("error"))
    assert skipped == (3, 0, 0), "both trips, and the line of totals that is no row"


def test_the_command_takes_over_in_the_name_of_the_administrator(ministry, tmp_path):
    path = tmp_path / "doan-ra.xlsx"
    path.write_bytes(workbook([row(1)]))
    output = io.StringIO()
    call_command("import_register", "outbound", str(path), "--dry-run", stdout=output)
    assert not Case.objects.exists()
    call_command("import_register", "outbound", str(path), stdout=output)
    assert Case.objects.get().created_by == ministry.quantri
    path.write_bytes(workbook([row(1, unit="Sở Ngoại vụ")]))
    with pytest.raises(CommandError):
        call_command("import_register", "outbound", str(path), stdout=output)
    call_command("import_register", "outbound", str(path), "--unit", "htqt", stdout=output)
    assert Case.objects.count() == 2


def test_the_headers_of_the_layout_are_all_known(ministry):
    from delegations.registers.layout import read_table
    from delegations.registers.outbound import COLUMNS, MARKS, NEEDED

    table = read_table(provincial([row(1)]), COLUMNS, needed=NEEDED, marks=MARKS)
    assert len(table.columns) == len(PROVINCIAL)
