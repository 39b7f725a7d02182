"""May this file come in? Asked before a byte of it touches a disk or the database.

Ending, signature and structure must agree (PDF, DOCX, XLSX, PNG, JPG), nothing in it may act or fetch, and it may not carry a
mark of state secrecy. There is no virus scanner here; what is refused is every place where one would look.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.files.base import File

from intlcoop.documents import images, office
from intlcoop.documents.filenames import clean_name, extension_of
from intlcoop.documents.pdfs import read_pdf
from intlcoop.documents.refusals import UnacceptableError
from intlcoop.documents.secrecy import Mark, Place, find_secrecy_mark
from intlcoop.documents.uploads import OversizedUpload

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
ENDINGS = {"jpeg": "jpg"} | {kind: kind for kind in CONTENT_TYPES}
SIGNATURES = {"pdf": b"%PDF-", "docx": office.ZIP, "xlsx": office.ZIP, "png": images.PNG, "jpg": images.JPG}
ACCEPT = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"

Passages = list[tuple[str, Place]]


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """What the guard found. When not `ok`, `reason` is the sentence for the person and `code` its key (refusals.SENTENCES).

    `name` is the cleaned file name, `kind` one of CONTENT_TYPES. `text_layer` is False when a page or a picture could not be
    read, so that the person's word is needed that it holds no state secret. `secrecy_hit` is the mark when that is why.
    """

    ok: bool
    name: str
    size: int
    sha256: str
    kind: str = ""
    content_type: str = ""
    code: str = ""
    reason: str = ""
    secrecy_hit: Mark | None = None
    text_layer: bool = True


def inspect(upload: File, *, declared_kind: str | None = None) -> Inspection:
    """Look at a file in memory. Never raises for its content, and leaves it rewound.

    `declared_kind`, a key of CONTENT_TYPES, narrows what is taken ("pdf" for a scan). The answer is kept on the upload, so
    that a form and a service ask once.
    """
    known = getattr(upload, "inspection", None)
    if isinstance(known, Inspection) and (not known.ok or declared_kind in (None, known.kind)):
        return known
    inspection = _inspect(upload, declared_kind)
    upload.inspection = inspection  # type: ignore[attr-defined]
    return inspection


def _inspect(upload: File, wanted: str | None) -> Inspection:
    name = clean_name(upload.name or "")
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    found = Inspection(ok=True, name=name, size=len(data), sha256=hashlib.sha256(data).hexdigest())
    try:
        _check_size(upload, len(data))
        if mark := find_secrecy_mark(name, place=Place.NAME):
            return _refused(replace(found, secrecy_hit=mark), UnacceptableError("secrecy", level=mark.level.value))
        kind = _kind_of(name, data, wanted)
        found = replace(found, kind=kind, content_type=CONTENT_TYPES[kind])
        passages, text_layer = _read(kind, data)
        found = replace(found, text_layer=text_layer)
        if mark := _first_mark(passages):
            return _refused(replace(found, secrecy_hit=mark), UnacceptableError("secrecy", level=mark.level.value))
    except UnacceptableError as refusal:
        return _refused(found, refusal)
    return found


def _refused(found: Inspection, refusal: UnacceptableError) -> Inspection:
    return replace(found, ok=False, code=refusal.code, reason=refusal.sentence)


def _first_mark(passages: Passages) -> Mark | None:
    """Passages of one place are read together, because a mark is told from prose by what stands beside it."""
    for place in Place:
        text = "\n\n".join(text for text, where in passages if where == place)
        if mark := find_secrecy_mark(text, place=place):
            return mark
    return None


def _check_size(upload: File, size: int) -> None:
    if isinstance(upload, OversizedUpload):
        raise UnacceptableError("too_large" if upload.alone_too_large else "together_too_large")
    if size > settings.UPLOAD_MAX_BYTES:
        raise UnacceptableError("too_large")
    if not size:
        raise UnacceptableError("empty")


def _kind_of(name: str, data: bytes, wanted: str | None) -> str:
    ending = extension_of(name)
    kind = ENDINGS.get(ending)
    if kind is None:
        raise UnacceptableError("kind")
    if wanted is not None and kind != wanted:
        raise UnacceptableError("other_kind", wanted=wanted.upper())
    if data.startswith(office.OLE) and kind in office.MAIN_PARTS:
        raise UnacceptableError("old_office")
    if not data.startswith(SIGNATURES[kind]):
        raise UnacceptableError("mismatch", extension=ending)
    return kind


def _read(kind: str, data: bytes) -> tuple[Passages, bool]:
    if kind == "pdf":
        return read_pdf(data)
    if kind in office.MAIN_PARTS:
        reading = office.read_office(data, kind)
        return reading.passages, reading.readable
    return (images.read_png if kind == "png" else images.read_jpg)(data), False
