"""The articles tell what a report must be able to tell: every figure and every named item appears, right and once.

Facts are those of domain.md A1, as far as docs/article-cases.md gives them a place; no sentence of an article is copied.
"""

from __future__ import annotations

import datetime as dt

from reports.choices import Variant, Window


def test_article_000_for_a_working_session_with_the_minister(tell):
    day = dt.date(2021, 5, 10)
    told = tell(
        "ubdt-2021",
        2021,
        Variant.LEADER_SESSION,
        day,
        window=Window.CUSTOM,
        first_day=dt.date(2021, 1, 1),
        last_day=day,
    )
    assert (
        told.figures().items()
        >= {
            "staff.quota": (13, None),
            "inbound.total": (18, None),
            "coordination_tasks.total": (20, None),
            "agreements.signed": (6, None),
            "agreements.countries": (5, None),
            "treaty_reports.total": (1, None),
        }.items()
    ), "F000-04, -06, -08, -09, -10"
    told.says_once(
        "13 biên chế",
        "Vụ Hợp tác quốc tế là đầu mối tham mưu, thực hiện công tác đối ngoại",
        "Báo cáo quốc gia lần thứ 5 của Việt Nam về thực thi Công ước CERD giai đoạn 2013-2019",
        "đã trình Thủ tướng Chính phủ phê duyệt Báo cáo",
        "giao ban hằng tháng của Ban Chỉ đạo nhân quyền Trung ương",
        "Phổ biến, đôn đốc, báo cáo việc thực hiện các quyết định về điều ước, thỏa thuận quốc tế",
        "18 đoàn khách quốc tế",
        "20 công việc phối hợp",
        "06 thỏa thuận hợp tác với cơ quan, tổ chức của 5 quốc gia",
        "Sớm bổ nhiệm Vụ trưởng Vụ Hợp tác quốc tế",
        "cần linh hoạt vì dịch bệnh",
        "ưu tiên đối tác chiến lược, đối tác truyền thống",
    )
    assert told.text("proposals").count("\n") == 6, "a title, a sentence, and the five that were asked for"
    assert told.text("conclusions").count("\n") == 10, "the nine conclusions"
    keys = [section["key"] for section in told.sections]
    order = ["staff", "conventions", "meetings", "outreach", "inbound", "tasks", "agreements", "proposals", "opinions"]
    assert [key for key in keys if key in order] == order, "S000"
    told.every_mark_leads_to_its_lines()
    told.says_no_zero()


def test_article_001_by_kind_of_activity(tell):
    told = tell("ubdt-2022", 2022, Variant.ACTIVITY, dt.date(2022, 12, 9))
    assert (
        told.figures().items()
        >= {
            "outbound.led": (5, None),
            "outbound.accompanying": (2, None),
            "inbound.total": (20, "more_than"),
            "agreements.signed": (1, None),
        }.items()
    ), "F001-03, -04, -05, -13"
    told.says_once(
        "05 đoàn do UBDT chủ trì",
        "02 đoàn tháp tùng Lãnh đạo Đảng, Nhà nước và Chính phủ",
        "thành viên đoàn chính thức của Thủ tướng Chính phủ thăm Campuchia",
        "ký Bản ghi nhớ hợp tác với Bộ Lễ nghi và Tôn giáo Campuchia",
        "đoàn liên bộ, ngành, địa phương làm việc tại Australia",
        "Thứ trưởng, Phó Chủ nhiệm dẫn đầu đoàn liên ngành sang Thụy Sĩ",
        "Đề án bảo vệ Báo cáo CERD 5",
        "Thủ tướng Chính phủ đã phê duyệt (năm 2022)",
        "Sách trắng “Bảo đảm và thúc đẩy quyền con người ở Việt Nam”",
        "“Tăng cường hợp tác quốc tế hỗ trợ phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số” đến năm 2025",
        "hơn 20 đoàn khách quốc tế",
        "Đại sứ Đặc mệnh toàn quyền Cộng hòa Ấn Độ",
        "Bộ Ngoại giao Ai-len",
        "Đại sứ New Zealand",
        "Đại sứ Australia",
        "Trưởng Đại diện thường trú UNDP",
        "Giám đốc Quốc gia ADB tại Việt Nam",
        "Giải pháp chuyển đổi số, ứng dụng công nghệ thông tin",
        "Nhóm Đối tác phát triển hỗ trợ vùng dân tộc thiểu số và miền núi",
        "Năm 2023 có nhiều nhiệm vụ trọng tâm, nhiều đoàn ra, đoàn vào",
    )
    project = told.text("projects")
    assert "(với Chương trình Phát triển Liên hợp quốc (UNDP), Tổ chức CARE Quốc tế)" in project, "F001-19"
    assert told.text("conclusions").count("\n") == 5, "the four instructions for 2023"
    for said in (
        "5 delegations led by",
        "2 delegations accompanying",
        "more than 20 foreign delegations",
        "1 cooperation agreement",
    ):
        assert told.english.count(said) == 1, said
    told.every_mark_leads_to_its_lines()
    told.says_no_zero()


