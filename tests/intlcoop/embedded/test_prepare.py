"""Static files are collected when something changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from intlcoop.embedded import prepare


@pytest.fixture
def collected(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One static file, and a record of the commands that were called."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static/page.css").write_text("body {}")
    (tmp_path / "collected").mkdir()
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    calls: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_options: calls.append(name))
    return calls


def test_static_files_are_collected_when_one_changed(collected: list[str], tmp_path: Path) -> None:
    prepare.collect_static()
    prepare.collect_static()
    assert collected == ["collectstatic"]

    (tmp_path / "static/page.css").write_text("body { margin: 0 }")
    prepare.collect_static()
    assert collected == ["collectstatic"] * 2

    (tmp_path / "static/page.css").rename(tmp_path / "static/other.css")
    prepare.collect_static()
    assert collected == ["collectstatic"] * 3
