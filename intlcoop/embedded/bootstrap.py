"""`make bootstrap`: everything the portal needs on this machine, made once and checked in a fraction of a second.

    python3 intlcoop/embedded/bootstrap.py [--tests]

It runs before any package is installed, so it uses the standard library alone and imports nothing of ours.
`--tests` adds the tools of requirements-dev.txt and a browser.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from ast import literal_eval
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parents[2]
ENVIRONMENT = BASE_DIR / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "bootstrap.json"
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
OLDEST_PYTHON = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


@dataclass(frozen=True)
class SystemPackage:
    """Something that pip cannot install: its Debian names (the first that exists is taken) and what it is for."""

    names: tuple[str, ...]
    purpose: str
    is_there: Callable[[], bool]
    for_tests: bool = False


def library(name: str) -> Callable[[], bool]:
    def is_there() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return is_there


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def font(pattern: str) -> Callable[[], bool]:
    return lambda: any(any(Path(folder).expanduser().rglob(pattern)) for folder in FONT_FOLDERS)


SYSTEM_PACKAGES = (
    SystemPackage(("libpango-1.0-0",), "PDF files", library("libpango-1.0.so.0")),
    SystemPackage(("libpangoft2-1.0-0",), "PDF files", library("libpangoft2-1.0.so.0")),
    SystemPackage(("libharfbuzz-subset0",), "small PDF files", library("libharfbuzz-subset.so.0")),
    SystemPackage(("fonts-liberation2", "fonts-liberation"), "the type of papers", font("LiberationSerif-Regular.*")),
    # Without these a name in the guest's own script is blank in a PDF.
    SystemPackage(("fonts-noto-core",), "names in Lao, Khmer and Thai", font("NotoS*Khmer-Regular.*")),
    SystemPackage(
        ("fonts-wqy-zenhei", "fonts-noto-cjk"),
        "names in Chinese, Japanese and Korean",
        lambda: font("wqy-zenhei.*")() or font("Noto*CJK*")(),
    ),
    SystemPackage(("gettext",), "pages in Vietnamese", program("msgfmt")),
    SystemPackage(("chromium",), "browser tests", program(*BROWSERS), for_tests=True),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    wanted = parser.parse_args()
    if sys.version_info < OLDEST_PYTHON:
        print(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: make PYTHON=python3.11 ...")
        return 1
    try:
        install_system_packages(wanted.tests)
        make_environment()
        install_python_packages(wanted.tests)
        compile_catalogues()
    except subprocess.CalledProcessError as error:
        print(f"bootstrap: this failed ({error.returncode}): {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    return 0


def say(text: str) -> None:
    print(f"bootstrap: {text}", flush=True)


def run(*command: str | Path, **options: Any) -> None:
    # No stdin: a question would wait for ever under CI.
    subprocess.run([str(part) for part in command], check=True, stdin=subprocess.DEVNULL, cwd=BASE_DIR, **options)


# --- the system -------------------------------------------------------------------------------------------------


def install_system_packages(tests: bool) -> None:
    """Install by apt what is missing when root may; else say in one line what to install, and go on without it."""
    missing = missing_packages(tests)
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        say("installing " + ", ".join(package.names[0] for package in missing))
        silent: dict[str, Any] = {"env": quiet, "stdout": subprocess.DEVNULL}
        try:
            run("apt-get", "update", "-qq", **silent)
        except subprocess.CalledProcessError:
            say("apt-get update failed; trying with the package lists that are there")
        for package in missing:
            for name in package.names:
                try:
                    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", name, **silent)
                    break
                except subprocess.CalledProcessError:
                    continue
        missing = missing_packages(tests)
    if missing:
        wanted = ", ".join(f"{package.names[0]} ({package.purpose})" for package in missing)
        say(f"please install these system packages, the portal works without them but not fully: {wanted}")


def missing_packages(tests: bool) -> list[SystemPackage]:
    return [package for package in SYSTEM_PACKAGES if (tests or not package.for_tests) and not package.is_there()]


# --- Python -----------------------------------------------------------------------------------------------------


def make_environment() -> None:
    """Make .venv, or make it anew when its Python is gone."""
    if PYTHON.exists():
        return
    say("making .venv")
    try:
        run(sys.executable, "-m", "venv", "--clear", ENVIRONMENT)
    except subprocess.CalledProcessError:
        # Debian keeps ensurepip in a package of its own.
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            say("please install the system package python3-venv")
            raise
        run("apt-get", "install", "-y", "-qq", "python3-venv", env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
        run(sys.executable, "-m", "venv", "--clear", ENVIRONMENT)


def install_python_packages(tests: bool) -> None:
    """Bring .venv to exactly the locked packages. An environment with the tools of the tests keeps them."""
    done = json.loads(STAMP.read_text("utf-8")) if STAMP.exists() else {}
    name = DEVELOPMENT if tests or done.get("requirements") == DEVELOPMENT else RUNTIME
    wanted = {"requirements": name, "sha256": hashlib.sha256((BASE_DIR / name).read_bytes()).hexdigest()}
    if done == wanted:
        return
    say(f"installing the packages of {name}")
    STAMP.unlink(missing_ok=True)
    pip = (PYTHON, "-m", "pip", "-qq", "--disable-pip-version-check", "install")
    try:
        if not (ENVIRONMENT / "bin" / "uv").exists():
            run(*pip, "uv")
        uv = (ENVIRONMENT / "bin" / "uv", "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, name)
        run(*uv, env=os.environ | configuration_for_uv())
    except (subprocess.CalledProcessError, OSError):
        say("uv did not succeed; trying pip, which takes longer")
        run(*pip, "--require-hashes", "-r", name)
    STAMP.write_text(json.dumps(wanted), "utf-8")


def configuration_for_uv() -> dict[str, str]:
    """This machine's pip configuration (files and PIP_* variables) in the words of uv, which does not read it.

    Hashes decide what is accepted, so all indexes may be searched like pip does.
    """
    listed = subprocess.run(
        [PYTHON, "-m", "pip", "config", "list"], check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
    ).stdout
    found: dict[str, list[str]] = {}
    # pip's order of precedence, so that the last word is the one that counts.
    for wanted_section in ("global", "install", ":env:"):
        for line in listed.splitlines():
            name, _, value = line.partition("=")
            section, _, option = name.rpartition(".")
            if section == wanted_section:
                found.setdefault(option.replace("_", "-"), []).extend(literal_eval(value).split())
    translated = {
        "UV_DEFAULT_INDEX": found.get("index-url", [])[-1:],
        "UV_INDEX": list(dict.fromkeys(found.get("extra-index-url", []))),
        "UV_FIND_LINKS": [",".join(dict.fromkeys(found.get("find-links", [])))],
        "UV_NO_INDEX": found.get("no-index", [])[-1:],
        "UV_INSECURE_HOST": found.get("trusted-host", []),
        "SSL_CERT_FILE": found.get("cert", [])[-1:],
        "UV_INDEX_STRATEGY": ["unsafe-best-match"],
    }
    return {name: " ".join(values) for name, values in translated.items() if any(values) and not os.environ.get(name)}


# --- translations -----------------------------------------------------------------------------------------------


def compile_catalogues() -> None:
    """Compile every message catalogue that is newer than its compiled form."""
    if not shutil.which("msgfmt"):
        return
    for source in sorted((BASE_DIR / "locale").glob("**/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        say(f"compiling {source.relative_to(BASE_DIR)}")
        # Beside it and renamed: a process that starts meanwhile reads the old one or the new one, never half.
        unfinished = target.with_suffix(f".{os.getpid()}")
        run("msgfmt", "--check", "-o", unfinished, source)
        unfinished.rename(target)


if __name__ == "__main__":
    sys.exit(main())
