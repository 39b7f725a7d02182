"""Every test of reports keeps its files in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """An empty MEDIA_ROOT."""
    root = tmp_path / "media"
    root.mkdir()
    default = settings.STORAGES["default"]
    settings.MEDIA_ROOT = root
    settings.STORAGES = settings.STORAGES | {"default": default | {"OPTIONS": default["OPTIONS"] | {"location": root}}}
    return root


@pytest.fixture
def report_files(media):
    """The names of the files that reports keep now."""
    return lambda: sorted(path.name for path in (media / "reports").glob("*"))
