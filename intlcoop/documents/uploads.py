"""How does a file reach the guard before it touches a disk?

Django would spool a body above 2.5 MB to a temporary file. A file that may carry a state secret must not get there
(documents.guard), so this handler keeps uploads in memory, and never more than one full-sized file per request.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

if TYPE_CHECKING:
    from django.http import HttpRequest

# A body is read to its end even when its file is refused, else the browser shows "connection reset" instead of the
# sentence. Beyond this many bytes it is cut off: nobody fills in a form with such a file by mistake.
DRAIN_MAX_BYTES = 2 * 1024**3


class OversizedUpload(UploadedFile):
    """What stands in `request.FILES` for a file that was too large: its name and its true size, but no bytes.

    The other fields of the form are kept, so that nothing typed is lost. `size` is 0, so that a plain FileField
    refuses it too; GuardedFileField says what is wrong.
    """

    def __init__(self, *, name: str, field_name: str, content_type: str, true_size: int) -> None:
        super().__init__(file=BytesIO(), name=name, content_type=content_type, size=0)
        self.field_name = field_name
        self.true_size = true_size

    @property
    def alone_too_large(self) -> bool:
        """False when the file is small enough, but not together with the others of the same request."""
        return self.true_size > settings.UPLOAD_MAX_BYTES


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Keeps files in memory only, up to UPLOAD_MAX_BYTES; a larger one is counted and dropped (OversizedUpload).

    When the Content-Length alone shows that the body cannot fit (UPLOAD_MAX_BYTES and the room for the form's other
    fields), no byte of any file is kept.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._remaining = int(settings.UPLOAD_MAX_BYTES)
        self._keeping = True
        self._buffer = BytesIO()
        self._received = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803  # Django calls it by this name
        content_length: int,
        boundary: Any,  # bytes; the stubs say str
        encoding: str | None = None,
    ) -> None:
        if content_length > DRAIN_MAX_BYTES:
            # Fields that stand after the file are lost; those before it are kept.
            self._keeping = False
        if content_length > settings.UPLOAD_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            self._remaining = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self._keeping:
            raise StopUpload(connection_reset=True)
        self._buffer = BytesIO()
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received <= self._remaining:
            self._buffer.write(raw_data)
        else:
            self._buffer = BytesIO()

    def file_complete(self, file_size: int) -> UploadedFile:
        name, field_name = self.file_name or "", self.field_name or ""
        content_type = self.content_type or ""
        if self._received > self._remaining:
            return OversizedUpload(
                name=name, field_name=field_name, content_type=content_type, true_size=self._received
            )
        self._remaining -= self._received
        self._buffer.seek(0)
        return InMemoryUploadedFile(
            file=self._buffer,
            field_name=field_name,
            name=name,
            content_type=content_type,
            size=self._received,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
