"""In which order does a report tell what it tells? The merged template and the orders of the articles (domain.md A5), as data.

"{year}" and "{next}" stand for the year of the report and the one after it. A section without records is left out of the
report whatever the outline says; which keys there are says `composing.SECTIONS`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.choices import Variant

ANNEX = "annex"
Level = int | str
#: (level, key of the section, title)
Place = tuple[Level, str, str]

ANNEXES: tuple[Place, ...] = (
    (ANNEX, "annex.figures", "Số liệu chủ yếu"),
    (ANNEX, "annex.outbound", "Danh sách đoàn ra"),
    (ANNEX, "annex.inbound", "Danh sách đoàn vào"),
    (ANNEX, "annex.agreements", "Danh mục thỏa thuận đã ký"),
    (ANNEX, "annex.events", "Danh sách hội nghị, hội thảo quốc tế"),
    (ANNEX, "annex.projects", "Danh mục chương trình, dự án"),
    (ANNEX, "annex.gaps", "Nội dung chưa đủ dữ liệu"),
)
CHANNELS: tuple[tuple[str, str], ...] = (
    ("un", "Liên hợp quốc và các tổ chức quốc tế"),
    ("regional", "Hợp tác ASEAN"),
    ("forum", "Các diễn đàn, cơ chế tiểu vùng"),
)

#: The merged template: by kind of activity, as article 001 tells.
ACTIVITY: tuple[Place, ...] = (
    (1, "context", "Bối cảnh, tình hình chung"),
    (1, "results", "Kết quả công tác hợp tác quốc tế năm {year}"),
    (2, "advice", "Công tác tham mưu, xây dựng văn bản, kế hoạch"),
    (2, "outbound", "Đoàn ra"),
    (2, "inbound", "Đoàn vào, tiếp khách quốc tế"),
    (2, "multilateral", "Hợp tác đa phương"),
    *((3, key, title) for key, title in CHANNELS),
    (2, "bilateral", "Hợp tác song phương"),
    (2, "ngo", "Hợp tác với các tổ chức phi chính phủ, đối tác phát triển"),
    (2, "agreements", "Ký kết và thực hiện điều ước quốc tế, thỏa thuận quốc tế"),
    (2, "events", "Hội nghị, hội thảo quốc tế"),
    (2, "projects", "Chương trình, dự án, viện trợ"),
    (2, "conventions", "Nhân quyền và thực hiện công ước"),
    (2, "work", "Thông tin đối ngoại, đào tạo, công việc phối hợp"),
    (2, "staff", "Tổ chức, biên chế"),
    (1, "assessment", "Đánh giá chung"),
    (2, "strengths", "Ưu điểm"),
    (2, "limits", "Tồn tại, hạn chế"),
    (2, "causes", "Nguyên nhân"),
    (1, "directions", "Phương hướng, nhiệm vụ năm {next}"),
    (2, "conclusions", "Thực hiện ý kiến chỉ đạo của Lãnh đạo"),
    (1, "proposals", "Kiến nghị, đề xuất"),
    (2, "opinions", "Ý kiến, đề xuất của các đơn vị"),
    *ANNEXES,
)
#: By channel of cooperation, as article 004 tells; delegations and protocol stand in the general assessment.
CHANNEL: tuple[Place, ...] = (
    (1, "context", "Bối cảnh, tình hình chung"),
    (1, "results", "Kết quả hợp tác quốc tế năm {year} theo kênh hợp tác"),
    *((2, key, title) for key, title in CHANNELS),
    (2, "bilateral", "Hợp tác song phương"),
    (2, "ngo", "Hợp tác với các tổ chức phi chính phủ"),
    (1, "assessment", "Đánh giá chung"),
    (2, "advice", "Công tác tham mưu"),
    (2, "agreements", "Ký kết và thực hiện điều ước quốc tế, thỏa thuận quốc tế"),
    (2, "conventions", "Nhân quyền và thực hiện công ước"),
    (2, "projects", "Chương trình, dự án, viện trợ"),
    (2, "work", "Công tác đầu mối, phối hợp, đào tạo"),
    (2, "outbound", "Công tác đoàn ra"),
    (2, "inbound", "Công tác đoàn vào, lễ tân"),
    (2, "events", "Hội nghị, hội thảo quốc tế"),
    (2, "strengths", "Ưu điểm"),
    (2, "limits", "Tồn tại, hạn chế"),
    (2, "causes", "Nguyên nhân"),
    (1, "directions", "Phương hướng, nhiệm vụ năm {next}"),
    (1, "conclusions", "Ý kiến chỉ đạo của Lãnh đạo"),
    *ANNEXES,
)
#: Short, for a working session with a leader, as article 000 tells.
LEADER_SESSION: tuple[Place, ...] = (
    (1, "staff", "Tổ chức, biên chế, chức năng, nhiệm vụ"),
    (1, "results", "Kết quả thực hiện nhiệm vụ"),
    (2, "conventions", "Nhân quyền và thực hiện công ước"),
    (2, "meetings", "Các cuộc họp định kỳ"),
    (2, "outreach", "Phổ biến, đôn đốc thực hiện điều ước quốc tế, thỏa thuận quốc tế"),
    (2, "inbound", "Đoàn vào, tiếp khách quốc tế"),
    (2, "tasks", "Công việc phối hợp"),
    (2, "agreements", "Ký kết và thực hiện thỏa thuận quốc tế"),
    (2, "outbound", "Đoàn ra"),
    (2, "events", "Hội nghị, hội thảo quốc tế"),
    (2, "projects", "Chương trình, dự án, viện trợ"),
    (2, "training", "Đào tạo, bồi dưỡng, thông tin đối ngoại"),
    (2, "advice", "Công tác tham mưu, đề án, chương trình"),
    (1, "limits", "Tồn tại, hạn chế"),
    (1, "proposals", "Kiến nghị, đề xuất"),
    (1, "opinions", "Ý kiến của các đơn vị"),
    (1, "conclusions", "Kết luận của Lãnh đạo"),
    *ANNEXES,
)
#: For the conference that sets the next year's work going, as article 002 tells.
KICK_OFF: tuple[Place, ...] = (
    (1, "session", "Hội nghị triển khai công tác hợp tác quốc tế"),
    (1, "context", "Bối cảnh, tình hình chung"),
    (1, "results", "Kết quả hợp tác quốc tế năm {year}"),
    (2, "events", "Hội nghị, hội thảo quốc tế"),
    (2, "regional", "Hợp tác ASEAN"),
    (2, "un", "Liên hợp quốc và các tổ chức quốc tế"),
    (2, "forum", "Các diễn đàn, cơ chế tiểu vùng"),
    (2, "bilateral", "Hợp tác song phương"),
    (2, "ngo", "Hợp tác với các tổ chức phi chính phủ, đối tác phát triển"),
    (2, "outbound", "Đoàn ra"),
    (2, "inbound", "Đoàn vào, tiếp khách quốc tế"),
    (2, "agreements", "Ký kết và thực hiện điều ước quốc tế, thỏa thuận quốc tế"),
    (2, "projects", "Chương trình, dự án, viện trợ"),
    (2, "conventions", "Nhân quyền và thực hiện công ước"),
    (2, "work", "Trao đổi tài liệu, đào tạo, công việc phối hợp"),
    (1, "directions", "Phương hướng, nhiệm vụ năm {next}"),
    (1, "coordination", "Cơ chế phối hợp, quy định mới"),
    (2, "advice", "Đề án, chương trình, kế hoạch"),
    (2, "rules", "Văn bản, quy định mới"),
    (1, "units", "Kết quả và đề xuất của các đơn vị"),
    (2, "by_unit", "Số liệu của các đơn vị"),
    (2, "opinions", "Ý kiến, đề xuất của các đơn vị"),
    (1, "conclusions", "Kết luận của Lãnh đạo"),
    *ANNEXES,
)
OUTLINES: Mapping[str, tuple[Place, ...]] = {
    Variant.ACTIVITY: ACTIVITY,
    Variant.CHANNEL: CHANNEL,
    Variant.LEADER_SESSION: LEADER_SESSION,
    Variant.KICK_OFF: KICK_OFF,
}
