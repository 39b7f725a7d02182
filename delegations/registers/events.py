"""The register of international events that were held or attended."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import MeetingSeries, MeetingSession
from delegations.choices import DatePrecision
from delegations.event_choices import EventFormat, EventKind, EventRole
from delegations.models import InternationalEvent
from delegations.queries.events import event_days_text
from delegations.registers.days import Span, read_days, read_span
from delegations.registers.guests import country_of
from delegations.registers.inbound import VisitBook
from delegations.registers.layout import Cells, Line, Table
from delegations.registers.past import PastRegister, Sentences
from delegations.registers.problems import CellUnclear, RowUnclear
from delegations.services.event_importing import PastEvent, add_past_events
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.folding import fold

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


# --- a row ------------------------------------------------------------------------------------------------------------


def read_row(line: Line, table: Table, book: EventBook) -> PastEvent:
    """The event of a row. Raises RowUnclear with every sentence, each naming its cell."""
    cells = Cells(line, table)
    span: Span | None = cells.read(table.first_of(*NEEDED[0]), lambda: span_of(line), None)
    unit: OrgUnit | None = cells.read("unit", lambda: book.unit(line.text("unit")), None)
    country_text = line.text("country")
    country = cells.read("country", lambda: country_of(country_text, book.atlas) if country_text else None, None)
    title = cells.read("title", lambda: title_of(line), "")
    role = cells.read("role", lambda: chosen(line.text("role"), ROLES, EventRole.ATTEND), EventRole.ATTEND)
    format_ = cells.read("format", lambda: chosen(line.text("format"), FORMATS, EventFormat.IN_PERSON), "")
    kind = cells.read("kind", lambda: chosen(line.text("kind"), KINDS, kind_in(title)), EventKind.CONFERENCE)
    series = cells.read("series", lambda: book.series_of(line.text("series")), None)
    number = cells.read("session", lambda: whole(line.text("session")), None)
    ours = cells.read("vietnamese", lambda: whole(line.text("vietnamese")), None)
    theirs = cells.read("foreign", lambda: whole(line.text("foreign")), None)
    if series is not None and number is not None:
        cells.read("session", lambda: take(book, series, number), None)
    if cells.problems or span is None or unit is None:
        raise RowUnclear(cells.problems)
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


def here(events: list[PastEvent]) -> dict[Hashable, str]:
    found = InternationalEvent.objects.filter(starts_on__in={event.starts_on for event in events})
    return {(title, day): number for title, day, number in found.values_list("case__fold", "starts_on", "case__number")}


EVENTS = PastRegister(
    columns=COLUMNS,
    needed=NEEDED,
    marks=MARKS,
    model=InternationalEvent,
    book=EventBook,
    read=read_row,
    called_off=lambda remark: any(word in remark for word in CALLED_OFF),
    ends_on=lambda event: event.ends_on,
    keys=lambda event: [event.likeness],
    here=here,
    days_of=days_of,
    words_of=words_of,
    add=add_past_events,
    sentences=Sentences(
        nobody=gettext_lazy("Say in whose name the events are taken over (--actor USERNAME)."),
        not_over=gettext_lazy("The event is not over yet (%(days)s). File it as a new event instead."),
        here=gettext_lazy("Nothing new: this event is %(number)s."),
        twice=gettext_lazy("Nothing new: the same event stands in row %(line)d."),
    ),
)
#: Rows without a unit go to `default_unit`, else to the department of cooperation.
import_events = EVENTS.take_over
