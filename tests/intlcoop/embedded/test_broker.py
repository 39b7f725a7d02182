"""The embedded broker starts when a message is published, keeps it through a kill, and is not started by a probe."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import redis

from intlcoop.embedded import broker, places

Portal = Callable[..., subprocess.CompletedProcess[str]]


def client(home: places.Home) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(home.broker_socket))


def test_starts_once_and_stops(var: Path) -> None:
    home = broker.start(places.home(var))
    first = (home.broker / "broker.pid").read_text()

    broker.start(home)

    assert broker.is_up(home)
    assert (home.broker / "broker.pid").read_text() == first
    assert client(home).config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"
    assert broker.stop(home)
    assert not broker.is_up(home)
    assert not broker.stop(home)


def test_messages_survive_a_stop_and_a_kill(var: Path) -> None:
    home = broker.start(places.home(var))
    client(home).rpush("queue", "one")
    broker.stop(home)
    broker.start(home)
    client(home).rpush("queue", "two")
    # appendfsync everysec: a killed process loses nothing, what it wrote is with the kernel.
    os.kill(int((home.broker / "broker.pid").read_text()), signal.SIGKILL)

    broker.start(home)

    assert client(home).lrange("queue", 0, -1) == [b"one", b"two"]


def test_the_address_alone_starts_nothing(var: Path) -> None:
    url = broker.broker_url(var)

    assert url == f"redis+socket://{var}/broker.sock?virtual_host=0"
    assert not broker.is_up(places.home(var))
    assert list(var.iterdir()) == []


def test_the_first_message_starts_it(portal: Portal, var: Path) -> None:
    publish = (
        "from intlcoop.celery import app\n"
        "from intlcoop.embedded import broker\n"
        "print(broker.is_up()); app.send_task('none.such'); print(broker.is_up())\n"
    )

    answer = portal("-c", publish)

    assert answer.stdout.split() == ["False", "True"], answer.stderr
    assert client(places.home(var)).llen("celery") == 1


def test_a_broker_named_by_the_environment_is_left_alone(portal: Portal, var: Path) -> None:
    """A test can take the broker away: the same address, but named, is nobody's to start. And nobody waits for it."""
    publish = (
        f"import os; os.environ['CELERY_BROKER_URL'] = {broker.broker_url(var)!r}\n"
        "from intlcoop.celery import app\n"
        "import time; started = time.monotonic()\n"
        "try: app.send_task('none.such')\n"
        "except Exception as error: print(type(error).__name__, time.monotonic() - started < 2)\n"
    )

    answer = portal("-c", publish)

    assert answer.stdout.split() == ["OperationalError", "True"], answer.stderr
    assert not broker.is_up(places.home(var))


def test_a_long_path_moves_the_broker_and_a_deleted_folder_means_a_fresh_start(var: Path) -> None:
    deep = var / ("thư-mục-" * 12)
    home = places.home(deep)
    assert len(os.fsencode(home.broker_socket)) <= places.LONGEST_ADDRESS
    try:
        client(broker.start(home)).rpush("queue", "one")
        broker.stop(home)
        assert client(broker.start(home)).llen("queue") == 1
        shutil.rmtree(deep)
        broker.stop(home)

        broker.start(home)

        assert client(home).llen("queue") == 0
    finally:
        broker.stop(home)
        shutil.rmtree(home.broker_path)
