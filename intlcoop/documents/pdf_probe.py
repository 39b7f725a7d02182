"""Reads a PDF from stdin and prints what was found as JSON. Run as a process of its own by `documents.pdfs`.

A hostile PDF can crash or hang PDFium, which also must not be used by two threads at once; so this file is started by
path with bounded memory and time, imports nothing of the portal, and can write no file.
"""

from __future__ import annotations

import ctypes
import json
import re
import resource
import sys
import time
import zlib
from collections.abc import Iterator

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 15
TEXT_SECONDS = 8
# Stamps stand on first pages; what is behind this page is read as far as the time goes.
PAGES_AT_LEAST = 50
TEXT_MAX = 8_000_000
UNPACKED_MAX = 64 * 1024**2
# A page with fewer letters than this and a picture is a scan, even if its scanner wrote its own name below.
LETTERS_AT_LEAST = 40

# Readers accept a little after the end mark, for example a scanner's padding.
TAIL = 4096

ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia|ImportData|SubmitForm|GoToE)(?![A-Za-z0-9])")
EMBEDDED = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment)(?![A-Za-z0-9])")
OBJECT_STREAM = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
STREAM_START = re.compile(rb"stream(?:\r\n|\n|\r)")
XMP_START, XMP_END, XMP_PARTS, XMP_BYTES = b"<x:xmpmeta", b"</x:xmpmeta>", 20, 262_144


class RefusalError(Exception):
    pass


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would put the document on the disk


def unescaped(data: bytes) -> bytes:
    """Names with their escapes resolved: /J#61vaScript is /JavaScript."""
    return ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), data)


def object_streams(data: bytes) -> list[bytes]:
    """What lies in compressed object streams, where a search over the file's bytes does not reach."""
    found, left = [], UNPACKED_MAX
    for match in OBJECT_STREAM.finditer(data):
        start = STREAM_START.search(data, match.end(), match.end() + 4096)
        header_from = max(data.rfind(b" obj", 0, match.start()), 0)
        header = data[header_from : start.start()] if start else b""
        if start is None or b"/Predictor" in header or not re.search(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?", header):
            raise RefusalError("locked")
        try:
            body = zlib.decompressobj().decompress(data[start.end() :], left)
        except zlib.error:
            raise RefusalError("damaged") from None
        left -= len(body)
        if left <= 0:
            raise RefusalError("bomb")
        found.append(body)
    return found


def refuse_active_content(data: bytes) -> None:
    plain = unescaped(data)
    if len(OBJECT_STREAM.findall(plain)) != len(OBJECT_STREAM.findall(data)):
        raise RefusalError("active")  # somebody hides the name of a part
    for part in (plain, *map(unescaped, object_streams(data))):
        if ACTIVE.search(part):
            raise RefusalError("active")
        if EMBEDDED.search(part):
            raise RefusalError("embedded")


def open_document(data: bytes):  # type: ignore[no-untyped-def]
    import pypdfium2  # noqa: PLC0415  # after the limits are set

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise RefusalError("locked" if "password" in str(error).lower() else "damaged") from None
    raw = pypdfium2.raw
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise RefusalError("locked")
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or document.get_formtype() in (
        raw.FORMTYPE_XFA_FULL,
        raw.FORMTYPE_XFA_FOREGROUND,
    ):
        raise RefusalError("active")
    if document.count_attachments():
        raise RefusalError("embedded")
    if not len(document):
        raise RefusalError("damaged")
    return document


def annotation_texts(raw, page) -> list[str]:  # type: ignore[no-untyped-def]
    """What is written on notes and stamps that a PDF program laid over the page."""
    texts = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), 500)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        for key in (b"Contents", b"Subj", b"V"):
            length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            if 2 < length < 200_000:
                buffer = ctypes.create_string_buffer(length)
                raw.FPDFAnnot_GetStringValue(
                    annotation, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length
                )
                texts.append(buffer.raw.decode("utf-16-le", "replace").rstrip("\0"))
        raw.FPDFPage_CloseAnnot(annotation)
    return texts


def page_text(document, index: int) -> tuple[str, bool]:  # type: ignore[no-untyped-def]
    """The text of a page, and whether it could be read: a scan and a font without letters cannot."""
    import pypdfium2.raw as raw  # noqa: PLC0415

    page = document[index]
    notes = annotation_texts(raw, page)
    if raw.FPDFPage_GetAnnotCount(page):
        # Stamps and filled-in fields become part of the page, and with it of its text.
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    text = page.get_textpage().get_text_range()
    visible = [char for char in text if not char.isspace()]
    letters = [char for char in visible if char.isalnum() and not "\ue000" <= char <= "\uf8ff"]
    readable = len(letters) * 2 >= len(visible) if visible else True
    if readable and len(letters) < LETTERS_AT_LEAST:
        readable = not any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH)))
    page.close()
    return "\n\n".join([text, *notes]), readable


def probe(data: bytes) -> dict[str, object]:
    if b"%%EOF" not in data[-TAIL:]:
        raise RefusalError("damaged")  # cut off on the way; PDFium would silently show the pages that are left
    refuse_active_content(data)
    document = open_document(data)
    started, texts, size, readable = time.monotonic(), [], 0, True
    for index in range(len(document)):
        if time.monotonic() - started > TEXT_SECONDS or size > TEXT_MAX:
            if index < PAGES_AT_LEAST:
                raise RefusalError("slow")
            break
        text, has_letters = page_text(document, index)
        texts.append(text)
        size += len(text)
        readable = readable and has_letters
    information = document.get_metadata_dict()
    titles = [bookmark.get_title() or "" for bookmark in document.get_toc(max_depth=3)][:500]
    return {
        "texts": texts,
        "readable": readable,
        "information": information,
        "titles": titles,
        "xmp": list(xmp_parts(data)),
    }


def xmp_parts(data: bytes) -> Iterator[str]:
    """The second place where a PDF keeps its title and keywords; by its standard it is not compressed."""
    start = -1
    for _ in range(XMP_PARTS):
        start = data.find(XMP_START, start + 1)
        if start < 0:
            return
        end = data.find(XMP_END, start, start + XMP_BYTES)
        yield data[start : end if end > 0 else start + XMP_BYTES].decode("utf-8", "replace")


def main() -> None:
    limit_resources()
    try:
        answer = probe(sys.stdin.buffer.read())
    except RefusalError as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "bomb"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
