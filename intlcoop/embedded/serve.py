"""`make run`: the whole portal on this machine. One process that starts all others, keeps them alive and stops them.

    PORT=8000 python -m intlcoop.embedded.serve

Children write to VAR_DIR/log. INT and TERM stop them all, PostgreSQL last.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from intlcoop.embedded import accounts, broker, database, places

LONGEST_PAUSE = 30  # seconds between two starts of a child that keeps dying
HEALTHY_AFTER = 60  # seconds after which a child's next death counts as its first
GRACE = 20  # seconds to finish a request, or to hand back a task
LARGEST_LOG = 5_000_000  # bytes; then it starts anew, with one predecessor kept
PR_SET_PDEATHSIG = 1


class StopRequested(BaseException):
    """INT, TERM or HUP arrived. Not an Exception: no handler of errors may swallow it."""


@dataclass
class Child:
    """One process of the portal."""

    name: str
    command: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    deaths: int = 0
    next_start: float = 0
    log: Path = field(default_factory=Path)

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C reaches this supervisor only, which then stops the children in order.
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=places.BASE_DIR,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self.started = time.monotonic()

    def tend(self) -> None:
        """Start again what died; the more often it dies, the later."""
        now = time.monotonic()
        if self.runs:
            return
        if self.process is not None:
            self.deaths = 1 if now - self.started > HEALTHY_AFTER else self.deaths + 1
            pause = min(2 ** (self.deaths - 1), LONGEST_PAUSE)
            self.next_start = now + pause
            say(f"{self.name} ended with {self.process.returncode}, starting again in {pause} s; see {self.log}")
            self.process = None
        elif now >= self.next_start:
            self.start()

    def signal(self, number: int) -> None:
        """Send `number` to the main process, or KILL to everything it started."""
        if self.process is None:
            return
        try:
            if number == signal.SIGKILL:
                os.killpg(self.process.pid, number)
            elif self.runs:
                self.process.send_signal(number)
        except ProcessLookupError:
            return


class Supervisor:
    """Owns the children and the embedded servers of one VAR_DIR."""

    prepare: tuple[str, ...] = (sys.executable, "-m", "intlcoop.embedded.prepare")

    def __init__(self, place: places.Home, port: int) -> None:
        self.place = place
        self.port = port
        self.owns_database = not _named("DATABASE_URL")
        self.owns_broker = not _named("CELERY_BROKER_URL")
        self.children: list[Child] = []
        self.preparation: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Prepare, start everything and tend it until StopRequested."""
        say("starting the database and the broker")
        self.tend_servers()
        say("bringing data and static files up to date")
        self.preparation = subprocess.Popen(
            self.prepare,
            stdin=subprocess.DEVNULL,
            cwd=places.BASE_DIR,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        if self.preparation.wait():
            raise SystemExit("The preparation failed; its message stands above.")
        logs = self.place.var_dir / "log"
        logs.mkdir(exist_ok=True)
        self.children = [Child(name, command, log=logs / f"{name}.log") for name, command in self.commands().items()]
        for child in self.children:
            child.start()
        self.wait_for_the_web()
        print(accounts.welcome(f"http://127.0.0.1:{self.port}", logs), flush=True)
        while True:
            time.sleep(2)
            try:
                self.tend_servers()
            except places.EmbeddedServerError as error:
                say(str(error))
            for child in self.children:
                child.tend()

    def commands(self) -> dict[str, tuple[str, ...]]:
        """The processes, as production runs them too (docker-compose.yml), on the loopback interface."""
        manage = (sys.executable, "manage.py")
        web = (sys.executable, "-m", "gunicorn", "intlcoop.wsgi:application", "--no-control-socket", "--preload")
        commands = {
            "web": (
                *web,
                "--bind",
                f"127.0.0.1:{self.port}",
                "--worker-class",
                "gthread",
                "--workers",
                "2",
                "--threads",
                "4",
            ),
            "worker": (
                sys.executable,
                "-m",
                "celery",
                "-A",
                "intlcoop",
                "worker",
                "--concurrency",
                "2",
                "--loglevel",
                "INFO",
                # One worker has nobody to gossip with, and gossip complains at each reconnection.
                "--without-gossip",
                "--without-mingle",
            ),
            "sweeper": (*manage, "sweep"),
        }
        if not _named("EMAIL_HOST"):
            commands["mail"] = (*manage, "mail_catcher")
        return commands

    def tend_servers(self) -> None:
        if self.owns_database and not database.is_up(self.place):
            database.start(self.place)
        if self.owns_broker and not broker.is_up(self.place):
            broker.start(self.place)

    def wait_for_the_web(self) -> None:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except urllib.error.HTTPError:
                return  # it answers; what it says is for the reader of its log
            except (urllib.error.URLError, OSError):
                for child in self.children:
                    child.tend()
                time.sleep(0.2)

    def stop(self) -> None:
        """End the children, by force after GRACE seconds, then the broker, then the database."""
        if self.preparation and self.preparation.poll() is None:
            self.preparation.terminate()
            self.preparation.wait()
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while any(child.runs for child in self.children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in self.children:
            child.signal(signal.SIGKILL)
        if self.owns_broker:
            broker.stop(self.place)
        if self.owns_database:
            database.stop(self.place)


def main(supervise: type[Supervisor] = Supervisor) -> int:
    """Run the portal until a signal; 0 when one ended it, 1 when it could not start."""
    stopping = False

    def request_stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        if not stopping:
            stopping = True
            raise StopRequested

    # Set explicitly: a process started in the background inherits INT ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, request_stop)
    try:
        place = places.home()
        with _claim(place):
            port = _free_port()
            _set_environment(port)
            supervisor = supervise(place, port)
            try:
                supervisor.run()
            finally:
                stopping = True
                say("stopping")
                supervisor.stop()
                say("stopped")
    except StopRequested:
        return 0
    except places.EmbeddedServerError as error:
        say(str(error))
        return 1
    return 0


def _set_environment(port: int) -> None:
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{port}")
    if not _named("EMAIL_HOST") and "EMAIL_PORT" not in os.environ:
        # Two copies of the portal must not catch each other's mail.
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            os.environ["EMAIL_PORT"] = str(probe.getsockname()[1])


def _free_port() -> int:
    port = int(os.environ.get("PORT") or 8000)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise places.EmbeddedServerError(f"Port {port} is taken; choose another: make run PORT=8001") from error
    return port


def _claim(place: places.Home) -> IO[str]:
    """Hold VAR_DIR/serve.lock, which names this process, for as long as the portal runs."""
    with places.only_one(place):
        lock = (place.var_dir / "serve.lock").open("a+", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise places.EmbeddedServerError(
                f"The portal already runs with this VAR_DIR (process {lock.read()}); `make stop` ends it."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
    return lock


def stop_running(place: places.Home) -> bool:
    """End the supervisor that holds this VAR_DIR, and wait for it; False when there is none."""
    path = place.var_dir / "serve.lock"
    if not path.exists():
        return False
    with path.open("r+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.kill(int(lock.read()), signal.SIGTERM)
            fcntl.flock(lock, fcntl.LOCK_EX)
            return True
    return False


def _die_with_parent() -> None:
    """In a child before it starts: receive TERM when the supervisor is killed, so that nothing is left behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _named(variable: str) -> bool:
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))


def say(text: str) -> None:
    print(f"run: {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
