"""The whole text: what stands in it, in which order, and what is listed as missing."""

from __future__ import annotations

import datetime as dt
import json

from reports.queries.figures import compute
from reports.queries.narrative import Material, compose
from reports.queries.windows import calendar_year, statutory_year
from tests.reports.rows import accompanying, event, row, unnamed, visit, work

PAPER = {"superior": "Ủy ban Dân tộc", "short": "UBDT", "issuer": "Vụ Hợp tác quốc tế"}
PLAN = {
    "title": "Kế hoạch đoàn ra năm 2026",
    "level": "ministry",
    "number": "12/QĐ-UBDT",
    "date": "2025-12-20",
    "lines": 9,
}


def composed(rows, **changes):
    material = {
        "period": calendar_year(2026),
        "as_of": dt.date(2026, 12, 9),
        "rows": rows,
        "figures": compute(rows),
        "paper": PAPER,
    }
    return compose(Material(**(material | changes)))


def headings(rows):
    return [f"{section['number']} {section['title']}".strip() for section in composed(rows)[0]]


def test_what_is_not_a_trip_has_sections_and_lists_of_its_own():
    rows = [
        row(1),
        visit(1),
        event(1),
        event(2, hosted=False, mechanism=""),
        work(1),
        work(2, work="training", persons=30),
    ]

    assert headings(rows) == [
        "I. Bối cảnh, tình hình chung",
        "II. Kết quả công tác hợp tác quốc tế năm 2026",
        "1. Đoàn ra",
        "2. Đoàn vào, tiếp khách quốc tế",
        "3. Hội nghị, hội thảo quốc tế",
        "4. Thông tin đối ngoại, đào tạo, công việc phối hợp",
        "",
        "Phụ lục I Danh sách đoàn ra",
        "Phụ lục II Danh sách đoàn vào",
        "Phụ lục III Danh sách hội nghị, hội thảo quốc tế",
        "Phụ lục IV Nội dung chưa đủ dữ liệu",
    ]
    text = text_of(composed(rows)[0])
    assert "UBDT đã tổ chức đón, tiếp 01 đoàn khách quốc tế đến thăm và làm việc, với 03 lượt khách." in text
    assert "đã chủ trì tổ chức 01 hội nghị, hội thảo, cuộc họp quốc tế và tham dự 01 hội nghị" in text
    assert "đã thực hiện 01 công việc phối hợp theo chức năng, nhiệm vụ được giao." in text
    assert "đã tổ chức, tham gia 01 khóa, với 30 lượt học viên." in text


def test_a_total_of_a_source_is_said_with_what_is_known_by_name_and_the_gap_says_how_much_is_missing():
    recorded = [{"key": "inbound.total", "value": 20, "qualifier": "more_than", "source": "Bài viết ngày 09/12/2022"}]
    rows = [visit(1, title="Đại sứ Ấn Độ"), visit(2, title="Bộ Ngoại giao Ai-len")]
    sections, gaps = composed(rows, figures=compute(rows, recorded), recorded=recorded)

    assert "đón, tiếp hơn 20 đoàn khách quốc tế" in text_of(sections)
    assert "Trong đó có: Đại sứ Ấn Độ; Bộ Ngoại giao Ai-len." in text_of(sections)
    assert (
        "Đoàn vào: hơn 20 là tổng số được ghi nhận theo nguồn “Bài viết ngày 09/12/2022”; trong hệ thống hiện có 02 hồ sơ."
        in gaps
    )


def test_a_list_leaves_out_the_columns_that_nothing_fills():
    def heads(*rows):
        [table] = next(section for section in composed(rows)[0] if section["key"] == "annex.inbound")["blocks"]
        return table["head"]

    assert "Số khách" in heads(visit(1), visit(2, members=0, persons=None, host="", head=None))
    bare = heads(visit(1, members=0, persons=None, host="", head=None))
    assert bare == ["TT", "Tên đoàn", "Cơ quan, đối tác", "Nước", "Thời gian", "Đơn vị đầu mối"]


def test_a_source_that_states_less_than_the_files_is_listed_as_doubtful():
    recorded = [{"key": "inbound.total", "value": 1, "qualifier": "", "source": "Báo cáo A"}]
    rows = [visit(1), visit(2)]
    gaps = composed(rows, figures=compute(rows, recorded), recorded=recorded)[1]

    assert "Đoàn vào: nguồn “Báo cáo A” ghi 01, ít hơn 02 hồ sơ hiện có trong hệ thống; báo cáo lấy số hồ sơ." in gaps


