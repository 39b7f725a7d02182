"""The register of international events that were held or attended. All or nothing; reading it twice adds nothing twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import MeetingSeries, MeetingSession
from delegations.choices import DatePrecision
from delegations.event_choices import EventFormat, EventKind, EventRole
from delegations.models import InternationalEvent
from delegations.queries.events import event_days_text
from delegations.registers.days import Span, read_days, read_span
from delegations.registers.guests import country_of
from delegations.registers.inbound import VisitBook
from delegations.registers.layout import Line, Table, read_table
from delegations.registers.problems import CellUnclear, RowUnclear
from delegations.registers.reading import MOST_ROWS
from delegations.services.event_importing import PastEvent, add_past_events
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.people.models import OrgUnit
from intlcoop.people.registers import ImportResult, RowResult
from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.workflow.refusals import Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: Our name of a column -> the headers by which it is known (case, accents and what stands in brackets do not count).
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("STT", "TT", "Số TT", "Số thứ tự"),
    "file_number": ("Số", "Số hồ sơ", "Mã hồ sơ"),
    "title": ("Tên hội nghị", "Tên hội nghị, hội thảo", "Hội nghị, hội thảo", "Tên hội thảo", "Tên sự kiện"),
    "kind": ("Loại", "Loại hội nghị", "Loại hình"),
    "role": ("Vai trò", "Vai trò của ta", "Vai trò tham gia"),
    "format": ("Hình thức", "Hình thức tổ chức"),
    "starts": ("Ngày khai mạc", "Từ ngày", "Ngày bắt đầu"),
    "ends": ("Ngày bế mạc", "Đến ngày", "Ngày kết thúc"),
    "span": ("Thời gian", "Thời gian tổ chức"),
    "place": ("Địa điểm", "Nơi tổ chức"),
    "country": ("Nước", "Quốc gia", "Nước tổ chức"),
    "host": ("Cơ quan tổ chức", "Cơ quan chủ trì", "Đơn vị tổ chức"),
    "unit": ("Đơn vị", "Đơn vị chủ trì", "Đơn vị tham dự"),
    "mechanism": ("Cơ chế", "Khuôn khổ", "Cơ chế hợp tác"),
    "series": ("Chuỗi hội nghị", "Chuỗi", "Chuỗi cuộc họp"),
    "session": ("Lần thứ", "Phiên thứ", "Lần"),
    "vietnamese": ("Số đại biểu Việt Nam", "Đại biểu Việt Nam"),
    "foreign": ("Số đại biểu nước ngoài", "Đại biểu nước ngoài"),
    "theme": ("Chủ đề", "Chủ đề của hội nghị", "Nội dung"),
    "result": ("Kết quả",),
    "remark": ("Ghi chú",),
}
NEEDED = (("starts", "span"), ("title",))
MARKS = ("starts", "ends", "span")
CALLED_OFF = ("hoãn", "đã hủy", "đã huỷ", "không tổ chức", "không tham dự")
#: Words (folded) by which kind, role and form are known, the longer first.
KINDS = (
    ("quan chuc cap cao", EventKind.SENIOR_OFFICIALS), ("som", EventKind.SENIOR_OFFICIALS), ("tru bi", EventKind.PREPARATORY),
    ("dau moi", EventKind.FOCAL_POINTS), ("nhom cong tac", EventKind.WORKING_GROUP), ("tham van", EventKind.CONSULTATION),
    ("dieu phoi", EventKind.COORDINATION), ("doi tac", EventKind.PARTNERS), ("bo truong", EventKind.HEADS),
    ("dung dau", EventKind.HEADS), ("dien dan", EventKind.FORUM), ("toa dam", EventKind.PANEL),
    ("noi chuyen", EventKind.TALK), ("hoi thao", EventKind.WORKSHOP), ("hoi nghi", EventKind.CONFERENCE),
)  # fmt: skip
ROLES = (
    ("luan phien", EventRole.CHAIR), ("chu tri", EventRole.HOST), ("dang cai", EventRole.HOST), ("to chuc", EventRole.HOST),
    ("tham du", EventRole.ATTEND), ("tham gia", EventRole.ATTEND), ("du", EventRole.ATTEND),
)  # fmt: skip
FORMATS = (("ket hop", EventFormat.HYBRID), ("truc tuyen", EventFormat.ONLINE), ("truc tiep", EventFormat.IN_PERSON))


def import_events(
    data: bytes, *, dry_run: bool, actor: User | None, source: str = "", default_unit: OrgUnit | None = None
) -> ImportResult:
    """Take over events that are over. Rows without a unit go to `default_unit`, else to the department of cooperation.

    Raises TableUnreadable when the file is no such table, has too many rows, or nobody is named as whose work it is.
    """
    if actor is None:
        raise TableUnreadable(_("Say in whose name the events are taken over (--actor USERNAME)."))
    table = read_table(data, COLUMNS, needed=NEEDED, marks=MARKS)
    if len(table.lines) > MOST_ROWS:
        raise TableUnreadable(_("The file has more than %(limit)s rows. Split it.") % {"limit": MOST_ROWS})
    result, wanted = understand(table, EventBook(default_unit))
    wanted = drop_known(wanted, result)
    result.rows.sort(key=lambda row: row.line)
    result.saved = not dry_run and not result.has_errors
    if result.saved and wanted:
        write(wanted, result, source=source or _("register"), actor=actor)
    return result


def write(wanted: list[PastEvent], result: ImportResult, *, source: str, actor: User) -> None:
    """A session that somebody took meanwhile refuses the whole sheet."""
    try:
        with transaction.atomic():
            add_past_events(wanted, source=source[:200], actor=actor)
    except Refused as refusal:
        result.saved = False
        result.rows.append(RowResult(wanted[0].line, "error", " ".join(refusal.reasons)))


class EventBook(VisitBook):
    """What the rows are compared with: units, countries, series with their sessions that have a file."""

    def __init__(self, default_unit: OrgUnit | None) -> None:
        super().__init__(default_unit)
        self.series = {fold(row.name_vi): row for row in MeetingSeries.objects.all()}
        taken = MeetingSession.objects.filter(case__isnull=False, number__isnull=False)
        self.taken = set(taken.values_list("series_id", "number"))

    def series_of(self, text: str) -> MeetingSeries | None:
        if not text:
            return None
        found = self.series.get(fold(text))
        if found is None:
            raise CellUnclear(_("There is no series of meetings “%(name)s”. Correct the name.") % {"name": text[:80]})
        return found


def understand(table: Table, book: EventBook) -> tuple[ImportResult, list[PastEvent]]:
    """A result for each line that is no event of ours to add, and the events that are."""
    result, wanted = ImportResult(), []
    result.rows += [RowResult(number, "skip", reason) for number, reason in table.left_out]
    here = known_numbers(table)
    for line in table.lines:
        if (number := normalise_number(line.text("file_number"))) in here:
            text = _("%(number)s is here already.") % {"number": shown(number)}
            result.rows.append(RowResult(line.number, "skip", text))
            continue
        try:
            event = read_row(line, table, book)
        except RowUnclear as unclear:
            result.rows.append(RowResult(line.number, "error", " ".join(unclear.sentences)))
            continue
        remark = line.text("remark")
        if any(word in remark.lower() for word in CALLED_OFF):
            text = _("Not taken over: the register says “%(remark)s”.") % {"remark": remark[:80]}
            result.rows.append(RowResult(line.number, "skip", text))
        elif event.ends_on >= timezone.localdate():
            text = _("The event is not over yet (%(days)s). File it as a new event instead.") % {"days": days_of(event)}
            result.rows.append(RowResult(line.number, "error", table.says(column_of_days(table), line.number, text)))
        else:
            wanted.append(event)
    return result, wanted


def known_numbers(table: Table) -> set[str]:
    numbers = {normalise_number(line.text("file_number")) for line in table.lines} - {""}
    if not numbers:
        return set()
    return set(InternationalEvent.objects.filter(case__number__in=numbers).values_list("case__number", flat=True))


def drop_known(wanted: list[PastEvent], result: ImportResult) -> list[PastEvent]:
    """Without the events that are here already, and those that the register names twice; a result for every one."""
    first = {event.likeness: event.line for event in reversed(wanted)}
    days = {event.starts_on for event in wanted}
    found = InternationalEvent.objects.filter(starts_on__in=days)
    here = {(title, day): number for title, day, number in found.values_list("case__fold", "starts_on", "case__number")}
    kept = []
    for event in wanted:
        if number := here.get(event.likeness):
            text = _("Nothing new: this event is %(number)s.") % {"number": shown(number)}
            result.rows.append(RowResult(event.line, "skip", text))
        elif first[event.likeness] != event.line:
            text = _("Nothing new: the same event stands in row %(line)d.") % {"line": first[event.likeness]}
            result.rows.append(RowResult(event.line, "skip", text))
        else:
            kept.append(event)
            result.rows.append(RowResult(event.line, "create", words_of(event)))
    return kept


# --- a row ------------------------------------------------------------------------------------------------------------


def column_of_days(table: Table) -> str:
    return "starts" if "starts" in table.columns else "span"


def read_row(line: Line, table: Table, book: EventBook) -> PastEvent:
    """The event of a row. Raises RowUnclear with every sentence, each naming its cell."""
    problems: list[str] = []

    def attempt(column: str, read: Any, otherwise: Any) -> Any:
        try:
            return read()
        except CellUnclear as unclear:
            problems.append(table.says(column, line.number, str(unclear)))
            return otherwise

    span: Span | None = attempt(column_of_days(table), lambda: span_of(line), None)
    unit: OrgUnit | None = attempt("unit", lambda: book.unit(line.text("unit")), None)
    country_text = line.text("country")
    country = attempt("country", lambda: country_of(country_text, book.atlas) if country_text else None, None)
    title = attempt("title", lambda: title_of(line), "")
    role = attempt("role", lambda: chosen(line.text("role"), ROLES, EventRole.ATTEND), EventRole.ATTEND)
    format_ = attempt("format", lambda: chosen(line.text("format"), FORMATS, EventFormat.IN_PERSON), "")
    kind = attempt("kind", lambda: chosen(line.text("kind"), KINDS, kind_in(title)), EventKind.CONFERENCE)
    series = attempt("series", lambda: book.series_of(line.text("series")), None)
    number = attempt("session", lambda: whole(line.text("session")), None)
    ours = attempt("vietnamese", lambda: whole(line.text("vietnamese")), None)
    theirs = attempt("foreign", lambda: whole(line.text("foreign")), None)
    if series is not None and number is not None:
        attempt("session", lambda: take(book, series, number), None)
    if problems or span is None or unit is None:
        raise RowUnclear(problems)
    return PastEvent(
        line=line.number,
        title=title,
        unit=unit,
        starts_on=span.first,
        ends_on=span.last,
        precision=span.precision,
        kind=kind,
        role=role,
        format=format_,
        place=line.text("place"),
        country=country,
        host_text=line.text("host"),
        mechanism=line.text("mechanism"),
        series=series,
        session_number=number if series is not None else None,
        vietnamese_count=ours,
        foreign_count=theirs,
        theme=line.long_text("theme"),
        result=line.long_text("result"),
    )


def take(book: EventBook, series: MeetingSeries, number: int) -> None:
    """A session has one event: neither one that is here nor another row of the sheet."""
    if (series.pk, number) in book.taken:
        raise CellUnclear(
            _("Session %(number)s of “%(series)s” has its event already.") % {"number": number, "series": series}
        )
    book.taken.add((series.pk, number))


def span_of(line: Line) -> Span:
    starts, ends = line.cells.get("starts", line.cells.get("span")), line.cells.get("ends")
    if starts is None and ends is None:
        raise CellUnclear(_("The days are missing. Write at least the month, for example “tháng 4/2022”."))
    if starts is None or ends is None:
        return read_span(starts if starts is not None else ends)
    first, last = read_span(starts), read_span(ends)
    if last.last < first.first:
        raise CellUnclear(
            _("The event ends (%(last)s) before it begins (%(first)s). Correct one of the two days.")
            % {"first": f"{first.first:%d/%m/%Y}", "last": f"{last.last:%d/%m/%Y}"}
        )
    return read_days(starts, ends)


def title_of(line: Line) -> str:
    text = line.text("title")
    if not text:
        raise CellUnclear(_("The name of the event is missing."))
    return text if len(text) <= 300 else f"{text[:299]}…"


def chosen(text: str, words: Any, usual: str) -> str:
    """The value whose word stands in the text. Raises CellUnclear when there is a text and none fits."""
    if not text:
        return usual
    folded = fold(text)
    found = next((value for word, value in words if word in folded), None)
    if found is None:
        raise CellUnclear(
            _("“%(text)s” is not understood. Leave it empty, or write it in other words.") % {"text": text[:60]}
        )
    return str(found)


def kind_in(title: str) -> str:
    return str(next((value for word, value in KINDS if word in fold(title)), EventKind.CONFERENCE))


def whole(text: str) -> int | None:
    if not text:
        return None
    found = re.fullmatch(r"(?:hơn\s+|khoảng\s+)?(\d{1,5})(?:\s*(?:người|đại biểu))?", text.strip().replace(".", ""))
    if found is None:
        raise CellUnclear(_("“%(text)s” is no whole number.") % {"text": text[:40]})
    return int(found[1])


def days_of(event: PastEvent) -> str:
    shape = InternationalEvent(
        starts_on=event.starts_on, ends_on=event.ends_on, date_precision=event.precision or DatePrecision.DAY
    )
    return event_days_text(shape)


def words_of(event: PastEvent) -> str:
    """What will be written, in one line, so that a reader of the dry run sees how the row was understood."""
    session = f"{event.series}, {event.session_number}" if event.series else ""
    labels = (str(EventKind(event.kind).label), str(EventRole(event.role).label), str(EventFormat(event.format).label))
    return " · ".join(
        part for part in (event.title, days_of(event), *labels, event.place, session, str(event.unit)) if part
    )
