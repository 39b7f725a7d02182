from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from intlcoop.documents.guard import inspect
from intlcoop.documents.uploads import OversizedUpload
from tests.intlcoop.documents import samples as s

BOUNDARY = b"----to-khai"


def part(name: str, content: bytes, filename: str = "") -> bytes:
    file = f'; filename="{filename}"\r\nContent-Type: application/pdf' if filename else ""
    return b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (
        BOUNDARY,
        name.encode(),
        file.encode(),
        content,
    )


class Stream(io.RawIOBase):
    """A body that is never in memory as a whole."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks
        self.rest = b""

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and (chunk := next(self.chunks, None)) is not None:
            self.rest += chunk
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken


def request_of(*parts: bytes, length: int | None = None, stream: io.RawIOBase | None = None) -> WSGIRequest:
    body = b"".join(parts) + b"--%s--\r\n" % BOUNDARY
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD="POST",
        CONTENT_TYPE=f"multipart/form-data; boundary={BOUNDARY.decode()}",
        CONTENT_LENGTH=str(length if length is not None else len(body)),
    )
    return WSGIRequest(environ | {"wsgi.input": stream or io.BytesIO(body)})


def test_a_file_stays_in_memory_whatever_its_size():
    request = request_of(part("title", b"x"), part("file", b"a" * 5_000_000, "Thư mời.pdf"))
    upload = request.FILES["file"]
    assert isinstance(upload, InMemoryUploadedFile)
    assert (upload.name, upload.size, upload.content_type) == ("Thư mời.pdf", 5_000_000, "application/pdf")
    assert not hasattr(upload, "temporary_file_path")
    assert upload.read(3) == b"aaa"


def test_twenty_megabytes_fit_and_one_byte_more_does_not(settings):
    limit = settings.UPLOAD_MAX_BYTES
    assert limit == 20 * 1024 * 1024
    assert request_of(part("file", b"a" * limit, "a.pdf")).FILES["file"].size == limit
    refused = request_of(part("file", b"a" * (limit + 1), "a.pdf")).FILES["file"]
    assert isinstance(refused, OversizedUpload)
    assert (refused.size, refused.true_size, refused.read()) == (0, limit + 1, b"")
    assert "20 MB" in inspect(refused).reason


def test_what_was_typed_around_a_huge_file_is_kept_and_the_memory_stays_small():
    size = 300 * 1024 * 1024
    before, after = part("title", "Đoàn đi Lào".encode()), b"\r\n" + part("purpose", b"study")
    head = part("file", b"", "phim.pdf")[:-2]
    end = b"--%s--\r\n" % BOUNDARY
    chunk = b"\0" * 1024 * 1024

    def body() -> Iterator[bytes]:
        yield before + head
        yield from (chunk for _ in range(300))
        yield after + end

    length = len(before) + len(head) + size + len(after) + len(end)
    tracemalloc.start()
    request = request_of(length=length, stream=Stream(body()))
    files = request.FILES
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (request.POST["title"], request.POST["purpose"]) == ("Đoàn đi Lào", "study")
    assert (files["file"].true_size, inspect(files["file"]).code) == (size, "too_large")
    assert peak < 16 * 1024 * 1024


def test_many_files_together_may_not_fill_the_memory(settings):
    settings.UPLOAD_MAX_BYTES = 1000
    files = request_of(
        part("a", b"a" * 600, "a.pdf"), part("b", b"b" * 600, "b.pdf"), part("c", b"c" * 300, "c.pdf")
    ).FILES
    assert [files["a"].size, files["c"].size] == [600, 300]
    assert inspect(files["b"]).code == "together_too_large"


def test_nothing_is_kept_of_a_body_that_cannot_fit(settings):
    settings.UPLOAD_MAX_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000, 500
    files = request_of(part("a", b"a" * 600, "a.pdf"), part("b", b"b" * 2000, "b.pdf")).FILES
    assert [inspect(files[name]).code for name in "ab"] == ["together_too_large", "too_large"]


def test_a_body_beyond_all_reason_is_cut_off_and_keeps_the_fields_before_it():
    request = request_of(part("title", b"x"), part("file", b"a", "a.pdf"), part("b", b"y"), length=3 * 1024**3)
    assert (dict(request.POST), dict(request.FILES)) == ({"title": ["x"]}, {})


@pytest.mark.parametrize("name", ["../../etc/a.pdf", "C:\\\\a.pdf"])
def test_folders_in_a_name_are_dropped_on_the_way_in(name):
    assert request_of(part("file", s.pdf(), name)).FILES["file"].name == "a.pdf"