def text_of(sections):
    return " ".join(block.get("text", "") for section in sections for block in section["blocks"])


def test_the_sections_stand_in_the_order_of_the_merged_template():
    assert headings([row(1)]) == [
        "I. Bối cảnh, tình hình chung",
        "II. Kết quả công tác hợp tác quốc tế năm 2026",
        "1. Đoàn ra",
        "",
        "Phụ lục I Danh sách đoàn ra",
        "Phụ lục II Nội dung chưa đủ dữ liệu",
    ]


def test_a_year_without_records_has_no_results_and_says_what_is_missing():
    sections, gaps = composed([])

    assert [section["key"] for section in sections] == ["context", "closing", "annex.gaps"]
    assert sections[-1]["number"] == "Phụ lục"
    assert "Chưa ghi nhận đoàn ra nào trong kỳ; chưa có xác nhận “không phát sinh”." in gaps


def test_the_context_says_period_and_day_of_the_figures():
    [first, *_] = composed([])[0]

    assert "trong năm 2026" in first["blocks"][0]["text"]
    assert first["blocks"][0]["text"].endswith("Số liệu tính đến ngày 09/12/2026.")


def test_the_context_names_the_approved_plans_and_the_rule_of_the_statutory_year():
    rule = {
        "key": "report.year_cutoff",
        "citation": "Nghị định 09/2019/NĐ-CP, Điều 12",
        "needs_check": True,
        "value": {},
    }
    period = statutory_year(2026, {"from": "12-15", "until": "12-14"})
    text = text_of(composed([], plans=[PLAN], parameters=[rule], period=period)[0])

    assert "theo Kế hoạch đoàn ra năm 2026 (văn bản số 12/QĐ-UBDT ngày 20/12/2025), gồm 09 đoàn dự kiến." in text
    assert "Kỳ báo cáo năm được xác định theo Nghị định 09/2019/NĐ-CP, Điều 12 (cần đối chiếu)." in text


def test_the_text_closes_with_its_annexes_and_the_end_mark():
    closing = next(section for section in composed([row(1)])[0] if section["key"] == "closing")

    assert closing["blocks"][0]["text"] == (
        "Kèm theo báo cáo có: Phụ lục I. Danh sách đoàn ra; Phụ lục II. Nội dung chưa đủ dữ liệu./."
    )


def test_what_is_missing_or_doubtful_is_listed_with_its_files():
    _sections, gaps = composed([row(1, state="report_due"), unnamed(2), accompanying(3)])

    assert "Chưa có kế hoạch đoàn ra năm 2026 đã được phê duyệt trong hệ thống." in gaps
    assert "01 đoàn chưa được nêu tên trong nguồn: ĐR-2026-0002." in gaps
    assert "01 đoàn chưa rõ trong hay ngoài kế hoạch nên không tính vào bên nào: ĐR-2026-0002." in gaps
    assert "01 đoàn chưa nêu nước đến nên số nước là số tối thiểu: ĐR-2026-0002." in gaps
    assert "01 đoàn đã về nhưng chưa có báo cáo kết quả được tiếp nhận: ĐR-2026-0001." in gaps
    assert "Chưa có đoàn ra nào được đánh dấu là nổi bật." in gaps
    assert any(gap.startswith("Chưa có dữ liệu trong hệ thống về: công tác tham mưu") for gap in gaps)


def test_nothing_is_called_missing_that_is_there():
    _sections, gaps = composed([row(1, highlight=True), accompanying(2), visit(1), event(1), work(1)], plans=[PLAN])

    assert len(gaps) == 1


def test_many_files_are_named_up_to_ten():
    _sections, gaps = composed([unnamed(number) for number in range(1, 15)])

    assert any(gap.startswith("14 đoàn chưa được nêu tên") and gap.endswith("ĐR-2026-0010, ….") for gap in gaps)


def test_the_sections_are_plain_json():
    sections, gaps = composed([row(1), accompanying(2), unnamed(3)])

    assert json.loads(json.dumps([sections, gaps])) == [sections, gaps]
