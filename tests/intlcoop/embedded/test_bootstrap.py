"""Bootstrap does what is missing, says what it cannot do, and does nothing the second time. Nothing is installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from intlcoop.embedded import bootstrap, places


class Commands(list[list[str]]):
    """Records instead of running; a command that contains `fails` fails."""

    fails = "nothing"

    def __call__(self, *command: object, **_options: object) -> None:
        words = [str(word) for word in command]
        self.append(words)
        if self.fails in " ".join(words):
            raise subprocess.CalledProcessError(1, words)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    for name in (bootstrap.RUNTIME, bootstrap.DEVELOPMENT):
        (tmp_path / name).write_text(f"# {name}\n")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    recorded = Commands()
    monkeypatch.setattr(bootstrap, "BASE_DIR", tmp_path)
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv/bootstrap.json")
    monkeypatch.setattr(bootstrap, "run", recorded)
    return recorded


def names(commands: Commands) -> list[str]:
    """The last word of each command: the package or the file that it installs."""
    found = [command[-1] for command in commands]
    commands.clear()
    return found


def test_packages_are_installed_once_for_each_lock_file(commands: Commands, tmp_path: Path) -> None:
    bootstrap.install_python_packages(tests=False)
    assert names(commands) == ["uv", "requirements.txt"]

    bootstrap.install_python_packages(tests=False)
    assert names(commands) == []

    bootstrap.install_python_packages(tests=True)
    assert names(commands) == ["uv", "requirements-dev.txt"]

    # `make run` after `make test` takes nothing away.
    bootstrap.install_python_packages(tests=False)
    assert names(commands) == []

    (tmp_path / "requirements-dev.txt").write_text("# changed\n")
    bootstrap.install_python_packages(tests=False)
    assert names(commands) == ["uv", "requirements-dev.txt"]


@pytest.mark.parametrize("fails", ["install uv", "pip sync"])
def test_pip_does_it_when_uv_cannot(commands: Commands, fails: str) -> None:
    commands.fails = fails

    bootstrap.install_python_packages(tests=False)

    assert commands[-1][1:3] == ["-m", "pip"]
    assert commands[-1][-3:] == ["--require-hashes", "-r", "requirements.txt"]


def test_a_failed_installation_is_tried_again(commands: Commands) -> None:
    commands.fails = "requirements.txt"
    with pytest.raises(subprocess.CalledProcessError):
        bootstrap.install_python_packages(tests=False)
    names(commands)

    commands.fails = "nothing"
    bootstrap.install_python_packages(tests=False)

    assert names(commands) == ["uv", "requirements.txt"]


def test_the_configuration_of_pip_reaches_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = (
        ":env:.index-url='https://mirror.invalid/env'\n"
        "global.index-url='https://mirror.invalid/file'\n"
        "global.extra-index-url='https://a.invalid https://b.invalid'\n"
        "global.find-links='/wheels'\n"
        "install.trusted-host='mirror.invalid'\n"
        "global.timeout='60'\n"
    )
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: subprocess.CompletedProcess([], 0, listed))
    for name in os.environ:
        if name.startswith(("UV_", "SSL_")):
            monkeypatch.delenv(name)

    assert bootstrap.configuration_for_uv() == {
        "UV_DEFAULT_INDEX": "https://mirror.invalid/env",
        "UV_INDEX": "https://a.invalid https://b.invalid",
        "UV_FIND_LINKS": "/wheels",
        "UV_INSECURE_HOST": "mirror.invalid",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_what_uv_was_told_already_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.invalid")
    listed = "global.index-url='https://mirror.invalid/file'\n"
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: subprocess.CompletedProcess([], 0, listed))

    assert "UV_DEFAULT_INDEX" not in bootstrap.configuration_for_uv()


@pytest.fixture
def bare_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which nothing but apt-get is found, until it is installed."""
    missing = tuple(
        bootstrap.SystemPackage(package.names, package.purpose, lambda: False, package.for_tests)
        for package in bootstrap.SYSTEM_PACKAGES
    )
    monkeypatch.setattr(bootstrap, "SYSTEM_PACKAGES", missing)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)


@pytest.mark.usefixtures("bare_system")
def test_an_ordinary_user_is_told_in_one_line(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    bootstrap.install_system_packages(tests=False)

    assert commands == []
    (line,) = capsys.readouterr().out.splitlines()
    for package in ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation2", "gettext"):
        assert package in line
    assert "chromium" not in line


@pytest.mark.usefixtures("bare_system")
def test_root_installs_what_is_missing(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    commands.fails = "fonts-liberation2"  # newer systems know it by its other name

    bootstrap.install_system_packages(tests=True)

    installed = names(commands)
    assert {"libpango-1.0-0", "gettext", "chromium", "fonts-liberation"} <= set(installed)


def test_a_catalogue_is_compiled_when_it_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "BASE_DIR", tmp_path)
    source = tmp_path / "locale/vi/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Trip"\nmsgstr "Đoàn ra"\n', "utf-8"
    )

    bootstrap.compile_catalogues()

    compiled = source.with_suffix(".mo")
    assert "Đoàn ra".encode() in compiled.read_bytes()
    assert [path.suffix for path in sorted(source.parent.iterdir())] == [".mo", ".po"]
    first = compiled.stat().st_mtime_ns
    bootstrap.compile_catalogues()
    assert compiled.stat().st_mtime_ns == first
    os.utime(source, (compiled.stat().st_atime + 5, compiled.stat().st_mtime + 5))
    bootstrap.compile_catalogues()
    assert compiled.stat().st_mtime_ns > first


def test_it_needs_the_standard_library_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", places.BASE_DIR / "intlcoop/embedded/bootstrap.py", "--help"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
