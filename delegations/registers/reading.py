"""One row of the register of trips: what its cells mean, or every sentence that says why they cannot be understood."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from delegations.choices import FundingSource, Mode, Part, Purpose
from delegations.registers.amounts import has_figures, read_amounts
from delegations.registers.days import Span, read_days
from delegations.registers.layout import Cells, Line, Table
from delegations.registers.persons import Named, is_title, rank_of, read_people, read_person
from delegations.registers.places import Atlas, Place
from delegations.registers.problems import CellUnclear, RowUnclear
from delegations.services.importing import PastMember, PastTrip
from intlcoop.catalogues.models import Currency
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, OrgUnit
from intlcoop.vietnamese.folding import fold

if TYPE_CHECKING:
    from intlcoop.people.models import User

MOST_ROWS = 5_000
LONGEST_TRIP = 366
NO_SOURCE = "sổ gốc không ghi nguồn"
#: What words in the text of a purpose or source tell; the first that fits counts.
PURPOSES = (
    (Purpose.SIGNING, ("ky ket", "le ky", "ky thoa thuan", "ky ban ghi nho")),
    (Purpose.NATIONAL_REPORT, ("bao ve bao cao", "bao cao quoc gia")),
    (Purpose.TRAINING, ("dao tao", "boi duong", "tap huan", "khoa hoc")),
    (Purpose.CONFERENCE, ("hoi nghi", "hoi thao", "dien dan", "cuoc hop", "phien hop", "toa dam")),
    (Purpose.STUDY, ("hoc tap", "kinh nghiem", "nghien cuu", "khao sat", "tham quan")),
    (Purpose.NEGOTIATION, ("dam phan", "lam viec")),
    (Purpose.RELATIONS, ("quan he", "huu nghi", "tham", "xuc tien")),
)
SOURCES = (
    (
        FundingSource.HOST,
        ("dai tho", "ben moi", "phia moi", "phia ban", "nuoc ngoai", "don vi moi", "doi tac", "ban to chuc"),
    ),
    (FundingSource.PROJECT, ("du an", "chuong trinh", "de tai", "vien tro", "tai tro")),
    (FundingSource.OWN_INCOME, ("thu su nghiep", "thu hop phap", "tu chu", "kinh phi don vi", "nguon thu")),
    (FundingSource.STATE_BUDGET, ("ngan sach", "nsnn", "nha nuoc", "kinh phi khong tu chu", "nstw", "nsdp")),
)
ACCOMPANIES = re.compile(r"tháp tùng\s+(.+?)(?=\s+(?:thăm|đi|dự|sang|làm|tham|công)\b|[,;.:]|$)", re.IGNORECASE)


class UnitBook:
    """The countries and units with which the rows of a register are compared; loaded once."""

    def __init__(self, default_unit: OrgUnit | None) -> None:
        self.atlas = Atlas()
        self.default_unit = default_unit
        self.units: dict[str, OrgUnit] = {}
        for unit in OrgUnit.objects.order_by("-valid_from"):
            for name in (unit.code, unit.symbol, unit.short_name, unit.name_vi):
                if name:
                    self.units[fold(name)] = unit


class Book(UnitBook):
    """Those of trips, with currencies and our own people."""

    def __init__(self, default_unit: OrgUnit | None) -> None:
        super().__init__(default_unit)
        self.currencies = {currency.code: currency for currency in Currency.objects.all()}
        self.staff = _staff()

    def unit(self, text: str) -> OrgUnit:
        """The unit of this name, else the default. Raises CellUnclear."""
        unit = self.units.get(fold(text)) or self.default_unit
        if unit is None and not text:
            raise CellUnclear(_("The unit is missing. Write it, or choose a unit for rows without one."))
        if unit is None:
            raise CellUnclear(
                _("There is no unit “%(unit)s”. Correct the name, or choose a unit for rows without one.")
                % {"unit": text[:80]}
            )
        return unit

    def person(self, name: str, unit: OrgUnit, on: dt.date) -> User | None:
        """Somebody of ours, if exactly one person of this name led or worked in this unit on that day."""
        found = {
            appointment.person_id: appointment.person
            for appointment in self.staff.get(fold(name), ())
            if appointment.holds_on(on) and (appointment.unit_id == unit.pk or appointment.role in LEADERS)
        }
        return next(iter(found.values())) if len(found) == 1 else None


LEADERS = (Role.MINISTER, Role.DEPUTY_MINISTER)


def _staff() -> dict[str, list[Appointment]]:
    found: dict[str, list[Appointment]] = {}
    for appointment in Appointment.objects.select_related("person"):
        found.setdefault(fold(appointment.person.full_name), []).append(appointment)
    return found


def read_row(line: Line, table: Table, book: Book) -> PastTrip:
    """The trip of a row. Raises RowUnclear with every sentence, each naming its cell."""
    cells = Cells(line, table)
    span: Span | None = cells.read(table.first_of("departs", "span"), lambda: _span(line), None)
    places: list[Place] = cells.read("countries", lambda: book.atlas.places(line.long_text("countries")), [])
    unit: OrgUnit | None = cells.read("unit", lambda: book.unit(line.text("unit")), None)
    money = cells.read("amount", lambda: _money(line, table, book), ())
    title = cells.read("purpose" if "purpose" in table.columns else "title", lambda: _title(line, places), "")
    if cells.problems or span is None or unit is None:
        raise RowUnclear(cells.problems)
    text = line.long_text("purpose")
    accompanies = ACCOMPANIES.search(f"{line.text('title')} {text}")
    members = tuple(_members(line, book, unit, span.first, led=accompanies is None))
    return PastTrip(
        line=line.number,
        title=title,
        unit=unit,
        departs_on=span.first,
        returns_on=span.last,
        precision=span.precision,
        mode=Mode.ACCOMPANYING if accompanies else Mode.LED,
        principal=accompanies[1] if accompanies else "",
        purpose=kind_in(PURPOSES, f"{text} {line.text('title')}") or Purpose.OTHER,
        purpose_text=text,
        inviting_body=line.text("inviting"),
        out_of_plan_reason=_out_of_plan(line),
        host_pays_all=_host_pays(line) and not money,
        members=members,
        places=tuple((place.country, place.city) for place in places),
        money=money,
        source=_source(line),
    )


def _span(line: Line) -> Span:
    departs, returns = line.cells.get("departs", line.cells.get("span")), line.cells.get("returns")
    span = read_days(departs, returns)
    if (span.last - span.first).days > LONGEST_TRIP:
        raise CellUnclear(_("The trip would take more than a year. Check the years of both days."))
    return span


def _title(line: Line, places: list[Place]) -> str:
    """The title that the register gives, else what the trip was for, else where it went."""
    text = (
        line.text("title") or (line.text("members") if is_title(line.text("members")) else "") or line.text("purpose")
    )
    if not text and places:
        text = _("Delegation to %(countries)s") % {"countries": ", ".join(place.country.name for place in places)}
    if not text:
        raise CellUnclear(_("What the trip was for is missing."))
    return text if len(text) <= 300 else f"{text[:299]}…"


def _members(line: Line, book: Book, unit: OrgUnit, on: dt.date, *, led: bool) -> list[PastMember]:
    """The head first, then everybody of the list who is not the head."""
    named = [] if is_title(line.text("members")) else read_people(line.long_text("members"))
    head = read_person(line.long_text("head"))
    if head.name:
        in_list = next((person for person in named if fold(person.name) == fold(head.name)), Named(""))
        head = Named(head.name, head.post or line.text("head_post") or in_list.post)
        named = [head, *(person for person in named if fold(person.name) != fold(head.name))]
    return [
        PastMember(
            full_name=person.name,
            post=person.post,
            rank=rank_of(person.post),
            part=Part.HEAD if led and head.name and position == 0 else Part.MEMBER,
            person=book.person(person.name, unit, on),
        )
        for position, person in enumerate(_once(named, book, unit, on))
    ]


def _once(named: list[Named], book: Book, unit: OrgUnit, on: dt.date) -> list[Named]:
    """Nobody of ours twice, whatever the spelling."""
    seen: set[Any] = set()
    kept = []
    for person in named:
        ours = book.person(person.name, unit, on)
        key = ours.pk if ours else fold(person.name)
        if key not in seen:
            seen.add(key)
            kept.append(person)
    return kept


def _money(line: Line, table: Table, book: Book) -> tuple[tuple[str, Decimal, Any, str], ...]:
    cell = line.cells.get("amount")
    if cell is not None and not has_figures(cell):
        return ()
    source = kind_in(SOURCES, line.text("funding")) or FundingSource.OTHER
    note = line.text("funding") or NO_SOURCE
    found = []
    for amount, code in read_amounts(cell, table.units.get("amount", "")):
        if code not in book.currencies:
            raise CellUnclear(_("The currency %(code)s is not in the catalogue.") % {"code": code})
        found.append((str(source), amount, book.currencies[code], note))
    return tuple(found)


def _host_pays(line: Line) -> bool:
    texts = [line.text("funding"), "" if has_figures(line.cells.get("amount")) else line.text("amount")]
    return any(kind_in(SOURCES[:1], text) for text in texts if text)


def _out_of_plan(line: Line) -> str:
    """Only what the register says itself; else nobody knows whether the trip stood in a plan."""
    text = fold(line.text("plan"))
    return line.text("plan") if any(word in text for word in ("ngoai", "phat sinh", "khong")) else ""


def kind_in(table: Any, text: str) -> Any:
    """The first kind of which a word stands in the text, or ""."""
    plain = f" {fold(text)} "
    return next((kind for kind, words in table if any(f" {word} " in plain for word in words)), "")


def _source(line: Line) -> dict[str, str]:
    kept = {
        "request_paper": line.text("request_paper")[:300],
        "permission_paper": line.text("permission_paper")[:300],
        "unit_text": line.text("unit")[:300],
        "amount_text": line.text("amount")[:300],
        "funding_text": line.text("funding")[:300],
        "report_text": line.text("report")[:300],
        "remark": line.text("remark")[:600],
    }
    return {name: text for name, text in kept.items() if text}
