"""The case of article 001: a department's year 2022 (F001-01 … F001-23).

Of the seven outbound trips three are named in the source; four are only counted: those say so. Of more than 20 visits the
source names six: they are files, the total is recorded with its source. The source gives no days, so all that is known is
the year.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from agreements.choices import PartnerKind, ProgrammeKind
from agreements.models import Partner
from agreements.services import save_group
from agreements.services.projects import create_project
from delegations.choices import DatePrecision, MemberClass, Mode, Part, Purpose
from delegations.models import InboundDelegation, OutboundDelegation
from delegations.services import create_trip, create_visit
from delegations.workflows import OUTBOUND
from delegations.workflows.inbound import INBOUND
from intlcoop.catalogues.models import Country
from intlcoop.operations.demo.agreements import cambodia
from intlcoop.operations.demo.cases import house, told
from intlcoop.operations.demo.cases.house import House, PersonRow, UnitRow
from intlcoop.operations.demo.clock import at
from intlcoop.operations.demo.partners import GROUP
from intlcoop.operations.demo.programmes import SCHEME_2025, save_named
from intlcoop.operations.demo.treaties import cerd_report, cerd_scheme
from intlcoop.people.choices import Rank, Role, UnitType
from intlcoop.workflow.models import Case
from reports.choices import InTheNameOf, MeetingSort, ReportSort, TotalKey, TotalQualifier, WorkKind
from reports.services import record_total

YEAR = 2022
DAY = dt.date(YEAR, 12, 9)
SINCE = dt.date(2021, 1, 1)
SOURCE = "Bài viết ngày 09/12/2022 của Ủy ban Dân tộc"
MINISTRY = UnitRow(code="UBDT", name="Ủy ban Dân tộc", unit_type=UnitType.MINISTRY)
TITLES: dict[str, str] = {Role.MINISTER: "Bộ trưởng, Chủ nhiệm", Role.DEPUTY_MINISTER: "Thứ trưởng, Phó Chủ nhiệm"}
PEOPLE = (
    PersonRow(username="botruong", post="Bộ trưởng, Chủ nhiệm", unit="UBDT", role=Role.MINISTER),
    PersonRow(username="thutruong", post="Thứ trưởng, Phó Chủ nhiệm", unit="UBDT", role=Role.DEPUTY_MINISTER),
    PersonRow(username="vutruong", post="Phó Vụ trưởng phụ trách", unit="HTQT", role=Role.DEPUTY_HEAD, acting=True),
)
UNNAMED = "Đoàn ra chưa nêu tên trong nguồn"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTrip:
    title: str
    mode: str
    country: str
    highlight: str
    purpose: str
    head_rank: str
    principal: str = ""
    inter_agency: bool = False
    text: str = ""


NAMED = (
    NamedTrip(
        title="Tháp tùng Thủ tướng Chính phủ thăm Campuchia",
        mode=Mode.ACCOMPANYING,
        country="KH",
        purpose=Purpose.SIGNING,
        head_rank=Rank.MINISTER,
        principal="Thủ tướng Chính phủ",
        text="Ký Bản ghi nhớ hợp tác với Bộ Lễ nghi và Tôn giáo Campuchia.",
        highlight=(
            "Bộ trưởng, Chủ nhiệm là thành viên đoàn chính thức của Thủ tướng Chính phủ thăm Campuchia, "
            "ký Bản ghi nhớ hợp tác với Bộ Lễ nghi và Tôn giáo Campuchia"
        ),
    ),
    NamedTrip(
        title="Đoàn liên bộ, ngành, địa phương làm việc tại Australia",
        mode=Mode.LED,
        country="AU",
        purpose=Purpose.RELATIONS,
        head_rank=Rank.MINISTER,
        inter_agency=True,
        text="Thiết lập quan hệ về công tác dân tộc giữa hai bên.",
        highlight=(
            "Bộ trưởng, Chủ nhiệm dẫn đầu đoàn liên bộ, ngành, địa phương làm việc tại Australia, "
            "nhằm thiết lập quan hệ về công tác dân tộc"
        ),
    ),
    NamedTrip(
        title="Đoàn công tác liên ngành làm việc tại Thụy Sĩ",
        mode=Mode.LED,
        country="CH",
        purpose=Purpose.NATIONAL_REPORT,
        head_rank=Rank.DEPUTY_MINISTER,
        inter_agency=True,
        text="Học tập kinh nghiệm bảo vệ Báo cáo quốc gia thực thi Công ước CERD.",
        highlight=(
            "Thứ trưởng, Phó Chủ nhiệm dẫn đầu đoàn liên ngành sang Thụy Sĩ tìm hiểu kinh nghiệm "
            "bảo vệ Báo cáo quốc gia về Công ước CERD"
        ),
    ),
)

#: Title, body, its kind, country: who is named among the guests (F001-14..18). Of names and days the source says nothing.
UNDP = "Chương trình Phát triển Liên hợp quốc (UNDP)"
CARE = "Tổ chức CARE Quốc tế"
GUESTS = (
    ("Đại sứ Đặc mệnh toàn quyền Cộng hòa Ấn Độ đến làm việc", "Đại sứ quán Cộng hòa Ấn Độ", PartnerKind.EMBASSY, "IN"),
    ("Đoàn Bộ Ngoại giao Ai-len đến làm việc", "Bộ Ngoại giao Ai-len", PartnerKind.FOREIGN_MINISTRY, "IE"),
    ("Đại sứ New Zealand đến làm việc", "Đại sứ quán New Zealand", PartnerKind.EMBASSY, "NZ"),
    ("Đại sứ Australia đến làm việc", "Đại sứ quán Australia", PartnerKind.EMBASSY, "AU"),
    ("Trưởng Đại diện thường trú UNDP đến làm việc", UNDP, PartnerKind.UN_AGENCY, ""),
    ("Giám đốc Quốc gia ADB tại Việt Nam đến làm việc", "Ngân hàng Phát triển Châu Á (ADB)", PartnerKind.IFI, ""),
)
VISITS = {
    "key": TotalKey.INBOUND,
    "value": 20,
    "qualifier": TotalQualifier.MORE_THAN,
    "first_day": dt.date(YEAR, 1, 1),
    "last_day": DAY,
    "source_text": SOURCE,
}

#: 05 led and 02 accompanying in all; these are the ones that the source counts without a name.
UNNAMED_MODES = (Mode.LED, Mode.LED, Mode.LED, Mode.ACCOMPANYING)
TARGET = "Chương trình mục tiêu quốc gia phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi"
RIGHTS = "Văn phòng thường trực Ban Chỉ đạo Nhân quyền Trung ương"
#: What was written on human rights (F001-11, A-18); when and how often the source does not say.
WRITTEN: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    (WorkKind.REPORT, "Báo cáo định kỳ, đột xuất về nhân quyền", "Theo quy định và theo yêu cầu; nguồn không nêu số lượng.",
     {"report_sort": ReportSort.PERIODIC, "body": f"{RIGHTS} và các bộ, ngành liên quan"}),
    (WorkKind.COMMENT, "Góp ý các dự thảo báo cáo về nhân quyền", "Nguồn không nêu số lượng.",
     {"body": f"{RIGHTS} và các bộ, ngành liên quan"}),
    (WorkKind.REPORT, "Cung cấp thông tin xây dựng Sách trắng “Bảo đảm và thúc đẩy quyền con người ở Việt Nam”",
     "Nội dung do Vụ xây dựng, trình Lãnh đạo Ủy ban.", {"report_sort": ReportSort.AD_HOC, "body": "Cơ quan chủ trì Sách trắng"}),
)  # fmt: skip
#: What the deputy minister said of the year to come (F001-22, W001-06, U001-01 … U001-04).
CONCLUSIONS = (
    "Năm 2023 có nhiều nhiệm vụ trọng tâm, nhiều đoàn ra, đoàn vào: phối hợp với các vụ, đơn vị lập kế hoạch khoa học.",
    "Đề xuất giải pháp tăng kinh phí cho các đoàn công tác, bảo đảm hiệu quả.",
    "Trao đổi thông tin với các bộ, ngành để chuẩn bị Báo cáo quốc gia về Công ước CERD.",
    "Huy động nguồn lực quốc tế cho Chương trình mục tiêu quốc gia vùng đồng bào dân tộc thiểu số và miền núi.",
)


@transaction.atomic
def build() -> int:
    """Make the ministry and all that the article tells of it; returns how many files."""
    with at(DAY):
        made = house.build(
            MINISTRY, (house.icd(), house.office("Văn phòng Ủy ban")), PEOPLE, since=SINCE, titles=TITLES
        )
        for named in NAMED:
            _past_trip(_named(named, made), made)
        for mode in UNNAMED_MODES:
            _past_trip(_unnamed(mode, made), made)
        partners = [_receive(guest, made) for guest in GUESTS]
        record_total(None, actor=made.keeper, fields=VISITS, is_sample=True)
        cambodia(made.records, made.icd)
        cerd_scheme(cerd_report(made.keeper), made.keeper)
        _support(made, partners)
        _work(made)
    return Case.objects.count()


def _named(row: NamedTrip, made: House) -> OutboundDelegation:
    person = made.people["botruong" if row.head_rank == Rank.MINISTER else "thutruong"]
    title = TITLES[Role.MINISTER if row.head_rank == Rank.MINISTER else Role.DEPUTY_MINISTER]
    led = row.mode == Mode.LED
    return create_trip(
        row.title,
        made.icd,
        actor=made.keeper,
        fields={
            "mode": row.mode,
            "principal": row.principal,
            "is_inter_agency": row.inter_agency,
            "departs_on": dt.date(YEAR, 1, 1),
            "returns_on": dt.date(YEAR, 12, 31),
            "date_precision": DatePrecision.YEAR,
            "purpose": row.purpose,
            "purpose_text": row.text,
            "is_highlight": True,
            "highlight_text": row.highlight,
        },
        members=[
            {
                "person": person,
                "full_name": title,
                "post": title,
                "body": str(made.icd.parent),
                "rank": row.head_rank,
                "part": Part.HEAD if led else Part.MEMBER,
                "member_class": MemberClass.OFFICIAL,
            }
        ],
        legs=[{"country": Country.objects.get(iso2=row.country), "city": ""}],
        is_sample=True,
    )


def _unnamed(mode: str, made: House) -> OutboundDelegation:
    accompanying = mode == Mode.ACCOMPANYING
    return create_trip(
        UNNAMED,
        made.icd,
        actor=made.keeper,
        fields={
            "mode": mode,
            "principal": "Lãnh đạo Đảng, Nhà nước và Chính phủ" if accompanying else "",
            "departs_on": dt.date(YEAR, 1, 1),
            "returns_on": dt.date(YEAR, 12, 31),
            "date_precision": DatePrecision.YEAR,
            "unnamed_in_source": True,
        },
        is_sample=True,
    )


def _past_trip(trip: OutboundDelegation, made: House) -> None:
    told.take_over(trip.case, OUTBOUND, "import", SOURCE, made.records)


def _receive(guest: tuple[str, str, str, str], made: House) -> Partner:
    title, body, kind, country = guest
    partner = told.partner(made, body, kind, country=country, in_viet_nam=kind != PartnerKind.FOREIGN_MINISTRY)
    visit: InboundDelegation = create_visit(
        title,
        made.icd,
        actor=made.keeper,
        fields={
            "partner": partner,
            "country": partner.country,
            "arrives_on": dt.date(YEAR, 1, 1),
            "leaves_on": dt.date(YEAR, 12, 31),
            "date_precision": DatePrecision.YEAR,
        },
        is_sample=True,
    )
    told.take_over(visit.case, INBOUND, "import", SOURCE, made.records)
    return partner


def _support(made: House, partners: list[Partner]) -> None:
    """F001-12, F001-19 … F001-21: the scheme, the programme, and who helps with it. Of papers and money nothing is known, so
    the cooperation stands where every project begins."""
    save_named((SCHEME_2025,), made.people, made.units)
    programme = told.programme(made, TARGET, ProgrammeKind.TARGET_PROGRAMME)
    care = told.partner(made, CARE, PartnerKind.INGO, name_en="CARE International", short_name="CARE")
    undp = next(each for each in partners if each.name_vi == UNDP)
    create_project(
        "Giải pháp chuyển đổi số, ứng dụng công nghệ thông tin trong năm đầu thực hiện Chương trình mục tiêu quốc gia",
        made.icd,
        actor=made.keeper,
        fields={
            "programme": programme,
            "mobilising": "Đã hợp tác với UNDP và CARE để ưu tiên triển khai; nguồn không nêu văn kiện, kinh phí.",
        },
        donors=[{"partner": undp}, {"partner": care}],
        is_sample=True,
    )
    save_group(None, actor=made.keeper, name_vi=GROUP, members=[], is_sample=True)


def _work(made: House) -> None:
    for kind, title, content, fields in WRITTEN:
        told.work(made, kind, title, SOURCE, in_name_of=InTheNameOf.MINISTRY, content=content, **fields)
    told.work(
        made,
        WorkKind.MEETING,
        "Tổng kết công tác năm 2022 của Vụ Hợp tác quốc tế",
        SOURCE,
        lines={"conclusions": [{"text": text, "unit": made.icd, "due_on": None} for text in CONCLUSIONS]},
        meeting_sort=MeetingSort.REVIEW,
        chair=TITLES[Role.DEPUTY_MINISTER],
        attendees="Tập thể lãnh đạo và công chức Vụ Hợp tác quốc tế.",
        content="Nguồn không nêu ngày họp; ngày 09/12/2022 là ngày đăng bài.",
    )
