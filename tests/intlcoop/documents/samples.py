"""Small files of every kind, honest and hostile, made in memory."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx
import pypdfium2
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

ZIP_START = b"PK\x03\x04"
LETTER = (
    "Thư mời. Bộ Dân tộc và Tôn giáo trân trọng kính mời đoàn công tác của quý cơ quan sang thăm và làm việc "
    "từ ngày 10 tháng 12 năm 2026. Hai bên đã trao đổi thân mật; mật khẩu phòng họp được gửi riêng."
)


def upload(content: bytes, name: str = "Thư mời.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# --- PDF --------------------------------------------------------------------------------------------------------


def pdf(
    *pages: str,
    extra: bytes = b"",
    info: dict[str, str] | None = None,
    catalog: bytes = b"",
    annotation: str = "",
    compress: bool = False,
) -> bytes:
    """A PDF with these pages of text; `extra` is put between the objects, `catalog` into the root dictionary, and
    `annotation` is a note on every page.
    """
    pages = pages or (LETTER,)
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
        b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end"
    )
    root, tree, font, cid, cmap = add(b""), add(b""), add(b""), add(b""), add(b"")
    objects[font - 1] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
        % (cid, cmap)
    )
    objects[cid - 1] = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Times /Flags 4 /ItalicAngle 0 "
        b"/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontBBox [0 0 1000 1000] >> >>"
    )
    objects[cmap - 1] = b"<< /Length %d >> stream\n%s\nendstream" % (len(to_unicode), to_unicode)
    note = b"<feff%s>" % annotation.encode("utf-16-be").hex().encode()
    notes = (
        b"/Annots [<< /Type /Annot /Subtype /Stamp /Rect [40 700 200 740] /Contents %s >>]" % note
        if annotation
        else b""
    )
    kids = []
    for text in pages:
        lines = [line for part in text.split("\n") for line in (_wrapped(part) or [""])]
        drawn = (
            b"BT /F1 12 Tf 14 TL 40 800 Td "
            + b" T* ".join(b"<%s> Tj" % line.encode("utf-16-be").hex().encode() for line in lines)
            + b" ET"
        )
        body = zlib.compress(drawn) if compress else drawn
        content = add(
            b"<< /Length %d %s>> stream\n%s\nendstream"
            % (len(body), b"/Filter /FlateDecode " if compress else b"", body)
        )
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R >> >> %s >>" % (tree, content, font, notes)
            )
        )
    objects[root - 1] = b"<< /Type /Catalog /Pages %d 0 R %s >>" % (tree, catalog)
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    trailer = b""
    if info:
        entries = b" ".join(
            b"/%s <feff%s>" % (k.encode(), v.encode("utf-16-be").hex().encode()) for k, v in info.items()
        )
        trailer = b"/Info %d 0 R" % add(b"<< %s >>" % entries)
    return _assembled(objects, b"/Root %d 0 R %s" % (root, trailer), extra)


def _wrapped(text: str) -> list[str]:
    words, lines = text.split(" "), []
    while words:
        line = words.pop(0)
        while words and len(line) + len(words[0]) < 80:
            line += " " + words.pop(0)
        lines.append(line)
    return lines


def _assembled(objects: list[bytes], trailer: bytes, extra: bytes = b"") -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    out += extra
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def scan(*captions: str) -> bytes:
    """A PDF whose pages are pictures, as scanners make them; a caption is what the scanner's program wrote below."""
    document = pypdfium2.PdfDocument.new()
    for _caption in captions or ("",):
        page = document.new_page(595, 842)
        picture = pypdfium2.PdfImage.new(document)
        bitmap = pypdfium2.PdfBitmap.new_native(20, 20, pypdfium2.raw.FPDFBitmap_BGR)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
        page.insert_obj(picture)
        page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_with_hidden_script() -> bytes:
    """The script lies in a compressed object stream, where no search over the bytes finds its name."""
    inner = b"9 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    body = zlib.compress(inner)
    stream = (
        b"20 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n%s\nendstream\nendobj\n"
    )
    return pdf(extra=stream % (len(body), body))


def encrypted_pdf() -> bytes:
    """Marked as encrypted with the standard handler and a password nobody knows."""
    crypt = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -60 >> /ID [<00> <00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    return pdf().replace(b"trailer << ", b"trailer << " + crypt + b" ")


# --- pictures ---------------------------------------------------------------------------------------------------


def png(width: int = 4, height: int = 4, texts: tuple[bytes, ...] = (), behind: bytes = b"") -> bytes:
    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * 4 for _ in range(4)))
    parts = [part(b"IHDR", header), *(part(b"tEXt", text) for text in texts), part(b"IDAT", rows), part(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + behind


def jpg(width: int = 4, height: int = 4, comment: bytes = b"", behind: bytes = b"") -> bytes:
    def segment(marker: int, body: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body

    frame = b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    parts = [segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")]
    parts += [segment(0xFE, comment)] if comment else []
    parts += [segment(0xC0, frame), segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"), b"\x12\x34\x56", b"\xff\xd9"]
    return b"\xff\xd8" + b"".join(parts) + behind


# --- Word and Excel ---------------------------------------------------------------------------------------------


def word(text: str = LETTER, *, change: Callable[[docx.document.Document], object] | None = None) -> bytes:
    document = docx.Document()
    document.core_properties.title = document.core_properties.comments = ""
    document.add_paragraph(text)
    if change:
        change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel(*cells: str, change: Callable[[xlsxwriter.Workbook, object], object] | None = None) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        for row, cell in enumerate(cells or (LETTER,)):
            sheet.write_string(row, 0, cell)
        if change:
            change(book, sheet)
    return buffer.getvalue()


def rewritten(content: bytes, changes: dict[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """The archive with members replaced, changed, added, or (None) left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in changes if name not in old.namelist())]:
            change = changes.get(name, lambda body: body)
            body = old.read(name) if name in old.namelist() else b""
            result = change(body) if callable(change) else change
            if result is not None:
                new.writestr(name, result)
    return buffer.getvalue()


def with_relation(kind: str, target: str, mode: str = "External") -> bytes:
    relation = f'<Relationship Id="rIdX" Type="{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return rewritten(
        word(), {"word/_rels/document.xml.rels": lambda body: body.replace(b"</Relationships>", relation.encode())}
    )
