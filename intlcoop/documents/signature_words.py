"""What the page says about a digital signature: one verdict, one sentence, who and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intlcoop.documents.models import SignatureCheck

CHANGED: Final = "changed"
BROKEN: Final = "broken"
REVOKED: Final = "revoked"
UNTRUSTED: Final = "untrusted"
VALID: Final = "valid"
UNREADABLE: Final = "unreadable"
TONES = {
    CHANGED: "late", BROKEN: "late", REVOKED: "late", UNREADABLE: "late", UNTRUSTED: "waiting", VALID: "done",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSignature:
    """`badge` in three words, `sentence` what to think of it and to do, `particulars` who, when, by what certificate."""

    verdict: str
    badge: str
    sentence: str
    particulars: str = ""

    @property
    def tone(self) -> str:
        return TONES[self.verdict]


def shown_signatures(check: SignatureCheck | None) -> list[ShownSignature]:
    """One for each signature, what went wrong first; empty for a file without one."""
    if check is None:
        return []
    if not check.readable:
        return [ShownSignature(verdict=UNREADABLE, badge=badge_of(UNREADABLE), sentence=sentence_of(UNREADABLE))]
    found = [shown_signature(each) for each in check.signatures]
    return sorted(found, key=lambda each: list(TONES).index(each.verdict))


def shown_signature(found: Mapping[str, Any]) -> ShownSignature:
    verdict = verdict_of(found)
    return ShownSignature(
        verdict=verdict, badge=badge_of(verdict), sentence=sentence_of(verdict), particulars=particulars_of(found)
    )


def verdict_of(found: Mapping[str, Any]) -> str:
    """A changed document comes before everything: who signed matters little when it is no longer what was signed."""
    if not found["intact"] or found["altered"]:
        return CHANGED
    if not found["valid"]:
        return BROKEN
    if found["revoked"]:
        return REVOKED
    return VALID if found["trusted"] else UNTRUSTED


def badge_of(verdict: str) -> str:
    return {
        CHANGED: _("Changed after signing"),
        BROKEN: _("Signature not valid"),
        REVOKED: _("Certificate revoked"),
        UNTRUSTED: _("Certificate not trusted"),
        VALID: _("Digital signature valid"),
        UNREADABLE: _("Signature cannot be verified"),
    }[verdict]


def sentence_of(verdict: str) -> str:
    return {
        CHANGED: _(
            "This file was changed after it was signed, so it is not the signed paper. Do not use it; ask the issuer for "
            "the original file."
        ),
        BROKEN: _(
            "The signature does not belong to the certificate that it names. Do not use this file; ask the issuer to "
            "sign it again."
        ),
        REVOKED: _("The certificate had been revoked. Ask the issuer to sign the paper again with a valid certificate."),
        UNTRUSTED: _(
            "The content has not changed since the signature, but the certificate does not come from an authority that the "
            "ministry trusts, or was not valid on that day. Ask the issuer before using the paper."
        ),
        VALID: _("The content has not changed since the signature. Lists of revoked certificates were not consulted."),
        UNREADABLE: _("The portal could not read the signature of this file. Open it in the program for signing to verify it."),
    }[verdict]  # fmt: skip


def particulars_of(found: Mapping[str, Any]) -> str:
    who = ", ".join(part for part in (found["signer"], found["organisation"]) if part)
    parts = [_("Signed by: %(who)s") % {"who": who}] if who else []
    if at := moment(found["signed_at"]):
        said = (
            _("time proven by a timestamp: %(at)s")
            if found["time_is_proven"]
            else _("time stated by the signer: %(at)s")
        )
        parts.append(said % {"at": date_format(at, "H:i d/m/Y")})
    if found["issuer"]:
        parts.append(_("certificate issued by %(issuer)s") % {"issuer": found["issuer"]})
    first, last = moment(found["not_before"]), moment(found["not_after"])
    if first and last:
        span = {"first": date_format(first, "d/m/Y"), "last": date_format(last, "d/m/Y")}
        parts.append(_("valid from %(first)s to %(last)s") % span)
    return "; ".join(parts)


def moment(text: str) -> dt.datetime | None:
    return timezone.localtime(dt.datetime.fromisoformat(text)) if text else None
