"""Why is a file not taken in, and what can the person do instead? One sentence per reason."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("The file is empty (0 bytes). Choose it again."),
    "too_large": _("The file is larger than %(limit)s MB. Compress or split it, then send it again."),
    "together_too_large": _("The files sent together are larger than %(limit)s MB. Send them one after the other."),
    "kind": _(
        "Files of this kind are not taken in. Save the document as PDF, DOCX, XLSX, PNG or JPG, then send it again."
    ),
    "other_kind": _("Here only %(wanted)s files are taken in. Save the document in this form."),
    "mismatch": _(
        "The content of the file does not fit its ending “.%(extension)s”. Open it in the program that made it, save it "
        "again as PDF, DOCX, XLSX, PNG or JPG, then send it again."
    ),
    "damaged": _(
        "The file cannot be read; it may be damaged or cut off. Open it on your computer, save it again, then send it "
        "again."
    ),
    "locked": _(
        "The file has a password or restrictions, so it cannot be checked. Remove them or print the document to a new "
        "PDF, then send it again."
    ),
    "old_office": _(
        "The file has a password or is of an old kind (.doc, .xls). Remove the password, save it as .docx or .xlsx, then "
        "send it again."
    ),
    "macro": _("The file contains macros. Save it as .docx or .xlsx without macros, or as PDF."),
    "external": _(
        "The file draws content from another place (a linked template, picture or workbook). Save it as PDF, then send it "
        "again."
    ),
    "embedded": _(
        "The file has other files inside. Take them out and send each by itself, or print the document to a new PDF."
    ),
    "bomb": _("The file unpacks to far more than a document needs. Save it again as PDF, then send it again."),
    "declarations": _(
        "The file contains declarations that Word and Excel never write. Open it, save it again, then send it again."
    ),
    "active": _("The file contains scripts or commands. Print the document to a new PDF, then send it again."),
    "slow": _("The file takes too long to check. Split it into smaller files, or save it as PDF."),
    "picture_size": _("The picture is too large in pixels. Scan or save it at 300 dpi, then send it again."),
    "picture_mixed": _(
        "The picture contains more than a picture. Open it, save it again as PNG or JPG, then send it again."
    ),
    "undeclared": _(
        "The portal cannot read the text of this file (a scan or a picture). Tick “This file contains no state secret” "
        "if that is so, then choose the file again."
    ),
    "secrecy": _(
        "The file carries the mark “%(level)s”. Documents with state secrets must not be put into this system. Choose "
        "“Secret document, kept outside this system” and enter only number, date, issuer and register number. If the "
        "document is not secret, correct what looks like a mark, then send it again."
    ),
}


class UnacceptableError(Exception):
    """A file that is not taken in. `code` is a key of SENTENCES, `params` fill its sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def sentence(self) -> str:
        """What the person reads, in the language of the page."""
        return str(SENTENCES[self.code]) % ({"limit": settings.UPLOAD_MAX_BYTES // 2**20} | self.params)


class UploadRefusedError(ValidationError):
    """Raised by the services for a file that the guard refuses; its message is the sentence for the person."""

    def __init__(self, sentence: str, *, code: str) -> None:
        super().__init__(sentence, code=code)
