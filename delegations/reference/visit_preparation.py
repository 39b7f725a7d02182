"""The tasks by which a visit is prepared, as shipped (domain.md W004-03, D8, B.3); changed in the database from then on.

What has to be done is what protocol asks everywhere; on which day before arrival it is due is the portal's own proposal, so
every row says "cần đối chiếu". Tasks that raise the alarm are those without which guests cannot be received.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from delegations.choices import Anchor, Checklist, Particulars, PreparationCondition, PreparedFor, PreparedKind
from delegations.models import PreparationTask
from intlcoop.regulations.choices import ParameterKey

SINCE = dt.date(2020, 1, 1)
PROPOSED = "số ngày do hệ thống đề xuất"
SUBSTANCE = f"Chuẩn bị nội dung cho các đoàn làm việc cấp cao; {PROPOSED}"
SERVICE = f"Thủ tục lễ tân đón đoàn vào; {PROPOSED}"
CONSENT = f"Văn bản đồng ý cho đoàn vào của cấp có thẩm quyền theo quy chế của Bộ (chưa có toàn văn); {PROPOSED}"
POLICE = "Quy định của Trường Đại học Nha Trang (4 đến 5 ngày), mượn làm mặc định"
RESIDENCE = f"Khai báo tạm trú cho người nước ngoài tại nơi lưu trú; {PROPOSED}"

CONTENT: tuple[dict[str, Any], ...] = (
    {
        "code": "visit-programme",
        "name_vi": "Thống nhất chương trình làm việc với phía khách",
        "name_en": "Agree the programme with the guests",
        "working_days": 5,
        "raises_alarm": True,
        "citation": SUBSTANCE,
    },
    {
        "code": "visit-partner-brief",
        "name_vi": "Tài liệu về đối tác và các cam kết đang thực hiện",
        "name_en": "Brief on the partner and on commitments under way",
        "working_days": 5,
        "citation": SUBSTANCE,
    },
    {
        "code": "visit-talking-points",
        "name_vi": "Đề cương trao đổi của người chủ trì tiếp",
        "name_en": "Talking points of whoever receives",
        "working_days": 3,
        "citation": SUBSTANCE,
    },
    {
        "code": "visit-our-side",
        "name_vi": "Mời và xác nhận thành phần phía Bộ dự tiếp",
        "name_en": "Invite and confirm who of the ministry takes part",
        "working_days": 3,
        "citation": SUBSTANCE,
    },
    {
        "code": "visit-interpreting",
        "name_vi": "Bố trí phiên dịch và gửi trước tài liệu cho phiên dịch",
        "name_en": "Arrange interpreting and send the texts in advance",
        "condition": PreparationCondition.INTERPRETED,
        "working_days": 3,
        "citation": SUBSTANCE,
    },
    {
        "code": "visit-minutes",
        "name_vi": "Phân công người ghi biên bản làm việc",
        "name_en": "Name who keeps the minutes",
        "working_days": 2,
        "citation": SUBSTANCE,
    },
)

PROTOCOL: tuple[dict[str, Any], ...] = (
    {
        "code": "visit-consent",
        "name_vi": "Văn bản đồng ý cho đoàn vào",
        "name_en": "Letter of consent to the visit",
        "condition": PreparationCondition.FROM_ABROAD,
        "particulars": Particulars.DOCUMENT,
        "working_days": 10,
        "raises_alarm": True,
        "citation": CONSENT,
    },
    {
        "code": "visit-visa",
        "name_vi": "Công văn, công hàm về thị thực nhập cảnh của khách",
        "name_en": "Letters and note on the guests' visas",
        "condition": PreparationCondition.WITH_VISA,
        "particulars": Particulars.DOCUMENT,
        "working_days": 15,
        "citation": SERVICE,
    },
    {
        "code": "visit-police",
        "name_vi": "Thông báo cho cơ quan công an và cơ quan ngoại vụ địa phương",
        "name_en": "Notice to the police and the local office of external affairs",
        "condition": PreparationCondition.FROM_ABROAD,
        "particulars": Particulars.DOCUMENT,
        "working_days": 4,
        "parameter": ParameterKey.INBOUND_POLICE,
        "raises_alarm": True,
        "citation": POLICE,
    },
    {
        "code": "visit-residence",
        "name_vi": "Khai báo tạm trú cho khách (bố trí với nơi lưu trú)",
        "name_en": "Residence declaration of the guests (arranged with their lodging)",
        "condition": PreparationCondition.FROM_ABROAD,
        "working_days": 1,
        "raises_alarm": True,
        "citation": RESIDENCE,
    },
    {
        "code": "visit-lodging",
        "name_vi": "Khách sạn và xe đưa đón",
        "name_en": "Hotel and cars",
        "condition": PreparationCondition.FROM_ABROAD,
        "working_days": 5,
        "citation": SERVICE,
    },
    {
        "code": "visit-airport",
        "name_vi": "Đón tại sân bay, cửa khẩu: người đón, phòng chờ, biển tên",
        "name_en": "Reception at the airport or border: who meets them, lounge, name board",
        "condition": PreparationCondition.FROM_ABROAD,
        "working_days": 2,
        "citation": SERVICE,
    },
    {
        "code": "visit-seating",
        "name_vi": "Sơ đồ chỗ ngồi theo cấp; lưu ý ăn kiêng",
        "name_en": "Seating by rank; notes on diets",
        "working_days": 2,
        "citation": f"Nguyên tắc đối đẳng về lễ tân; {PROPOSED}",
    },
    {
        "code": "visit-gifts",
        "name_vi": "Tặng phẩm đối ngoại",
        "name_en": "Gifts",
        "working_days": 3,
        "citation": SERVICE,
    },
    {
        "code": "visit-room",
        "name_vi": "Phòng tiếp: cờ, biển tên, hoa, nước, thiết bị",
        "name_en": "Meeting room: flags, name plates, flowers, water, equipment",
        "working_days": 1,
        "citation": SERVICE,
    },
    {
        "code": "visit-thanks",
        "name_vi": "Thư cảm ơn, gửi ảnh và tài liệu cho phía khách",
        "name_en": "Letter of thanks, photographs and documents to the guests",
        "anchor": Anchor.RETURN,
        "working_days": 5,
        "citation": SERVICE,
    },
)


def load() -> None:
    """Insert the tasks that are missing; never touches one that is there."""
    known = set(PreparationTask.objects.filter(file_kind=PreparedKind.INBOUND).values_list("code", flat=True))
    rows = [(Checklist.CONTENT, n, row) for n, row in enumerate(CONTENT, start=1)]
    rows += [(Checklist.PROTOCOL, n, row) for n, row in enumerate(PROTOCOL, start=1)]
    PreparationTask.objects.bulk_create(
        PreparationTask(
            file_kind=PreparedKind.INBOUND,
            checklist=checklist,
            position=10 * number,
            valid_from=SINCE,
            prepared_for=PreparedFor.TRIP,
            **row,
        )
        for checklist, number, row in rows
        if row["code"] not in known
    )
