"""What stands on an administrative paper: the pieces of Decree 30/2020/NĐ-CP as data.

`decree30` prints them as HTML for PDF and `docx` as a Word file, so that both say the same. Every text is composed
(NFC) and freed of control characters when the piece is made; escaping is the printers' work.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from intlcoop.vietnamese.dates import document_date
from intlcoop.vietnamese.joining import without_end
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.numbers import roman

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
END_MARK = "./."
# Room that a pen or the clerk fills; plain spaces would collapse.
NBSP = "\u00a0"
BLANK = NBSP * 7

Align = Literal["left", "center", "right", "justify"]
Urgency = Literal["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"]
Circulation = Literal["", "LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"]
#: The frames of box 10b and 11 in millimetres, width and height.
FRAMES = {
    "KHẨN": (20, 8), "THƯỢNG KHẨN": (40, 8), "HỎA TỐC": (30, 8), "LƯU HÀNH NỘI BỘ": (50, 8), "XEM XONG TRẢ LẠI": (50, 8),
}  # fmt: skip


class Piece:
    """Composes every text of the dataclass on its way in."""

    def __post_init__(self) -> None:
        for spec in fields(self):  # type: ignore[arg-type]
            object.__setattr__(self, spec.name, _composed(getattr(self, spec.name)))


def _composed(value: object) -> object:
    if isinstance(value, str):
        return NBSP.join(nfc(part) for part in value.split(NBSP))  # in print it is meant
    if isinstance(value, list | tuple):
        return tuple(_composed(item) for item in value)
    return value


@dataclass(frozen=True, kw_only=True)
class Head(Piece):
    """The two columns on top: who issues, and the nation's name; number, place and date.

    `number` is the whole official number as the clerk entered it ("15/QĐ-BNV"); before that, `symbol` ("QĐ-BNV") is
    printed behind an empty place. Without both there is no number line. Without `date` the day is left open.
    """

    issuer: str
    superior: str = ""
    number: str = ""
    symbol: str = ""
    place: str = "Hà Nội"
    date: dt.date | None = None
    year: int | None = None
    urgency: Urgency = ""
    circulation: Circulation = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands in frames below the number: how urgent (box 10b), who may read it (box 11)."""
        return tuple(mark for mark in (self.urgency, self.circulation) if mark)

    @property
    def number_line(self) -> str:
        """ "Số: 05/QĐ-BNV", "Số:        /QĐ-BNV" or nothing."""
        if self.number:
            return f"Số: {re.sub(r'^(?=[1-9](?![0-9]))', '0', self.number)}"
        return f"Số:{BLANK}/{self.symbol}" if self.symbol else ""

    @property
    def place_and_date(self) -> str:
        """ "Hà Nội, ngày 05 tháng 01 năm 2026", the unknown parts left open."""
        return f"{self.place}, {self._day}"

    def citation(self, type_name: str) -> str:
        """How another paper or an annex names this one: "Quyết định số 15/QĐ-BNV ngày 05 tháng 01 năm 2026"."""
        parts = (type_name, self.number_line.replace("Số:", "số", 1), self._day)
        return " ".join(part for part in parts if part)

    @property
    def _day(self) -> str:
        if self.date:
            return document_date(self.date)
        return f"ngày{BLANK}tháng{BLANK}năm {self.year or BLANK}"


