"""A printed paper measured against Decree 30/2020/NĐ-CP, Annex I: page, margins, type, places of the boxes."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw

from intlcoop.exporting.papers import FRAMES, MOTTO, NATION, Paper

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 30, 20, 20, 20
SMALL, TITLE, COPIES = (12, 13), (13, 14), (11, 11)


@dataclass(frozen=True)
class Line:
    """Letters that stand on one base line in one type, with the box around them in points from the lower left corner."""

    page: int
    text: str
    left: float
    right: float
    base: float
    size: float
    font: str

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Sheet:
    """The letters, rules and pages of one PDF."""

    def __init__(self, pdf: bytes) -> None:
        document = pypdfium2.PdfDocument(pdf)
        self.sizes = [page.get_size() for page in document]
        self.lines = [line for number in range(len(document)) for line in _lines(document[number], number)]
        self.rules = [tuple(each.get_bounds()) for each in document[0].get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,))]

    def line(self, text: str, page: int = 0, *, last: bool = False) -> Line:
        wanted = _plain(text)
        found = [line for line in self.lines if line.page == page and _begin_alike(_plain(line.text), wanted)]
        assert found, f"{text!r} is not on page {page + 1}"
        return found[-1 if last else 0]

    def rule_under(self, line: Line) -> tuple[float, float, float, float]:
        below = [rule for rule in self.rules if abs((rule[0] + rule[2]) / 2 - line.middle) < 3 and rule[3] < line.base]
        assert below, f"no line under {line.text!r}"
        return max(below, key=lambda rule: rule[3])


def _begin_alike(one: str, other: str) -> bool:
    """A line holds the beginning of a text, or a text the beginning of its line."""
    return min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _lines(page, number: int) -> Iterator[Line]:
    textpage = page.get_textpage()
    matrix, flags, name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(100)
    x, y = ctypes.c_double(), ctypes.c_double()
    run: list[tuple[str, float, float]] = []
    key: tuple[float, float, str] | None = None
    for index in range(textpage.count_chars()):
        char = textpage.get_text_range(index, 1)
        if not char or char in "\r\n\x02":
            continue
        raw.FPDFText_GetMatrix(textpage, index, matrix)
        raw.FPDFText_GetFontInfo(textpage, index, name, 100, flags)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        size = round(raw.FPDFText_GetFontSize(textpage, index) * matrix.d, 1)
        font = name.value.decode().partition("+")[2]
        left, _bottom, right, _top = textpage.get_charbox(index, loose=True)
        if not char.strip():
            if run:
                run.append((char, run[-1][2], run[-1][2]))
            continue
        mine = (round(y.value, 0), size, font)
        apart = bool(run) and (left - run[-1][2] > 12 or left < run[0][1] - 1)
        if key is not None and (mine != key or apart):
            yield _line(run, key, number)
            run = []
        key = mine
        run.append((char, left, right))
    if run and key is not None:
        yield _line(run, key, number)


def _line(run: list[tuple[str, float, float]], key: tuple[float, float, str], number: int) -> Line:
    text = "".join(char for char, _left, _right in run).strip()
    return Line(number, text, min(left for _c, left, _r in run), max(right for _c, _l, right in run), *key)


def differences(paper: Paper, pdf: bytes) -> list[str]:
    """What differs from the decree, in words; empty when nothing does."""
    sheet = Sheet(pdf)
    return [*_pages(sheet), *_head(paper, sheet), *_title(paper, sheet), *_close(paper, sheet)]


def _pages(sheet: Sheet) -> Iterator[str]:
    for number, (width, height) in enumerate(sheet.sizes):
        if sorted((round(width / MM), round(height / MM))) != [210, 297]:
            yield f"page {number + 1} is not A4"
        lines = [line for line in sheet.lines if line.page == number]
        above = [line for line in lines if line.base > height - TOP * MM]
        inside = [line for line in lines if line not in above]
        if not inside:
            yield f"page {number + 1} is empty"
            continue
        if number == 0 and above:
            yield f"something stands in the top margin of page 1: {above[0].text}"
        if number and [line.text for line in above] != [str(number + 1)]:
            yield f"page {number + 1} has no number in its top margin"
        for line in above:
            yield from _type(line, (13, 14), bold=False, italic=False)
            if abs(line.middle - (LEFT * MM + width - RIGHT * MM) / 2) > 2:
                yield f"the number of page {number + 1} is not in the middle"
        if min(line.left for line in inside) < LEFT * MM - 1:
            yield f"page {number + 1} reaches into the left margin"
        wide = max(inside, key=lambda line: line.right)
        if wide.right > width - RIGHT * MM + 1.5:  # the box of a letter is a little wider than its ink
            yield f"page {number + 1} reaches {wide.right - width + RIGHT * MM:.1f} pt into the right margin: {wide.text}"
        low = min(inside, key=lambda line: line.base)
        if low.base < BOTTOM * MM and not (number == 0 and low.size == 11):
            yield f"page {number + 1} reaches into the bottom margin: {low.text}"
    for line in sheet.lines:
        if not line.font.replace(" ", "-").startswith(("Liberation-Serif", "Times")):
            yield f"{line.text!r} is set in {line.font}"
        if not 11 <= line.size <= 14:
            yield f"{line.text!r} is set in {line.size} pt"


def _type(line: Line, sizes: tuple[float, float], *, bold: bool, italic: bool) -> Iterator[str]:
    if not sizes[0] - 0.1 <= line.size <= sizes[1] + 0.1:
        yield f"{line.text!r} has {line.size} pt instead of {sizes[0]}-{sizes[1]}"
    if (line.bold, line.italic) != (bold, italic):
        yield f"{line.text!r} is set in {line.font}"


def _head(paper: Paper, sheet: Sheet) -> Iterator[str]:
    width = sheet.sizes[0][0]
    centre = (LEFT * MM + width - RIGHT * MM) / 2
    nation, motto = sheet.line(NATION), sheet.line(MOTTO)
    yield from _type(nation, SMALL, bold=True, italic=False)
    yield from _type(motto, TITLE, bold=True, italic=False)
    place = sheet.line(paper.head.place_and_date)
    yield from _type(place, TITLE, bold=False, italic=True)
    if not (place.base < motto.base < nation.base):
        yield "nation, motto, place and date do not stand one below the other"
    if abs(nation.middle - motto.middle) > 2 or (paper.head.date and abs(place.middle - nation.middle) > 2):
        yield "nation, motto, place and date are not centred on each other"
    rule = sheet.rule_under(motto)
    if abs((rule[2] - rule[0]) - (motto.right - motto.left)) > 3:
        yield "the line under the motto is not as long as the motto"
    issuer = sheet.line(paper.head.issuer.upper())
    yield from _type(issuer, SMALL, bold=True, italic=False)
    if issuer.right > nation.left or issuer.middle > centre:
        yield "the issuer does not stand left of the nation"
    if len(_plain(issuer.text)) == len(_plain(paper.head.issuer)):
        rule, length = sheet.rule_under(issuer), issuer.right - issuer.left
        if not length / 3 - 1 <= rule[2] - rule[0] <= length / 2 + 1:
            yield "the line under the issuer is not a third to a half of it"
    if paper.head.superior:
        superior = sheet.line(paper.head.superior.upper())
        yield from _type(superior, SMALL, bold=False, italic=False)
        if superior.base <= issuer.base:
            yield "the superior body does not stand above the issuer"
    if paper.head.number_line:
        number = sheet.line(paper.head.number_line.replace("\u00a0", " ").split("/")[0])
        yield from _type(number, (13, 13), bold=False, italic=False)
        if number.base >= issuer.base or number.right > nation.left + 30:
            yield "the number does not stand below the issuer"
    for mark in paper.head.marks:
        word = sheet.line(mark)
        yield from _type(word, TITLE, bold=True, italic=False)
        frame = (FRAMES[mark][0] * MM, FRAMES[mark][1] * MM)
        if not any(
            abs(box[2] - box[0] - frame[0]) < 2 and abs(box[3] - box[1] - frame[1]) < 2 and box[1] < word.base < box[3]
            for box in sheet.rules
        ):
            yield f"{mark} has no frame of its size"
    if paper.address:
        foot = sheet.line(paper.address)
        yield from _type(foot, (11, 12), bold=False, italic=False)
        if foot.base > BOTTOM * MM:
            yield "the address does not stand at the foot"


def _title(paper: Paper, sheet: Sheet) -> Iterator[str]:
    if not paper.title:
        return
    title = sheet.line(paper.title.upper())
    yield from _type(title, TITLE, bold=True, italic=False)
    if abs(title.middle - (LEFT * MM + sheet.sizes[0][0] - RIGHT * MM) / 2) > 2:
        yield "the title is not in the middle"
    if paper.subject:
        yield from _type(sheet.line(paper.subject), TITLE, bold=True, italic=False)


def _close(paper: Paper, sheet: Sheet) -> Iterator[str]:
    label = next((line for line in sheet.lines if line.text == "Nơi nhận:"), None)
    if paper.recipients and label is None:
        yield "the recipients are missing"
    if label is not None and paper.recipients:
        yield from _type(label, (12, 12), bold=True, italic=True)
        yield from _type(sheet.line(paper.recipients.lines[-1], label.page), COPIES, bold=False, italic=False)
        if label.left > (LEFT + 1) * MM:
            yield "the recipients do not stand at the left margin"
    if paper.signature and paper.signature.lines and label is not None:
        signer = sheet.line(paper.signature.lines[0], label.page, last=True)
        yield from _type(signer, TITLE, bold=True, italic=False)
        if signer.middle < (LEFT + 80) * MM:
            yield "the signature does not stand at the right"
        if not paper.countersignature and abs(signer.base - label.base) > 6:
            yield "the signature is not level with the recipients"
