from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal
from operator import itemgetter

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from intlcoop.exporting.tables import CELL_LIMIT, Column, sheet_name, to_csv, to_xlsx

COLUMNS = [
    Column("Tên đoàn", itemgetter(0), width=30),
    Column("Số người", itemgetter(1), "int"),
    Column("Kinh phí", itemgetter(2), "money"),
    Column("Ngày đi", itemgetter(3), "date"),
]
ROW = ("Dự Hội nghị tại Băng Cốc", 5, Decimal("1234.5"), dt.date(2026, 11, 5))


def sheet(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def csv_lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_workbook_holds_real_numbers_and_dates():
    header, row = sheet(to_xlsx("Đoàn ra", COLUMNS, [ROW]))
    assert header == ["Tên đoàn", "Số người", "Kinh phí", "Ngày đi"]
    assert row == ["Dự Hội nghị tại Băng Cốc", 5.0, 1234.5, dt.date(2026, 11, 5)]


def test_header_is_frozen_and_filters():
    xml = part(to_xlsx("Đoàn ra", COLUMNS, [ROW]), "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in xml
    assert '<autoFilter ref="A1:D2"/>' in xml


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "@SUM(1)", "https://example.org", "+84 24", "0012"])
def test_texts_stay_texts_in_a_workbook(text):
    data = to_xlsx("x", COLUMNS[:1], [(text,)])
    assert sheet(data)[1] == [text]
    xml = part(data, "xl/worksheets/sheet1.xml")
    assert "<f>" not in xml
    assert "hyperlink" not in xml


def test_total_row_stands_below_the_rows():
    rows = sheet(to_xlsx("x", COLUMNS, [ROW, ROW], ["Tổng", 10, Decimal(2469), None]))
    assert rows[3] == ["Tổng", 10.0, 2469.0, ""]


def test_whole_amounts_show_no_lone_decimal_comma():
    xml = part(to_xlsx("x", COLUMNS, [ROW, ("x", 1, Decimal("1000.00"), None)]), "xl/styles.xml")
    assert "#,##0.##" not in xml


def test_odd_values_do_not_break_the_workbook():
    rows = [
        (None, None, None, None),
        ("x" * 50_000, 0, Decimal("-1.5"), dt.datetime(2026, 11, 5, 18, tzinfo=dt.UTC)),
        ("a\x00\x0bb", True, 12, dt.date(1890, 9, 2)),
    ]
    _, blank, long, odd = sheet(to_xlsx("x", COLUMNS, rows))
    assert blank == ["", "", "", ""]
    assert long[0].endswith("…")
    assert len(long[0]) == CELL_LIMIT
    assert long[3] == dt.date(2026, 11, 6)  # 18:00 UTC is past midnight in Hà Nội
    assert odd == ["ab", True, 12.0, "02/09/1890"]


def test_no_rows_give_a_sheet_with_its_header():
    assert sheet(to_xlsx("x", COLUMNS, [])) == [["Tên đoàn", "Số người", "Kinh phí", "Ngày đi"]]


def test_the_same_rows_give_the_same_bytes_on_another_day():
    first = to_xlsx("Đoàn ra", COLUMNS, [ROW])
    with time_machine.travel(dt.datetime(2031, 5, 6, 7, 8, 9, tzinfo=dt.UTC)):
        assert to_xlsx("Đoàn ra", COLUMNS, [ROW]) == first


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Đoàn ra", "Đoàn ra"),
        ("Đoàn ra: 2026/1 [nháp]?*\\", "Đoàn ra 2026 1 nháp"),
        ("'Đoàn ra'", "Đoàn ra"),
        ("", "Sheet1"),
        ("History", "Sheet1"),
        ("x" * 40, "x" * 31),
    ],
)
def test_sheet_gets_a_name_that_excel_takes(title, name):
    assert sheet_name(title) == name
    to_xlsx(title, COLUMNS, [])


def test_csv_is_marked_for_excel_and_plain_for_programs():
    data = to_csv(COLUMNS, [ROW], ["Tổng", 5, None, None])
    assert data.startswith(b"\xef\xbb\xbf")
    assert csv_lines(data) == [
        ["Tên đoàn", "Số người", "Kinh phí", "Ngày đi"],
        ["Dự Hội nghị tại Băng Cốc", "5", "1234.5", "05/11/2026"],
        ["Tổng", "5", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "＝1+1"])
def test_csv_defuses_formulas(text):
    shown = csv_lines(to_csv(COLUMNS[:1], [(text,)]))[1][0]
    assert shown == f"'{text}"


@pytest.mark.parametrize("value", [-5, Decimal("-1.50")])
def test_csv_leaves_negative_numbers_alone(value):
    assert csv_lines(to_csv(COLUMNS[:1], [(value,)]))[1] == [str(value)]


def test_csv_quotes_what_would_break_its_lines():
    text = 'a,"b"\nc'
    assert csv_lines(to_csv(COLUMNS[:1], [(text,)]))[1] == [text]
