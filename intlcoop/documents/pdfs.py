"""What does a PDF say, and is it more than a document? Asked of a process of its own (`pdf_probe`)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from pathlib import Path

from intlcoop.documents.refusals import SENTENCES, UnacceptableError
from intlcoop.documents.secrecy import Place

PROBE = str(Path(__file__).with_name("pdf_probe.py"))
SECONDS = 25
# So that a burst of uploads does not fill the machine's memory: the rest waits its turn.
_slots = threading.BoundedSemaphore(2)


def read_pdf(data: bytes) -> tuple[list[tuple[str, Place]], bool]:
    """The texts of a PDF, and whether every page could be read (False: a scan). Raises UnacceptableError."""
    with _slots:
        try:
            done = subprocess.run(  # nosec: our own file, arguments as a list
                [sys.executable, "-I", PROBE], input=data, capture_output=True, timeout=SECONDS, env={}, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise UnacceptableError("slow") from error
    if done.returncode != 0:
        raise UnacceptableError("slow" if done.returncode in (-24, -9) else "damaged")  # SIGXCPU, SIGKILL
    answer = json.loads(done.stdout)
    if refused := answer.get("refused"):
        raise UnacceptableError(refused if refused in SENTENCES else "damaged")
    passages = [(text, Place.BODY) for text in answer["texts"]]
    passages += [(title, Place.BODY) for title in answer["titles"]]
    for key, text in answer["information"].items():
        passages.append((text, Place.PERSON if key == "Author" else Place.MARGIN))
    for xmp in answer["xmp"]:
        without_people = re.sub(r"<dc:creator>.*?(?:</dc:creator>|\Z)", "", xmp, flags=re.DOTALL)
        passages.append((re.sub(r"<[^<>]*>", "\n", without_people), Place.MARGIN))
    return passages, bool(answer["readable"])
