"""Certificates made for the test, and PDF files signed with them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

FROM, UNTIL = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2040, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Identity:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def signer(self) -> signers.SimpleSigner:
        der = serialization.Encoding.DER
        pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return signers.SimpleSigner(
            signing_cert=asn1.Certificate.load(self.certificate.public_bytes(der)),
            signing_key=keys.PrivateKeyInfo.load(self.key.private_bytes(der, pkcs8, plain)),
            cert_registry=SimpleCertificateStore(),
        )


def identity(common: str, *, organisation: str, above: Identity | None = None, until: dt.datetime = UNTIL) -> Identity:
    """A root of its own, or somebody whom `above` vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, common), x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)]
    )
    is_root = above is None
    usage = x509.KeyUsage(
        digital_signature=not is_root, content_commitment=not is_root, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=is_root, crl_sign=is_root, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    issuer = above.certificate.subject if above else name
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(above.key if above else key, hashes.SHA256())
    )
    return Identity(key, certificate)


def signed(pdf: bytes, by: Identity, *, field: str = "ChuKy") -> bytes:
    out = io.BytesIO()
    meta = signers.PdfSignatureMetadata(field_name=field)
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False), meta, signer=by.signer, output=out)
    return out.getvalue()


def altered_inside(pdf: bytes) -> bytes:
    """One byte of the signed text is another."""
    word, other = ("2026".encode("utf-16-be").hex().encode(), "2027".encode("utf-16-be").hex().encode())
    assert word in pdf
    return pdf.replace(word, other)


def altered_by_appending(pdf: bytes) -> bytes:
    """What a PDF editor does: a changed page behind the signed bytes, which stay as they were."""
    from pyhanko.pdf_utils import generic

    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False), io.BytesIO()
    page = writer.root["/Pages"]["/Kids"][0]
    page["/MediaBox"] = generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 300, 300))
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    writer.write(out)
    return out.getvalue()
