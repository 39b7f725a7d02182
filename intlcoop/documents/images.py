"""Is this a picture and nothing else? PNG and JPG are walked part by part; no decoder is run on strangers' bytes."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from intlcoop.documents.refusals import UnacceptableError
from intlcoop.documents.secrecy import Place

PNG, JPG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
# A0 at 300 dpi fits; a header that promises more makes viewers fill the memory.
MAX_SIDE, MAX_PIXELS = 20_000, 150_000_000
OTHER_CONTENT = re.compile(
    rb"<!doctype\s|<html|<script|<svg[\s>]|<iframe|<body[\s>]|<\?php|<%@|%PDF-\d|PK\x03\x04|javascript:", re.IGNORECASE
)
TEXTS_MAX = 65_536
Passages = list[tuple[str, Place]]


def read_png(data: bytes) -> Passages:
    """The texts inside the picture's own parts. Raises UnacceptableError."""
    texts: Passages = []
    seen: list[bytes] = []
    for kind, body in _png_parts(data):
        if not seen:
            if kind != b"IHDR" or len(body) != 13:
                raise UnacceptableError("damaged")
            _check_size(*struct.unpack(">II", body[:8]))
        if kind in (b"tEXt", b"iTXt", b"zTXt"):
            texts.append((_png_text(kind, body), Place.MARGIN))
        seen.append(kind)
    if b"IDAT" not in seen or seen[-1] != b"IEND":
        raise UnacceptableError("damaged")
    _refuse_other_content(data)
    return texts


def read_jpg(data: bytes) -> Passages:
    """As read_png. What a phone adds behind the picture (a second picture, a clip) may stay."""
    texts: Passages = []
    size_known = False
    for marker, body in _jpg_segments(data):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            if len(body) < 6:
                raise UnacceptableError("damaged")
            height, width = struct.unpack(">HH", body[1:5])
            _check_size(width, height)
            size_known = True
        elif marker == 0xFE or (marker == 0xE1 and body.startswith(b"http")):
            texts.append((_plain(body), Place.MARGIN))
    if not size_known or b"\xff\xd9" not in data[-TEXTS_MAX * 320 :]:
        raise UnacceptableError("damaged")
    _refuse_other_content(data)
    return texts


def _png_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = len(PNG)
    while position < len(data):
        if position + 12 > len(data):
            raise UnacceptableError("picture_mixed" if b"IEND" in data[:position] else "damaged")
        (length,) = struct.unpack(">I", data[position : position + 4])
        kind, body = data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        checksum = data[position + 8 + length : position + 12 + length]
        if len(checksum) < 4 or struct.unpack(">I", checksum)[0] != zlib.crc32(kind + body):
            raise UnacceptableError("damaged")
        yield kind, body
        position += 12 + length
        if kind == b"IEND" and position != len(data):
            raise UnacceptableError("picture_mixed")


def _png_text(kind: bytes, body: bytes) -> str:
    keyword, _, rest = body.partition(b"\0")
    if kind == b"zTXt":
        rest = _inflated(rest[1:])
    elif kind == b"iTXt":
        compressed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        rest = _inflated(rest) if compressed else rest
    return _plain(rest) if keyword else ""


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, TEXTS_MAX)
    except zlib.error as error:
        raise UnacceptableError("damaged") from error


def _jpg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment up to the picture's data (SOS). Raises UnacceptableError when the chain breaks."""
    position = 2
    while True:
        while data[position : position + 2] == b"\xff\xff":
            position += 1
        if position + 4 > len(data) or data[position] != 0xFF:
            raise UnacceptableError("damaged")
        marker = data[position + 1]
        (length,) = struct.unpack(">H", data[position + 2 : position + 4])
        body = data[position + 4 : position + 2 + length]
        if length < 2 or len(body) != length - 2:
            raise UnacceptableError("damaged")
        yield marker, body
        if marker == 0xDA:
            return
        position += 2 + length


def _plain(data: bytes) -> str:
    text = data[:TEXTS_MAX].decode("utf-8", "replace")
    return re.sub(r"<[^<>]*>", "\n", text)


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise UnacceptableError("damaged")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise UnacceptableError("picture_size")


def _refuse_other_content(data: bytes) -> None:
    if OTHER_CONTENT.search(data):
        raise UnacceptableError("picture_mixed")
