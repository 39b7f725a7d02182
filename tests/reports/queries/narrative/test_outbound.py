"""The section on outbound trips, in the ministry's manner (domain.md A5)."""

from __future__ import annotations

from reports.queries.figures import compute
from reports.queries.narrative.outbound import by_plan, outbound
from tests.reports.rows import OTHER_UNIT, accompanying, row, unnamed


def section(rows):
    return outbound(rows, compute(rows), period="năm 2026", ministry="UBDT")


def texts(rows):
    return [block["text"] for block in section(rows) if block["type"] == "paragraph"]


def tables(rows):
    return [block for block in section(rows) if block["type"] == "table"]


def lines(table):
    return [[cell["text"] for cell in line["cells"]] for line in table["rows"]]


def test_led_and_accompanying_stand_in_one_sentence_with_padded_counts():
    rows = [*(row(n) for n in range(1, 6)), accompanying(6), accompanying(7)]

    assert texts(rows)[0] == (
        "Trong năm 2026, công tác đoàn ra được thực hiện với 05 đoàn do UBDT chủ trì và 02 đoàn tháp tùng Lãnh đạo Đảng, "
        "Nhà nước và Chính phủ đi công tác nước ngoài."
    )


def test_what_has_no_records_is_not_mentioned():
    assert "tháp tùng" not in texts([row(1)])[0]
    assert "chủ trì" not in texts([accompanying(1)])[0]
    assert section([]) == []


def test_highlights_are_a_list_with_semicolons():
    rows = [
        row(1, highlight=True, highlight_text="đoàn do Bộ trưởng làm Trưởng đoàn đi Australia."),
        row(2),
        row(3, highlight=True, highlight_text="", title="Dự hội nghị tại Lào"),
    ]

    assert texts(rows)[1] == (
        "Trong đó, nổi bật là: Đoàn do Bộ trưởng làm Trưởng đoàn đi Australia; Dự hội nghị tại Lào."
    )
    assert not any("nổi bật" in text for text in texts([row(1)]))


def plan_sentence(rows):
    return next((text for text in texts(rows) if "kế hoạch" in text), "")


def test_in_and_out_of_plan_are_said_of_led_trips_only():
    rows = [row(1), row(2), row(3, basis="out"), accompanying(4)]

    assert plan_sentence(rows) == (
        "Xét theo kế hoạch, trong 03 đoàn do UBDT chủ trì có 02 đoàn theo kế hoạch đã được phê duyệt và 01 đoàn phát sinh "
        "ngoài kế hoạch."
    )


def test_a_year_wholly_in_plan_says_so():
    assert plan_sentence([row(1), row(2)]) == (
        "Cả 02 đoàn do UBDT chủ trì đều nằm trong kế hoạch đoàn ra đã được phê duyệt."
    )


def test_without_a_known_basis_the_sentence_is_dropped_and_with_some_it_is_a_lower_bound():
    assert plan_sentence([unnamed(1), unnamed(2)]) == ""
    assert "có ít nhất 01 đoàn theo kế hoạch" in plan_sentence([row(1), unnamed(2)])
    assert by_plan({}, "UBDT") == ""


def test_person_trips_and_countries_are_said_together():
    assert texts([row(1, members=3), row(2, countries=("KH",))])[-2] == (
        "Tính chung, đã có 05 lượt người tham gia các đoàn, đến công tác tại 2 quốc gia."
    )
    assert "2 quốc gia, vùng lãnh thổ" in texts([row(1), row(2, countries=("HK",))])[-2]
    assert texts([row(1, members=0)])[-2] == "Tính chung, các đoàn đã đến công tác tại 1 quốc gia."


def test_the_table_by_country_is_ranked_and_counts_each_trip_once_in_its_last_line():
    rows = [row(1, countries=("LA", "KH")), row(2, countries=("LA",)), accompanying(3), unnamed(4)]
    table = tables(rows)[0]

    assert lines(table) == [
        ["Campuchia", "01", "01", "02"],
        ["Lào", "02", "", "02"],
        ["Chưa nêu nước đến", "01", "", "01"],
    ]
    assert [cell["text"] for cell in table["total"]] == ["Tổng số đoàn (mỗi đoàn tính một lần)", "03", "01", "04"]


def test_each_count_of_a_table_leads_to_its_figure():
    table = tables([row(1)])[0]

    assert table["rows"][0]["cells"][1]["ref"] == "outbound.led@country=LA"
    assert table["total"][3]["ref"] == "outbound.total"


def test_the_chart_shows_the_known_countries_of_its_table():
    rows = [row(1, countries=("LA", "KH")), row(2), unnamed(3)]
    chart = next(block for block in section(rows) if block["type"] == "chart")

    assert chart["bars"] == [["Lào", 2], ["Campuchia", 1]]
    assert not any(block["type"] == "chart" for block in section([unnamed(1)]))


def test_units_stand_in_the_order_of_the_ministry():
    rows = [row(1, unit=OTHER_UNIT), row(2)]

    assert [line[0] for line in lines(tables(rows)[-1])] == ["Vụ Chính sách địa phương", "Cục Văn thư và Lưu trữ"]
