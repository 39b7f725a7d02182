"""manage.py mail_catcher: takes the demo's mails on this machine and shows them at /quan-tri/thu-demo/."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from intlcoop.notifications import mailbox, smtp_sink

LOOPBACK = "127.0.0.1"


class Command(BaseCommand):
    help = "Take mails at EMAIL_PORT of this machine and keep them in VAR_DIR/mail instead of sending them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=settings.EMAIL_PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asyncio.run(catch(options["port"]))
        except OSError as error:
            raise CommandError(f"Port {options['port']} is taken: {error}") from error


async def catch(port: int) -> None:
    """Serve until TERM or INT."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    async with await smtp_sink.serve(LOOPBACK, port, mailbox.keep):
        await stopping.wait()
