"""check_catalogue names every text that a Vietnamese reader would meet in English, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
WHOLE = """
#, python-format
msgid "%(count)s trip"
msgid_plural "%(count)s trips"
msgstr[0] "%(count)s đoàn ra"

msgid "From a page"
msgstr "Từ một trang"
"""

Project = Callable[[str], Path]


@pytest.fixture
def project(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A small project with two texts; give it the entries of its catalogue."""

    def make(entries: str) -> Path:
        catalogue = tmp_path / "locale/vi/LC_MESSAGES/django.po"
        catalogue.parent.mkdir(parents=True)
        catalogue.write_text(HEADER + entries, "utf-8")
        code = 'from django.utils.translation import ngettext\n\nngettext("%(count)s trip", "%(count)s trips", 2)\n'
        (tmp_path / "code.py").write_text(code, "utf-8")
        (tmp_path / "page.html").write_text('{% load i18n %}{% translate "From a page" %}', "utf-8")
        (tmp_path / "tests").mkdir()
        (tmp_path / "tests/test_code.py").write_text('from x import gettext\n\ngettext("Only in a test")\n', "utf-8")
        return catalogue

    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.LANGUAGES = [("vi", "Vietnamese"), ("en", "English")]
    monkeypatch.chdir(tmp_path)
    return make


def test_a_whole_catalogue_passes_and_nothing_is_written(project: Project, tmp_path: Path) -> None:
    project(WHOLE + '\nmsgid "Of Django itself"\nmsgstr "Của Django"\n')
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    call_command("check_catalogue")

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("Từ một trang", "", "untranslated: From a page"),
        ('msgid "From', '#, fuzzy\nmsgid "From', "reviewed by the translator: From a page"),
        (
            'msgid "From a page"',
            'msgid "From another"',
            "page.html:1: this message is used but not defined: From a page",
        ),
        ('"%(count)s đoàn ra"', '"%(number)s đoàn ra"', "%(count)s trip"),
    ],
)
def test_what_is_not_certain_is_named(project: Project, old: str, new: str, complaint: str) -> None:
    assert old in WHOLE
    project(WHOLE.replace(old, new))

    with pytest.raises(CommandError) as caught:
        call_command("check_catalogue")

    assert complaint in str(caught.value)


def test_a_missing_catalogue_is_named(project: Project) -> None:
    project(WHOLE).unlink()

    with pytest.raises(CommandError, match="does not exist"):
        call_command("check_catalogue")
