"""`make run` starts everything, keeps it alive, and leaves nothing behind. With small stand-ins for the processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intlcoop.embedded import broker, database, places

from .conftest import REPOSITORY

STAND_INS = """
import sys
from intlcoop.embedded import serve

WEB = '''
import http.server, os, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
        self.wfile.write(os.environ["DEMO"].encode() + b" " + os.environ["EMAIL_PORT"].encode())
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
'''

class Small(serve.Supervisor):
    prepare = (sys.executable, "-c", "print('prepared', flush=True)")

    def commands(self):
        sleep = "import time, os; open(os.environ['VAR_DIR'] + '/pid', 'w').write(str(os.getpid())); time.sleep(600)"
        return {
            "web": (sys.executable, "-c", WEB, str(self.port)),
            "worker": (sys.executable, "-c", sleep),
        }

sys.exit(serve.main(Small))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ignore_interrupts() -> None:
    """As a shell does with what it starts in the background."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def wait_for(holds: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


class Running:
    """A supervisor in the background, with what it printed."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.home = places.home(var)
        self.port = free_port()
        self.printed = var.with_name(f"{var.name}.txt")
        with self.printed.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", STAND_INS],
                cwd=REPOSITORY,
                env=os.environ | {"VAR_DIR": str(var), "PORT": str(self.port)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=ignore_interrupts,
            )
        assert wait_for(lambda: self.says("hop-tac-quoc-te-2026") and bool(self.worker)), self.printed.read_text()

    def says(self, text: str) -> bool:
        return text in self.printed.read_text("utf-8")

    @property
    def worker(self) -> int:
        path = self.var / "pid"
        return int(path.read_text() or 0) if path.exists() else 0


@pytest.fixture
def running(var: Path) -> Iterator[Running]:
    portal = Running(var)
    yield portal
    if portal.process.poll() is None:
        portal.process.terminate()
        portal.process.wait(30)
    portal.printed.unlink()


def test_an_interrupt_stops_all_though_it_was_started_in_the_background(running: Running) -> None:
    assert running.says(f"http://127.0.0.1:{running.port}")
    assert running.says("prepared")
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/healthz") as answer:
        demo, mail_port = answer.read().split()
    assert demo == b"1"
    assert mail_port not in {b"25", b"2525"}
    assert database.is_up(running.home)
    assert broker.is_up(running.home)
    worker = running.worker

    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(30) == 0
    assert not alive(worker)
    assert not database.is_up(running.home)
    assert not broker.is_up(running.home)


def test_what_dies_is_started_again(running: Running) -> None:
    worker = running.worker
    os.kill(worker, signal.SIGKILL)
    broker.stop(running.home)

    assert wait_for(lambda: running.worker not in {0, worker} and broker.is_up(running.home))
    assert running.says("worker ended with -9")


def test_one_portal_for_each_folder_and_make_stop_ends_it(running: Running) -> None:
    environment = os.environ | {"VAR_DIR": str(running.var)}
    second = subprocess.run(
        [sys.executable, "-c", STAND_INS],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert second.returncode == 1
    assert str(running.process.pid) in second.stdout

    done = subprocess.run(
        [sys.executable, "-m", "intlcoop.embedded", "stop"],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "the portal: stopped" in done.stdout
    assert running.process.wait(5) == 0


def test_a_killed_supervisor_leaves_no_child(running: Running) -> None:
    running.process.kill()
    running.process.wait()

    assert wait_for(lambda: not alive(running.worker))


def test_a_taken_port_is_said_at_once(var: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", STAND_INS],
            cwd=REPOSITORY,
            env=os.environ | {"VAR_DIR": str(var), "PORT": port},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stdout
    assert not (var / "pg").exists()
