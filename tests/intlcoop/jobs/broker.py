"""A broker of the tests' own, that they may stop, freeze and start again."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

from intlcoop.embedded import broker, places


class TrialBroker:
    """An embedded broker in a folder of its own."""

    def __init__(self) -> None:
        # Not pytest's folder: the path of a socket must be short.
        self.folder = Path(tempfile.mkdtemp(prefix="intlcoop-broker-", dir="/tmp"))
        self.folder.chmod(0o755)  # else its home would be elsewhere
        self.home = places.home(self.folder)
        self.url = broker.broker_url(self.folder)

    def start(self) -> None:
        broker.start(self.home)

    def stop(self) -> None:
        broker.stop(self.home)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        os.kill(int((self.home.broker / "broker.pid").read_text()), number)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.home.is_elsewhere:
            shutil.rmtree(self.home.path, ignore_errors=True)
