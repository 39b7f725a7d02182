"""The list of trips in the columns of the registers."""

from __future__ import annotations

from reports.queries.narrative.annexes import funding_said, head_said, list_of_trips, remarks
from tests.reports.rows import accompanying, row, unnamed


def listed(rows):
    [table] = list_of_trips(rows, "UBDT")
    return table


def test_led_trips_come_first_each_group_with_its_count():
    table = listed([accompanying(1), row(2), row(3)])

    assert [line.get("group") or line["cells"][1]["text"] for line in table["rows"]] == [
        "Đoàn do UBDT chủ trì: 02 đoàn",
        "Đoàn số 2 (ĐR-2026-0002)",
        "Đoàn số 3 (ĐR-2026-0003)",
        "Đoàn tháp tùng Lãnh đạo Đảng, Nhà nước và Chính phủ: 01 đoàn",
        "Đoàn số 1 (ĐR-2026-0001)",
    ]
    assert [line["cells"][0]["text"] for line in table["rows"] if "cells" in line] == ["1", "2", "3"]


def test_a_row_says_who_where_when_on_what_paper():
    table = listed([row(1, countries=("LA", "KH"))])
    said = dict(zip(table["head"], (cell["text"] for cell in table["rows"][1]["cells"]), strict=True))

    assert said == {
        "TT": "1",
        "Tên đoàn": "Đoàn số 1 (ĐR-2026-0001)",
        "Trưởng đoàn": "Nguyễn Minh An, Vụ trưởng",
        "Nước đến": "Lào; Campuchia",
        "Thời gian": "02/03/2026 – 05/03/2026",
        "Số người": "02",
        "Đơn vị đề nghị": "Vụ Chính sách địa phương",
        "Văn bản cử đoàn": "Quyết định số 15/QĐ-BDP ngày 08/02/2026",
        "Cơ quan mời": "Bộ Nội vụ Lào",
        "Kinh phí": "Ngân sách nhà nước: 120.000.000 VND",
        "Ghi chú": "Trong kế hoạch",
    }


def test_columns_that_no_trip_fills_are_left_out():
    table = listed([unnamed(1)])

    assert not {"Văn bản cử đoàn", "Cơ quan mời", "Kinh phí"} & set(table["head"])
    assert {len(cells) for cells in (table["head"], table["rows"][1]["cells"], table["total"], table["widths"])} == {8}


def test_the_last_line_has_the_total():
    assert [cell["text"] for cell in listed([row(1), row(2)])["total"] if cell["text"]] == ["Tổng số: 02 đoàn", "04"]


def test_a_trip_known_to_the_year_says_the_year():
    assert listed([unnamed(1)])["rows"][1]["cells"][4]["text"] == "năm 2026"


def test_a_source_that_knows_only_the_post_has_it_once():
    assert head_said(row(1, head={"name": "Bộ trưởng", "post": "Bộ trưởng", "body": ""})) == "Bộ trưởng"
    assert head_said(row(1, head=None)) == ""


def test_remarks_say_plan_principal_and_source():
    assert remarks(accompanying(1, inter_agency=True)) == "Tháp tùng Thủ tướng Chính phủ; Đoàn liên ngành"
    assert remarks(unnamed(1, sample=True)) == (
        "Chưa rõ trong hay ngoài kế hoạch; Chưa nêu tên trong nguồn; Dữ liệu minh họa"
    )


def test_money_keeps_its_currency():
    paid = [
        {"source": "host", "amount": "1500.50", "currency": "USD", "decimals": 2},
        {"source": "project", "amount": "10", "currency": "EUR", "decimals": 2},
    ]

    assert funding_said(row(1, funding=paid)) == "Phía mời: 1.500,50 USD; Chương trình, dự án: 10,00 EUR"
    assert funding_said(row(1, host_pays_all=True)) == "Phía mời chi toàn bộ"
