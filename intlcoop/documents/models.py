"""FILES AND PAPERS: what every stored file, attachment and official paper has. They are abstract: this room knows no cases.

An upper room makes them concrete and adds what they hang on:

    @tracked()
    class CaseAttachment(Attachment):
        case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")

        class Meta(Attachment.Meta):
            constraints = [*Attachment.Meta.constraints]      # say it again when the class adds its own

    @tracked()
    class CasePaper(Paper):
        case = models.ForeignKey(Case, models.PROTECT, related_name="papers")

        class Meta(Paper.Meta):
            constraints = [*Paper.Meta.constraints, *number_constraints("casepaper")]

Files get in only through `documents.services.store_upload`, and out only through `documents.registry`.
"""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import tracked
from intlcoop.people.choices import SignatureForm

if TYPE_CHECKING:
    from collections.abc import Sequence

# Files of this room lie in this folder of MEDIA_ROOT; the collector of orphans looks nowhere else.
FOLDER = "documents"


def generated_name(instance: models.Model, filename: str) -> str:
    """A random path without the person's own file name, so that no name can climb out or overwrite."""
    random = uuid.uuid4().hex
    return f"{FOLDER}/{random[:2]}/{random}"


class StoredFile(models.Model):
    """A file in private storage with what is needed to deliver and to prove it. The file may be missing (a paper before
    its scan, a document kept outside); then all of its fields are empty together.

    `text_layer` is False for a picture or a scan that the guard could not read; then `no_secret_declared` says on whose
    word it was taken in.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("computer file"), upload_to=generated_name, max_length=100, blank=True)
    original_name = models.CharField(_("file name"), max_length=200, blank=True, editable=False)
    content_type = models.CharField(_("file type"), max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    text_layer = models.BooleanField(null=True, editable=False)
    no_secret_declared = models.BooleanField(_("declared free of state secrets"), default=False, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def extension(self) -> str:
        """ "pdf", without the dot and in lower case."""
        return PurePosixPath(self.original_name).suffix.lower().lstrip(".")

    @property
    def can_be_viewed(self) -> bool:
        """Whether a browser may show it in its own window (registry.file_url with view=True)."""
        return self.content_type in VIEWABLE


VIEWABLE = frozenset({"application/pdf", "image/png", "image/jpeg"})


@tracked()
class SignatureCheck(models.Model):
    """What the digital signatures of a signed PDF were worth when they were last asked (`documents.signatures`), by its hash."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    signatures = models.JSONField(default=list, editable=False)
    readable = models.BooleanField(default=True, editable=False)
    checked_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("check of digital signatures")
        verbose_name_plural = _("checks of digital signatures")

    def __str__(self) -> str:
        return self.sha256


class OutsideRecord(models.Model):
    """ "Văn bản mật, lưu ngoài hệ thống": a document that may not be kept here (Law 117/2025/QH15, article 5.2).

    Only particulars that are not secret: who issued it, number, date, and its number in the paper register. Never its
    abstract: the summary of a secret document may itself be secret.
    """

    kept_outside = models.BooleanField(_("secret document, kept outside this system"), default=False)
    outside_number = models.CharField(_("number of the document kept outside"), max_length=60, blank=True)
    outside_date = models.DateField(_("date of the document kept outside"), null=True, blank=True)
    outside_issuer = models.CharField(_("issuer of the document kept outside"), max_length=200, blank=True)
    outside_register_no = models.CharField(_("number in the register of secret documents"), max_length=60, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.kept_outside and not (self.outside_register_no or (self.outside_number and self.outside_issuer)):
            raise ValidationError(
                {
                    "outside_register_no": gettext(
                        "Enter the number in the register of secret documents, or the document's number and issuer."
                    )
                }
            )


class Attachment(StoredFile):
    """A file handed in with something else. Give it the row it hangs on, and a kind if there are several."""

    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_file_is_whole",
                condition=Q(file="")
                | Q(size__isnull=False, uploaded_by__isnull=False, uploaded_at__isnull=False)
                & ~Q(sha256="")
                & ~Q(content_type=""),
            ),
        ]

    def __str__(self) -> str:
        return self.original_name


class Paper(StoredFile):
    """An official paper (Decree 30/2020): kind, number and date, subject ("trích yếu"), signature, recipients; its file
    is the signed scan. The names of those who signed are kept as text, since people and titles change.

    The register of numbers is the ministry's own: the clerk types the number; nothing here invents one. It comes after
    the signature, with the date of issue (article 15), which gives the year of the series.
    """

    kind = models.CharField(_("kind of paper"), max_length=20)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    symbol = models.CharField(_("symbol"), max_length=40, blank=True, help_text=_("For example QĐ-BDH."))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    subject = models.CharField(_("subject of the paper"), max_length=500, blank=True)
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signatory")
    )
    signatory_name = models.CharField(_("name of the signatory"), max_length=120, blank=True)
    signatory_title = models.CharField(_("title of the signatory"), max_length=200, blank=True)
    signature_lines = models.TextField(_("lines above the signature"), blank=True)
    signature_form = models.CharField(_("form of signature"), max_length=6, choices=SignatureForm, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    recipients = models.TextField(_("recipients of the paper"), blank=True)

    class Meta:
        abstract = True
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_no_number_before_signature",
                condition=Q(number__isnull=True) | Q(signed_on__isnull=False),
                violation_error_message=_("A number is given only after the signature."),
            ),
            models.CheckConstraint(
                name="%(class)s_number_with_date",
                condition=Q(number__isnull=True) | Q(issued_on__isnull=False) & ~Q(symbol="") & Q(number__gte=1),
                violation_error_message=_("A number needs its symbol and the date of issue."),
            ),
            models.CheckConstraint(
                name="%(class)s_issued_after_signature",
                condition=Q(issued_on__isnull=True) | Q(signed_on__isnull=True) | Q(issued_on__gte=F("signed_on")),
                violation_error_message=_("The date of issue cannot be before the signature."),
            ),
            models.CheckConstraint(
                name="%(class)s_year_of_issue",
                condition=Q(issued_on__isnull=True, year__isnull=True)
                | Q(issued_on__isnull=False, year__isnull=False, year=ExtractYear("issued_on")),
                violation_error_message=_("The year must be that of the date of issue."),
            ),
            models.CheckConstraint(
                name="%(class)s_signature_has_a_name",
                condition=Q(signed_on__isnull=True) | ~Q(signatory_name=""),
                violation_error_message=_("A signature needs the name of the signatory."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_number or self.subject

    @property
    def full_number(self) -> str:
        """ "15/QĐ-BDH", "05/QĐ-BDH" (Decree 30/2020: below 10 with a zero in front); empty before the number."""
        if self.number is None:
            return ""
        return f"{self.number:02d}/{self.symbol}" if self.symbol else f"{self.number:02d}"


def number_constraints(name: str) -> Sequence[models.BaseConstraint]:
    """One number only once per symbol and year (Decree 30/2020, article 15), for the Meta of a concrete Paper.

    Not in `Paper.Meta`, because a class that holds copies of papers (an annex) must be able to leave it out.
    """
    return [
        models.UniqueConstraint(
            fields=["symbol", "year", "number"],
            condition=Q(number__isnull=False),
            name=f"{name}_number_once_per_symbol_and_year",
            violation_error_message=_("This number is already taken in this year for this symbol."),
        )
    ]
