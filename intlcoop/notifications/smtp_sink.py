"""A mail server that sends nothing on: it takes each mail and hands it to `keep`. For the demo, on this machine only.

Enough of SMTP (RFC 5321) for honest clients: HELO, EHLO, MAIL, RCPT, DATA, RSET, NOOP, VRFY, QUIT.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable

LARGEST_MAIL = 10 * 1024 * 1024
MOST_RECIPIENTS = 100
IDLE = 60  # seconds
ADDRESS = re.compile(r"\s*(?:FROM|TO):\s*<([^<>\s]*)>(?:\s+(.*))?\Z", re.IGNORECASE)
SIZE = re.compile(r"(?:^|\s)SIZE=(\d{1,12})(?:\s|\Z)", re.IGNORECASE)

Reply = tuple[int, str]
BAD_SEQUENCE: Reply = (503, "Bad sequence of commands")
SYNTAX: Reply = (501, "Syntax error in parameters")


class Conversation:
    """One client's session."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, keep: Callable[[bytes], object]
    ) -> None:
        self.reader = reader
        self.writer = writer
        self.keep = keep
        self.greeted = False
        self.forget()

    def forget(self) -> None:
        """Forget the mail that was begun."""
        self.sender: str | None = None
        self.recipients: list[str] = []

    async def hold(self) -> None:
        """Talk until the client leaves, falls silent or breaks the rules of the line."""
        try:
            await self.say((220, "localhost ESMTP catcher"))
            while True:
                line = await asyncio.wait_for(self.reader.readuntil(b"\n"), IDLE)
                word, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
                if word.upper() == "QUIT":
                    await self.say((221, "Bye"))
                    return
                await self.say(await self.answer(word.upper(), rest))
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            return
        finally:
            self.writer.close()
            with contextlib.suppress(ConnectionError):
                await self.writer.wait_closed()

    async def answer(self, word: str, rest: str) -> Reply:
        match word:
            case "HELO" | "EHLO":
                return await self.greet(word, rest)
            case "MAIL":
                return self.begin(rest)
            case "RCPT":
                return self.add_recipient(rest)
            case "DATA":
                return await self.take()
            case "RSET":
                self.forget()
                return 250, "OK"
            case "NOOP":
                return 250, "OK"
            case "VRFY":
                return 252, "Cannot verify, but will take the mail"
        return 500, "Command not recognised"

    async def greet(self, word: str, rest: str) -> Reply:
        if not rest.strip():
            return SYNTAX
        self.greeted = True
        self.forget()
        if word == "EHLO":
            for line in ("localhost", f"SIZE {LARGEST_MAIL}", "8BITMIME"):
                self.writer.write(f"250-{line}\r\n".encode())
            return 250, "SMTPUTF8"
        return 250, "localhost"

    def begin(self, rest: str) -> Reply:
        if not self.greeted or self.sender is not None:
            return BAD_SEQUENCE
        found = ADDRESS.match(rest)
        if found is None or not rest.upper().lstrip().startswith("FROM"):
            return SYNTAX
        size = SIZE.search(found[2] or "")
        if size and int(size[1]) > LARGEST_MAIL:
            return 552, "Mail too large"
        self.sender = found[1]
        return 250, "OK"

    def add_recipient(self, rest: str) -> Reply:
        if self.sender is None:
            return BAD_SEQUENCE
        found = ADDRESS.match(rest)
        if found is None or not found[1] or not rest.upper().lstrip().startswith("TO"):
            return SYNTAX
        if len(self.recipients) >= MOST_RECIPIENTS:
            return 452, "Too many recipients"
        self.recipients.append(found[1])
        return 250, "OK"

    async def take(self) -> Reply:
        """Read up to the line with a single dot; a leading dot was doubled on the way and is undone here."""
        if not self.recipients:
            return BAD_SEQUENCE
        await self.say((354, "End with <CRLF>.<CRLF>"))
        lines: list[bytes] = []
        size = 0
        while (line := await asyncio.wait_for(self.reader.readuntil(b"\n"), IDLE)) not in (b".\r\n", b".\n"):
            size += len(line)
            if size <= LARGEST_MAIL:
                lines.append(line.removeprefix(b"."))
        self.forget()
        if size > LARGEST_MAIL:
            return 552, "Mail too large"
        # The file system may be slow; other clients need not wait for it.
        await asyncio.to_thread(self.keep, b"".join(lines))
        return 250, "Caught"

    async def say(self, reply: Reply) -> None:
        self.writer.write(f"{reply[0]} {reply[1]}\r\n".encode())
        await self.writer.drain()


async def serve(host: str, port: int, keep: Callable[[bytes], object]) -> asyncio.Server:
    """Listen; the caller closes the returned server. Raises OSError when the port is taken."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await Conversation(reader, writer, keep).hold()

    # One line may be as long as a mail that was not wrapped.
    return await asyncio.start_server(talk, host, port, limit=LARGEST_MAIL)
