"""The whole portal as `make run` starts it, on a port and in a folder of its own, and a browser to use it with."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-quic"]  # fmt: skip
READY_WITHIN = 300


@dataclass
class Portal:
    url: str
    var_dir: Path
    process: subprocess.Popen[bytes]

    def ready(self) -> dict[str, object] | None:
        """What /readyz says, None while nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=3) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return json.load(error) | {"status": error.code}
        except OSError:
            return None

    def manage(self, *arguments: str) -> str:
        """Run a management command on this portal's data; its standard output."""
        environment = os.environ | {"VAR_DIR": str(self.var_dir), "DEMO": "1"}
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def mails(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in (self.var_dir / "mail").glob("*.eml"))


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """The running portal. Started once; its own database, broker, worker and sweeper."""
    var_dir = Path(tempfile.mkdtemp(prefix="intlcoop-portal-"))
    port = _free_port()
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CELERY_BROKER_URL"}
    }
    environment |= {"VAR_DIR": str(var_dir), "PORT": str(port), "DEMO": "1"}
    with (var_dir / "run.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "intlcoop.embedded.serve"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Portal(f"http://127.0.0.1:{port}", var_dir, process)
    try:
        deadline = time.monotonic() + READY_WITHIN
        while not (answer := running.ready()) or answer.get("status") == 503:
            assert process.poll() is None, (var_dir / "run.log").read_text()
            assert time.monotonic() < deadline, (var_dir / "run.log").read_text()
            time.sleep(0.5)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(var_dir, ignore_errors=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """Debian's Chromium, for one file: while Playwright's loop runs, Django's ORM refuses to work in this thread.

    Missing, it fails the run; `make test` installs it where it may.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield browser
        browser.close()
