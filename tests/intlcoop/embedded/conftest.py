"""Each test gets servers of its own in a short folder, and they are gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intlcoop.embedded import broker, database, places

REPOSITORY = places.BASE_DIR


@pytest.fixture
def var() -> Iterator[Path]:
    """An empty VAR_DIR; its servers are stopped and its stand-in removed at the end."""
    # Not tmp_path: pytest's folders are closed to others and long, which is what one test is about.
    folder = Path(tempfile.mkdtemp(prefix="intlcoop-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    home = places.home(folder)
    broker.stop(home)
    database.stop(home)
    shutil.rmtree(folder)
    if home.is_elsewhere:
        shutil.rmtree(home.path, ignore_errors=True)


@pytest.fixture
def portal(var: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python with this VAR_DIR and no other server's address, as a person in a shell would."""

    def run(*arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "CELERY_"))
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=REPOSITORY,
            env=environment | {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "intlcoop.settings"},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run
