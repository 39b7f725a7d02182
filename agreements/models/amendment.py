"""What becomes of a concluded agreement: amended, extended, suspended, terminated, each a numbered file of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.choices import ChangeAct, Procedure, Regime, TermKind
from agreements.models.agreement import InternationalAgreement
from agreements.querysets import AmendmentQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.workflow.models import Case


@tracked()
class AgreementAmendment(models.Model):
    """One change of a concluded agreement, on the same route as the agreement itself (articles 33 and 34 of Law 70/2020).

    `position` counts the changes of one agreement that came into force. Of a text that changes both wordings stay. What
    the other side does by itself is recorded with its document and asks nobody here.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="amendment")
    agreement = models.ForeignKey(
        InternationalAgreement, models.PROTECT, related_name="amendments", verbose_name=_("agreement")
    )
    act = models.CharField(_("what is to happen"), max_length=10, choices=ChangeAct)
    position = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)
    by_partner = models.BooleanField(_("done by the other side"), default=False)
    procedure = models.CharField(_("procedure"), max_length=10, choices=Procedure, default=Procedure.STANDARD)
    what = models.CharField(_("which provisions"), max_length=300, blank=True)
    reason = models.TextField(_("reason"), max_length=4000, blank=True)
    old_text = models.TextField(_("wording in force"), max_length=20000, blank=True)
    new_text = models.TextField(_("new wording"), max_length=20000, blank=True)
    term_kind = models.CharField(_("new term"), max_length=14, choices=TermKind, blank=True)
    expires_on = models.DateField(_("new day of expiry"), null=True, blank=True)
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    document_number = models.CharField(_("number of the document"), max_length=80, blank=True)
    document_on = models.DateField(_("date of the document"), null=True, blank=True)
    signed_place = models.CharField(_("place of signing"), max_length=160, blank=True)
    signer_name = models.CharField(_("name of our signatory"), max_length=120, blank=True)
    signer_title = models.CharField(_("title of our signatory"), max_length=160, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of an agreement")
        verbose_name_plural = _("changes of agreements")
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(closed_at__isnull=True),
                name="agreementamendment_one_open",
                violation_error_message=_("Another change of this agreement is under way already."),
            ),
            models.UniqueConstraint(fields=["agreement", "position"], name="agreementamendment_numbered_once"),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("agreements:amendment", args=[self.case.number])

    @property
    def changes_text(self) -> bool:
        return self.act in ChangeAct.WRITTEN

    @property
    def asks_nobody(self) -> bool:
        """Done by the other side, or of a treaty: it is recorded and takes no route here."""
        return self.by_partner or self.agreement.regime == Regime.TREATY
