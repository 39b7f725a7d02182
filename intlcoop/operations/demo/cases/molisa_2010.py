"""The case of article 004: a department's review of 2010, which has not one figure (F004-01 … F004-13). None is made up."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from agreements.choices import MechanismKind, MechanismPart, PartnerKind, ProgrammeKind
from intlcoop.catalogues.models import CooperationField
from intlcoop.operations.demo.cases import house, told
from intlcoop.operations.demo.cases.house import House, PersonRow, UnitRow
from intlcoop.operations.demo.clock import at
from intlcoop.operations.demo.mechanisms import FORUMS, MOLISA, Builder
from intlcoop.people.choices import Role, UnitType
from intlcoop.workflow.models import Case
from reports.choices import MeetingSort, WorkKind

SINCE = dt.date(2010, 1, 1)
#: The article has no day at all; the last day of its year stands for "written at the end of 2010".
WRITTEN = dt.date(2010, 12, 31)
MINISTRY = UnitRow(
    code="MOLISA", name="Bộ Lao động - Thương binh và Xã hội", symbol="BLĐTBXH", unit_type=UnitType.MINISTRY
)
LABOUR = UnitRow(code="QLLDNN", name="Cục Quản lý Lao động ngoài nước", unit_type=UnitType.AUTHORITY)
PEOPLE = (
    PersonRow(username="thutruong", post="Thứ trưởng", unit="MOLISA", role=Role.DEPUTY_MINISTER),
    PersonRow(username="vutruong", post="Vụ trưởng Vụ Hợp tác quốc tế", unit="HTQT", role=Role.HEAD),
)
#: What non-governmental organisations are to help with (F004-13).
FIELDS_OF_NGOS = ("poverty_reduction", "training", "social_security")
#: Directions for 2011 and what the deputy minister asked for (W004-04, F004-07, F004-08, F004-11, U004-01, U004-02).
CONCLUSIONS = (
    ("Đưa các tuyên bố, cam kết của ASEAN năm 2010 vào nhiệm vụ tương ứng của các đơn vị.", "HTQT"),
    ("Xây dựng chương trình hành động của Bộ với ASEAN đến năm 2015.", "HTQT"),
    ("Tăng cường hợp tác với Liên hợp quốc, ADB, IMF và các diễn đàn ASEM, APEC; là thành viên tích cực của ILO.", "HTQT"),
    ("Đẩy mạnh thực hiện các hiệp định, thỏa thuận đã ký; mở rộng quan hệ song phương với các cơ quan tương ứng.", "HTQT"),
    ("Tranh thủ hỗ trợ của các tổ chức phi chính phủ cho giảm nghèo, đào tạo cán bộ xã hội, phòng, chống tệ nạn xã hội.", "HTQT"),
    ("Thường xuyên thông báo cho các đơn vị chính sách hỗ trợ, ưu tiên của các tổ chức, nhà tài trợ.", "HTQT"),
    ("Phối hợp với Cục Quản lý Lao động ngoài nước mở rộng thị trường lao động ngoài nước.", "QLLDNN"),
    ("Mở các lớp bồi dưỡng nghiệp vụ, kỹ năng cho cán bộ, công chức.", "HTQT"),
)  # fmt: skip


@transaction.atomic
def build() -> int:
    """Make the ministry and all that the article tells of it; returns how many files."""
    with at(WRITTEN):
        made = house.build(MINISTRY, (house.icd(), LABOUR, house.office()), PEOPLE, since=SINCE)
        _mechanisms(made)
        _partners(made)
        told.programme(
            made, "Chương trình hành động của Bộ với ASEAN đến năm 2015", ProgrammeKind.ACTION_PROGRAMME,
            from_year=2011, until_year=2015, goals="Xây dựng trong năm 2011.",
        )  # fmt: skip
        _review(made)
    return Case.objects.count()


def _mechanisms(made: House) -> None:
    """F004-03, -04, -06, -09: the forums, the chairmanship of 2010, and who leads the work inside the country."""
    make = Builder(made.people)
    make.mechanism(
        "Hiệp hội các quốc gia Đông Nam Á", "Association of Southeast Asian Nations", "ASEAN", MechanismKind.REGIONAL,
        roles=[
            make.role(MechanismPart.ROTATING_CHAIR, MOLISA, holder="Việt Nam", year=2010),
            make.role(MechanismPart.LEAD, MOLISA, year=2010, unit=make.icd),
        ],
    )  # fmt: skip
    for name, english, short, kind in FORUMS:
        make.mechanism(name, english, short, kind)
    member = make.role(MechanismPart.MEMBER, MOLISA, holder="Việt Nam")
    make.mechanism(
        "Tổ chức Lao động quốc tế", "International Labour Organization", "ILO", MechanismKind.UN_BODY, roles=[member]
    )


def _partners(made: House) -> None:
    """F004-05, F004-08: the bodies that are named, and the organisations that are only spoken of as a whole."""
    told.partner(
        made, "Ngân hàng Phát triển Châu Á", PartnerKind.IFI, name_en="Asian Development Bank", short_name="ADB"
    )
    told.partner(made, "Quỹ Tiền tệ Quốc tế", PartnerKind.IFI, name_en="International Monetary Fund", short_name="IMF")
    told.partner(
        made,
        "Tổ chức Lao động quốc tế",
        PartnerKind.UN_AGENCY,
        name_en="International Labour Organization",
        short_name="ILO",
    )
    told.partner(made, "Liên hợp quốc", PartnerKind.INTERGOVERNMENTAL, name_en="United Nations", short_name="LHQ")
    fields = CooperationField.objects.filter(code__in=FIELDS_OF_NGOS)
    told.partner(
        made, "Các tổ chức phi chính phủ (nguồn không nêu tên)", PartnerKind.NGO, fields=fields,
        capacity="Giảm nghèo; đào tạo cán bộ xã hội; phòng, chống tệ nạn xã hội; hỗ trợ các đối tượng của ngành.",
    )  # fmt: skip


def _review(made: House) -> None:
    conclusions = [{"text": text, "unit": made.units[code], "due_on": None} for text, code in CONCLUSIONS]
    told.work(
        made,
        WorkKind.MEETING,
        "Tổng kết công tác năm 2010 của Vụ Hợp tác quốc tế",
        MOLISA,
        lines={"conclusions": conclusions},
        meeting_sort=MeetingSort.REVIEW,
        attendees="Thứ trưởng; Vụ trưởng và cán bộ, nhân viên Vụ Hợp tác quốc tế.",
        content="Nguồn không nêu ngày họp và không có số liệu.",
    )
