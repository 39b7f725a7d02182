"""A ministry that does not exist, complete enough for every route: units, offices, people with made-up names."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from intlcoop.people.choices import Role, UnitClass, UnitFunction, UnitType
from intlcoop.people.models import Appointment, OrgUnit, Supervision, User
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.sorting import person_sort_key, sort_key

PASSWORD = "hop-tac-quoc-te-2026"  # noqa: S105  printed by `make run`, for the demo alone
SINCE = dt.date(2021, 1, 1)
MAIL_DOMAIN = "bdp.example"


@dataclass(frozen=True, slots=True)
class UnitRow:
    code: str
    name_vi: str
    name_en: str
    unit_type: str
    symbol: str
    function: str = ""
    unit_class: str = UnitClass.INTERNAL
    quota: int | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    username: str
    full_name: str
    unit: str
    role: str
    acting: bool = False


MINISTRY = UnitRow(
    "BDP", "Bộ Dân tộc và Phát triển vùng (minh họa)", "Ministry of Ethnic and Regional Development (sample)",
    UnitType.MINISTRY, "BDP", UnitFunction.LEADERSHIP,
)  # fmt: skip

UNITS = (
    UnitRow("VP", "Văn phòng Bộ", "Ministry Office", UnitType.OFFICE, "VP", UnitFunction.CLERK),
    UnitRow(
        "HTQT", "Vụ Hợp tác quốc tế", "Department of International Cooperation",
        UnitType.DEPARTMENT, "HTQT", UnitFunction.ICD, quota=13,
    ),
    UnitRow(
        "TCCB", "Vụ Tổ chức cán bộ", "Department of Personnel and Organisation",
        UnitType.DEPARTMENT, "TCCB", UnitFunction.PERSONNEL,
    ),
    UnitRow(
        "KHTC", "Vụ Kế hoạch - Tài chính", "Department of Planning and Finance",
        UnitType.DEPARTMENT, "KHTC", UnitFunction.FINANCE,
    ),
    UnitRow("PC", "Vụ Pháp chế", "Department of Legal Affairs", UnitType.DEPARTMENT, "PC", UnitFunction.LEGAL),
    UnitRow("TTB", "Thanh tra Bộ", "Ministry Inspectorate", UnitType.INSPECTORATE, "TTr"),
    UnitRow("CSDP", "Vụ Chính sách địa phương", "Department of Local Policy", UnitType.DEPARTMENT, "CSĐP"),
    UnitRow("VTLT", "Cục Văn thư và Lưu trữ", "Records and Archives Authority", UnitType.AUTHORITY, "VTLT"),
    UnitRow(
        "DHPT", "Trường Đại học Phát triển vùng", "University of Regional Development",
        UnitType.UNIVERSITY, "ĐHPT", unit_class=UnitClass.ATTACHED,
    ),
)  # fmt: skip

#: The accounts of contracts.md, in its order.
ACCOUNTS = (
    PersonRow("chuyenvien", "Nguyễn Minh An", "CSDP", Role.OFFICER),
    PersonRow("lanhdaodonvi", "Trần Quốc Bảo", "CSDP", Role.HEAD),
    PersonRow("truonghoc", "Lê Thu Cúc", "DHPT", Role.FOCAL),
    PersonRow("htqt", "Phạm Hải Dương", "HTQT", Role.OFFICER),
    PersonRow("vutruong", "Hoàng Ngọc Giang", "HTQT", Role.HEAD),
    PersonRow("taichinh", "Vũ Thanh Hà", "KHTC", Role.OFFICER),
    PersonRow("tccb", "Đặng Văn Khôi", "TCCB", Role.OFFICER),
    PersonRow("phapche", "Bùi Hồng Liên", "PC", Role.OFFICER),
    PersonRow("vanthu", "Đỗ Thị Mận", "VP", Role.CLERK),
    PersonRow("thutruong", "Ngô Đức Nam", "BDP", Role.DEPUTY_MINISTER),
    PersonRow("botruong", "Dương Kiến Quốc", "BDP", Role.MINISTER),
    PersonRow("quantri", "Lý Thái Sơn", "VP", Role.ADMINISTRATOR),
    PersonRow("kiemtoan", "Mai Xuân Tùng", "TTB", Role.AUDITOR),
)

#: People without a demo password: they fill the offices that the accounts leave empty, and travel.
OTHERS = (
    PersonRow("thutruong2", "Ông Thế Vinh", "BDP", Role.DEPUTY_MINISTER),
    PersonRow("phovutruong", "Cao Bích Thủy", "HTQT", Role.DEPUTY_HEAD),
    PersonRow("htqt2", "Tạ Đình Phúc", "HTQT", Role.OFFICER),
    PersonRow("vutruong.tccb", "Hà Mạnh Cường", "TCCB", Role.HEAD),
    PersonRow("vutruong.khtc", "Lương Thị Ngân", "KHTC", Role.HEAD),
    PersonRow("vutruong.pc", "Quách Văn Lợi", "PC", Role.HEAD),
    PersonRow("chanhvanphong", "Đinh Công Tráng", "VP", Role.HEAD),
    PersonRow("vanthu2", "Kim Thị Oanh", "VP", Role.CLERK),
    PersonRow("chuyenvien2", "Triệu Hoài Linh", "CSDP", Role.OFFICER),
    PersonRow("chuyenvien3", "Đoàn Thế Hiển", "CSDP", Role.OFFICER),
    PersonRow("chuyenvien4", "La Thúy Quỳnh", "CSDP", Role.OFFICER),
    PersonRow("chuyenvien5", "Tô Minh Khang", "CSDP", Role.OFFICER),
    PersonRow("chuyenvien6", "Giang Nhật Vy", "CSDP", Role.DEPUTY_HEAD),
    PersonRow("cuctruong", "Phan Sỹ Hùng", "VTLT", Role.HEAD),
    PersonRow("luutru", "Hồ Diệu Mai", "VTLT", Role.OFFICER),
    PersonRow("hieutruong", "Chu Anh Tuấn", "DHPT", Role.HEAD),
)

#: Which deputy minister is in charge of which units.
IN_CHARGE = {
    "thutruong": ("HTQT", "CSDP", "VTLT", "DHPT", "VP"),
    "thutruong2": ("TCCB", "KHTC", "PC", "TTB"),
}


@transaction.atomic
def build(*, password: str | None = PASSWORD) -> dict[str, User]:
    """Make the ministry where it is missing; returns people by user name. Without `password` nobody can log in."""
    units = _units()
    people = {
        row.username: _person(row, password=password if row in ACCOUNTS else None) for row in (*ACCOUNTS, *OTHERS)
    }
    for row in (*ACCOUNTS, *OTHERS):
        Appointment.objects.get_or_create(
            person=people[row.username],
            unit=units[row.unit],
            role=row.role,
            defaults={"valid_from": SINCE, "acting": row.acting},
        )
    for username, codes in IN_CHARGE.items():
        for code in codes:
            Supervision.objects.get_or_create(
                unit=units[code], defaults={"deputy_minister": people[username], "valid_from": SINCE}
            )
    return people


def _units() -> dict[str, OrgUnit]:
    root = _unit(MINISTRY, parent=None, position=0)
    units = {row.code: _unit(row, parent=root, position=10 * n) for n, row in enumerate(UNITS, start=1)}
    return units | {MINISTRY.code: root}


def _unit(row: UnitRow, *, parent: OrgUnit | None, position: int) -> OrgUnit:
    unit, _created = OrgUnit.objects.get_or_create(
        code=row.code,
        defaults={
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "symbol": row.symbol,
            "unit_type": row.unit_type,
            "unit_class": row.unit_class,
            "function": row.function,
            "quota": row.quota,
            "place": "Hà Nội" if parent is None else "",
            "parent": parent,
            "position": position,
            "valid_from": SINCE,
            "sort_key": sort_key(row.name_vi),
            "search_text": fold(f"{row.code} {row.name_vi} {row.name_en}"),
        },
    )
    return unit


def _person(row: PersonRow, *, password: str | None) -> User:
    person = User.objects.filter(username=row.username).first()
    if person is not None:
        return person
    person = User(
        username=row.username,
        full_name=row.full_name,
        email=f"{row.username}@{MAIL_DOMAIN}",
        sort_key=person_sort_key(row.full_name),
        search_text=f"{fold(row.full_name)} {row.username}",
        is_demo=True,
    )
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save()
    return person
