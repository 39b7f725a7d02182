"""The register of visits: the provincial layout of eleven columns as it is (domain.md B.3), our own export, and between.

All or nothing: one wrong row and nothing is saved, so that the register can be mended and read again. Reading it twice adds
nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Partner
from delegations.choices import DatePrecision
from delegations.models import ImportedVisit, InboundDelegation
from delegations.queries.visits import visit_days
from delegations.registers.days import Span, read_days, read_span
from delegations.registers.guests import country_of
from delegations.registers.layout import Line, Table, read_table
from delegations.registers.persons import Named, is_title, rank_of, read_people, read_person
from delegations.registers.places import Atlas
from delegations.registers.problems import CellUnclear, RowUnclear
from delegations.registers.reading import MOST_ROWS
from delegations.services.visit_importing import PastVisit, add_past_visits
from intlcoop.catalogues.models import CooperationField
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.people.choices import UnitFunction
from intlcoop.people.models import OrgUnit
from intlcoop.people.registers import ImportResult, RowResult
from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import normalise_number, shown

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: Our name of a column -> the headers by which it is known (case, accents and what stands in brackets do not count).
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("STT", "TT", "Số TT", "Số thứ tự"),
    "file_number": ("Số", "Số hồ sơ", "Mã hồ sơ"),
    "title": ("Tên đoàn", "Tên đoàn vào", "Đoàn vào", "Tên đoàn khách"),
    "members": ("Danh sách đoàn vào", "Danh sách đoàn", "Thành phần đoàn", "Danh sách khách", "Thành viên", "Thành viên đoàn"),
    "head": ("Tên trưởng đoàn", "Trưởng đoàn", "Họ tên trưởng đoàn", "Trưởng đoàn khách"),
    "head_post": ("Chức vụ trưởng đoàn", "Chức vụ"),
    "arrives": ("Ngày đến", "Ngày nhập cảnh", "Từ ngày", "Thời gian đến", "Thời gian từ ngày"),
    "leaves": ("Ngày đi", "Ngày về", "Ngày rời đi", "Ngày xuất cảnh", "Đến ngày", "Thời gian đi", "Thời gian đến ngày"),
    "span": ("Thời gian", "Thời gian đón", "Thời gian làm việc"),
    "request_paper": ("Văn bản xin phép", "Công văn xin phép", "Tờ trình"),
    "permission_paper": ("Văn bản cho phép", "Quyết định cho phép", "Văn bản đồng ý"),
    "purpose": ("Mục đích", "Mục đích chuyến thăm"),
    "field": ("Lĩnh vực", "Lĩnh vực hợp tác"),
    "topics": ("Nội dung", "Nội dung làm việc", "Nội dung trao đổi"),
    "body": ("Cơ quan của khách", "Cơ quan", "Đối tác", "Tổ chức", "Cơ quan khách"),
    "country": ("Nước", "Quốc gia", "Quốc tịch"),
    "host": ("Người tiếp", "Lãnh đạo tiếp", "Chủ trì tiếp"),
    "unit": ("Đơn vị", "Đơn vị tiếp", "Đơn vị chủ trì", "Đơn vị đón tiếp"),
    "persons": ("Số người", "Số khách", "Số lượng"),
    "remark": ("Ghi chú",),
}  # fmt: skip
NEEDED = (("arrives", "span"), ("title", "head", "members"))
MARKS = ("arrives", "leaves", "span")
LONGEST_VISIT = 366
COUNTED = re.compile(r"(\d{1,4})\s*(?:người|thành viên|khách|đại biểu)", re.IGNORECASE)
CALLED_OFF = ("hoãn", "đã hủy", "đã huỷ", "không sang", "không đến", "không thực hiện")


class VisitBook:
    """What the rows of the register are compared with; loaded once."""

    def __init__(self, default_unit: OrgUnit | None) -> None:
        self.atlas = Atlas()
        self.units: dict[str, OrgUnit] = {}
        icd: OrgUnit | None = None
        for unit in OrgUnit.objects.order_by("-valid_from"):
            icd = unit if unit.function == UnitFunction.ICD else icd
            for name in (unit.code, unit.symbol, unit.short_name, unit.name_vi):
                if name:
                    self.units[fold(name)] = unit
        self.default_unit = default_unit or icd
        self.fields = {fold(each.name_vi): each for each in CooperationField.objects.all()}
        self.partners: dict[str, Partner] = {}
        for partner in Partner.objects.offered().order_by("-pk"):
            for name in (partner.name_vi, partner.name_en, partner.short_name):
                if name:
                    self.partners[fold(name)] = partner

    def unit(self, text: str) -> OrgUnit:
        """The unit of this name, else the default: the department that keeps the register. Raises CellUnclear."""
        unit = self.units.get(fold(text)) if text else self.default_unit
        if unit is None:
            raise CellUnclear(
                _("There is no unit “%(unit)s”. Correct the name, or choose a unit for rows without one.")
                % {"unit": text[:80]}
            )
        return unit


def import_inbound(
    data: bytes, *, dry_run: bool, actor: User | None, source: str = "", default_unit: OrgUnit | None = None
) -> ImportResult:
    """Take over visits that are over. Rows without a unit go to `default_unit`, else to the department of cooperation.

    Raises TableUnreadable when the file is no such table, has too many rows, or nobody is named as whose work it is.
    """
    if actor is None:
        raise TableUnreadable(_("Say in whose name the visits are taken over (--actor USERNAME)."))
    table = read_table(data, COLUMNS, needed=NEEDED, marks=MARKS)
    if len(table.lines) > MOST_ROWS:
        raise TableUnreadable(_("The file has more than %(limit)s rows. Split it.") % {"limit": MOST_ROWS})
    result, wanted = understand(table, VisitBook(default_unit))
    wanted = drop_known(wanted, result)
    result.rows.sort(key=lambda row: row.line)
    result.saved = not dry_run and not result.has_errors
    if result.saved and wanted:
        with transaction.atomic():
            add_past_visits(wanted, source=(source or _("register"))[:200], actor=actor)
    return result


def understand(table: Table, book: VisitBook) -> tuple[ImportResult, list[PastVisit]]:
    """A result for each line that is no visit of ours to add, and the visits that are."""
    result, wanted = ImportResult(), []
    result.rows += [RowResult(number, "skip", reason) for number, reason in table.left_out]
    here = known_numbers(table)
    for line in table.lines:
        if (number := normalise_number(line.text("file_number"))) in here:
            text = _("%(number)s is here already.") % {"number": shown(number)}
            result.rows.append(RowResult(line.number, "skip", text))
            continue
        try:
            visit = read_row(line, table, book)
        except RowUnclear as unclear:
            result.rows.append(RowResult(line.number, "error", " ".join(unclear.sentences)))
            continue
        remark = line.text("remark")
        if any(word in remark.lower() for word in CALLED_OFF):
            text = _("Not taken over: the register says “%(remark)s”.") % {"remark": remark[:80]}
            result.rows.append(RowResult(line.number, "skip", text))
        elif visit.leaves_on >= timezone.localdate():
            text = _("The visit is not over yet (%(days)s). File it as a new visit instead.") % {"days": days_of(visit)}
            result.rows.append(RowResult(line.number, "error", table.says(column_of_days(table), line.number, text)))
        else:
            wanted.append(visit)
    return result, wanted


def known_numbers(table: Table) -> set[str]:
    numbers = {normalise_number(line.text("file_number")) for line in table.lines} - {""}
    if not numbers:
        return set()
    return set(InboundDelegation.objects.filter(case__number__in=numbers).values_list("case__number", flat=True))


def drop_known(wanted: list[PastVisit], result: ImportResult) -> list[PastVisit]:
    """Without the visits that are here already, and those that the register names twice; a result for every one."""
    prints = {visit.fingerprint: visit.line for visit in reversed(wanted)}
    before = dict(
        ImportedVisit.objects.filter(fingerprint__in=prints).values_list("fingerprint", "visit__case__number")
    )
    kept = []
    for visit in wanted:
        if number := before.get(visit.fingerprint):
            text = _("Nothing new: this visit is %(number)s.") % {"number": shown(number)}
            result.rows.append(RowResult(visit.line, "skip", text))
        elif prints[visit.fingerprint] != visit.line:
            text = _("Nothing new: the same visit stands in row %(line)d.") % {"line": prints[visit.fingerprint]}
            result.rows.append(RowResult(visit.line, "skip", text))
        else:
            kept.append(visit)
            result.rows.append(RowResult(visit.line, "create", words_of(visit)))
    return kept


# --- a row ------------------------------------------------------------------------------------------------------------


def column_of_days(table: Table) -> str:
    return "arrives" if "arrives" in table.columns else "span"


def read_row(line: Line, table: Table, book: VisitBook) -> PastVisit:
    """The visit of a row. Raises RowUnclear with every sentence, each naming its cell."""
    problems: list[str] = []

    def attempt(column: str, read: Any, otherwise: Any) -> Any:
        try:
            return read()
        except CellUnclear as unclear:
            problems.append(table.says(column, line.number, str(unclear)))
            return otherwise

    span: Span | None = attempt(column_of_days(table), lambda: span_of(line), None)
    unit: OrgUnit | None = attempt("unit", lambda: book.unit(line.text("unit")), None)
    text = line.text("country")
    country = attempt("country", lambda: country_of(text, book.atlas) if text else None, None)
    guests, is_led = guests_of(line)
    title = attempt("title", lambda: title_of(line, guests), "")
    if problems or span is None or unit is None:
        raise RowUnclear(problems)
    body = line.text("body")
    host = read_person(line.long_text("host"))
    return PastVisit(
        line=line.number,
        title=title,
        unit=unit,
        arrives_on=span.first,
        leaves_on=span.last,
        precision=span.precision,
        partner=book.partners.get(fold(body)) if body else None,
        body=body,
        country=country,
        purpose_text=line.long_text("purpose"),
        topics=line.long_text("topics"),
        field=book.fields.get(fold(line.text("field"))),
        persons=persons_of(line),
        host=", ".join(filter(None, (host.name, host.post))),
        host_rank=str(rank_of(host.post)) if host.post else "",
        guests=tuple((guest.name, guest.post) for guest in guests),
        is_led=is_led,
        source=source_of(line),
    )


def span_of(line: Line) -> Span:
    """The days from two cells or one; a visit of which only the arrival is written took that day."""
    arrives, leaves = line.cells.get("arrives", line.cells.get("span")), line.cells.get("leaves")
    if arrives is None and leaves is None:
        raise CellUnclear(_("The days are missing. Write at least the month, for example “tháng 4/2022”."))
    if arrives is None or leaves is None:
        span = read_span(arrives if arrives is not None else leaves)
    else:
        first, last = read_span(arrives), read_span(leaves)
        if last.last < first.first:
            text = _("The guests leave (%(last)s) before they arrive (%(first)s). Correct one of the two days.")
            raise CellUnclear(text % {"first": f"{first.first:%d/%m/%Y}", "last": f"{last.last:%d/%m/%Y}"})
        span = read_days(arrives, leaves)
    if span.precision == DatePrecision.DAY and (span.last - span.first).days > LONGEST_VISIT:
        raise CellUnclear(_("The visit would take more than a year. Check the years of both days."))
    return span


def guests_of(line: Line) -> tuple[list[Named], bool]:
    """(everybody named, the head first; whether the register names a head)."""
    listed = line.long_text("members")
    named = [] if is_title(listed) or COUNTED.match(listed) else read_people(listed)
    named = [person for person in named if not person.name[:1].isdecimal()]
    head = read_person(line.long_text("head"))
    if not head.name:
        return named, False
    in_list = next((person for person in named if fold(person.name) == fold(head.name)), Named(""))
    head = Named(head.name, head.post or line.text("head_post") or in_list.post)
    return [head, *(person for person in named if fold(person.name) != fold(head.name))], True


def title_of(line: Line, guests: list[Named]) -> str:
    """The name that the register gives, else who came."""
    listed = line.text("members")
    text = line.text("title") or (listed if is_title(listed) else "")
    if not text and guests:
        text = f"Đoàn {', '.join(filter(None, (line.text('body'), guests[0].name)))}"
    if not text:
        raise CellUnclear(_("The name of the delegation is missing."))
    return text if len(text) <= 300 else f"{text[:299]}…"


def persons_of(line: Line) -> int | None:
    """The number that the register states, in its own column or in words in the list."""
    text = line.text("persons")
    found = re.match(r"\d{1,4}", text) or COUNTED.search(line.text("members"))
    return int(found[1] if found.re is COUNTED else found[0]) if found else None


def source_of(line: Line) -> dict[str, str]:
    kept = {
        "guests_text": line.long_text("members")[:4000],
        "request_paper": line.text("request_paper")[:300],
        "permission_paper": line.text("permission_paper")[:300],
        "field_text": line.text("field")[:300],
    }
    return {name: text for name, text in kept.items() if text}


def days_of(visit: PastVisit) -> str:
    shape = InboundDelegation(arrives_on=visit.arrives_on, leaves_on=visit.leaves_on, date_precision=visit.precision)
    return visit_days(shape)


def words_of(visit: PastVisit) -> str:
    """What will be written, in one line, so that a reader of the dry run sees how the row was understood."""
    count = max(len(visit.guests), visit.persons or 0)
    people = _("%(n)d people") % {"n": count} if count else _("nobody named")
    body = visit.partner.name if visit.partner else visit.body
    country = str(visit.country) if visit.country else ""
    return " · ".join(part for part in (visit.title, days_of(visit), body, country, people, str(visit.unit)) if part)
