"""The embedded PostgreSQL starts, restarts after a crash, starts once, and knows Vietnamese letters."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest

from intlcoop.embedded import database, places

from .conftest import REPOSITORY

Portal = Callable[..., subprocess.CompletedProcess[str]]


def ask(home: places.Home, question: str) -> object:
    connection = psycopg2.connect(host=str(home.sockets), user=database.ROLE, dbname=database.NAME)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def main_process(home: places.Home) -> int:
    return int((home.database / "postmaster.pid").read_text().splitlines()[0])


def test_starts_from_nothing_and_stops(var: Path) -> None:
    home = places.home(var)
    assert not database.is_up(home)

    database.start(home)

    assert database.is_up(home)
    assert ask(home, "SELECT lower('ĐOÀN RA') || upper('đối tác')") == "đoàn raĐỐI TÁC"
    assert ask(home, "SELECT to_tsvector('simple', 'Đoàn ra nước ngoài') @@ to_tsquery('simple', 'nước')")
    assert ask(home, "SHOW data_checksums") == "on"
    assert ask(home, "SHOW fsync") == "on"
    assert ask(home, "SHOW synchronous_commit") == "on"
    assert ask(home, "SHOW listen_addresses") == ""
    assert database.stop(home)
    assert not database.is_up(home)
    assert not database.stop(home)


def test_what_was_committed_survives_a_kill(var: Path) -> None:
    home = database.start(places.home(var))
    ask(home, "CREATE TABLE kept AS SELECT 7 AS number; COMMIT; SELECT number FROM kept")
    os.kill(main_process(home), signal.SIGKILL)

    database.start(home)

    assert ask(home, "SELECT number FROM kept") == 7


def test_many_that_start_at_once_share_one_server(var: Path) -> None:
    start = "from intlcoop.embedded import database; print(database.start().path)"
    environment = os.environ | {"VAR_DIR": str(var)}
    starters = [
        subprocess.Popen([sys.executable, "-c", start], cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE)
        for _number in range(3)
    ]

    assert [starter.communicate(timeout=60)[0].decode().strip() for starter in starters] == [str(var)] * 3
    assert [starter.returncode for starter in starters] == [0, 0, 0]
    assert len(servers_of(places.home(var))) == 1


def servers_of(home: places.Home) -> list[str]:
    """The main PostgreSQL processes that serve this home's data."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if os.fsencode(home.database) in arguments:
            found.append(entry.name)
    return found


def test_a_deleted_folder_means_a_fresh_start(var: Path) -> None:
    home = database.start(places.home(var))
    ask(home, "CREATE TABLE old AS SELECT 1; COMMIT; SELECT 1")
    shutil.rmtree(home.database)

    database.start(home)

    assert ask(home, "SELECT to_regclass('old') IS NULL")
    assert len(servers_of(home)) == 1


def test_a_private_folder_works(var: Path) -> None:
    """Root's server runs as nobody, who cannot enter a clone in a folder of mode 0700. The broker runs as root."""
    private = var / "private"
    private.mkdir(mode=0o700)
    inside = private / "var"
    home = places.home(inside)
    assert home.is_elsewhere == (os.geteuid() == 0)
    assert home.broker_path == inside
    try:
        database.start(home)
        assert ask(home, "SELECT 1") == 1
        ask(home, "CREATE TABLE old AS SELECT 1; COMMIT; SELECT 1")
        shutil.rmtree(inside)

        database.start(home)

        assert ask(home, "SELECT to_regclass('old') IS NULL")
    finally:
        database.stop(home)
        if home.is_elsewhere:
            shutil.rmtree(home.path)


def test_programs_that_the_server_account_cannot_enter_are_copied(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enters = places.can_enter
    monkeypatch.setattr(places, "SHARED_FOLDER", var)
    monkeypatch.setattr(
        places, "can_enter", lambda path, account: "site-packages" not in str(path) and enters(path, account)
    )
    home = places.home(var)

    database.start(home)

    assert ask(home, "SHOW data_directory") == str(home.database)
    assert os.readlink(f"/proc/{main_process(home)}/exe").startswith(str(var))


def test_a_long_path_keeps_its_sockets_short(tmp_path: Path) -> None:
    deep = tmp_path / ("thư-mục-" * 12)

    home = places.home(deep)

    assert home.is_elsewhere
    assert len(os.fsencode(home.path / places.LONGEST_SOCKET_NAME)) <= places.LONGEST_ADDRESS


def test_a_first_query_starts_it_and_leaves_no_pipe_open(portal: Portal, var: Path) -> None:
    """`$(manage.py ...)` must not wait for a server that inherited its output."""
    query = (
        "from django.db import connection; cursor = connection.cursor();"
        "cursor.execute('SELECT current_database()'); print(cursor.fetchone()[0])"
    )
    started = time.monotonic()

    answer = portal("-c", query, timeout=30)

    assert answer.stdout == "intlcoop\n", answer.stderr
    assert time.monotonic() - started < 25
    assert database.is_up(places.home(var))


def test_a_type_checker_never_starts_it(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mypy", sys)

    with pytest.raises(places.EmbeddedServerError, match="type checker"):
        database.start(places.home(var))

    assert not (var / "pg").exists()


def test_a_broken_server_says_why(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = database.start(places.home(var))
    database.stop(home)
    with (home.database / "postgresql.auto.conf").open("a") as configuration:
        configuration.write("no_such_setting_here = 1\n")
    monkeypatch.setattr(database, "PATIENCE", 1)

    with pytest.raises(places.EmbeddedServerError, match="no_such_setting_here"):
        database.start(home)
