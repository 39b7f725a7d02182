"""What is written in one part of a DOCX or XLSX file, and where: body, margins, properties, people?

Everything that Word or Excel can show counts: paragraphs, text boxes, watermarks, tracked deletions, notes, cells, names of
sheets, descriptions of pictures. A paragraph or a cell ends with a blank line (see `secrecy`).
"""

from __future__ import annotations

import html
import re
from typing import Any
from xml.parsers import expat

from intlcoop.documents.refusals import UnacceptableError
from intlcoop.documents.secrecy import Place

PARAGRAPHS = frozenset({"p", "si", "is", "text"})
TEXTS = frozenset({"t", "delText", "text"})
MARGIN_ROOTS = frozenset({"hdr", "ftr"})
# element -> attributes that hold text a reader sees: watermarks, names of sheets, descriptions of pictures.
SHOWN_ATTRIBUTES = {
    "textpath": ("string",),
    "sheet": ("name",),
    "docPr": ("descr", "title"),
    "cNvPr": ("descr", "title"),
    "imagedata": ("title",),
    "shape": ("alt",),
}
# Fields that fetch something from elsewhere when the document is opened.
FETCHING_FIELD = re.compile(r"^\s*(?:DDE|DDEAUTO|INCLUDETEXT)\b|\sDDE(?:AUTO)?\s", re.IGNORECASE)
PEOPLE = frozenset({"creator", "lastModifiedBy", "Manager"})
HEADER_CODES = re.compile(r'&"[^"]*"|&K[0-9A-F]{6}|&\d+|&[A-Z]', re.IGNORECASE)
INLINE_STRING_START, INLINE_STRING_END = re.compile(r"<(?:\w{1,20}:)?is>"), re.compile(r"</(?:\w{1,20}:)?is>")
FORMULA_STRING = re.compile(r't="str"[^>]{0,200}>(?:<f[^>]{0,200}(?:/>|>[^<]*</f>))?<v>([^<]*)</v>')
SHEET_MARGINS = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^<>]*>([^<]*)<")
TAGS = re.compile(r"<[^<>]*>")

Passages = list[tuple[str, Place]]


def part_texts(name: str, body: bytes) -> Passages:
    """The texts of one XML part. Raises UnacceptableError for broken XML and for a DOCTYPE, which Office never writes."""
    if name.startswith(("xl/worksheets/", "xl/chartsheets/")) and name.endswith(".xml"):
        return _sheet_texts(body)
    if name.endswith(".vml"):
        return _drawing_texts(body)
    if name.startswith("docProps/"):
        return _Properties(body).passages
    return _Paragraphs(body).passages


def elements(body: bytes, name: str) -> list[dict[str, str]]:
    """The attributes of each element of this name. Raises as `part_texts`."""
    return _Elements(body, name).found


class _Reader:
    """Walks the XML; no entity and no outer file is ever resolved."""

    def __init__(self, body: bytes) -> None:
        self.passages: Passages = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._declared
        parser.EntityDeclHandler = self._declared
        self.connect(parser)
        try:
            parser.Parse(body, True)
        except expat.ExpatError as error:
            raise UnacceptableError("damaged") from error

    def connect(self, parser: Any) -> None:
        """Nothing but the check of declarations."""

    def _declared(self, *_declaration: object) -> None:
        raise UnacceptableError("declarations")


class _Elements(_Reader):
    def __init__(self, body: bytes, name: str) -> None:
        self.name = name
        self.found: list[dict[str, str]] = []
        super().__init__(body)

    def connect(self, parser: Any) -> None:
        parser.StartElementHandler = self.start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == self.name:
            self.found.append(attributes)


class _Paragraphs(_Reader):
    """Parts of Word and shared parts of Excel. A text box stands inside a paragraph, hence the stack."""

    def connect(self, parser: Any) -> None:
        self.stack: list[list[str]] = [[]]
        self.place: Place | None = None
        self.in_text = 0
        self.in_field = False
        self.field = ""
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if self.place is None:
            self.place = Place.MARGIN if name in MARGIN_ROOTS else Place.BODY
        if name in PARAGRAPHS:
            self.stack.append([])
        elif name == "tab":
            self.stack[-1].append("\t")
        elif name in ("br", "cr"):
            self.stack[-1].append("\n")
        elif name == "fldChar" or "instr" in (attribute.rpartition(" ")[2] for attribute in attributes):
            self.check_field("".join(text for key, text in attributes.items() if key.endswith("instr")))
        self.in_field = name == "instrText"
        if name in TEXTS:
            self.in_text += 1
        for shown in SHOWN_ATTRIBUTES.get(name, ()):
            if text := attributes.get(shown):
                self.passages.append((text, Place.MARGIN))

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        self.in_field = False
        if name in TEXTS:
            self.in_text -= 1
        if name in PARAGRAPHS and (text := "".join(self.stack.pop())):
            self.passages.append((text, self.place or Place.BODY))

    def characters(self, text: str) -> None:
        if self.in_text:
            self.stack[-1].append(text)
        elif self.in_field:
            self.field += text

    def check_field(self, instruction: str) -> None:
        """A field's code may be spread over many runs; it is whole when the field's next mark comes."""
        if FETCHING_FIELD.search(self.field) or FETCHING_FIELD.search(instruction):
            raise UnacceptableError("external")
        self.field = ""


class _Properties(_Reader):
    """Title, subject, keywords, company and the like; who wrote it is a person."""

    def connect(self, parser: Any) -> None:
        self.name = ""
        parser.StartElementHandler = self.start
        parser.CharacterDataHandler = self.characters

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self.name = tag.rpartition(" ")[2]

    def characters(self, text: str) -> None:
        if text.strip():
            self.passages.append((text, Place.PERSON if self.name in PEOPLE else Place.MARGIN))


def _drawing_texts(body: bytes) -> Passages:
    """Old drawings of Excel, which are not always well-formed XML."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", body, re.IGNORECASE):
        raise UnacceptableError("declarations")
    text = body.decode("utf-8", "replace")
    shown = [match[1] for match in re.finditer(r'\b(?:string|alt|title)="([^"]*)"', text)]
    return [(html.unescape(item), Place.MARGIN) for item in shown] + [(html.unescape(TAGS.sub("\n", text)), Place.BODY)]


def _sheet_texts(body: bytes) -> Passages:
    """A sheet can be huge and holds mostly numbers: the parser only looks for declarations, the few texts are searched."""
    _Reader(body)
    if not body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") or b"\x00" in body[:200]:
        raise UnacceptableError("damaged")  # UTF-16: no program of today writes it, and the search would miss it
    text = body.decode("utf-8", "replace")
    passages: Passages = []
    for match in SHEET_MARGINS.finditer(text):
        passages.append((HEADER_CODES.sub("\n\n", html.unescape(match[1])), Place.MARGIN))
    for chunk in INLINE_STRING_START.split(text)[1:]:
        inside = INLINE_STRING_END.split(chunk, maxsplit=1)[0]
        passages.append((html.unescape(TAGS.sub("", inside)), Place.BODY))
    for match in FORMULA_STRING.finditer(text):
        passages.append((html.unescape(match[1]), Place.BODY))
    return passages
