"""People, units and appointments for tests, and a small whole ministry (`build_ministry`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import factory

from intlcoop.people.choices import Role, SignatureForm, UnitClass, UnitFunction, UnitType
from intlcoop.people.models import Appointment, OrgUnit, Substitution, Supervision, User
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.sorting import person_sort_key, sort_key

FIRST_DAY = dt.date(2020, 1, 1)
PASSWORD = "hop-tac-quoc-te-2026"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Người {n}")
    email = factory.LazyAttribute(lambda row: f"{row.username}@vi-du.vn")
    sort_key = factory.LazyAttribute(lambda row: person_sort_key(row.full_name))
    search_text = factory.LazyAttribute(lambda row: fold(f"{row.full_name} {row.username} {row.email}"))
    password = factory.django.Password(PASSWORD)


class OrgUnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrgUnit

    code = factory.Sequence(lambda n: f"don-vi-{n}")
    name_vi = factory.Sequence(lambda n: f"Vụ Số {n}")
    unit_class = UnitClass.INTERNAL
    unit_type = UnitType.DEPARTMENT
    valid_from = FIRST_DAY
    sort_key = factory.LazyAttribute(lambda row: sort_key(row.name_vi))
    search_text = factory.LazyAttribute(lambda row: fold(f"{row.code} {row.name_vi}"))


class AppointmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appointment

    person = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(OrgUnitFactory)
    role = Role.OFFICER
    valid_from = FIRST_DAY


class SupervisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Supervision

    unit = factory.SubFactory(OrgUnitFactory)
    deputy_minister = factory.SubFactory(UserFactory)
    valid_from = FIRST_DAY


class SubstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Substitution

    person = factory.SubFactory(UserFactory)
    substitute = factory.SubFactory(UserFactory)
    form = SignatureForm.KT
    valid_from = FIRST_DAY
    valid_until = FIRST_DAY + dt.timedelta(days=30)
    recorded_by = factory.SelfAttribute("person")


@dataclass
class Ministry:
    """A made-up ministry. `unit` is an ordinary department under `deputy`, `university` an attached unit under nobody."""

    root: OrgUnit
    icd: OrgUnit
    personnel: OrgUnit
    finance: OrgUnit
    legal: OrgUnit
    office: OrgUnit
    unit: OrgUnit
    university: OrgUnit
    minister: User
    deputy: User
    other_deputy: User
    icd_head: User
    icd_officer: User
    personnel_officer: User
    finance_officer: User
    legal_officer: User
    clerk: User
    unit_head: User
    unit_deputy_head: User
    staff: User
    rector: User
    focal: User
    administrator: User
    auditor: User


def appointed(unit: OrgUnit, role: str, username: str, **fields: object) -> User:
    person = UserFactory(username=username, full_name=f"Người {username}")
    AppointmentFactory(person=person, unit=unit, role=role, **fields)
    return person


def build_ministry() -> Ministry:
    """Everybody is in office from FIRST_DAY; user names are those of the demo accounts where there is one."""
    root = OrgUnitFactory(
        code="bo", name_vi="Bộ Minh Họa", unit_type=UnitType.MINISTRY, function=UnitFunction.LEADERSHIP, symbol="BMH"
    )

    def unit(code: str, name: str, **fields: object) -> OrgUnit:
        return OrgUnitFactory(code=code, name_vi=name, parent=root, **fields)

    units = {
        "root": root,
        "icd": unit("htqt", "Vụ Hợp tác quốc tế", function=UnitFunction.ICD),
        "personnel": unit("tccb", "Vụ Tổ chức cán bộ", function=UnitFunction.PERSONNEL),
        "finance": unit("khtc", "Vụ Kế hoạch - Tài chính", function=UnitFunction.FINANCE),
        "legal": unit("pc", "Vụ Pháp chế", function=UnitFunction.LEGAL),
        "office": unit("vp", "Văn phòng Bộ", unit_type=UnitType.OFFICE, function=UnitFunction.CLERK),
        "unit": unit("vdp", "Vụ Địa phương"),
        "university": unit(
            "dh", "Trường Đại học Minh Họa", unit_type=UnitType.UNIVERSITY, unit_class=UnitClass.ATTACHED
        ),
    }
    people = {
        "minister": appointed(root, Role.MINISTER, "botruong"),
        "deputy": appointed(root, Role.DEPUTY_MINISTER, "thutruong"),
        "other_deputy": appointed(root, Role.DEPUTY_MINISTER, "thutruong2"),
        "icd_head": appointed(units["icd"], Role.HEAD, "vutruong"),
        "icd_officer": appointed(units["icd"], Role.OFFICER, "htqt"),
        "personnel_officer": appointed(units["personnel"], Role.OFFICER, "tccb"),
        "finance_officer": appointed(units["finance"], Role.OFFICER, "taichinh"),
        "legal_officer": appointed(units["legal"], Role.OFFICER, "phapche"),
        "clerk": appointed(units["office"], Role.CLERK, "vanthu"),
        "unit_head": appointed(units["unit"], Role.HEAD, "lanhdaodonvi"),
        "unit_deputy_head": appointed(units["unit"], Role.DEPUTY_HEAD, "phodonvi"),
        "staff": appointed(units["unit"], Role.OFFICER, "chuyenvien"),
        "rector": appointed(units["university"], Role.HEAD, "hieutruong"),
        "focal": appointed(units["university"], Role.FOCAL, "truonghoc"),
        "administrator": appointed(root, Role.ADMINISTRATOR, "quantri"),
        "auditor": appointed(root, Role.AUDITOR, "kiemtoan"),
    }
    SupervisionFactory(unit=units["unit"], deputy_minister=people["deputy"])
    return Ministry(**units, **people)
