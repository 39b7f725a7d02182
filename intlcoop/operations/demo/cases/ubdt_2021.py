"""The case of article 000: what a department reported to its minister at a working session in May 2021 (F000-01 … F000-15).

The article gives no day of the session and no day since when it counts: "thời gian qua". So its totals stand as of the day of
the article, and the six agreements are placeholders of whom only the number of countries is known.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from agreements.choices import MechanismKind, MeetingKind, ProgrammeKind
from intlcoop.operations.demo.agreements import past_of_2021
from intlcoop.operations.demo.cases import house, told
from intlcoop.operations.demo.cases.house import House, PersonRow, UnitRow
from intlcoop.operations.demo.clock import at
from intlcoop.operations.demo.mechanisms import Builder
from intlcoop.operations.demo.treaties import cerd_report
from intlcoop.people.choices import Role, UnitType
from intlcoop.workflow.models import Case
from reports.choices import Frequency, MeetingSort, TotalKey, WorkKind

DAY = dt.date(2021, 5, 10)
SINCE = dt.date(2021, 1, 1)
SOURCE = "Bài viết ngày 10/05/2021 về buổi làm việc của Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc với Vụ Hợp tác quốc tế"
#: Posts that the scheme of posts gives the department (F000-04); how many are filled the source does not say.
QUOTA = 13
MINISTRY = UnitRow(code="UBDT", name="Ủy ban Dân tộc", unit_type=UnitType.MINISTRY)
PEOPLE = (
    PersonRow(username="botruong", post="Bộ trưởng, Chủ nhiệm", unit="UBDT", role=Role.MINISTER),
    PersonRow(username="vutruong", post="Phó Vụ trưởng phụ trách", unit="HTQT", role=Role.DEPUTY_HEAD, acting=True),
)
#: (figure, number, how many words of the source)
TOTALS = (
    (TotalKey.INBOUND, 18, "18 đoàn đối tác quốc tế"),
    (TotalKey.COORDINATION, 20, "20 công việc phối hợp"),
    (TotalKey.AGREEMENTS, 6, "06 thỏa thuận hợp tác"),
    (TotalKey.AGREEMENT_COUNTRIES, 5, "5 quốc gia"),
)

#: What the department asks for, then what the units said (F000-11, F000-12, U000-01 … U000-05, W000-06).
PROPOSALS = (
    "Bố trí đủ số biên chế được giao theo Đề án vị trí việc làm.",
    "Sớm bổ nhiệm Vụ trưởng Vụ Hợp tác quốc tế.",
    "Ban hành quy chế thống nhất quản lý hoạt động đối ngoại của cơ quan trong nhiệm kỳ mới.",
    "Ban hành quy chế thực hiện Chương trình mục tiêu quốc gia làm cơ sở cho nhiệm vụ của Vụ.",
    "Giao thêm cho Vụ nhiệm vụ thông tin đối ngoại bằng tiếng nước ngoài.",
)
UNITS_SAID = (
    "Có ý kiến về tổ chức, biên chế, kết quả công tác và việc điều chỉnh kế hoạch của Vụ; cần linh hoạt vì dịch bệnh."
)
#: What the head of the ministry asked for (W000-02 … W000-08, U000-06 … U000-11).
CONCLUSIONS = (
    "Công tác đối ngoại giữ quyền tự chủ, hai bên cùng có lợi; ưu tiên đối tác chiến lược, đối tác truyền thống.",
    "Tăng cường công tác đối ngoại; huy động nguồn lực và các tổ chức quốc tế cho vùng dân tộc thiểu số và miền núi.",
    "Giới thiệu với bạn bè quốc tế kết quả phát triển vùng dân tộc thiểu số và miền núi.",
    "Đối chiếu hoạt động đối ngoại của cơ quan với các quy định của Đảng, Nhà nước và điều chỉnh cho phù hợp.",
    "Thường xuyên cập nhật chủ trương, thông tin đối ngoại làm căn cứ lập kế hoạch.",
    "Xây dựng tiêu chuẩn chức danh theo vị trí việc làm; lập kế hoạch tuyển dụng, đào tạo, bồi dưỡng cán bộ.",
    "Quy định cụ thể nhiệm vụ của từng vị trí; hoàn thiện cơ chế phối hợp với địa phương và các vụ, đơn vị.",
    "Bám sát địa bàn, nắm tình hình đối ngoại nhân dân qua người có uy tín để tham mưu chính sách.",
    "Định kỳ rà soát công việc, điều chỉnh kế hoạch để bảo đảm tính khả thi.",
)


@transaction.atomic
def build() -> int:
    """Make the ministry and all that the article tells of it; returns how many files."""
    with at(DAY):
        made = house.build(
            MINISTRY, (house.icd(quota=QUOTA), house.office("Văn phòng Ủy ban")), PEOPLE, since=SINCE,
            titles={Role.MINISTER: "Bộ trưởng, Chủ nhiệm"},
        )  # fmt: skip
        _human_rights(made)
        past_of_2021(made.people, made.icd)
        _totals(made)
        told.programme(
            made, "Chương trình mục tiêu quốc gia (nguồn không nêu tên đầy đủ)", ProgrammeKind.TARGET_PROGRAMME
        )
        _work(made)
        _session(made)
    return Case.objects.count()


def _human_rights(made: House) -> None:
    """The fifth report (F000-06), and the committee whose monthly meetings were all attended (F000-07)."""
    make = Builder(made.people)
    make.mechanism("Liên hợp quốc", "United Nations", "LHQ", MechanismKind.UN_BODY)
    rights = make.mechanism("Ban Chỉ đạo nhân quyền Trung ương", "", "", MechanismKind.DOMESTIC)
    make.series(rights, "Giao ban hằng tháng", MeetingKind.BRIEFING, f"Nguồn không nêu ngày họp. Nguồn: {SOURCE}.")
    cerd_report(made.keeper)
    told.work(
        made,
        WorkKind.RECURRING,
        "Giao ban hằng tháng của Ban Chỉ đạo nhân quyền Trung ương",
        SOURCE,
        done=False,
        body="Ban Chỉ đạo nhân quyền Trung ương",
        frequency=Frequency.MONTHLY,
        attended_until=DAY,
        content="Nguồn nêu Vụ tham dự đầy đủ các cuộc giao ban, không nêu ngày họp.",
    )


def _totals(made: House) -> None:
    for key, value, quote in TOTALS:
        told.total(made, key, value, SOURCE, until=DAY, quote=quote)


def _work(made: House) -> None:
    """A-21: what international commitments were made known and urged; the source gives no day."""
    told.work(
        made,
        WorkKind.OUTREACH,
        "Phổ biến, đôn đốc, báo cáo việc thực hiện các quyết định về điều ước, thỏa thuận quốc tế",
        SOURCE,
        body="Các vụ, đơn vị; vùng dân tộc thiểu số và miền núi",
        content="Các quyết định của Thủ tướng Chính phủ về điều ước quốc tế, thỏa thuận quốc tế.",
        result="Đã phổ biến, đôn đốc và báo cáo; nguồn không nêu số lần.",
    )


def _session(made: House) -> None:
    """F000-01: chair, what was proposed and said, and the conclusions."""
    proposals: list[dict[str, Any]] = [{"unit": made.icd, "speaker": "", "text": text} for text in PROPOSALS]
    said = {"unit": None, "speaker": "Đại diện các vụ, đơn vị", "text": UNITS_SAID}
    conclusions = [{"text": text, "unit": made.icd, "due_on": None} for text in CONCLUSIONS]
    told.work(
        made,
        WorkKind.MEETING,
        "Buổi làm việc của Bộ trưởng, Chủ nhiệm với Vụ Hợp tác quốc tế",
        SOURCE,
        lines={"opinions": [*proposals, said], "conclusions": conclusions},
        meeting_sort=MeetingSort.LEADER,
        chair="Bộ trưởng, Chủ nhiệm",
        attendees="Phó Vụ trưởng phụ trách và công chức Vụ Hợp tác quốc tế; đại diện các vụ, đơn vị.",
        content="Nguồn không nêu ngày họp; ngày 10/05/2021 là ngày đăng bài.",
    )
