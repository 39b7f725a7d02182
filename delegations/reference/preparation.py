"""The tasks of the two checklists as they are shipped (domain.md A-28, W004-03, R-16, B.8); changed in the database from then on.

Laws say what has to be done and how fast passports are issued and returned. On which day before departure a task is due is
the portal's own proposal, so those rows say "cần đối chiếu".
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from delegations.choices import Anchor, Checklist, Particulars, PreparationCondition, PreparedFor
from delegations.models import PreparationTask
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.models import Instrument

SINCE = dt.date(2020, 1, 1)
PROPOSED = "số ngày do hệ thống đề xuất"
SUBSTANCE = f"Chuẩn bị nội dung cho các đoàn làm việc cấp cao; {PROPOSED}"
SERVICE = f"Thủ tục lễ tân, phục vụ lãnh đạo đi công tác nước ngoài; {PROPOSED}"
PASSPORTS = "Thông tư 04/2020/TT-BNG (đã được thay thế bởi Thông tư 08/2025/TT-BNG, chưa đọc được nội dung)"

CONTENT: tuple[dict[str, Any], ...] = (
    {
        "code": "programme",
        "name_vi": "Thống nhất chương trình làm việc với phía mời",
        "name_en": "Agree the programme with the host",
        "working_days": 10,
        "citation": SUBSTANCE,
    },
    {
        "code": "partner-brief",
        "name_vi": "Tài liệu về đối tác và các cam kết đang thực hiện",
        "name_en": "Brief on the partner and on commitments under way",
        "working_days": 7,
        "citation": SUBSTANCE,
    },
    {
        "code": "talking-points",
        "name_vi": "Đề cương trao đổi, bài phát biểu của Trưởng đoàn",
        "name_en": "Talking points and speeches of the head of delegation",
        "working_days": 5,
        "citation": SUBSTANCE,
    },
    {
        "code": "signing-texts",
        "name_vi": "Văn kiện ký kết (bản tiếng Việt và bản tiếng nước ngoài)",
        "name_en": "Texts to be signed (Vietnamese and foreign language)",
        "condition": PreparationCondition.SIGNING,
        "working_days": 10,
        "citation": SUBSTANCE,
    },
    {
        "code": "secrets-check",
        "name_vi": "Rà soát tài liệu mang theo, không mang bí mật nhà nước khi chưa được cho phép",
        "name_en": "Check what is taken along: no state secret without permission",
        "working_days": 5,
        "instrument": "29/2018/QH14",
        "citation": f"Luật 29/2018/QH14, Điều 14 (đã được thay thế bởi Luật 117/2025/QH15, cần xem điều tương ứng); {PROPOSED}",
    },
    {
        "code": "minutes",
        "name_vi": "Phân công người ghi biên bản, chuẩn bị báo cáo",
        "name_en": "Name who keeps the minutes and writes the report",
        "working_days": 3,
        "citation": SUBSTANCE,
    },
)

PROTOCOL: tuple[dict[str, Any], ...] = (
    {
        "code": "party-permission",
        "name_vi": "Văn bản đồng ý của cơ quan Đảng có thẩm quyền quản lý cán bộ",
        "name_en": "Permission of the Party body that manages this leader",
        "prepared_for": PreparedFor.MEMBER,
        "condition": PreparationCondition.CENTRALLY_MANAGED,
        "particulars": Particulars.DOCUMENT,
        "working_days": 15,
        "instrument": "49/2019/QH14",
        "citation": f"Luật 49/2019/QH14, Điều 11 khoản 10; {PASSPORTS}; {PROPOSED}",
    },
    {
        "code": "passport",
        "name_vi": "Hộ chiếu: loại và ngày hết hạn",
        "name_en": "Passport: kind and last day",
        "prepared_for": PreparedFor.MEMBER,
        "particulars": Particulars.PASSPORT,
        "working_days": 15,
        "instrument": "49/2019/QH14",
        "citation": f"Luật 49/2019/QH14, Điều 8, Điều 9; {PASSPORTS}; {PROPOSED}",
    },
    {
        "code": "visa",
        "name_vi": "Thị thực (hoặc xác nhận được miễn)",
        "name_en": "Visa (or that none is needed)",
        "prepared_for": PreparedFor.COUNTRY,
        "working_days": 7,
        "citation": f"Theo quy định của nước đến; {PROPOSED}",
    },
    {
        "code": "note-verbale",
        "name_vi": "Công hàm đề nghị cấp thị thực",
        "name_en": "Note verbale asking for the visa",
        "prepared_for": PreparedFor.COUNTRY,
        "particulars": Particulars.DOCUMENT,
        "working_days": 10,
        "instrument": "04/2020/TT-BNG",
        "citation": f"{PASSPORTS}; {PROPOSED}",
    },
    {
        "code": "mission-notice",
        "name_vi": "Thông báo cho cơ quan đại diện Việt Nam ở nước đến",
        "name_en": "Notice to the Vietnamese mission in the country",
        "prepared_for": PreparedFor.COUNTRY,
        "particulars": Particulars.DOCUMENT,
        "working_days": 7,
        "instrument": "272-QĐ/TW",
        "citation": f"Quy chế quản lý thống nhất các hoạt động đối ngoại (Quyết định 272-QĐ/TW, chưa có toàn văn); {PROPOSED}",
    },
    {
        "code": "insurance",
        "name_vi": "Bảo hiểm cho người đi",
        "name_en": "Insurance of the travellers",
        "working_days": 5,
        "citation": SERVICE,
    },
    {
        "code": "gifts",
        "name_vi": "Tặng phẩm đối ngoại",
        "name_en": "Gifts",
        "working_days": 5,
        "citation": SERVICE,
    },
    {
        "code": "passport-handed-out",
        "name_vi": "Bàn giao hộ chiếu cho người đi, ký sổ",
        "name_en": "Hand the passport to the traveller, signed for",
        "prepared_for": PreparedFor.MEMBER,
        "working_days": 2,
        "instrument": "49/2019/QH14",
        "citation": f"Luật 49/2019/QH14, Điều 24 khoản 2; {PROPOSED}",
    },
    {
        "code": "passport-returned",
        "name_vi": "Nộp lại hộ chiếu cho cơ quan quản lý",
        "name_en": "Return the passport to the keeping office",
        "prepared_for": PreparedFor.MEMBER,
        "anchor": Anchor.RETURN,
        "working_days": 5,
        "parameter": ParameterKey.PASSPORT_RETURN,
        "instrument": "49/2019/QH14",
        "citation": "Luật 49/2019/QH14, Điều 23 khoản 3",
        "needs_check": False,
    },
)


def load() -> None:
    """Insert the tasks that are missing; never touches one that is there."""
    known = set(PreparationTask.objects.values_list("code", flat=True))
    rows = [(Checklist.CONTENT, n, row) for n, row in enumerate(CONTENT, start=1)]
    rows += [(Checklist.PROTOCOL, n, row) for n, row in enumerate(PROTOCOL, start=1)]
    missing = [entry for entry in rows if entry[2]["code"] not in known]
    if not missing:
        return
    instruments = dict(Instrument.objects.values_list("symbol", "pk"))
    PreparationTask.objects.bulk_create(
        PreparationTask(
            checklist=checklist,
            position=10 * number,
            valid_from=SINCE,
            instrument_id=instruments.get(row.get("instrument", "")),
            **{"prepared_for": PreparedFor.TRIP, **{key: value for key, value in row.items() if key != "instrument"}},
        )
        for checklist, number, row in missing
    )
