"""Taking over a staff list from a spreadsheet: who, in which unit, in which role, from when.

All or nothing: one wrong row and nothing is saved, so that the list can be mended and sent again. Sending the same list
twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from intlcoop.exporting.table_reading import Row, TableUnreadable, read_xlsx
from intlcoop.people import services
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, OrgUnit, User
from intlcoop.people.titles import TitleTable, load_titles, office_title
from intlcoop.vietnamese.dates import parse_date
from intlcoop.vietnamese.folding import fold

#: Our name of a column -> the headers by which it is known (case, accents and signs do not count).
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "full_name": ("Họ và tên", "Họ tên"),
    "username": ("Tên đăng nhập", "Tài khoản"),
    "email": ("Thư điện tử", "Email", "Hộp thư"),
    "unit": ("Đơn vị (mã)", "Mã đơn vị", "Đơn vị"),
    "role": ("Vai trò",),
    "title": ("Chức vụ", "Chức danh"),
    "first": ("Từ ngày", "Ngày bắt đầu"),
    "last": ("Đến ngày", "Ngày kết thúc"),
}
REQUIRED = ("full_name", "username", "unit", "first")
#: What people write in the column of roles.
ROLE_WORDS: Mapping[str, Role] = {
    **{fold(role.value): role for role in Role},
    "bo truong": Role.MINISTER,
    "thu truong": Role.DEPUTY_MINISTER,
    "cap truong": Role.HEAD,
    "thu truong don vi": Role.HEAD,
    "cap pho": Role.DEPUTY_HEAD,
    "pho thu truong don vi": Role.DEPUTY_HEAD,
    "chuyen vien": Role.OFFICER,
    "cong chuc": Role.OFFICER,
    "vien chuc": Role.OFFICER,
    "dau moi": Role.FOCAL,
    "dau moi hop tac quoc te": Role.FOCAL,
    "van thu": Role.CLERK,
    "quan tri": Role.ADMINISTRATOR,
    "quan tri he thong": Role.ADMINISTRATOR,
    "kiem toan": Role.AUDITOR,
    "kiem toan noi bo": Role.AUDITOR,
}
IN_CHARGE = " phu trach"


@dataclass(frozen=True, slots=True)
class RowResult:
    """What a line of the sheet came to: `action` is create, update, skip or error."""

    line: int
    action: str
    message: str


@dataclass(slots=True)
class ImportResult:
    rows: list[RowResult] = field(default_factory=list)
    saved: bool = False

    @property
    def has_errors(self) -> bool:
        return any(row.action == "error" for row in self.rows)

    def count(self, action: str) -> int:
        return sum(row.action == action for row in self.rows)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of the sheet, understood."""

    full_name: str
    username: str
    email: str
    unit: OrgUnit
    role: Role
    acting: bool
    title: str
    first: dt.date
    last: dt.date | None


def import_staff(data: bytes, *, dry_run: bool, actor: User | None) -> ImportResult:
    """Create or complete people and appointments from an XLSX file (COLUMNS; role or title must be given).

    A row updates a person with the same user name and an appointment in the same unit, role and first day. Nothing is saved
    when a row has an error or on a dry run. Raises TableUnreadable when the file is no such table.
    """
    lines = [(row.number, _named(row)) for row in _rows(data)]
    book = _Book()
    result = ImportResult()
    with transaction.atomic():
        for number, values in lines:
            try:
                with transaction.atomic():
                    action, message = _take_over(book.understand(values), actor)
            except ValidationError as refusal:
                action, message = "error", " ".join(refusal.messages)
            result.rows.append(RowResult(number, action, message))
        result.saved = not dry_run and not result.has_errors
        transaction.set_rollback(not result.saved)
    return result


def _rows(data: bytes) -> list[Row]:
    rows = read_xlsx(data)
    known = {_column_of(header) for row in rows[:1] for header in row}
    missing = [COLUMNS[name][0] for name in REQUIRED if name not in known]
    if rows and "role" not in known and "title" not in known:
        missing.append(COLUMNS["role"][0])
    if rows and missing:
        raise TableUnreadable(_("The header row lacks: %(names)s.") % {"names": ", ".join(missing)})
    return rows


def _column_of(header: str) -> str:
    folded = fold(header)
    return next((name for name, headers in COLUMNS.items() if folded in map(fold, headers)), "")


def _named(row: Row) -> dict[str, Any]:
    return {name: value for header, value in row.items() if (name := _column_of(header))}


