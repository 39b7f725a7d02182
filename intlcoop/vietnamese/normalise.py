"""Which code points does the portal store for a text that a person typed or pasted?

macOS sends decomposed letters, Word sends non-breaking spaces, web pages send zero-width marks. Two names that look
the same must be the same string, so every text passes `nfc` on its way in.
"""

from __future__ import annotations

import re
import unicodedata

ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
# XML 1.0, and with it DOCX and XLSX, has no place for these; PostgreSQL refuses U+0000.
CONTROLS = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]")


def nfc(text: str) -> str:
    """The text in composed form, with plain spaces and without invisible marks; line ends become a line feed.

    Spaces at the ends stay: trimming is the form's business.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = CONTROLS.sub("", INVISIBLE.sub("", ODD_SPACES.sub(" ", text)))
    return unicodedata.normalize("NFC", text)
