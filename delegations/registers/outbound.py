"""The register of outbound trips: the provincial layout of fifteen columns as it is, our own export, and what lies between.

All or nothing: one wrong row and nothing is saved, so that the register can be mended and read again. Reading it twice adds
nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import OutboundState
from delegations.models import ImportedTrip, OutboundDelegation
from delegations.queries import days_text
from delegations.registers.layout import Line, Table, read_table
from delegations.registers.problems import RowUnclear
from delegations.registers.reading import MOST_ROWS, Book, column_of_document, read_row
from delegations.services.importing import PastTrip, add_past_trips
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.people.models import OrgUnit
from intlcoop.people.registers import ImportResult, RowResult
from intlcoop.vietnamese.numbers import format_money
from intlcoop.web.file_numbers import normalise_number, shown

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: Our name of a column -> the headers by which it is known (case, accents and what stands in brackets do not count).
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("STT", "TT", "Số TT", "Số thứ tự"),
    "file_number": ("Số", "Số hồ sơ", "Mã hồ sơ"),
    "title": ("Tên đoàn", "Tên đoàn ra", "Tên chuyến đi", "Tên chuyến công tác"),
    "members": ("Danh sách đoàn ra", "Danh sách đoàn", "Thành phần đoàn", "Thành viên đoàn", "Thành viên", "Họ và tên"),
    "head": ("Tên trưởng đoàn", "Trưởng đoàn", "Họ tên trưởng đoàn"),
    "head_post": ("Chức vụ trưởng đoàn", "Chức vụ"),
    "departs": ("Ngày đi", "Ngày xuất cảnh", "Ngày khởi hành", "Từ ngày", "Thời gian đi", "Thời gian từ ngày"),
    "returns": ("Ngày về", "Ngày nhập cảnh", "Đến ngày", "Thời gian về", "Thời gian đến ngày"),
    "span": ("Thời gian", "Thời gian thực hiện", "Thời gian công tác"),
    "request_paper": ("Văn bản xin phép", "Công văn xin phép", "Tờ trình"),
    "permission_paper": ("Văn bản cho phép", "Quyết định cho phép", "Quyết định", "Số quyết định"),
    "unit": ("Đơn vị xin phép", "Đơn vị chủ trì", "Đơn vị", "Cơ quan xin phép"),
    "countries": ("Nước đến", "Quốc gia", "Nước", "Nơi đến", "Nước công tác"),
    "purpose": ("Mục đích", "Mục đích, nội dung", "Nội dung", "Mục đích chuyến đi", "Nội dung công tác"),
    "amount": ("Số tiền", "Kinh phí", "Tổng kinh phí"),
    "funding": ("Nguồn kinh phí", "Nguồn"),
    "inviting": ("Đơn vị mời", "Cơ quan mời", "Bên mời"),
    "report": ("Báo cáo", "Báo cáo kết quả"),
    "plan": ("Kế hoạch", "Trong/ngoài kế hoạch", "Theo kế hoạch"),
    "remark": ("Ghi chú",),
}
NEEDED = (("departs", "span"), ("countries",), ("purpose", "title", "members"))
MARKS = ("departs", "returns", "span", "countries")


def import_outbound(
    data: bytes, *, dry_run: bool, actor: User | None, source: str = "", default_unit: OrgUnit | None = None
) -> ImportResult:
    """Take over trips that are over. Rows whose unit is unknown here go to `default_unit`, if one is given.

    Raises TableUnreadable when the file is no such table, has too many rows, or nobody is named as whose work it is.
    """
    if actor is None:
        raise TableUnreadable(_("Say in whose name the trips are taken over (--actor USERNAME)."))
    table = read_table(data, COLUMNS, needed=NEEDED, marks=MARKS)
    if len(table.lines) > MOST_ROWS:
        raise TableUnreadable(_("The file has more than %(limit)s rows. Split it.") % {"limit": MOST_ROWS})
    result, wanted = understand(table, Book(default_unit))
    wanted = drop_known(wanted, result)
    result.rows.sort(key=lambda row: row.line)
    result.saved = not dry_run and not result.has_errors
    if result.saved and wanted:
        with transaction.atomic():
            add_past_trips(wanted, source=(source or _("register"))[:200], actor=actor)
    return result


def understand(table: Table, book: Book) -> tuple[ImportResult, list[PastTrip]]:
    """A result for each line that is no trip of ours to add, and the trips that are."""
    result, wanted = ImportResult(), []
    result.rows += [RowResult(number, "skip", reason) for number, reason in table.left_out]
    numbers = known_numbers(table)
    for line in table.lines:
        if (number := normalise_number(line.text("file_number"))) in numbers:
            result.rows.append(
                RowResult(line.number, "skip", _("%(number)s is here already.") % {"number": shown(number)})
            )
            continue
        try:
            trip = read_row(line, table, book)
        except RowUnclear as unclear:
            result.rows.append(RowResult(line.number, "error", " ".join(unclear.sentences)))
            continue
        if reason := not_travelled(line):
            result.rows.append(RowResult(line.number, "skip", reason))
        elif trip.returns_on >= timezone.localdate():
            text = _("The trip is not over yet (%(days)s). File it as a new trip instead.") % {"days": days_of(trip)}
            result.rows.append(
                RowResult(line.number, "error", table.says(column_of_document(table), line.number, text))
            )
        else:
            wanted.append(trip)
    return result, wanted


def known_numbers(table: Table) -> set[str]:
    numbers = {normalise_number(line.text("file_number")) for line in table.lines} - {""}
    if not numbers:
        return set()
    found = OutboundDelegation.objects.filter(case__number__in=numbers)
    return set(found.values_list("case__number", flat=True))


def not_travelled(line: Line) -> str:
    """A trip that the register itself calls off is no trip that was made, so it is not counted here."""
    remark = line.text("remark").lower()
    words = ("hoãn", "đã hủy", "đã huỷ", "hủy đoàn", "huỷ đoàn", "không thực hiện", "không đi")
    if not any(word in remark for word in words) and remark not in ("hủy", "huỷ"):
        return ""
    return _("Not taken over: the register says “%(remark)s”.") % {"remark": line.text("remark")[:80]}


def drop_known(wanted: list[PastTrip], result: ImportResult) -> list[PastTrip]:
    """Without the trips that are here already, and those that the register names twice; a result for every one."""
    prints = {trip.fingerprint: trip.line for trip in reversed(wanted)}
    read_before = dict(
        ImportedTrip.objects.filter(fingerprint__in=prints).values_list("fingerprint", "delegation__case__number")
    )
    alike = trips_alike(wanted)
    kept = []
    for trip in wanted:
        number = read_before.get(trip.fingerprint) or alike.get(likeness(trip))
        if number:
            text = _("Nothing new: this trip is %(number)s.") % {"number": shown(number)}
            result.rows.append(RowResult(trip.line, "skip", text))
        elif prints[trip.fingerprint] != trip.line:
            text = _("Nothing new: the same trip stands in row %(line)d.") % {"line": prints[trip.fingerprint]}
            result.rows.append(RowResult(trip.line, "skip", text))
        else:
            kept.append(trip)
            result.rows.append(RowResult(trip.line, "create", words_of(trip)))
    return kept


def likeness(trip: PastTrip) -> tuple[Any, ...]:
    names = frozenset(member.full_name.casefold() for member in trip.members)
    return (trip.departs_on, trip.returns_on, frozenset(country.pk for country, _city in trip.places), names)


def trips_alike(wanted: list[PastTrip]) -> dict[tuple[Any, ...], str]:
    """Trips that were filed here themselves, by what makes them the same: days, countries and people."""
    days: set[dt.date] = {trip.departs_on for trip in wanted if trip.members}
    found = (
        OutboundDelegation.objects.filter(departs_on__in=days, imported__isnull=True)
        .exclude(case__state__in=[OutboundState.CANCELLED, OutboundState.REJECTED, OutboundState.POSTPONED])
        .select_related("case")
        .prefetch_related("members", "legs")
    )
    return {
        (
            trip.departs_on,
            trip.returns_on,
            frozenset(leg.country_id for leg in trip.legs.all()),
            frozenset(member.full_name.casefold() for member in trip.members.all()),
        ): trip.case.number
        for trip in found
    }


def days_of(trip: PastTrip) -> str:
    return days_text(
        OutboundDelegation(departs_on=trip.departs_on, returns_on=trip.returns_on, date_precision=trip.precision)
    )


def words_of(trip: PastTrip) -> str:
    """What will be written, in one line, so that a reader of the dry run sees how the row was understood."""
    countries = ", ".join(dict.fromkeys(country.name for country, _city in trip.places))
    people = _("%(n)d people") % {"n": len(trip.members)} if trip.members else _("nobody named")
    money = "; ".join(
        format_money(amount, currency.code, decimals=currency.decimals) for _s, amount, currency, _n in trip.money
    )
    return " · ".join(part for part in (trip.title, days_of(trip), countries, people, money, str(trip.unit)) if part)
