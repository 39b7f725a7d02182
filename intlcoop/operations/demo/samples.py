"""The sample trips as rows: what they are, when they were filed and depart (days from today), where they wait now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from delegations.choices import Mode, PlanLevel, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class TripRow:
    """One sample. `filed` and `departs` are days from today; `until` names the step at which the file waits now.

    `until`: "draft", an office of the route, "returned", "rejected", "decided", "travelling", "report_due", "report_filed",
    "completed", "postponed", "cancelled".
    """

    title: str
    country: str
    city: str
    host: str
    filed: int
    departs: int
    length: int
    until: str
    people: tuple[str, ...]
    purpose: str = Purpose.STUDY
    text: str = ""
    result: str = "Báo cáo kinh nghiệm và kiến nghị áp dụng."
    filer: str = "chuyenvien"
    unit: str = "CSDP"
    plan: str = PlanLevel.MINISTRY
    amount: int = 150_000_000
    field_code: str = ""
    highlight: str = ""
    left_out: str = ""
    others: tuple[tuple[str, str, str], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


ROWS = (
    TripRow(
        title="Học tập kinh nghiệm sắp xếp đơn vị hành chính tại Nhật Bản", country="JP", city="Tokyo",
        host="Bộ Nội vụ và Truyền thông Nhật Bản", filed=-6, departs=75, length=6, until="draft", people=("chuyenvien3",),
    ),
    TripRow(
        title="Trao đổi mô hình chính quyền đô thị tại Hàn Quốc", country="KR", city="Seoul",
        host="Bộ Nội vụ và An toàn Hàn Quốc", filed=-2, departs=60, length=5, until="unit_head",
        people=("chuyenvien6", "chuyenvien"), text="Trao đổi về tổ chức chính quyền đô thị và dịch vụ công trực tuyến.",
    ),
    TripRow(
        title="Dự hội thảo khu vực về chính quyền số tại Bangkok", country="TH", city="Bangkok",
        host="Ban Thư ký Hội thảo khu vực (minh họa)", filed=-4, departs=52, length=4, until="icd_officer",
        people=("chuyenvien4", "chuyenvien5"), purpose=Purpose.CONFERENCE,
        text="Trình bày tham luận và trao đổi kinh nghiệm về chính quyền số.",
    ),
    TripRow(
        title="Trao đổi chính sách hỗ trợ hộ nghèo tại Xri Lan-ca", country="LK", city="Colombo",
        host="Bộ Phát triển nông thôn Xri Lan-ca", filed=-5, departs=56, length=5, until="finance",
        people=("chuyenvien3", "chuyenvien2"), text="Trao đổi chính sách hỗ trợ hộ nghèo vùng khó khăn.", amount=310_000_000,
    ),
    TripRow(
        title="Làm việc với cơ quan lưu trữ Pháp về trao đổi tài liệu", country="FR", city="Paris",
        host="Cơ quan Lưu trữ quốc gia Pháp", filed=-7, departs=58, length=7, until="icd_head", people=("cuctruong", "luutru"),
        filer="luutru", unit="VTLT", purpose=Purpose.NEGOTIATION, text="Trao đổi danh mục tài liệu lưu trữ hai bên quan tâm.",
        amount=420_000_000,
    ),
    TripRow(
        title="Khảo sát mô hình đào tạo công chức tại Singapore", country="SG", city="Singapore",
        host="Học viện Công vụ Singapore", filed=-7, departs=48, length=5, until="deputy_minister",
        people=("chuyenvien2", "chuyenvien4"), purpose=Purpose.STUDY,
        text="Khảo sát chương trình bồi dưỡng công chức lãnh đạo, quản lý.", amount=260_000_000,
    ),
    TripRow(
        title="Dự Hội nghị cấp Bộ trưởng về phát triển vùng tại Lào", country="LA", city="Viêng Chăn",
        host="Bộ Nội vụ Lào", filed=-15, departs=45, length=3, until="minister", people=("thutruong2", "htqt2"),
        purpose=Purpose.CONFERENCE, text="Dự hội nghị và hội kiến lãnh đạo Bộ Nội vụ Lào.", plan=PlanLevel.PM,
        filer="htqt2", unit="HTQT",
    ),
    TripRow(
        title="Làm việc song phương về công tác dân tộc tại Trung Quốc", country="CN", city="Bắc Kinh",
        host="Ủy ban Dân tộc Nhà nước Trung Quốc", filed=-10, departs=50, length=5, until="prime_minister",
        people=("thutruong2", "chuyenvien5"), purpose=Purpose.RELATIONS, plan="",
        text="Thiết lập cơ chế trao đổi định kỳ về công tác dân tộc.", filer="chuyenvien",
    ),
    TripRow(
        title="Tập huấn quản trị đại học tại Australia", country="AU", city="Canberra",
        host="Đại học đối tác tại Canberra (minh họa)", filed=-10, departs=66, length=10, until="returned",
        people=("hieutruong", "truonghoc"), filer="truonghoc", unit="DHPT", purpose=Purpose.TRAINING,
        text="Tập huấn về quản trị đại học và bảo đảm chất lượng.", amount=610_000_000,
    ),
    TripRow(
        title="Học tập kinh nghiệm phát triển nông thôn tại Ấn Độ", country="IN", city="New Delhi",
        host="Bộ Phát triển nông thôn Ấn Độ", filed=-12, departs=70, length=6, until="returned",
        people=("chuyenvien2", "chuyenvien3"), text="Trao đổi mô hình phát triển nông thôn vùng dân tộc thiểu số.",
    ),
    TripRow(
        title="Dự khóa họp nhóm công tác ASEAN tại Malaysia", country="MY", city="Kuala Lumpur",
        host="Nước chủ nhà nhóm công tác ASEAN", filed=-9, departs=40, length=4, until="org_personnel",
        people=("htqt2", "chuyenvien5"), filer="htqt2", unit="HTQT", purpose=Purpose.CONFERENCE,
        text="Dự phiên họp thường kỳ của nhóm công tác.",
    ),
    TripRow(
        title="Trao đổi nghiệp vụ lưu trữ điện tử tại Hoa Kỳ", country="US", city="Washington",
        host="Cơ quan Lưu trữ quốc gia Hoa Kỳ", filed=-10, departs=44, length=7, until="sign",
        people=("cuctruong", "luutru"), filer="luutru", unit="VTLT", text="Trao đổi về lưu trữ điện tử.", amount=540_000_000,
    ),
    TripRow(
        title="Khảo sát chính sách vùng khó khăn tại Indonesia", country="ID", city="Jakarta",
        host="Bộ Phát triển vùng Indonesia", filed=-11, departs=38, length=5, until="clerk",
        people=("lanhdaodonvi", "chuyenvien"), text="Khảo sát chính sách hỗ trợ vùng khó khăn.",
    ),
    TripRow(
        title="Dự diễn đàn chính quyền địa phương tại Philippines", country="PH", city="Manila",
        host="Bộ Nội vụ và Chính quyền địa phương Philippines", filed=-45, departs=12, length=4, until="decided",
        people=("chuyenvien2", "lanhdaodonvi", "chuyenvien6"), purpose=Purpose.CONFERENCE,
        text="Dự diễn đàn và trình bày tham luận.", left_out="chuyenvien6",
    ),
    TripRow(
        title="Trao đổi kinh nghiệm cải cách hành chính tại New Zealand", country="NZ", city="Wellington",
        host="Ủy ban Công vụ New Zealand", filed=-50, departs=-2, length=6, until="travelling",
        people=("chuyenvien4",), text="Trao đổi kinh nghiệm cải cách hành chính.",
    ),
    TripRow(
        title="Học tập kinh nghiệm trợ giúp pháp lý tại Đức", country="DE", city="Berlin",
        host="Bộ Tư pháp Liên bang Đức", filed=-65, departs=-14, length=6, until="report_due", people=("vutruong.pc", "phapche"),
        filer="phapche", unit="PC", text="Trao đổi mô hình trợ giúp pháp lý cho người dân tộc thiểu số.",
    ),
    TripRow(
        title="Dự hội thảo về phát triển bền vững tại Thụy Điển", country="SE", city="Stockholm",
        host="Cơ quan Phát triển Thụy Điển", filed=-70, departs=-20, length=5, until="report_due", people=("chuyenvien",),
        purpose=Purpose.CONFERENCE, text="Dự hội thảo và làm việc với đối tác phát triển.",
    ),
    TripRow(
        title="Trao đổi về công tác thanh niên tại Campuchia", country="KH", city="Phnom Penh",
        host="Bộ Nội vụ Campuchia", filed=-80, departs=-30, length=4, until="report_filed", people=("chuyenvien2",),
        text="Trao đổi kinh nghiệm công tác thanh niên.",
    ),
    TripRow(
        title="Ký thỏa thuận hợp tác về công tác dân tộc tại Lào", country="LA", city="Viêng Chăn",
        host="Mặt trận Lào xây dựng đất nước", filed=-190, departs=-140, length=4, until="completed",
        people=("thutruong", "phovutruong"), purpose=Purpose.SIGNING, plan=PlanLevel.PM, filer="htqt2", unit="HTQT",
        text="Ký thỏa thuận hợp tác về công tác dân tộc.",
        highlight="Đoàn do Thứ trưởng làm Trưởng đoàn đi Lào ký thỏa thuận hợp tác về công tác dân tộc",
    ),
    TripRow(
        title="Học tập kinh nghiệm chuyển đổi số tại E-xtô-ni-a", country="EE", city="Tallinn",
        host="Học viện Chính phủ điện tử", filed=-170, departs=-120, length=6, until="completed",
        people=("lanhdaodonvi", "chuyenvien2"), text="Học tập kinh nghiệm chuyển đổi số trong quản lý nhà nước.",
        others=(("Nông Văn Thắng", "Phó Giám đốc Sở", "Sở Dân tộc một tỉnh (minh họa)"),), extra={"is_inter_agency": True},
    ),
    TripRow(
        title="Làm việc với đối tác phát triển tại Thụy Sĩ", country="CH", city="Geneva",
        host="Văn phòng Liên hợp quốc tại Geneva", filed=-150, departs=-100, length=6, until="completed",
        people=("vutruong", "htqt2"), filer="phovutruong", unit="HTQT", purpose=Purpose.NATIONAL_REPORT, plan="",
        text="Học tập kinh nghiệm bảo vệ báo cáo quốc gia.",
        highlight="Đoàn công tác tại Thụy Sĩ học tập kinh nghiệm bảo vệ báo cáo quốc gia",
    ),
    TripRow(
        title="Bộ trưởng tháp tùng Thủ tướng Chính phủ thăm Brunei", country="BN", city="Bandar Seri Begawan",
        host="", filed=-110, departs=-80, length=3, until="completed", people=("botruong",), purpose=Purpose.RELATIONS,
        filer="htqt2", unit="HTQT", plan="", amount=0, text="Tham gia đoàn chính thức.",
        extra={"mode": Mode.ACCOMPANYING, "principal": "Thủ tướng Chính phủ", "composition_number": "88/QĐ-TTg (minh họa)"},
        highlight="Bộ trưởng tham gia đoàn chính thức tháp tùng Thủ tướng Chính phủ thăm Brunei",
    ),
    TripRow(
        title="Tham quan mô hình du lịch tại Man-đi-vơ", country="MV", city="Malé", host="Công ty lữ hành (minh họa)",
        filed=-60, departs=20, length=8, until="rejected", people=("chuyenvien5",), plan="",
        text="Tham quan mô hình du lịch cộng đồng.",
    ),
    TripRow(
        title="Trao đổi thiết chế cộng đồng tại Myanmar", country="MM", city="Naypyidaw",
        host="Bộ Phát triển vùng biên Myanmar", filed=-40, departs=30, length=5, until="postponed", people=("chuyenvien3",),
        text="Trao đổi thiết chế cộng đồng vùng biên.",
    ),
    TripRow(
        title="Dự hội chợ sản phẩm vùng cao tại Nê-pan", country="NP", city="Kathmandu",
        host="Ban tổ chức hội chợ (minh họa)", filed=-33, departs=35, length=5, until="cancelled", people=("chuyenvien4",),
        text="Giới thiệu sản phẩm vùng cao.",
    ),
)  # fmt: skip
