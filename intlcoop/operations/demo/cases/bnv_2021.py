"""The case of article 002: a ministry's conference of 24/3 on its cooperation, with the results of 2021 (F002-01 … F002-41).

The year of "24/3" is not printed (X-03): the plan that it speaks of is that of 2022. A meeting of 28/3/2022 that the conference
speaks of as past is planned here, with a flag (X-02). In which form a meeting was held the article does not say one by one.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from agreements.choices import MechanismKind, PartnerKind, PartnerTier
from agreements.guidance import NeedKind
from agreements.models import MeetingSession
from agreements.services.needs import create_need
from delegations.event_choices import EventKind, Workstream
from delegations.models import EventWork, InternationalEvent
from delegations.services import event_parts
from intlcoop.catalogues.models import CooperationField
from intlcoop.operations.demo import university
from intlcoop.operations.demo.cases import house, told
from intlcoop.operations.demo.cases.house import House, PersonRow, UnitRow
from intlcoop.operations.demo.clock import at
from intlcoop.operations.demo.mechanisms import MOHA, Builder, civil_service
from intlcoop.operations.demo.programmes import MULTILATERAL, OF_ASEAN, save_named
from intlcoop.people.choices import Role, UnitClass, UnitFunction, UnitType
from intlcoop.workflow.models import Case
from reports.choices import Audience, Direction, MeetingSort, WorkKind

#: The day of the conference and of what it knew; its year follows from the plan that it set going.
DAY = dt.date(2022, 3, 24)
SINCE = dt.date(2021, 1, 1)
MINISTRY = UnitRow(code="BNV", name="Bộ Nội vụ", unit_type=UnitType.MINISTRY)
UNITS = (
    house.icd(),
    UnitRow(code="TCCB", name="Vụ Tổ chức cán bộ", function=UnitFunction.PERSONNEL),
    UnitRow(code="CQDP", name="Vụ Chính quyền địa phương", symbol="CQĐP"),
    UnitRow(code="VTLT", name="Cục Văn thư và Lưu trữ nhà nước", symbol="VTLTNN", unit_type=UnitType.AUTHORITY),
    UnitRow(code="HVHC", name="Học viện Hành chính quốc gia", unit_type=UnitType.ACADEMY, unit_class=UnitClass.ATTACHED),
    UnitRow(
        code="DHNV", name="Trường Đại học Nội vụ Hà Nội", symbol="ĐHNV", unit_type=UnitType.UNIVERSITY,
        unit_class=UnitClass.ATTACHED,
    ),
    house.office(),
)  # fmt: skip
PEOPLE = (
    PersonRow(username="thutruong", post="Thứ trưởng", unit="BNV", role=Role.DEPUTY_MINISTER),
    PersonRow(username="vutruong", post="Vụ trưởng Vụ Hợp tác quốc tế", unit="HTQT", role=Role.HEAD),
    PersonRow(username="phovutruong", post="Phó Vụ trưởng Vụ Hợp tác quốc tế", unit="HTQT", role=Role.DEPUTY_HEAD),
    PersonRow(username="phovutruong2", post="Phó Vụ trưởng Vụ Hợp tác quốc tế", unit="HTQT", role=Role.DEPUTY_HEAD),
    PersonRow(username="cqdp", post="Vụ trưởng Vụ Chính quyền địa phương", unit="CQDP", role=Role.HEAD),
    PersonRow(username="cuctruong", post="Cục trưởng Cục Văn thư và Lưu trữ nhà nước", unit="VTLT", role=Role.HEAD),
    PersonRow(username="hocvien", post="Phó Giám đốc Học viện", unit="HVHC", role=Role.DEPUTY_HEAD),
    PersonRow(username="hieutruong", post="Hiệu trưởng", unit="DHNV", role=Role.HEAD),
)
#: Archives of other countries that are named (F002-27).
ARCHIVES = (("Cơ quan lưu trữ Pháp", "FR"), ("Cơ quan lưu trữ Hoa Kỳ", "US"), ("Cơ quan lưu trữ Liên bang Nga", "RU"))
#: Whose senior officials the academy goes on teaching in 2022 (F002-30).
TAUGHT = ("Cu-ba", "Băng-la-đét", "Lào")
#: The teams of the meeting of 2022 that the ministry holds (W002-14).
TEAMS = (
    (Workstream.CONTENT, "Chuẩn bị nội dung Hội nghị"),
    (Workstream.LOGISTICS, "Bảo đảm hậu cần Hội nghị"),
    (Workstream.COMMUNICATIONS, "Thông tin, tuyên truyền về Hội nghị"),
)
#: What the local governments' department looks for (U002-05, U002-06).
NEEDS = (
    ("Kinh nghiệm quốc tế về sắp xếp đơn vị hành chính cấp huyện, cấp xã", NeedKind.TECHNICAL,
     "Quy trình, điều kiện sắp xếp; tham khảo kinh nghiệm hoặc hỗ trợ kỹ thuật."),
    ("Mô hình chính quyền đô thị và chính sách đối với cán bộ, công chức cấp xã của các nước", NeedKind.EXPERIENCE, ""),
)  # fmt: skip
OPINIONS = (
    ("VTLT", "Hợp tác với các cơ quan lưu trữ nước ngoài đã đưa về nhiều tài liệu có giá trị, trong đó có tài liệu về Chủ tịch "
             "Hồ Chí Minh tại Pháp; đề nghị các đơn vị phối hợp chặt chẽ, tận dụng nguồn lực hợp tác."),
    ("HVHC", "Tiếp tục đào tạo, bồi dưỡng với đối tác quốc tế và tham gia các diễn đàn về hành chính; đề nghị Lãnh đạo Bộ và "
             "Vụ Hợp tác quốc tế hỗ trợ."),
    ("DHNV", "Đề nghị cho kế thừa quan hệ đối tác và các biên bản ghi nhớ sau khi sáp nhập vào Học viện; được tiếp tục dự các sự "
             "kiện quốc tế."),
    ("CQDP", "Mong muốn tham khảo kinh nghiệm quốc tế về sắp xếp đơn vị hành chính và chính quyền đô thị."),
)  # fmt: skip
#: Conclusions of the conference (W002-07 … W002-10, U002-08 … U002-13, F002-14, F002-15, F002-35, F002-41).
CONCLUSIONS = (
    "Đẩy mạnh đối ngoại trên các lĩnh vực; hoàn thành nhiệm vụ Chủ tịch ACCSM 21.",
    "Thực hiện chương trình hành động về đối ngoại đa phương đến năm 2030 và các hiệp định thương mại tự do thế hệ mới (FTA).",
    "Củng cố quan hệ với đối tác truyền thống, mở rộng đối tác mới qua đón đoàn vào, hội nghị, hội thảo, tọa đàm.",
    "Quản lý thống nhất hoạt động đối ngoại của mọi đơn vị; Vụ Hợp tác quốc tế là một đầu mối, nắm mọi hoạt động.",
    "Đơn vị có vướng mắc chủ động kiến nghị sớm; tránh trùng lắp, dàn trải.",
    "Phát triển quan hệ với các tổ chức quốc tế đặt tại Việt Nam; thực hiện các cam kết đa phương.",
    "Vận dụng tiêu chuẩn khu vực và quốc tế về công vụ, tôn giáo, lưu trữ; tham gia các hiệp hội, diễn đàn quốc tế.",
    "Bồi dưỡng ngoại ngữ, chuyên môn cho cán bộ làm công tác đối ngoại.",
    "Huy động toàn bộ đội ngũ hợp tác quốc tế cho Hội nghị những người đứng đầu nền công vụ các nước ASEAN năm 2022.",
)
AGENDA = (
    "Bối cảnh: năm 2020, 2021 dịch COVID-19 làm đoàn ra, đoàn vào gần như không thực hiện được, hội nghị chủ yếu trực tuyến; từ "
    "Nghị quyết số 128/NQ-CP ngày 11/10/2021 các hoạt động dần trở lại. Kết quả hợp tác quốc tế năm 2021, phương hướng năm 2022; "
    "cơ chế phối hợp: đoàn ra do Thứ trưởng dẫn đầu ngoài kế hoạch phải báo cáo Thủ tướng Chính phủ trước, đơn vị trực thuộc "
    "không mời Thứ trưởng vào đoàn ngoài kế hoạch, quyết định cử đoàn do Vụ Tổ chức cán bộ thực hiện. Nguồn không in năm của "
    "ngày 24/3; năm 2022 suy ra từ kế hoạch được triển khai."
)


@transaction.atomic
def build() -> int:
    """Make the ministry and all that the article tells of it; returns how many files."""
    with at(DAY):
        made = house.build(MINISTRY, UNITS, PEOPLE, since=SINCE)
        make = Builder(made.people)
        asean = make.mechanism(
            "Hiệp hội các quốc gia Đông Nam Á",
            "Association of Southeast Asian Nations",
            "ASEAN",
            MechanismKind.REGIONAL,
        )
        civil_service(make, asean)
        _events(made)
        save_named((MULTILATERAL, *OF_ASEAN), made.people, made.units)
        _archives(made)
        _training(made)
        university.build(made.people, "DHNV")
        _needs(made)
        _conference(made)
    return Case.objects.count()


def _events(made: House) -> None:
    """Each session of the article is an event: four held, seven attended, one to come, one that was told of too early."""
    sessions = MeetingSession.objects.select_related("series__mechanism").order_by("on", "pk")
    for session in sessions:
        series = session.series
        title = f"{series.name_vi} lần thứ {session.number}" if session.number else series.name_vi
        event = told.event_of(made, session, EventKind(series.kind), title, MOHA)
        if event.kind == EventKind.HEADS:
            _teams(made, event)


def _teams(made: House, event: InternationalEvent) -> None:
    for stream, title in TEAMS:
        fields = {"stream": stream, "title": title, "unit": made.icd}
        event_parts.save_work(EventWork(event=event), actor=made.keeper, fields=fields)


def _archives(made: House) -> None:
    """F002-27, F002-28: documents came from and went to the archives of three countries; the source gives no day."""
    fields = CooperationField.objects.filter(code="records_archives")
    for name, country in ARCHIVES:
        told.partner(
            made, name, PartnerKind.ARCHIVE, country=country, tier=PartnerTier.TRADITIONAL, fields=fields,
            units=[{"unit": made.units["VTLT"]}],
        )  # fmt: skip
    body = "Các cơ quan lưu trữ Pháp, Hoa Kỳ, Liên bang Nga"
    about = "Tài liệu lưu trữ có giá trị lịch sử, trong đó có tài liệu về Chủ tịch Hồ Chí Minh tại Pháp."
    rows = (
        (Direction.INCOMING, "Tiếp nhận tài liệu lưu trữ từ nước ngoài", about),
        (Direction.OUTGOING, "Bàn giao tài liệu lưu trữ cho phía bạn", "Tài liệu lưu trữ; nguồn không nêu số lượng."),
    )
    for direction, title, content in rows:
        told.work(
            made, WorkKind.DOCUMENTS, title, MOHA, unit="VTLT", direction=direction, body=body, content=content
        )  # fmt: skip


def _training(made: House) -> None:
    """To come in 2022, so not counted as held; neither days nor numbers are known."""
    for country in TAUGHT:
        told.work(
            made,
            WorkKind.TRAINING,
            f"Bồi dưỡng công chức cao cấp {country}",
            MOHA,
            unit="HVHC",
            done=False,
            audience=Audience.FOREIGN,
            body="Học viện Hành chính quốc gia",
            content="Tiếp tục trong năm 2022; nguồn không nêu thời gian, số học viên.",
        )


def _needs(made: House) -> None:
    for title, kind, detail in NEEDS:
        fields: dict[str, Any] = {"kind": kind, "detail": detail}
        create_need(title, made.units["CQDP"], actor=made.keeper, fields=fields, is_sample=True)


def _conference(made: House) -> None:
    """F002-01 … F002-03: the conference that set the year's work going."""
    opinions = [{"unit": made.units[code], "speaker": "", "text": text} for code, text in OPINIONS]
    conclusions = [{"text": text, "unit": made.icd, "due_on": None} for text in CONCLUSIONS]
    told.work(
        made,
        WorkKind.MEETING,
        "Hội nghị triển khai công tác hợp tác quốc tế năm 2022",
        MOHA,
        lines={"opinions": opinions, "conclusions": conclusions},
        meeting_sort=MeetingSort.KICK_OFF,
        starts_on=DAY,
        place="Trụ sở Bộ",
        chair="Thứ trưởng",
        attendees="Lãnh đạo các đơn vị thuộc, trực thuộc Bộ; công chức, viên chức làm công tác hợp tác quốc tế của các đơn vị.",
        content=AGENDA,
    )
