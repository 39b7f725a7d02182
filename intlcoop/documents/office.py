"""Is this a Word or Excel file and nothing else, and what does it say? (reliability.md B2, rows 5.2.2 and 5.2.3)

DOCX and XLSX are ZIP archives of XML. They are read here with bounds that hold whatever their directory claims.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from intlcoop.documents.office_texts import elements, part_texts
from intlcoop.documents.refusals import UnacceptableError
from intlcoop.documents.secrecy import Place

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MEMBERS_MAX = 2000
UNPACKED_MAX = 200 * 1024**2
RATIO_MAX = 100
XML_PART_MAX = 100 * 1024**2
CHUNK = 256 * 1024
LETTERS_AT_LEAST = 40

MAIN_PARTS = {
    "docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
}
XML_ENDINGS = frozenset({"xml", "rels", "vml"})
MEDIA_ENDINGS = frozenset(
    {"png", "jpg", "jpeg", "jfif", "gif", "bmp", "tif", "tiff", "emf", "wmf", "wdp", "webp", "svg", "odttf", "psmdcp"}
)
OTHER_FILES = (ZIP, OLE, b"MZ", b"\x7fELF", b"%PDF-", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"#!", b"{\\rtf")
UNSAFE_MEMBER = re.compile(r"^/|(^|/)\.\.(/|$)|\\|\x00|^[A-Za-z]:")
PRINTER_SETTINGS = re.compile(r"^(?:xl|word)/printerSettings/[^/]+\.bin$", re.IGNORECASE)
MACRO = re.compile(r"vbaProject|vbaData|/macrosheets/|/dialogsheets/", re.IGNORECASE)
FOREIGN_RELATIONS = re.compile(r"/(?:oleObject|package|control|aFChunk|vbaProject|xlMacrosheet|attachedToolbars)$")


@dataclass
class Reading:
    """What an office file says: its texts with their places, and whether it is more than pictures."""

    passages: list[tuple[str, Place]] = field(default_factory=list)
    has_pictures: bool = False

    @property
    def readable(self) -> bool:
        body = (text for text, place in self.passages if place == Place.BODY)
        return not self.has_pictures or sum(sum(map(str.isalnum, text)) for text in body) >= LETTERS_AT_LEAST


def read_office(data: bytes, kind: str) -> Reading:
    """Read a file of `kind` "docx" or "xlsx". Raises UnacceptableError with the first reason found."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive, data)
            return _read_members(archive, kind, len(data))
    # zipfile raises NotImplementedError for encrypted or oddly compressed members: a damaged file like the others.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise UnacceptableError("damaged") from error


def _check_directory(archive: zipfile.ZipFile, data: bytes) -> None:
    members = archive.infolist()
    names = [member.filename.casefold() for member in members]
    if len(members) > MEMBERS_MAX:
        raise UnacceptableError("bomb")
    # Two members of one name: the guard would read one and Word the other. Bytes before, behind: another file.
    if len(set(names)) != len(names) or archive.comment or data[-22:-18] != b"PK\x05\x06":
        raise UnacceptableError("damaged")
    if not members or min(member.header_offset for member in members) != 0:
        raise UnacceptableError("damaged")
    for member in members:
        if member.flag_bits & 0x1:
            raise UnacceptableError("old_office")
        if UNSAFE_MEMBER.search(member.filename) or member.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):
            raise UnacceptableError("damaged")


def _read_members(archive: zipfile.ZipFile, kind: str, packed: int) -> Reading:
    folder, main_type = MAIN_PARTS[kind]
    reading, unpacked = Reading(), 0
    names = archive.namelist()
    if "[Content_Types].xml" not in names or not any(name.startswith(folder) for name in names):
        raise UnacceptableError("mismatch", extension=kind)
    if any(MACRO.search(name) for name in names):
        raise UnacceptableError("macro")
    for member in archive.infolist():
        if member.is_dir():
            continue
        ending = member.filename.rpartition(".")[2].lower()
        is_xml = ending in XML_ENDINGS
        _check_ending(member.filename, ending)
        body = bytearray()
        for at, chunk in enumerate(_chunks(archive, member)):
            unpacked += len(chunk)
            if unpacked > UNPACKED_MAX or (unpacked > 1024**2 and unpacked > packed * RATIO_MAX):
                raise UnacceptableError("bomb")
            if not is_xml:
                if at == 0 and chunk.startswith(OTHER_FILES):
                    raise UnacceptableError("embedded")
                continue
            body += chunk
            if len(body) > XML_PART_MAX:
                raise UnacceptableError("slow")
        if is_xml:
            _check_xml(member.filename, bytes(body), kind, main_type)
            reading.passages += part_texts(member.filename, bytes(body))
        elif ending in MEDIA_ENDINGS and "/media/" in member.filename:
            reading.has_pictures = True
    return reading


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _check_ending(name: str, ending: str) -> None:
    if ending not in XML_ENDINGS | MEDIA_ENDINGS and not PRINTER_SETTINGS.match(name):
        raise UnacceptableError("embedded")


def _check_xml(name: str, body: bytes, kind: str, main_type: str) -> None:
    if name == "[Content_Types].xml":
        types = {item.get("ContentType", "") for tag in ("Default", "Override") for item in elements(body, tag)}
        if any("macroEnabled" in item or "vbaProject" in item for item in types):
            raise UnacceptableError("macro")
        if main_type not in types:
            raise UnacceptableError("mismatch", extension=kind)
    elif name.endswith(".rels"):
        for relation in elements(body, "Relationship"):
            _check_relation(relation.get("Type", ""), external=relation.get("TargetMode", "").lower() == "external")


def _check_relation(kind: str, *, external: bool) -> None:
    if FOREIGN_RELATIONS.search(kind):
        raise UnacceptableError("macro" if "vba" in kind.lower() or "macro" in kind.lower() else "embedded")
    if external and not kind.endswith("/hyperlink"):
        raise UnacceptableError("external")
