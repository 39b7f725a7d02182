"""Names, symbols and titles of the ministry as its papers write them, in Vietnamese whatever the language of the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone, translation

from intlcoop.people.choices import Role, UnitFunction
from intlcoop.people.models import OrgUnit
from intlcoop.people.titles import load_titles, office_title, with_unit

BLANK = "…"
#: Room for a pen: what the office itself fills in, because the portal cannot know it.
FILL = "……"


@dataclass(frozen=True, slots=True)
class Ministry:
    """Names, symbols and titles as papers write them."""

    name: str
    symbol: str
    place: str
    minister: str
    icd: OrgUnit | None
    personnel: OrgUnit | None
    finance: OrgUnit | None
    office: OrgUnit | None
    heads: dict[int, str]

    def head_of(self, unit: OrgUnit | None, fallback: str) -> str:
        """ "Vụ trưởng Vụ Hợp tác quốc tế"."""
        return self.heads.get(unit.pk, fallback) if unit else fallback

    @property
    def authority(self) -> str:
        """ "Bộ trưởng Bộ Nội vụ"."""
        return f"{self.minister} {self.name}".strip()

    @property
    def icd_name(self) -> str:
        return self.icd.name_vi if self.icd else "Vụ Hợp tác quốc tế"


def ministry(on: dt.date | None = None) -> Ministry:
    day = on or timezone.localdate()
    units = list(OrgUnit.objects.on(day).select_related("parent"))
    root = next((unit for unit in units if unit.parent_id is None), None)
    functions = {unit.function: unit for unit in reversed(units) if unit.function}
    table = load_titles()
    heads = {unit.pk: with_unit(office_title(table, Role.HEAD, unit).vi, unit) for unit in units}
    return Ministry(
        name=root.name_vi if root else BLANK,
        symbol=root.symbol if root and root.symbol else BLANK,
        place=root.place if root and root.place else BLANK,
        minister=office_title(table, Role.MINISTER, root).vi if root else "Bộ trưởng",
        icd=functions.get(UnitFunction.ICD),
        personnel=functions.get(UnitFunction.PERSONNEL),
        finance=functions.get(UnitFunction.FINANCE),
        office=functions.get(UnitFunction.CLERK),
        heads=heads,
    )


def or_blank(text: object) -> str:
    return str(text).strip() or BLANK if text is not None else BLANK


def in_vietnamese() -> translation.override:
    """Names of choices and dates inside a paper are Vietnamese on an English page too."""
    return translation.override("vi")
