"""The register of visits: the provincial layout of eleven columns as it is (domain.md B.3), our own export, and between."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Partner
from delegations.choices import DatePrecision
from delegations.models import ImportedVisit, InboundDelegation
from delegations.queries.visits import visit_days
from delegations.registers.days import Span, read_days, read_span
from delegations.registers.guests import country_of
from delegations.registers.layout import Cells, Line, Table
from delegations.registers.past import PastRegister, Sentences
from delegations.registers.persons import Named, is_title, rank_of, read_people, read_person
from delegations.registers.problems import CellUnclear, RowUnclear
from delegations.registers.reading import UnitBook
from delegations.services.visit_importing import PastVisit, add_past_visits
from intlcoop.catalogues.models import CooperationField
from intlcoop.people.choices import UnitFunction
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.folding import fold

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


class VisitBook(UnitBook):
    """What the rows of the register are compared with; loaded once."""

    def __init__(self, default_unit: OrgUnit | None) -> None:
        icd = OrgUnit.objects.filter(function=UnitFunction.ICD).order_by("valid_from").first()
        super().__init__(default_unit or icd)
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


# --- a row ------------------------------------------------------------------------------------------------------------


def read_row(line: Line, table: Table, book: VisitBook) -> PastVisit:
    """The visit of a row. Raises RowUnclear with every sentence, each naming its cell."""
    cells = Cells(line, table)
    span: Span | None = cells.read(table.first_of(*NEEDED[0]), lambda: span_of(line), None)
    unit: OrgUnit | None = cells.read("unit", lambda: book.unit(line.text("unit")), None)
    text = line.text("country")
    country = cells.read("country", lambda: country_of(text, book.atlas) if text else None, None)
    guests, is_led = guests_of(line)
    title = cells.read("title", lambda: title_of(line, guests), "")
    if cells.problems or span is None or unit is None:
        raise RowUnclear(cells.problems)
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


def here(visits: list[PastVisit]) -> dict[Hashable, str]:
    read_before = ImportedVisit.objects.filter(fingerprint__in=[visit.fingerprint for visit in visits])
    return dict(read_before.values_list("fingerprint", "visit__case__number"))


VISITS = PastRegister(
    columns=COLUMNS,
    needed=NEEDED,
    marks=MARKS,
    model=InboundDelegation,
    book=VisitBook,
    read=read_row,
    called_off=lambda remark: any(word in remark for word in CALLED_OFF),
    ends_on=lambda visit: visit.leaves_on,
    keys=lambda visit: [visit.fingerprint],
    here=here,
    days_of=days_of,
    words_of=words_of,
    add=add_past_visits,
    sentences=Sentences(
        nobody=gettext_lazy("Say in whose name the visits are taken over (--actor USERNAME)."),
        not_over=gettext_lazy("The visit is not over yet (%(days)s). File it as a new visit instead."),
        here=gettext_lazy("Nothing new: this visit is %(number)s."),
        twice=gettext_lazy("Nothing new: the same visit stands in row %(line)d."),
    ),
)
#: Rows without a unit go to `default_unit`, else to the department of cooperation.
import_inbound = VISITS.take_over
