"""What are the digital signatures of a PDF worth? Asked of a process of its own (`signature_probe`), kept by the file's hash.

The answer belongs to the bytes, not to the row that carries them: the same file handed in twice is asked about once.
Which roots are trusted, the ministry says: PEM files in SIGNATURE_ROOTS (Ban Cơ yếu Chính phủ, public authorities). Revocation
lists are not fetched, for the portal asks nobody outside; the page says so.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from intlcoop.documents.models import SignatureCheck, StoredFile

PROBE = str(Path(__file__).with_name("signature_probe.py"))
SECONDS = 30
PDF = "application/pdf"
#: A signature names the bytes it covers; this stands in the open in every signed PDF.
MARK = b"/ByteRange"
_slots = threading.BoundedSemaphore(1)


def is_signed(content: bytes) -> bool:
    return content.startswith(b"%PDF") and MARK in content


def check_signatures(content: bytes) -> SignatureCheck | None:
    """Ask what the signatures of this file are worth and keep the answer; None for a file without one."""
    if not is_signed(content):
        return None
    answer = ask(content)
    if answer.get("signatures") == []:
        return None
    values = {"signatures": answer.get("signatures", []), "readable": "signatures" in answer}
    digest = hashlib.sha256(content).hexdigest()
    return SignatureCheck.objects.update_or_create(sha256=digest, defaults=values)[0]


def ask(content: bytes) -> dict[str, Any]:
    roots = trusted_roots()
    with _slots:
        try:
            done = subprocess.run(  # nosec: our own file, arguments as a list
                [sys.executable, "-I", PROBE, str(len(roots))],
                input=roots + content, capture_output=True, timeout=SECONDS, env={}, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return {"failed": "slow"}
    if done.returncode != 0:
        return {"failed": "process"}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def trusted_roots() -> bytes:
    """The root certificates that the ministry trusts, one after another; empty while none were put there."""
    folder = Path(settings.SIGNATURE_ROOTS)
    return b"\n".join(path.read_bytes() for path in sorted(folder.glob("*.pem"))) if folder.is_dir() else b""


def checks_of(rows: Iterable[StoredFile]) -> dict[str, SignatureCheck]:
    """What is known of the signatures of these files, by hash; asks the database only when a PDF is among them."""
    digests = {row.sha256 for row in rows if row.content_type == PDF and row.sha256}
    return {check.sha256: check for check in SignatureCheck.objects.filter(sha256__in=digests)} if digests else {}


def stored_pdfs() -> Iterator[StoredFile]:
    """Every PDF that the portal keeps, of whatever room."""
    for model in apps.get_models():
        if issubclass(model, StoredFile):
            yield from model._default_manager.filter(content_type=PDF).exclude(file="").iterator()
