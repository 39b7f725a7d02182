"""What a file's number looks like in an address; anything else is no address of ours."""

from __future__ import annotations

from django.urls import register_converter


class FileNumber:
    """DR-2026-0012, BCDR-2026-0003."""

    regex = "[A-Z]{1,8}-[0-9]{4}-[0-9]{1,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileNumber, "file_number")