@dataclass(frozen=True, kw_only=True)
class Signature(Piece):
    """Who signs. `authority` stands above the title: ("KT. Bộ trưởng",) or ("TL. Bộ trưởng", "KT. Vụ trưởng").

    `name` is printed without academic title; `note` stands in the room of the signature ("(Đã ký)").
    """

    title: str
    name: str = ""
    authority: tuple[str, ...] = ()
    note: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The authority lines and the title, in capitals."""
        return tuple(line.upper() for line in (*self.authority, self.title) if line)


@dataclass(frozen=True, kw_only=True)
class Recipients(Piece):
    """ "Nơi nhận": who gets a copy, and where the original is filed ("VT, TCCB").

    Behind it who drafted the paper, by initials, and how many copies go out (box 12): "VT, TCCB, NMA.05".
    """

    items: tuple[str, ...] = ()
    filed: str = "VT"
    drafter: str = ""
    copies: int | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """ "- Như Điều 4;" ... "- Lưu: VT, TCCB."."""
        return (
            *(f"- {without_end(item)};" for item in self.items if item.strip()),
            f"- Lưu: {', '.join(part for part in (without_end(self.filed), self.mark_of_drafter) if part)}.",
        )

    @property
    def mark_of_drafter(self) -> str:
        initials = "".join(word[0] for word in self.drafter.split()).upper()
        return f"{initials}.{self.copies:02d}" if initials and self.copies else initials


@dataclass(frozen=True)
class Paragraph(Piece):
    """A paragraph; `lead` is set bold in front of it. Line feeds in the text begin new paragraphs."""

    text: str
    lead: str = ""
    align: Align = "justify"
    bold: bool = False
    italic: bool = False
    indent: bool = True


@dataclass(frozen=True)
class Basis(Piece):
    """A line "Căn cứ ..." or "Theo đề nghị của ...", in italics; each ends with ";", the last of a run with "."."""

    text: str


@dataclass(frozen=True)
class Banner(Piece):
    """A line of its own in the middle, bold: "QUYẾT ĐỊNH:", "BỘ TRƯỞNG BỘ NỘI VỤ"."""

    text: str


@dataclass(frozen=True)
class Article(Piece):
    """ "Điều 1." in bold, then the text; clauses follow as paragraphs."""

    number: int
    text: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading(Piece):
    """Level 1 "I. BỐI CẢNH" (bold capitals), 2 "1. Đoàn ra" (bold), 3 (bold italics). The caller numbers."""

    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True)
class Bullet(Piece):
    """A line of an enumeration: "- ..."."""

    text: str


@dataclass(frozen=True)
class Drawing(Piece):
    """A chart or picture as an SVG element; `alt` says in words what it shows, `width` is its own in pixels."""

    svg: str
    alt: str
    width: int = 600


@dataclass(frozen=True, kw_only=True)
class Table(Piece):
    """A bordered table; all texts are ready for print. `widths` are relative; `headers` empty: no header row. A row that is
    one text, and not a tuple, runs across all columns, bold: the name of the group below it.

    Raises ValueError if a row does not have as many cells as the others.
    """

    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...] | str, ...] = ()
    widths: tuple[float, ...] = ()
    aligns: tuple[Align, ...] = ()
    total: tuple[str, ...] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        lists = (self.headers, *self.lines, self.widths, self.aligns, self.total)
        if len({len(cells) for cells in lists if cells}) > 1:
            raise ValueError("rows, headers, widths and aligns of a table must have the same length")

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """The rows without the names of groups."""
        return tuple(row for row in self.rows if not isinstance(row, str))

    @property
    def columns(self) -> int:
        """The number of columns."""
        return max((len(cells) for cells in (self.headers, *self.lines, self.total)), default=0)

    @property
    def shares(self) -> tuple[float, ...]:
        """The width of each column as a part of 1."""
        widths = self.widths or (1.0,) * self.columns
        return tuple(width / sum(widths) for width in widths)

    def align(self, column: int) -> Align:
        """Where the text of this column stands."""
        return self.aligns[column] if self.aligns else "left"


Block = Paragraph | Basis | Banner | Article | Heading | Bullet | Table | Drawing


@dataclass(frozen=True, kw_only=True)
class Annex(Piece):
    """An annex on pages of its own. `attached_to`: "Kèm theo Quyết định số ..."; see `Head.citation`."""

    title: str
    attached_to: str = ""
    blocks: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, kw_only=True)
class Paper(Piece):
    """A whole paper. `title` is the type's name ("QUYẾT ĐỊNH"); an official letter has none and prints "V/v" + subject.

    `countersignature` stands left of the signature (minutes, forms). `end_mark` closes the text with "./.". `address` stands
    at the foot of the first page (box 13). With `contents` a table of contents follows the signature; `foot` is printed
    small at the bottom of each page before "Trang x / y"; `imprint` closes the last page.
    """

    head: Head
    title: str = ""
    subject: str = ""
    to: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    recipients: Recipients | None = None
    signature: Signature | None = None
    countersignature: Signature | None = None
    annexes: tuple[Annex, ...] = field(default=())
    address: str = ""
    end_mark: bool = True
    contents: bool = False
    foot: str = ""
    imprint: str = ""

    @property
    def name(self) -> str:
        """What the file calls itself: type and subject."""
        return " ".join(part for part in (self.title, self.subject) if part) or self.head.number_line


def settled(blocks: Iterable[Block], *, end_mark: bool = False) -> tuple[Block, ...]:
    """The blocks as printed: bases punctuated, line feeds made paragraphs, empty ones dropped, end mark set."""
    pieces = _punctuated([piece for block in blocks for piece in _split(block)])
    if end_mark:
        pieces[-1:] = [_ended(piece) for piece in pieces[-1:]]
    return tuple(pieces)


def annex_titles(annexes: tuple[Annex, ...]) -> tuple[str, ...]:
    """ "Phụ lục" for the only one, "Phụ lục I", "Phụ lục II" for several."""
    if len(annexes) == 1:
        return ("Phụ lục",)
    return tuple(f"Phụ lục {roman(number)}" for number in range(1, len(annexes) + 1))


def _split(block: Block) -> Iterable[Block]:
    """One block per line of its text. An article keeps its first line; the others become its clauses."""
    if isinstance(block, Table | Heading | Banner | Drawing):
        return [block]
    lines = [line.strip() for line in block.text.split("\n") if line.strip()]
    if isinstance(block, Article):
        clauses = tuple(line.strip() for clause in block.clauses for line in clause.split("\n") if line.strip())
        return [replace(block, text=lines[0] if lines else "", clauses=(*lines[1:], *clauses))]
    if isinstance(block, Paragraph) and block.lead:
        first = replace(block, text=lines[0] if lines else "")
        return [first, *(replace(block, text=line, lead="") for line in lines[1:])]
    if isinstance(block, Bullet):
        lines = [line.lstrip("-–• ") for line in lines]
    return [replace(block, text=line) for line in lines]


def _punctuated(pieces: list[Block]) -> list[Block]:
    for index, piece in enumerate(pieces):
        if isinstance(piece, Basis):
            followed = index + 1 < len(pieces) and isinstance(pieces[index + 1], Basis)
            pieces[index] = replace(piece, text=without_end(piece.text) + (";" if followed else "."))
    return pieces


def _ended(block: Block) -> Block:
    """With "./." if it is running text; a table, a heading or a basis closes no paper."""
    if isinstance(block, Article) and block.clauses:
        return replace(block, clauses=(*block.clauses[:-1], without_end(block.clauses[-1]) + END_MARK))
    if isinstance(block, Paragraph | Article | Bullet):
        return replace(block, text=without_end(block.text) + END_MARK)
    return block
