"""manage.py sweep: the process that repeats lost messages and takes over abandoned jobs."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from intlcoop.jobs.sweeper import EVERY, Sweeper


class Command(BaseCommand):
    help = "Repeat what no worker claimed, take over what one left behind, order periodic jobs, remove orphans."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")
        parser.add_argument("--every", type=float, default=EVERY, metavar="SECONDS", help="between two rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        sweeper = Sweeper(every=options["every"])
        if options["once"]:
            sweeper.once()
            return
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: sweeper.stopping.set())
        sweeper.run()
