"""The folder of mails that the catcher of the demo took: one file each, the oldest removed when there are too many."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import os
import re
import secrets
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

KEPT = 500
NAME = re.compile(r"[0-9a-z-]{1,60}\Z")


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """One mail as a person reads it; `name` finds it again."""

    name: str
    to: str
    subject: str
    text: str
    message_id: str
    sent_at: dt.datetime | None


def folder() -> Path:
    return Path(settings.VAR_DIR) / "mail"


def keep(content: bytes) -> str:
    """Store one mail as it came; returns its name. Later names sort after earlier ones."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}"
    part = place / f".{name}.part"
    part.touch(mode=0o600)
    part.write_bytes(content)
    part.rename(place / f"{name}.eml")
    for old in names()[KEPT:]:
        (place / f"{old}.eml").unlink(missing_ok=True)
    return name


def names() -> list[str]:
    """The names of all mails, the newest first."""
    try:
        entries = os.listdir(folder())
    except FileNotFoundError:
        return []
    return sorted((entry[:-4] for entry in entries if entry.endswith(".eml") and entry[0] != "."), reverse=True)


def read(name: str) -> CaughtMail | None:
    """One mail, or None when there is none of this name."""
    if not NAME.match(name):
        return None
    try:
        content = (folder() / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    try:
        sent_at = parsedate_to_datetime(message.get("Date", ""))
        if sent_at.tzinfo is None:  # "-0000": the time is UTC, the place unknown (RFC 5322)
            sent_at = sent_at.replace(tzinfo=dt.UTC)
    except (TypeError, ValueError):
        sent_at = None
    return CaughtMail(
        name,
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        text=body.get_content().replace("\r\n", "\n") if body else "",
        message_id=str(message.get("Message-ID", "")),
        sent_at=sent_at,
    )
