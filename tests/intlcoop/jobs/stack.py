"""A worker and a sweeper as processes of their own, with a broker and a database that the tests may hurt."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg2
from django.db import connection

from intlcoop.embedded.places import BASE_DIR
from tests.intlcoop.jobs.broker import TrialBroker

SETTINGS = "tests.intlcoop.jobs.stack_settings"


def wait_until(true: Callable[[], object], seconds: float, what: str) -> float:
    """Wait for something to become true; how long it took. Fails with `what` after `seconds`."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s: {what}"
        time.sleep(0.1)
    return time.monotonic() - begun


@contextlib.contextmanager
def database_of_its_own() -> Iterator[str]:
    """A copy of the test database, to which this process's connection is turned meanwhile; yields its URL."""
    known = connection.settings_dict
    template, name = known["NAME"], f"stack_{uuid.uuid4().hex[:12]}"
    connection.close()
    _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    known["NAME"] = name
    try:
        password = f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else ""
        address = f"host={quote(known['HOST'], safe='')}&port={known['PORT'] or 5432}"
        yield f"postgresql://{known['USER']}{password}@/{name}?{address}"
    finally:
        connection.close()
        known["NAME"] = template
        _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(statement: str) -> None:
    known = connection.settings_dict
    with contextlib.closing(
        psycopg2.connect(
            host=known["HOST"],
            port=known["PORT"] or 5432,
            user=known["USER"],
            password=known["PASSWORD"] or None,
            dbname="postgres",
        )
    ) as line:
        line.autocommit = True
        with line.cursor() as cursor:
            cursor.execute(statement)


class Stack:
    """Worker and sweeper; each is a session of its own, so that it can be killed with its children."""

    def __init__(self, broker: TrialBroker, database_url: str, folder: Path, *, lease: float, renew: float) -> None:
        self.broker = broker
        self.folder = folder
        self.var_dir = tempfile.TemporaryDirectory(prefix="intlcoop-stack-", dir="/tmp")
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "VAR_DIR": self.var_dir.name,
            "DATABASE_URL": database_url,
            "CELERY_BROKER_URL": broker.url,
            "TRIAL_LEASE_SECONDS": str(lease),
            "TRIAL_RENEW_SECONDS": str(renew),
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start_worker(self) -> None:
        self._start("worker", "-m", "celery", "-A", "intlcoop", "worker", "--concurrency", "2", "--loglevel", "INFO")

    def start_sweeper(self) -> None:
        self._start("sweeper", "manage.py", "sweep", "--every", "1")

    def kill(self, name: str) -> None:
        """SIGKILL for the process and everything that it started."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def terminate(self, name: str, patience: float = 20) -> int:
        process = self.processes.pop(name)
        process.terminate()
        return process.wait(patience)

    def stop(self) -> None:
        for name in list(self.processes):
            with contextlib.suppress(ProcessLookupError):
                self.kill(name)
        self.var_dir.cleanup()

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def _start(self, name: str, *arguments: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
