from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile

import pytest
import xlsxwriter
from django.utils import translation

from intlcoop.exporting import table_reading
from intlcoop.exporting.table_reading import TableUnreadable, read_xlsx


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def workbook(*lines, sheets=1) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            for position, value in enumerate(line):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, position, value, day)
                else:
                    sheet.write(number, position, value)
        for _ in range(sheets - 1):
            book.add_worksheet().write(0, 0, "khác")
    return target.getvalue()


def test_lines_are_read_by_header_with_their_number():
    data = workbook(["Họ tên", "Số"], ["Nguyễn An", 5], [], ["Lê Bình", 2.5], sheets=2)
    rows = read_xlsx(data)
    assert rows == [{"Họ tên": "Nguyễn An", "Số": 5}, {"Họ tên": "Lê Bình", "Số": 2.5}]
    assert [row.number for row in rows] == [2, 4]
    assert isinstance(rows[0]["Số"], int)


def test_cells_are_composed_trimmed_and_typed():
    decomposed = unicodedata.normalize("NFD", " Huệ\u00a0 ")
    (row,) = read_xlsx(workbook(["a", "b", "c", "d"], [decomposed, dt.date(2026, 11, 5), "  ", True]))
    assert row == {"a": "Huệ", "b": dt.date(2026, 11, 5), "c": None, "d": True}


def test_lines_above_the_header_may_be_empty():
    (row,) = read_xlsx(workbook([], [], ["Tên"], ["An"]))
    assert (row, row.number) == ({"Tên": "An"}, 4)


def test_columns_without_a_header_are_left_out():
    assert read_xlsx(workbook(["Tên", "", "Số"], ["An", "ghi chú", 1])) == [{"Tên": "An", "Số": 1}]


def test_required_headers_are_found_whatever_their_spelling():
    (row,) = read_xlsx(workbook(["HO TEN", "Ngày  sinh"], ["An", 1]), required=["Họ tên", "Ngày sinh"])
    assert row == {"Họ tên": "An", "Ngày sinh": 1}


def test_header_alone_gives_no_rows():
    assert read_xlsx(workbook(["Tên"])) == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not an Excel workbook"),
        (b"PK\x03\x04 broken", "not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0 an old or encrypted workbook", "not an Excel workbook"),
        (workbook(), "is empty"),
        (workbook(["Tên", "Tên"], ["a", "b"]), "names twice: Tên"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(data, sentence):
    with pytest.raises(TableUnreadable, match=sentence):
        read_xlsx(data)


def test_missing_headers_are_named():
    with pytest.raises(TableUnreadable, match="lacks: Đơn vị, Chức vụ"):
        read_xlsx(workbook(["Tên"], ["An"]), required=["Tên", "Đơn vị", "Chức vụ"])


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


@pytest.mark.parametrize("parts", [{"word__document.xml": b"<x/>"}, {"xl__workbook.xml": b"<broken"}])
def test_other_archives_are_no_workbooks(parts):
    with pytest.raises(TableUnreadable, match="not an Excel workbook"):
        read_xlsx(zipped(**parts))


def test_a_small_file_that_unpacks_to_a_giant_is_refused_before_it_is_unpacked():
    bomb = zipped(**{"xl__workbook.xml": b"<x/>", "xl__worksheets__sheet1.xml": b" " * (101 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    with pytest.raises(TableUnreadable, match="too large"):
        read_xlsx(bomb)


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(table_reading, "ROW_LIMIT", 2)
    with pytest.raises(TableUnreadable, match="more than 2 rows"):
        read_xlsx(workbook(["Tên"], ["a"], ["b"], ["c"]))


def test_too_many_columns_are_refused():
    with pytest.raises(TableUnreadable, match="too large"):
        read_xlsx(workbook([f"c{number}" for number in range(300)]))
