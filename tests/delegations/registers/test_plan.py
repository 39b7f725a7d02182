"""Lines of a plan out of a spreadsheet in the ministry's own table."""

from __future__ import annotations

import pytest

from delegations.choices import FundingSource, PlanLevel
from delegations.models import AnnualPlan, PlanLine
from delegations.registers import import_plan
from delegations.registers.plan import read_count, read_when
from delegations.registers.problems import CellUnclear
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.people.choices import Rank
from tests.delegations.registers.sheets import provincial

pytestmark = pytest.mark.django_db

HEAD = (
    "TT", "Tên đoàn", "Đơn vị chủ trì", "Trưởng đoàn (cấp)", "Nước/đối tác", "Mục đích, nội dung", "Thời gian dự kiến",
    "Số người", "Số ngày", "Kinh phí & nguồn", "Căn cứ", "Ghi chú",
)  # fmt: skip
TITLE = ("BỘ DÂN TỘC VÀ PHÁT TRIỂN VÙNG", "KẾ HOẠCH ĐOÀN RA NĂM 2031")


def line(number=1, **changes):
    values = {
        "tt": number, "title": f"Học tập kinh nghiệm số {number}", "unit": "CSDP", "head": "Thứ trưởng",
        "where": "Lào / Bộ Nội vụ Lào", "what": "Trao đổi kinh nghiệm", "when": "Quý II", "persons": 5, "days": 4,
        "money": "120 triệu đồng, ngân sách nhà nước", "basis": "Bản ghi nhớ 2024", "note": "",
    }  # fmt: skip
    return list((values | changes).values())


def sheet(*rows):
    return provincial(rows, head=HEAD, title=TITLE, two_lines=False)


@pytest.fixture
def plan(db):
    return AnnualPlan.objects.create(year=2031, level=PlanLevel.MINISTRY, title="Kế hoạch đoàn ra năm 2031")


def read(ministry, data, **more):
    return import_plan(data, dry_run=False, actor=ministry.htqt, **more)


def test_the_table_of_the_plan_is_read(ministry, plan):
    rows = [["I", "ĐOÀN RA"], line(1), line(2, when="tháng 9/2031", where="Thái Lan; Nhật Bản"), ["", "TỔNG CỘNG"]]
    result = read(ministry, sheet(*rows))
    assert result.saved, [row.message for row in result.rows]
    first, second = PlanLine.objects.filter(plan=plan).order_by("position")
    assert (first.quarter, first.month, first.persons, first.days) == (2, None, 5, 4)
    assert (first.amount, first.currency.code, first.funding_source) == (120_000_000, "VND", FundingSource.STATE_BUDGET)
    assert (first.head_rank, first.unit.code, first.partner_text) == (Rank.DEPUTY_MINISTER, "CSDP", "Bộ Nội vụ Lào")
    assert [country.iso2 for country in first.countries.all()] == ["LA"]
    assert second.month == 9
    assert read(ministry, sheet(*rows)).count("create") == 0


def test_wrong_rows_are_all_named_and_nothing_is_saved(ministry, plan):
    rows = [line(1), line(2, when="sau Tết"), line(3, persons="nhiều"), line(4, money="15000"), line(5, when="4/2030")]
    result = read(ministry, sheet(*rows))
    assert [row.line for row in result.rows if row.action == "error"] == [6, 7, 8, 9]
    assert not PlanLine.objects.filter(plan=plan).exists()


def test_the_plan_has_to_be_there_and_named(ministry, plan):
    with pytest.raises(TableUnreadable):
        read(ministry, sheet(line(1)), year=2032)
    with pytest.raises(TableUnreadable):
        read(ministry, provincial([line(1)], head=HEAD, title=("KẾ HOẠCH",), two_lines=False))
    assert read(ministry, sheet(line(1)), year=2031, level=PlanLevel.MINISTRY).saved


def test_months_quarters_and_counts():
    assert read_when("Quý IV/2031", 2031) == (None, 4)
    assert read_when("T4", 2031) == (4, None)
    assert read_when("cả năm", 2031) == (None, None)
    assert read_count("khoảng 12 người") == 12
    for text in ("13", "quý V", "tháng 4/2030"):
        with pytest.raises(CellUnclear):
            read_when(text, 2031)
