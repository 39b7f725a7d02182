"""Agreements of the past from a spreadsheet. All rows or none; the same sheet twice adds nothing twice."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import AgreementKind, AgreementState, DatePrecision, InNameOf, Regime, TermKind, TextLanguage
from agreements.guards.agreement import forbidden_words, title_rule
from agreements.models import InternationalAgreement, Partner
from agreements.queries.alike import partners_like
from agreements.queries.naming import partners_named, written
from agreements.queries.twins import Book as Titles
from agreements.queries.twins import Likeness
from agreements.registers.reading import Atlas, CellUnclear, Line, Units, read_lines
from agreements.services.past_agreements import PastAgreement, add_past_agreements
from intlcoop.catalogues.models import CooperationField
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.people.registers import ImportResult, RowResult
from intlcoop.regulations.choices import Severity
from intlcoop.vietnamese.dates import parse_date, table_date
from intlcoop.vietnamese.folding import fold

if TYPE_CHECKING:
    from intlcoop.people.models import OrgUnit, User

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("TT", "STT", "Số TT"),
    "title": ("Tên thỏa thuận", "Tên văn bản", "Tên gọi", "Tên tiếng Việt", "Tên văn bản bằng tiếng Việt"),
    "title_en": ("Tên tiếng Anh", "Tên văn bản bằng tiếng Anh"),
    "kind": ("Loại văn bản", "Loại", "Hình thức"),
    "regime": ("Chế độ pháp lý",),
    "in_name_of": ("Danh nghĩa ký", "Danh nghĩa"),
    "partner": ("Đối tác", "Bên ký kết nước ngoài", "Cơ quan đối tác", "Đối tác ký"),
    "country": ("Nước", "Quốc gia", "Quốc gia, vùng lãnh thổ"),
    "fields": ("Lĩnh vực hợp tác", "Lĩnh vực"),
    "signed_on": ("Ngày ký", "Thời gian ký", "Năm ký"),
    "signed_place": ("Nơi ký", "Địa điểm ký"),
    "signer_name": ("Người ký phía ta", "Người ký", "Người ký phía Việt Nam"),
    "signatory": ("Người ký phía đối tác", "Người ký phía bạn"),
    "effective_on": ("Ngày hiệu lực", "Hiệu lực từ", "Có hiệu lực từ"),
    "expires_on": ("Ngày hết hạn", "Hết hiệu lực", "Ngày hết hiệu lực"),
    "term": ("Thời hạn", "Hiệu lực"),
    "languages": ("Ngôn ngữ", "Ngôn ngữ văn bản"),
    "unit": ("Đơn vị chủ trì", "Đơn vị", "Đơn vị đề xuất"),
    "standing": ("Tình trạng", "Trạng thái"),
    "content": ("Nội dung chính", "Nội dung"),
    "original_kept": ("Nơi lưu bản gốc", "Nơi lưu"),
}
NEEDED = ("title", "partner")
MOST_ROWS = 5_000
FIRST_YEAR, LAST_YEAR = 1900, 2100
KINDS = (
    (AgreementKind.TREATY_AGREEMENT, ("hiep dinh",)),
    (AgreementKind.PROTOCOL, ("nghi dinh thu", "protocol")),
    (AgreementKind.CONVENTION, ("cong uoc", "convention")),
    (AgreementKind.MOU, ("ban ghi nho", "bien ban ghi nho", "memorandum of understanding", "mou")),
    (AgreementKind.LETTER_OF_INTENT, ("y dinh thu", "letter of intent")),
    (AgreementKind.COOPERATION_PLAN, ("ke hoach hop tac", "ke hoach")),
    (AgreementKind.COOPERATION_PROGRAMME, ("chuong trinh hop tac", "chuong trinh")),
    (AgreementKind.DECLARATION, ("tuyen bo", "declaration", "statement")),
    (AgreementKind.COMMUNIQUE, ("thong cao",)),
    (AgreementKind.AGREED_MINUTES, ("bien ban thoa thuan", "bien ban")),
    (AgreementKind.COOPERATION_AGREEMENT, ("thoa thuan hop tac", "thoa thuan", "agreement")),
)  # fmt: skip
REGIMES = ((Regime.TREATY, ("dieu uoc",)), (Regime.COOPERATION_PAPER, ("ngoai pham vi", "van ban hop tac")))
NAMES_OF = (
    (InNameOf.STATE, ("nha nuoc",)), (InNameOf.GOVERNMENT, ("chinh phu",)), (InNameOf.CUC, ("cuc",)),
    (InNameOf.UNIT, ("don vi", "truong", "vien", "hoc vien")), (InNameOf.MINISTRY, ("bo",)),
)  # fmt: skip
STANDINGS = (
    ("terminated", ("cham dut", "rut khoi")), ("expired", ("het hieu luc", "het han")),
    ("signed", ("da ky chua co hieu luc", "chua co hieu luc", "chua hieu luc")), ("in_force", ("hieu luc", "dang thuc hien")),
)  # fmt: skip
MONTH = re.compile(r"^(?:tháng\s*)?(\d{1,2})[/.-](\d{4})$", re.IGNORECASE)
YEAR = re.compile(r"^(?:năm\s*)?(\d{4})$", re.IGNORECASE)
MONTHS = re.compile(r"(\d{1,3})\s*(năm|tháng)", re.IGNORECASE)


def import_agreements(
    data: bytes, *, dry_run: bool, actor: User | None, source: str = "", default_unit: OrgUnit | None = None
) -> ImportResult:
    """Add concluded agreements. Each row says which ones it comes near to, in the list and in the sheet itself.

    Raises TableUnreadable when the file is no such table.
    """
    if actor is None:
        raise TableUnreadable(_("Say in whose name the agreements are taken over (--actor USERNAME)."))
    lines = read_lines(data, COLUMNS, needed=NEEDED)
    if len(lines) > MOST_ROWS:
        raise TableUnreadable(_("The file has more than %(limit)s rows. Split it.") % {"limit": MOST_ROWS})
    result, book, wanted = ImportResult(), Book(default_unit, actor), []
    for line in lines:
        try:
            row = understood(line, book, source)
        except CellUnclear as unclear:
            result.rows.append(RowResult(line.number, "error", str(unclear)))
            continue
        action, message = book.compared(row)
        result.rows.append(RowResult(line.number, action, message))
        if action == "create":
            wanted.append(row)
    result.saved = not dry_run and not result.has_errors
    if result.saved and wanted:
        with transaction.atomic():
            add_past_agreements(wanted, actor=actor)
    return result


class Book:
    """What the rows are compared with; loaded once."""

    def __init__(self, default_unit: OrgUnit | None, reader: User) -> None:
        self.atlas, self.units = Atlas(), Units(default_unit)
        self.fields = {
            fold(name): each for each in CooperationField.objects.all() for name in (each.name_vi, each.name_en)
        }
        self.rule = title_rule(timezone.localdate())
        #: Partner -> (title, number or line, likeness, its first day) of what is there, then of the rows before.
        self.known: dict[int, list[tuple[str, str, InternationalAgreement | PastAgreement]]] = {}
        rows = InternationalAgreement.objects.visible_to(reader).select_related("case").prefetch_related("parties")
        for each in rows.exclude(case__state__in=AgreementState.GIVEN_UP):
            for party in each.parties.all():
                self.known.setdefault(party.partner_id, []).append((each.case.title, each.case.number, each))

    def compared(self, row: PastAgreement) -> tuple[str, str]:
        """The action for a row, and what is to be said of it: the same again, like another one, or new."""
        titles = Titles(row.partners)
        mine = Likeness(titles=titles.words([row.title, row.title_en]), kind=row.kind, on=_exact(row))
        near = []
        for partner in row.partners:
            for title, number, other in self.known.get(partner.pk, ()):
                if fold(title) == fold(row.title) and other.signed_on == row.signed_on:
                    return "skip", _("%(title)s: in the list already (%(number)s).") % {
                        "title": row.title,
                        "number": number,
                    }
                theirs = Likeness(titles=titles.words([title, other.title_en]), kind=other.kind, on=_exact(other))
                if mine.to(theirs):
                    near.append(f"{number} “{title}”")
        for partner in row.partners:
            self.known.setdefault(partner.pk, []).append((row.title, _("this file"), row))
        message = _("%(title)s: new.") % {"title": row.title}
        if near:
            message += " " + _("Looks like %(others)s; check whether it is the same.") % {
                "others": "; ".join(dict.fromkeys(near))
            }
        return "create", message


def _exact(row: InternationalAgreement | PastAgreement) -> dt.date | None:
    return row.signed_on if row.signed_precision == DatePrecision.DAY else None


def understood(line: Line, book: Book, source: str) -> PastAgreement:
    """The agreement of a row. Raises CellUnclear."""
    title = line.text("title")
    if not title:
        raise CellUnclear(_("The title is missing."))
    unit = next(iter(book.units.units([line.text("unit")] if line.text("unit") else [])), None)
    if unit is None:
        raise CellUnclear(_("The unit is missing. Write it, or choose a unit for rows without one."))
    regime = _word(line.text("regime"), REGIMES) or (
        Regime.COOPERATION_PAPER if unit.unit_class == "attached" else Regime.INTERNATIONAL_AGREEMENT
    )
    _check_title(title, regime, book)
    signed_on, precision = read_day(line, "signed_on")
    effective_on, _precision = read_day(line, "effective_on")
    expires_on, _precision = read_day(line, "expires_on", last=True)
    begins = effective_on or signed_on
    if expires_on and begins and expires_on < begins:
        text = _("It would expire on %(expiry)s, before it is signed or in force (%(begins)s). Correct the days.")
        raise CellUnclear(text % {"expiry": table_date(expires_on), "begins": table_date(begins)})
    if signed_on and signed_on > timezone.localdate():
        raise CellUnclear(_("The day of signing lies in the future. A signing is recorded once it happened."))
    term, months = _term(line, expires_on)
    fallback = InNameOf.UNIT if regime == Regime.COOPERATION_PAPER else InNameOf.MINISTRY
    return PastAgreement(
        title=title[:300],
        title_en=line.text("title_en")[:300],
        unit=unit,
        partners=tuple(_partners(line, book)),
        year=(signed_on or timezone.localdate()).year,
        regime=regime,
        kind=_word(line.text("kind") or title, KINDS) or AgreementKind.OTHER,
        in_name_of=_word(line.text("in_name_of"), NAMES_OF) or fallback,
        cooperation=tuple(_fields(line, book)),
        languages=tuple(_languages(line)),
        signed_on=signed_on,
        signed_precision=precision,
        signed_place=line.text("signed_place")[:160],
        signer_name=line.text("signer_name")[:120],
        signatories=tuple(line.parts("signatory")),
        effective_on=effective_on or (signed_on if precision == DatePrecision.DAY else None),
        term_kind=term,
        expires_on=expires_on,
        renewal_months=months,
        content=line.text("content")[:8000],
        original_kept=line.text("original_kept")[:200],
        standing=_standing(line, expires_on, term),
        comment=f"Nhập từ sổ theo dõi “{source or 'tệp Excel'}”, dòng {line.number}.",
    )


def _check_title(title: str, regime: str, book: Book) -> None:
    if regime != Regime.INTERNATIONAL_AGREEMENT or book.rule is None or book.rule.severity != Severity.BLOCK:
        return
    if found := forbidden_words(title, list(book.rule.value)):
        text = _(
            "“%(words)s” names a treaty. Write “điều ước quốc tế” in the column of the legal regime, or correct the title."
        )
        raise CellUnclear(text % {"words": "”, “".join(found)})


def _partners(line: Line, book: Book) -> list[Partner]:
    texts = line.parts("partner")
    if not texts:
        raise CellUnclear(_("The partner is missing."))
    country = book.atlas.country(line.text("country")) if len(texts) == 1 else None
    return [_partner(text, country) for text in texts]


def _partner(text: str, country: Any) -> Partner:
    found = partners_named(text)
    if country is not None and len(found) > 1:
        found = [each for each in found if each.country_id == country.pk] or found
    if len(found) == 1:
        return found[0]
    if found:
        names = "; ".join(written(each) for each in found[:5])
        raise CellUnclear(_("Several partners are called so: %(names)s. Choose one.") % {"names": names})
    near = "; ".join(f"“{each.partner.name_vi}”" for each in partners_like([text], country))
    sentence = _("There is no partner “%(name)s” in the list. Take over the partners first, or correct the name.")
    sentence %= {"name": text[:80]}
    if near:
        sentence += " " + _("Near to it: %(names)s.") % {"names": near}
    raise CellUnclear(sentence)


def _fields(line: Line, book: Book) -> list[CooperationField]:
    pieces = [piece for part in line.parts("fields") for piece in part.split(",")]
    return list(dict.fromkeys(book.fields[fold(piece)] for piece in pieces if fold(piece) in book.fields))


def _languages(line: Line) -> list[str]:
    said = fold(line.text("languages"))
    return [code for code, label in TextLanguage.choices if fold(str(label)).removeprefix("tieng ") in said and said]


def _term(line: Line, expires_on: dt.date | None) -> tuple[str, int | None]:
    said = fold(line.text("term"))
    if "tu dong gia han" in said:
        said_of_renewal = line.text("term").lower().partition("gia hạn")[2]
        found = MONTHS.search(said_of_renewal) or MONTHS.search(line.text("term"))
        months = int(found[1]) * (12 if found[2].lower() == "năm" else 1) if found else None
        return TermKind.AUTO_RENEWED, months
    if "khong thoi han" in said or "vo thoi han" in said:
        return TermKind.OPEN_ENDED, None
    return (TermKind.FIXED if expires_on else ""), None


def _standing(line: Line, expires_on: dt.date | None, term: str) -> str:
    if said := _word(line.text("standing"), STANDINGS):
        return said
    over = expires_on is not None and expires_on < timezone.localdate() and term != TermKind.AUTO_RENEWED
    return "expired" if over else "in_force"


def _word(text: str, table: Any) -> Any:
    """What the words of a cell mean; the first of the table that stands in it."""
    folded = f" {fold(text)} "
    return next((value for value, words in table for word in words if f" {word} " in folded), "")


def read_day(line: Line, name: str, *, last: bool = False) -> tuple[dt.date | None, str]:
    """A day and how exactly it is known: 17/08/2022, 8/2022, 2022; nothing where the source says nothing. `last`: of a month or
    a year its last day, for an end. Raises CellUnclear."""
    cell, text = line.cells.get(name), line.text(name)
    if not text:
        return None, DatePrecision.UNKNOWN
    try:
        day, precision = _known_day(cell, text, last=last)
    except (ValueError, OverflowError) as error:
        text_of = _("“%(value)s” is not a date. Write day/month/year, month/year or the year.")
        raise CellUnclear(text_of % {"value": text[:40]}) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        text_of = _("The year of “%(value)s” must lie between 1900 and 2100.")
        raise CellUnclear(text_of % {"value": text[:40]})
    return day, precision


def _known_day(cell: Any, text: str, *, last: bool) -> tuple[dt.date, str]:
    """Raises ValueError, OverflowError."""
    if isinstance(cell, dt.datetime):
        return cell.date(), DatePrecision.DAY
    if isinstance(cell, dt.date):
        return cell, DatePrecision.DAY
    if found := YEAR.match(text):
        year = int(found[1])
        return (dt.date(year, 12, 31) if last else dt.date(year, 1, 1)), DatePrecision.YEAR
    if found := MONTH.match(text):
        month, year = int(found[1]), int(found[2])
        first = dt.date(year, month, 1)
        return (first.replace(day=monthrange(year, month)[1]) if last else first), DatePrecision.MONTH
    return parse_date(text), DatePrecision.DAY
