"""`python -m intlcoop.embedded.prepare`: bring the data and the static files of this copy up to date, in one process.

`make run` calls it before it starts the web. Each step is a management command that can be run alone as well.
"""

from __future__ import annotations

import hashlib
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intlcoop.settings")
    django.setup()
    with ThreadPoolExecutor(1) as beside:
        # Compressing and migrating wait for different things; together they save a newcomer some seconds.
        static = beside.submit(collect_static)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        static.result()
    if settings.DEMO:
        call_command("seed_demo")
    return 0


def collect_static() -> None:
    """Collect the static files when one was added, changed or removed since the last time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    if not stamp.exists() or stamp.read_text("ascii") != digest.hexdigest():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest.hexdigest(), "ascii")


if __name__ == "__main__":
    sys.exit(main())