def test_article_002_for_the_conference_that_sets_the_year_going(tell):
    """The year is 2021, and the conference of 24/3/2022 knows what took place since: it is named and counts in no figure."""
    told = tell("bnv-2021", 2021, Variant.KICK_OFF, dt.date(2022, 3, 24))
    assert told.figures().items() >= {"events.hosted": (4, None), "events.attended": (5, None)}.items()
    told.says_once(
        "ngày 24/3/2022, tại trụ sở Bộ, do Thứ trưởng chủ trì",
        "lãnh đạo các đơn vị thuộc, trực thuộc Bộ",
        "128/NQ-CP",
        "Hội nghị trù bị ACCSM lần thứ 21 (ngày 08/4/2021)",
        "Cuộc họp quan chức cấp cao ACCSM lần thứ 21 (ngày 08/4/2021)",
        "Cuộc họp đầu mối phụ trách ACCSM (ngày 22/11/2021)",
        "ứng dụng công nghệ thông tin trong hiện đại hóa nền công vụ (ngày 25/11/2021)",
        "Chủ tịch luân phiên ACCSM lần thứ 21",
        "lần thứ 1 (ngày 15/3/2021)",
        "lần thứ 2 (tháng 2/2022)",
        "Văn hóa phòng ngừa lần thứ 4 (ngày 29/3/2021)",
        "lần thứ 2 (ngày 27/4/2021)",
        "lần thứ 4 (ngày 26/02/2022)",
        "Diễn đàn Văn hóa cấp cao (HLCF) (ngày 27/5/2021)",
        "quản lý thảm họa lần thứ 1 (ngày 02/6/2021)",
        "Đề án đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030",
        "Quyết định số 1439/QĐ-BNV ngày 29/10/2018",
        "Quyết định số 2258/QĐ-BNV ngày 17/7/2017",
        "làm chất xúc tác trong việc đạt được Tầm nhìn Cộng đồng ASEAN 2025",
        "Cơ quan lưu trữ Pháp",
        "Cơ quan lưu trữ Hoa Kỳ",
        "Cơ quan lưu trữ Liên bang Nga",
        "Tiếp nhận tài liệu lưu trữ từ nước ngoài",
        "Bàn giao tài liệu lưu trữ cho phía bạn",
        "Bồi dưỡng công chức cao cấp Cu-ba",
        "Bồi dưỡng công chức cao cấp Băng-la-đét",
        "Bồi dưỡng công chức cao cấp Lào",
        "các hiệp định thương mại tự do thế hệ mới (FTA)",
        "kế thừa quan hệ đối tác và các biên bản ghi nhớ sau khi sáp nhập",
        "Hội nghị những người đứng đầu nền công vụ các nước ASEAN (năm 2022)",
    )
    early = "Văn hóa phòng ngừa lần thứ 5 (ngày 28/3/2022)"
    assert early in told.text("directions"), "X-02: to come, as of 24/3/2022"
    assert told.text().count(early) == 1
    [unit] = [row for row in by_unit(told) if row["cells"][0]["text"] == "Trường Đại học Nội vụ Hà Nội"]
    assert sorted(cell["text"] for cell in unit["cells"][1:] if cell["text"]) == ["23", "53"], "F002-32"
    told.every_mark_leads_to_its_lines()
    told.says_no_zero()


def by_unit(told):
    return next(section for section in told.sections if section["key"] == "by_unit")["blocks"][0]["rows"]


def test_article_004_by_channel_of_cooperation(tell):
    """The article has no figure at all: what it names is named, and nothing is printed as zero."""
    told = tell("molisa-2010", 2010, Variant.CHANNEL, dt.date(2010, 12, 31))
    assert not [
        key for key in told.figures() if key.startswith(("outbound", "inbound", "events", "agreements", "projects"))
    ]
    forums = told.text("forum")
    assert {
        name: forums.count(f"({name})") for name in ("ASEM", "APEC", "GMS", "CLMV", "ACMECS", "CLV")
    } == dict.fromkeys(("ASEM", "APEC", "GMS", "CLMV", "ACMECS", "CLV"), 1), "F004-04"
    assert told.text("un").count("(ILO)") == told.text("un").count("Việt Nam là thành viên ILO") == 1, "F004-09"
    for name in ("Ngân hàng Phát triển Châu Á", "Quỹ Tiền tệ Quốc tế"):
        assert told.text().count(name) == 1, "F004-08"
    told.says_once(
        "Việt Nam là Chủ tịch luân phiên ASEAN",
        "Vụ Hợp tác quốc tế chủ trì, tham mưu công tác ASEAN trong nước",
        "đào tạo cán bộ xã hội; phòng, chống tệ nạn xã hội; hỗ trợ các đối tượng của ngành",
        "Phối hợp với Cục Quản lý Lao động ngoài nước",
        "Thường xuyên thông báo cho các đơn vị chính sách hỗ trợ, ưu tiên",
        "Mở các lớp bồi dưỡng nghiệp vụ, kỹ năng",
    )
    assert told.text("advice").count("Chương trình hành động của Bộ với ASEAN đến năm 2015") == 1, "F004-07"
    titles = [section["key"] for section in told.sections if section["level"] in (1, 2)]
    order = ["un", "regional", "forum", "ngo", "assessment", "conclusions"]
    assert [key for key in titles if key in order] == order, "S004"
    told.every_mark_leads_to_its_lines()
    told.says_no_zero()
