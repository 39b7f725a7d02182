"""What we signed: treaties (register and duties only), international agreements under Law 70/2020, cooperation papers."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.choices import (
    AgreementKind,
    Concern,
    DatePrecision,
    InNameOf,
    Procedure,
    Regime,
    SigningAuthority,
    TermKind,
    TextLanguage,
)
from agreements.models.partner import Partner
from agreements.models.programme import Programme
from agreements.querysets import AgreementQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.workflow.models import Case


@tracked()
class InternationalAgreement(models.Model):
    """One paper between us and one or more partners. Number, Vietnamese title, owning unit, filer and state stand on its case.

    `signed_during` is the file of the trip, visit or event at which it was signed. `renews` leads to the paper whose work
    this one carries on. A paper of the past whose day is not known says so in `signed_precision`.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="agreement")
    regime = models.CharField(_("legal regime"), max_length=12, choices=Regime, default=Regime.INTERNATIONAL_AGREEMENT)
    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind, default=AgreementKind.MOU)
    in_name_of = models.CharField(_("in the name of"), max_length=12, choices=InNameOf, default=InNameOf.MINISTRY)
    title_en = models.CharField(_("English title of the text"), max_length=300, blank=True)
    title_native = models.CharField(_("title in the partner's language"), max_length=300, blank=True)
    languages = ArrayField(
        models.CharField(max_length=20, choices=TextLanguage),
        verbose_name=_("languages of the text"),
        default=list,
        blank=True,
    )
    procedure = models.CharField(_("procedure"), max_length=10, choices=Procedure, default=Procedure.STANDARD)
    procedure_reason = models.CharField(_("why the shortened procedure"), max_length=300, blank=True)
    concerns = ArrayField(
        models.CharField(max_length=12, choices=Concern), verbose_name=_("the draft touches"), default=list, blank=True
    )
    intended_on = models.DateField(_("signing planned for"), null=True, blank=True)
    intended_place = models.CharField(_("planned place or occasion"), max_length=200, blank=True)
    purpose = models.TextField(_("need and purpose"), max_length=4000, blank=True)
    assessment = models.TextField(_("impact, lawfulness, feasibility"), max_length=8000, blank=True)
    opinions_taken_in = models.TextField(_("how the opinions were taken in"), max_length=8000, blank=True)
    twin_reason = models.CharField(_("why it is another one than those that look alike"), max_length=300, blank=True)
    fields = models.ManyToManyField(
        CooperationField, blank=True, related_name="+", verbose_name=_("fields of cooperation")
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("programme that benefits"),
    )
    content = models.TextField(_("main content"), max_length=8000, blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements_signed",
        verbose_name=_("our signatory"),
    )
    signer_name = models.CharField(_("name of our signatory"), max_length=120, blank=True)
    signer_title = models.CharField(_("title of our signatory"), max_length=160, blank=True)
    authority = models.CharField(_("signs"), max_length=10, choices=SigningAuthority, blank=True)
    authority_document = models.CharField(_("number and date of the authorisation"), max_length=160, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = models.CharField(
        _("day known"), max_length=8, choices=DatePrecision, default=DatePrecision.DAY, editable=False
    )
    signed_place = models.CharField(_("place of signing"), max_length=160, blank=True)
    signed_country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country of signing")
    )
    signed_during = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="agreements_signed", verbose_name=_("signed during")
    )
    delegation_back_on = models.DateField(_("the delegation came back on"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    term_kind = models.CharField(_("term"), max_length=14, choices=TermKind, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    renewal_months = models.PositiveSmallIntegerField(_("renewed each time by (months)"), null=True, blank=True)
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewed_by", verbose_name=_("carries on")
    )
    original_kept = models.CharField(_("where the original is kept"), max_length=200, blank=True)
    is_secret = models.BooleanField(_("not to be published"), default=False)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_url = models.URLField(_("address of publication"), blank=True)
    unnamed_in_source = models.BooleanField(_("not named in the source"), default=False, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = [F("signed_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                name="agreement_expires_after_signing",
                condition=Q(expires_on__isnull=True) | Q(signed_on__isnull=True) | Q(expires_on__gte=F("signed_on")),
                violation_error_message=_("The agreement cannot expire before it is signed."),
            ),
            models.CheckConstraint(
                name="agreement_renews_another",
                condition=Q(renews__isnull=True) | ~Q(renews=F("pk")),
                violation_error_message=_("An agreement cannot carry on itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["signed_on"], name="agreement_signed_on"),
            models.Index(fields=["expires_on"], name="agreement_expires_on"),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("agreements:agreement", args=[self.case.number])


@tracked()
class AgreementParty(models.Model):
    """A partner on the other side of an agreement, and who signed for it."""

    agreement = models.ForeignKey(
        InternationalAgreement, models.CASCADE, related_name="parties", verbose_name=_("agreement")
    )
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="parties", verbose_name=_("partner"))
    signatory = models.CharField(_("who signs for the partner"), max_length=160, blank=True)
    signatory_title = models.CharField(_("their title"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("party to the agreement")
        verbose_name_plural = _("parties to the agreement")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "partner"],
                name="agreementparty_once",
                violation_error_message=_("The partner is a party to the agreement already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} – {self.partner}"
