"""Reads root certificates and a signed PDF from stdin, prints what its signatures are worth as JSON. Run by `signatures`
as a process of its own with bounded memory and time; it imports nothing of the portal, writes no file and asks nobody outside.

The first argument says how many bytes of stdin are the roots (PEM); the PDF follows.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import resource
import sys
from typing import Any

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 20
SIGNATURES_MAX = 20
TEXT_MAX = 200


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def probe(roots: bytes, data: bytes) -> dict[str, Any]:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415  # after the limits are set

    signatures = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures
    trusted = certificates_in(roots)
    return {"signatures": [worth(signature, trusted) for signature in signatures[:SIGNATURES_MAX]]}


def certificates_in(roots: bytes) -> list[Any]:
    from asn1crypto import pem, x509  # noqa: PLC0415

    return [x509.Certificate.load(der) for _kind, _head, der in pem.unarmor(roots, multiple=True)] if roots else []


def worth(signature: Any, roots: list[Any]) -> dict[str, Any]:
    """Whole and unchanged? By whom, when? Does the chain of the certificate end at a root that the ministry trusts?

    Trust is asked for the time of signing: a certificate that ran out since then does not spoil what it signed.
    """
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    said = signature.self_reported_timestamp
    context = ValidationContext(trust_roots=roots, moment=said, allow_fetching=False, revocation_mode="soft-fail")
    usage = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
    status = validate_pdf_signature(signature, context, key_usage_settings=usage)
    stamped = status.timestamp_validity
    proven = stamped is not None and stamped.intact and stamped.valid and stamped.trusted
    certificate = status.signing_cert
    return {
        "field": words(signature.field_name),
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "trusted": bool(status.trusted),
        "revoked": bool(status.revoked),
        "altered": status.modification_level in (None, ModificationLevel.OTHER) or status.docmdp_ok is False,
        "signed_at": moment(stamped.timestamp if stamped is not None and proven else said),
        "time_is_proven": proven,
        "signer": name_of(certificate.subject, "common_name"),
        "organisation": name_of(certificate.subject, "organization_name"),
        "issuer": name_of(certificate.issuer, "common_name") or name_of(certificate.issuer, "organization_name"),
        "serial": f"{certificate.serial_number:X}"[:TEXT_MAX],
        "not_before": moment(certificate.not_valid_before),
        "not_after": moment(certificate.not_valid_after),
    }


def name_of(name: Any, part: str) -> str:
    found = name.native.get(part, "")
    return words(found[0] if isinstance(found, list) and found else found)


def words(text: Any) -> str:
    """Bounded, and without control characters: a certificate may say anything."""
    return "".join(char for char in str(text or "") if char.isprintable())[:TEXT_MAX].strip()


def moment(value: dt.datetime | None) -> str:
    if value is None:
        return ""
    return (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).isoformat()


def main() -> None:
    limit_resources()
    logging.disable(logging.CRITICAL)
    given = sys.stdin.buffer.read()
    length = int(sys.argv[1])
    try:
        answer = probe(given[:length], given[length:])
    except MemoryError:
        answer = {"failed": "memory"}
    except Exception as error:  # a hostile file may break the reader in any way; the page says that it cannot be read
        answer = {"failed": type(error).__name__}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
