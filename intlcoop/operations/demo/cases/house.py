"""The ministry of an article: its units, and one person for each office that the article names, without a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intlcoop.people.choices import Role, UnitClass, UnitFunction, UnitType
from intlcoop.people.models import Appointment, OfficeTitle, OrgUnit, User
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.sorting import person_sort_key, sort_key

SAMPLE = "(minh họa)"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    code: str
    name: str
    unit_type: str = UnitType.DEPARTMENT
    function: str = ""
    unit_class: str = UnitClass.INTERNAL
    quota: int | None = None
    symbol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    username: str
    post: str
    unit: str
    role: str
    acting: bool = False


@dataclass(frozen=True, slots=True)
class House:
    """A ministry that was built: its units by code, its people by user name."""

    units: Mapping[str, OrgUnit]
    people: Mapping[str, User]

    @property
    def icd(self) -> OrgUnit:
        return self.units["HTQT"]

    @property
    def keeper(self) -> User:
        """The official of the department, who writes things down."""
        return self.people["htqt"]

    @property
    def records(self) -> User:
        """Who takes over what stands in records."""
        return self.people["quantri"]


def icd(*, quota: int | None = None) -> UnitRow:
    return UnitRow(code="HTQT", name="Vụ Hợp tác quốc tế", function=UnitFunction.ICD, quota=quota)


def office(name: str = "Văn phòng Bộ") -> UnitRow:
    return UnitRow(code="VP", name=name, unit_type=UnitType.OFFICE, function=UnitFunction.CLERK)


#: Who there is in every case besides those whom the article names.
STAFF = (
    PersonRow(username="htqt", post="Chuyên viên Vụ Hợp tác quốc tế", unit="HTQT", role=Role.OFFICER),
    PersonRow(username="quantri", post="Quản trị hệ thống", unit="VP", role=Role.ADMINISTRATOR),
)


def build(
    ministry: UnitRow,
    units: Sequence[UnitRow],
    people: Sequence[PersonRow],
    *,
    since: dt.date,
    titles: Mapping[str, str] | None = None,
) -> House:
    """`titles`: how the ministry calls an office, where it is not the usual title."""
    root = _unit(ministry, None, since, 0)
    made = {row.code: _unit(row, root, since, 10 * place) for place, row in enumerate(units, start=1)}
    made[ministry.code] = root
    for role, title in (titles or {}).items():
        OfficeTitle.objects.filter(role=role).update(title_vi=title)
    return House(made, {row.username: _person(row, made[row.unit], since) for row in (*people, *STAFF)})


def _unit(row: UnitRow, parent: OrgUnit | None, since: dt.date, position: int) -> OrgUnit:
    name = row.name if parent else f"{row.name} {SAMPLE}"
    return OrgUnit.objects.create(
        code=row.code,
        name_vi=name,
        unit_type=row.unit_type if parent else UnitType.MINISTRY,
        unit_class=row.unit_class,
        function=row.function if parent else UnitFunction.LEADERSHIP,
        quota=row.quota,
        parent=parent,
        symbol=row.symbol or row.code,
        place="" if parent else "Hà Nội",
        position=position,
        valid_from=since,
        sort_key=sort_key(name),
        search_text=fold(f"{row.code} {name}"),
    )


def _person(row: PersonRow, unit: OrgUnit, since: dt.date) -> User:
    name = f"{row.post} {SAMPLE}"
    person = User(
        username=row.username,
        full_name=name,
        sort_key=person_sort_key(name),
        search_text=f"{fold(name)} {row.username}",
        is_demo=True,
    )
    person.set_unusable_password()
    person.save()
    Appointment.objects.create(person=person, unit=unit, role=row.role, valid_from=since, acting=row.acting)
    return person
