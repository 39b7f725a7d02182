"""The seven outbound trips of 2022 that article 001 counts, in a ministry of their own (domain.md F001-03..09), and its guests.

Facts carry over, sentences and real names do not. Three trips are named in the source; four are only counted: those say so.
Of more than 20 visits the source names six: they are files, the total is recorded with its source (F001-13..18).
The source gives no days, so all that is known is the year.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from delegations.choices import DatePrecision, MemberClass, Mode, Part, Purpose
from delegations.models import InboundDelegation, OutboundDelegation
from delegations.services import create_trip, create_visit
from delegations.workflows import OUTBOUND
from delegations.workflows.inbound import INBOUND
from intlcoop.catalogues.models import Country
from intlcoop.operations.demo.agreements import cambodia
from intlcoop.operations.demo.clock import at
from intlcoop.people.choices import Rank, Role, UnitFunction, UnitType
from intlcoop.people.models import Appointment, OfficeTitle, OrgUnit, User
from intlcoop.vietnamese.sorting import person_sort_key, sort_key
from intlcoop.workflow import engine
from intlcoop.workflow.lifecycle import Lifecycle
from reports.choices import TotalKey, TotalQualifier
from reports.services import record_total

YEAR = 2022
SINCE = dt.date(2021, 1, 1)
SOURCE = "Bài viết ngày 09/12/2022 của Ủy ban Dân tộc"
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

#: Title, body, country: who is named among the guests (F001-14..18). Of names and days the source says nothing.
GUESTS = (
    ("Đại sứ Đặc mệnh toàn quyền Cộng hòa Ấn Độ đến làm việc", "Đại sứ quán Cộng hòa Ấn Độ", "IN"),
    ("Đoàn Bộ Ngoại giao Ai-len đến làm việc", "Bộ Ngoại giao Ai-len", "IE"),
    ("Đại sứ New Zealand đến làm việc", "Đại sứ quán New Zealand", "NZ"),
    ("Đại sứ Australia đến làm việc", "Đại sứ quán Australia", "AU"),
    ("Trưởng Đại diện thường trú UNDP đến làm việc", "Chương trình Phát triển Liên hợp quốc (UNDP)", ""),
    ("Giám đốc Quốc gia ADB tại Việt Nam đến làm việc", "Ngân hàng Phát triển Châu Á (ADB)", ""),
)
VISITS = {
    "key": TotalKey.INBOUND,
    "value": 20,
    "qualifier": TotalQualifier.MORE_THAN,
    "first_day": dt.date(YEAR, 1, 1),
    "last_day": dt.date(YEAR, 12, 9),
    "source_text": SOURCE,
}

#: 05 led and 02 accompanying in all; these are the ones that the source counts without a name.
UNNAMED_MODES = (Mode.LED, Mode.LED, Mode.LED, Mode.ACCOMPANYING)


@transaction.atomic
def build() -> int:
    """Make the ministry and its seven trips; returns how many trips."""
    with at(dt.date(YEAR, 12, 9)):
        icd, people = _ministry()
        for named in NAMED:
            _import(_named(named, icd, people), people["quantri"])
        for mode in UNNAMED_MODES:
            _import(_unnamed(mode, icd, people), people["quantri"])
        for title, body, country in GUESTS:
            _receive(title, body, country, icd, people)
        record_total(None, actor=people["htqt"], fields=VISITS, is_sample=True)
        cambodia(people["quantri"], icd)
    return len(NAMED) + len(UNNAMED_MODES)


def _named(row: NamedTrip, icd: OrgUnit, people: dict[str, User]) -> OutboundDelegation:
    person = people["botruong" if row.head_rank == Rank.MINISTER else "thutruong"]
    title = "Bộ trưởng, Chủ nhiệm" if row.head_rank == Rank.MINISTER else "Thứ trưởng, Phó Chủ nhiệm"
    led = row.mode == Mode.LED
    return create_trip(
        row.title,
        icd,
        actor=people["htqt"],
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
                "body": str(icd.parent),
                "rank": row.head_rank,
                "part": Part.HEAD if led else Part.MEMBER,
                "member_class": MemberClass.OFFICIAL,
            }
        ],
        legs=[{"country": Country.objects.get(iso2=row.country), "city": ""}],
        is_sample=True,
    )


def _unnamed(mode: str, icd: OrgUnit, people: dict[str, User]) -> OutboundDelegation:
    accompanying = mode == Mode.ACCOMPANYING
    return create_trip(
        UNNAMED,
        icd,
        actor=people["htqt"],
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


def _receive(title: str, body: str, country: str, icd: OrgUnit, people: dict[str, User]) -> None:
    visit = create_visit(
        title,
        icd,
        actor=people["htqt"],
        fields={
            "partner_text": body,
            "country": Country.objects.filter(iso2=country).first(),
            "arrives_on": dt.date(YEAR, 1, 1),
            "leaves_on": dt.date(YEAR, 12, 31),
            "date_precision": DatePrecision.YEAR,
        },
        is_sample=True,
    )
    _import(visit, people["quantri"], INBOUND)


def _import(found: OutboundDelegation | InboundDelegation, actor: User, lifecycle: Lifecycle = OUTBOUND) -> None:
    """History enters with one decision that says where it comes from."""
    case = engine.lock(found.case)
    case.first_submitted_at = case.submitted_at = case.created_at
    case.save(update_fields=["first_submitted_at", "submitted_at"])
    engine.apply(case, lifecycle["import"], actor=actor, comment=f"Nhập từ nguồn: {SOURCE}.")


def _ministry() -> tuple[OrgUnit, dict[str, User]]:
    """The ministry of the article: the head is called "Bộ trưởng, Chủ nhiệm"; the ICD is led by a deputy in charge."""
    root = _unit("UBDT", "Ủy ban Dân tộc (minh họa)", UnitType.MINISTRY, UnitFunction.LEADERSHIP, None)
    icd = _unit("HTQT", "Vụ Hợp tác quốc tế", UnitType.DEPARTMENT, UnitFunction.ICD, root)
    office = _unit("VP", "Văn phòng Ủy ban", UnitType.OFFICE, UnitFunction.CLERK, root)
    titles = {Role.MINISTER: "Bộ trưởng, Chủ nhiệm", Role.DEPUTY_MINISTER: "Thứ trưởng, Phó Chủ nhiệm"}
    for role, title in titles.items():
        OfficeTitle.objects.filter(role=role).update(title_vi=title)
    rows = (
        ("botruong", "Bộ trưởng, Chủ nhiệm (minh họa)", root, Role.MINISTER, False),
        ("thutruong", "Thứ trưởng, Phó Chủ nhiệm (minh họa)", root, Role.DEPUTY_MINISTER, False),
        ("vutruong", "Phó Vụ trưởng phụ trách (minh họa)", icd, Role.DEPUTY_HEAD, True),
        ("htqt", "Chuyên viên Vụ Hợp tác quốc tế (minh họa)", icd, Role.OFFICER, False),
        ("quantri", "Quản trị hệ thống (minh họa)", office, Role.ADMINISTRATOR, False),
    )
    people = {}
    for username, name, unit, role, acting in rows:
        person, _created = User.objects.get_or_create(
            username=username, defaults={"full_name": name, "sort_key": person_sort_key(name), "is_demo": True}
        )
        Appointment.objects.get_or_create(
            person=person, unit=unit, role=role, defaults={"valid_from": SINCE, "acting": acting}
        )
        people[username] = person
    return icd, people


def _unit(code: str, name: str, unit_type: str, function: str, parent: OrgUnit | None) -> OrgUnit:
    unit, _created = OrgUnit.objects.get_or_create(
        code=code,
        defaults={
            "name_vi": name,
            "unit_type": unit_type,
            "function": function,
            "parent": parent,
            "symbol": code,
            "place": "" if parent else "Hà Nội",
            "valid_from": SINCE,
            "sort_key": sort_key(name),
        },
    )
    return unit
