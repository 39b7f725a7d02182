"""What offices are called where a ministry says nothing else (domain.md C1, C3; ministry-level English from memory)."""

from __future__ import annotations

from intlcoop.people.choices import Role, UnitType
from intlcoop.people.models import OfficeTitle

HEADS = {
    UnitType.DEPARTMENT: ("Vụ trưởng", "Director General", "Phó Vụ trưởng", "Deputy Director General"),
    UnitType.AUTHORITY: ("Cục trưởng", "Director General", "Phó Cục trưởng", "Deputy Director General"),
    UnitType.OFFICE: ("Chánh Văn phòng", "Chief of Office", "Phó Chánh Văn phòng", "Deputy Chief of Office"),
    UnitType.INSPECTORATE: ("Chánh Thanh tra", "Chief Inspector", "Phó Chánh Thanh tra", "Deputy Chief Inspector"),
    UnitType.ACADEMY: ("Giám đốc", "Director", "Phó Giám đốc", "Deputy Director"),
    UnitType.UNIVERSITY: ("Hiệu trưởng", "Rector", "Phó Hiệu trưởng", "Vice Rector"),
    UnitType.INSTITUTE: ("Viện trưởng", "Director", "Phó Viện trưởng", "Deputy Director"),
    UnitType.CENTRE: ("Giám đốc", "Director", "Phó Giám đốc", "Deputy Director"),
    UnitType.DIVISION: ("Trưởng phòng", "Head of Division", "Phó Trưởng phòng", "Deputy Head of Division"),
}
ANYWHERE = {
    Role.MINISTER: ("Bộ trưởng", "Minister"),
    Role.DEPUTY_MINISTER: ("Thứ trưởng", "Deputy Minister"),
    Role.HEAD: ("Thủ trưởng đơn vị", "Head"),
    Role.DEPUTY_HEAD: ("Phó Thủ trưởng đơn vị", "Deputy Head"),
    Role.OFFICER: ("Chuyên viên", "Official"),
    Role.FOCAL: ("Chuyên viên", "Official"),
    Role.CLERK: ("Văn thư", "Clerk"),
    Role.ADMINISTRATOR: ("Quản trị hệ thống", "Administrator"),
    Role.AUDITOR: ("Kiểm toán nội bộ", "Auditor"),
}


def load() -> None:
    """Insert the titles that are missing; one that somebody changed stays."""
    known = set(OfficeTitle.objects.values_list("role", "unit_type", "function"))
    OfficeTitle.objects.bulk_create(row for row in _rows() if (row.role, row.unit_type, row.function) not in known)


def _rows() -> list[OfficeTitle]:
    rows = [
        OfficeTitle(role=role, unit_type="", title_vi=title_vi, title_en=title_en)
        for role, (title_vi, title_en) in ANYWHERE.items()
    ]
    for unit_type, (head_vi, head_en, deputy_vi, deputy_en) in HEADS.items():
        rows.append(OfficeTitle(role=Role.HEAD, unit_type=unit_type, title_vi=head_vi, title_en=head_en))
        rows.append(OfficeTitle(role=Role.DEPUTY_HEAD, unit_type=unit_type, title_vi=deputy_vi, title_en=deputy_en))
    return rows
