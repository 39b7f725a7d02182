"""How does HTML become a PDF file, and what does a PDF file say?

WeasyPrint is imported inside `render_pdf` only: it costs some 60 MB and belongs to the worker, not to the web process.
"""

from __future__ import annotations

import gc
import hashlib
import io
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2

from intlcoop.vietnamese.normalise import nfc

ASSET_SCHEME = "asset:"
# PDFium keeps global state; the web process has threads.
_pdfium_lock = threading.Lock()


class PdfAssetRefused(Exception):  # noqa: N818 - says what happened
    """The HTML or CSS asks for something that is not an asset handed over by the caller; `url` says what."""

    def __init__(self, url: str) -> None:
        super().__init__(f"not an asset of this document: {url[:200]}")
        self.url = url


class PdfUnreadable(Exception):  # noqa: N818 - says what happened
    """The bytes are no PDF file that can be opened: damaged, empty or locked by a password."""


def render_pdf(
    html: str,
    *,
    stylesheets: Sequence[str] = (),
    assets: Mapping[str, bytes] | None = None,
    title: str = "",
    variant: str | None = None,
    identifier: bytes | None = None,
) -> bytes:
    """Render a whole HTML page to a PDF file; the same input gives the same bytes.

    `stylesheets` are CSS texts. `assets` are reachable as `asset:<name>` and nothing else is, be it on disk or on the
    network: raises PdfAssetRefused. `variant` is WeasyPrint's name of an archive form ("pdf/a-2u"). `identifier`
    goes into the file's ID (default: a hash of the input). All user text in `html` must be escaped already.
    Takes about 13 ms per table row of five columns: not for a request.
    """
    from intlcoop.exporting.weasy import write_pdf  # noqa: PLC0415 - keeps WeasyPrint out of the web process

    assets = dict(assets or {})
    if identifier is None:
        named = (f"{name}:{assets[name]!r}" for name in sorted(assets))
        identifier = _fingerprint(html, *stylesheets, title, variant or "", *named)
    with _collector_paused():
        return write_pdf(
            # Composed letters have glyphs of their own; decomposed ones extract as pieces in some readers.
            unicodedata.normalize("NFC", html),
            stylesheets=stylesheets,
            assets=assets,
            title=title,
            variant=variant,
            identifier=identifier,
        )


def page_count(pdf: bytes) -> int:
    """The number of pages. Raises PdfUnreadable."""
    with _opened(pdf) as document:
        return len(document)


def text_of(pdf: bytes, *, max_pages: int | None = None) -> str:
    """The text of the file (of its first `max_pages` pages), composed, pages parted by a form feed.

    Empty for a scan without a text layer. Raises PdfUnreadable.
    """
    with _opened(pdf) as document:
        pages = range(len(document) if max_pages is None else min(max_pages, len(document)))
        return "\f".join(nfc(document[number].get_textpage().get_text_range()) for number in pages)


def outline_of(pdf: bytes) -> list[tuple[str, int]]:
    """(title, page from 1) of each bookmark, in the order of reading. Raises PdfUnreadable."""
    with _opened(pdf) as document:
        found = [(mark.get_title(), mark.get_dest()) for mark in document.get_toc()]
        return [(nfc(title), dest.get_index() + 1 if dest else 0) for title, dest in found]


def metadata_of(pdf: bytes) -> dict[str, str]:
    """Title, Author, Subject, Keywords and the like, as far as the file states them. Raises PdfUnreadable."""
    with _opened(pdf) as document:
        return {key: nfc(value) for key, value in document.get_metadata_dict().items() if value}


def page_images(pdf: bytes, *, scale: float = 1.5) -> list[bytes]:
    """Each page as a PNG picture; scale 1 is 72 dots per inch. Raises PdfUnreadable."""
    pictures = []
    with _opened(pdf) as document:
        for page in document:
            picture = io.BytesIO()
            page.render(scale=scale).to_pil().save(picture, format="PNG")
            pictures.append(picture.getvalue())
    return pictures


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    with _pdfium_lock:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise PdfUnreadable(str(error)) from error
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise PdfUnreadable(str(error)) from error
        finally:
            document.close()


def _fingerprint(*parts: str) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part.encode(errors="surrogatepass"))
    return digest.digest()[:16]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Layout builds millions of objects that all live to the end; collecting among them only costs time."""
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()
