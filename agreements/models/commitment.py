"""What was promised, by whom, until when, and the evidence that it was done (G7, I4, I5, U002-10)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.choices import CommitmentSide
from agreements.models.agreement import InternationalAgreement
from agreements.models.partner import Partner
from agreements.models.programme import Programme
from agreements.querysets import CommitmentQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.workflow.models import Case


@tracked()
class Commitment(models.Model):
    """One promise. Its text, the unit that owns it, who wrote it down and its state stand on its case (CK-…); so do its
    remarks and its evidence (attachments).

    `born_in` is the file it was made in: an agreement, a trip report, the record of a meeting, a leader's conclusion.
    A promise of the partner's has an owner too: whoever of ours follows it up.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="commitment")
    side = models.CharField(_("whose promise"), max_length=8, choices=CommitmentSide, default=CommitmentSide.OURS)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("partner")
    )
    agreement = models.ForeignKey(
        InternationalAgreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("agreement"),
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("programme")
    )
    born_in = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="commitments_born", verbose_name=_("made in")
    )
    source_text = models.CharField(_("made in, if it is no file here"), max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("who sees to it"),
    )
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments_to_verify",
        verbose_name=_("who verifies"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    detail = models.TextField(_("detail"), max_length=4000, blank=True)
    result = models.TextField(_("result"), max_length=4000, blank=True)
    domestic_document = models.CharField(
        _("domestic document that carries it out (number, date, title)"), max_length=300, blank=True
    )
    born_key = models.CharField(
        max_length=40,
        blank=True,
        editable=False,
        help_text="Which row of `born_in` says it: a meeting of a trip report.",
    )
    done_on = models.DateField(_("carried out on"), null=True, blank=True, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="commitment_has_a_source",
                condition=Q(born_in__isnull=False) | Q(agreement__isnull=False) | ~Q(source_text=""),
                violation_error_message=_("Say where the commitment was made."),
            ),
            models.CheckConstraint(
                name="commitment_verified_by_another",
                condition=Q(owner__isnull=True) | Q(verifier__isnull=True) | ~Q(verifier=F("owner")),
                violation_error_message=_("Who verifies must be somebody else than who sees to it."),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="commitment_due_on")]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("agreements:commitment", args=[self.case.number])