class _Book:
    """What the lines of a sheet are compared with; loaded once."""

    def __init__(self) -> None:
        self.titles: TitleTable = load_titles()
        self.units: dict[str, OrgUnit] = {}
        for unit in OrgUnit.objects.order_by("valid_from"):
            for name in (unit.short_name, unit.name_vi, unit.code):
                if name:
                    self.units[fold(name)] = unit

    def understand(self, values: Mapping[str, Any]) -> Wanted:
        """Raises ValidationError with a sentence for what cannot be understood."""
        texts = {name: str(values.get(name) or "").strip() for name in COLUMNS}
        for name in REQUIRED:
            if not texts[name]:
                raise ValidationError(_("“%(column)s” is empty.") % {"column": COLUMNS[name][0]})
        unit = self.units.get(fold(texts["unit"]))
        if unit is None:
            raise ValidationError(_("There is no unit “%(unit)s”.") % {"unit": texts["unit"]})
        role, acting = self._role(texts["role"], texts["title"], unit)
        usual = office_title(self.titles, role, unit).vi
        return Wanted(
            full_name=texts["full_name"],
            username=texts["username"].lower(),
            email=texts["email"],
            unit=unit,
            role=role,
            acting=acting,
            title="" if fold(texts["title"]).removesuffix(IN_CHARGE) == fold(usual) else texts["title"],
            first=_day("first", values.get("first")),
            last=_day("last", values["last"]) if values.get("last") else None,
        )

    def _role(self, text: str, title: str, unit: OrgUnit) -> tuple[Role, bool]:
        """The role that is named, else the one whose usual title in this unit this is; and whether in charge."""
        plain = fold(title).removesuffix(IN_CHARGE)
        acting = plain != fold(title)
        if text:
            if fold(text) not in ROLE_WORDS:
                raise ValidationError(_("“%(role)s” is not a role known here.") % {"role": text})
            return ROLE_WORDS[fold(text)], acting
        for role in Role:
            if plain and plain == fold(office_title(self.titles, role, unit).vi):
                return role, acting
        raise ValidationError(_("The role does not follow from the title “%(title)s”: name it.") % {"title": title})


def _day(name: str, value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return parse_date(str(value))
    except ValueError:
        column = COLUMNS[name][0]
        message = _("“%(column)s”: “%(value)s” is not a date. Write day/month/year, for example 25/11/2026.")
        raise ValidationError(message % {"column": column, "value": value}) from None


def _take_over(wanted: Wanted, actor: User | None) -> tuple[str, str]:
    """Write one line; returns action and sentence."""
    done = [*_person(wanted, actor)]
    person = User.objects.get(username=wanted.username)
    done += _appointment(person, wanted, actor)
    who = {"name": wanted.full_name, "what": ", ".join(sentence for _action, sentence in done)}
    if not done:
        return "skip", _("%(name)s: nothing new.") % {"name": wanted.full_name}
    action = "create" if any(action == "create" for action, _sentence in done) else "update"
    return action, _("%(name)s: %(what)s.") % who


def _person(wanted: Wanted, actor: User | None) -> Iterable[tuple[str, str]]:
    person = User.objects.filter(username=wanted.username).first()
    if person is None:
        services.create_person(username=wanted.username, full_name=wanted.full_name, email=wanted.email, actor=actor)
        yield "create", _("new person")
        return
    changes = {"full_name": wanted.full_name, "email": wanted.email.lower()}
    changes = {name: value for name, value in changes.items() if value and value != getattr(person, name)}
    if changes:
        services.update_person(person, **changes, actor=actor)
        yield "update", _("name or address changed")


def _appointment(person: User, wanted: Wanted, actor: User | None) -> Iterable[tuple[str, str]]:
    place = {"role": wanted.role.label, "unit": wanted.unit}
    held = Appointment.objects.of(person).filter(unit=wanted.unit, role=wanted.role, valid_from=wanted.first).first()
    terms: dict[str, Any] = {"valid_until": wanted.last, "acting": wanted.acting, "title_vi": wanted.title}
    if held is None:
        services.appoint(person, wanted.unit, wanted.role, valid_from=wanted.first, **terms, actor=actor)
        yield "create", _("%(role)s, %(unit)s") % place
    elif any(getattr(held, name) != value for name, value in terms.items()):
        services.update_appointment(held, **terms, actor=actor)
        yield "update", _("%(role)s, %(unit)s changed") % place
