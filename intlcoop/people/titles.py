"""What is somebody called, on the page and under a paper? Titles are data, their use follows Decree 30/2020.

Pure functions over a table of titles that the caller has loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from intlcoop.people.choices import Role, UnitType
from intlcoop.people.models import Appointment, OfficeTitle, OrgUnit

#: Heads whose title already names the unit: "Chánh Văn phòng", not "Chánh Văn phòng Văn phòng Bộ".
TITLE_NAMES_UNIT = (UnitType.MINISTRY, UnitType.OFFICE, UnitType.INSPECTORATE)
IN_CHARGE = {"vi": " phụ trách", "en": " in charge"}


class Title(NamedTuple):
    vi: str
    en: str

    def of(self, language: str) -> str:
        return self.en if language == "en" and self.en else self.vi


TitleTable = Mapping[tuple[str, str, str], Title]


def load_titles() -> dict[tuple[str, str, str], Title]:
    """All titles of offices by role, type of unit and function. One query."""
    rows = OfficeTitle.objects.values_list("role", "unit_type", "function", "title_vi", "title_en")
    return {(role, unit_type, function): Title(vi, en) for role, unit_type, function, vi, en in rows}


def office_title(table: TitleTable, role: str, unit: OrgUnit) -> Title:
    """The usual title of this role in this unit: the most precise row wins; without a row, the name of the role."""
    for unit_type, function in (
        (unit.unit_type, unit.function),
        (unit.unit_type, ""),
        ("", unit.function),
        ("", ""),
    ):
        if title := table.get((role, unit_type, function)):
            return title
    return Title(str(Role(role).label), str(Role(role).label))


def plain_title(table: TitleTable, appointment: Appointment) -> Title:
    """The title as it stands under a signature: a deputy in charge signs as a deputy (Decree 30/2020, article 13)."""
    usual = office_title(table, appointment.role, appointment.unit)
    own = Title(appointment.title_vi or usual.vi, appointment.title_en or ("" if appointment.title_vi else usual.en))
    if not appointment.acting:
        return own
    return Title(own.vi.removesuffix(IN_CHARGE["vi"]), own.en.removesuffix(IN_CHARGE["en"]))


def full_title(table: TitleTable, appointment: Appointment) -> Title:
    """The title as a page says it: "Phó Vụ trưởng phụ trách" for a deputy in charge."""
    plain = plain_title(table, appointment)
    if not appointment.acting:
        return plain
    return Title(plain.vi + IN_CHARGE["vi"], plain.en + IN_CHARGE["en"] if plain.en else "")


def with_unit(title: str, unit: OrgUnit) -> str:
    """The title with the unit's name where others must know which: "Vụ trưởng Vụ Hợp tác quốc tế"."""
    return title if unit.unit_type in TITLE_NAMES_UNIT else f"{title} {unit.name_vi}"
