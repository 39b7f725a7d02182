"""Foreign-funded projects and aid: from mobilising on, with donors, money by currency, localities and reports (B.7)."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.aid import AidNature, AidTopic, MoneySource, ProjectKind, ReportKind
from agreements.models.agreement import InternationalAgreement
from agreements.models.partner import Partner
from agreements.models.programme import Programme
from agreements.querysets import LocalityQuerySet, ProjectQuerySet, ProjectReportQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import CooperationField, Currency
from intlcoop.workflow.models import Case


@tracked()
class Locality(models.Model):
    """Where a project works, as people name it: a tag, no catalogue of provinces."""

    name = models.CharField(_("name"), max_length=120)
    folded = models.CharField(max_length=120, unique=True, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    objects = LocalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("locality")
        verbose_name_plural = _("localities")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ForeignFundedProject(models.Model):
    """One programme, project or aid outside a project. Number, name, lead unit, filer and state stand on its case (DA-…).

    `approved_on` is the day of the first approval here; `approved_content` what was approved last, so that an adjustment
    that is not approved leaves no trace in the running project.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="project")
    kind = models.CharField(_("kind"), max_length=12, choices=ProjectKind, default=ProjectKind.PROJECT)
    nature = models.CharField(_("nature of the money"), max_length=10, choices=AidNature, default=AidNature.GRANT)
    topic = models.CharField(_("for the Prime Minister"), max_length=20, choices=AidTopic, default=AidTopic.NONE)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("scheme or programme that it serves"),
    )
    agreement = models.ForeignKey(
        InternationalAgreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("agreement that it carries out"),
    )
    grant_owner = models.CharField(_("grant owner, project owner"), max_length=200, blank=True)
    fields = models.ManyToManyField(
        CooperationField, blank=True, related_name="+", verbose_name=_("fields of cooperation")
    )
    localities = models.ManyToManyField(Locality, blank=True, related_name="projects", verbose_name=_("localities"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    goals = models.TextField(_("goals and results"), max_length=8000, blank=True)
    activities = models.TextField(_("main activities"), max_length=8000, blank=True)
    mechanism = models.TextField(_("financial mechanism and management"), max_length=4000, blank=True)
    mobilising = models.TextField(_("how the mobilising stands"), max_length=4000, blank=True)
    has_foreign_papers = models.BooleanField(_("papers in a foreign language are in the dossier"), default=False)
    approved_on = models.DateField(_("approved on"), null=True, blank=True, editable=False)
    approved_content = models.JSONField(default=dict, blank=True, editable=False)
    decision_number = models.CharField(_("number of the decision of approval"), max_length=80, blank=True)
    decided_on = models.DateField(_("date of the decision of approval"), null=True, blank=True)
    started_on = models.DateField(_("begun on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    result = models.TextField(_("result"), max_length=4000, blank=True)
    withdrawal_number = models.CharField(_("number of the decision of withdrawal"), max_length=80, blank=True)
    withdrawn_on = models.DateField(_("date of the decision of withdrawal"), null=True, blank=True)
    search_text = models.TextField(editable=False, default="")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project or aid")
        verbose_name_plural = _("projects and aid")
        ordering = [F("starts_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                name="project_days_in_order",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The project cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="project_closed_after_start",
                condition=Q(closed_on__isnull=True) | Q(started_on__isnull=True) | Q(closed_on__gte=F("started_on")),
                violation_error_message=_("The project cannot be closed before it was begun."),
            ),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("agreements:project", args=[self.case.number])


@tracked()
class ProjectDonor(models.Model):
    """A partner that gives the money."""

    project = models.ForeignKey(ForeignFundedProject, models.CASCADE, related_name="donors", verbose_name=_("project"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="funded", verbose_name=_("donor"))
    note = models.CharField(_("part in the project"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("donor")
        verbose_name_plural = _("donors")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "partner"],
                name="projectdonor_once",
                violation_error_message=_("The donor is named already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.partner)


@tracked()
class ProjectAmount(models.Model):
    """Money by source and currency. Currencies are never converted and never added."""

    project = models.ForeignKey(ForeignFundedProject, models.CASCADE, related_name="amounts", verbose_name=_("project"))
    source = models.CharField(_("source"), max_length=12, choices=MoneySource)
    amount = models.DecimalField(
        _("amount"), max_digits=18, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    currency = models.ForeignKey(Currency, models.PROTECT, related_name="+", verbose_name=_("currency"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("amount")
        verbose_name_plural = _("amounts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "source", "currency"],
                name="projectamount_once",
                violation_error_message=_("This source is named twice in the same currency."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


@tracked()
class ProjectReport(models.Model):
    """One report that the grant owner owes for a period, laid out when the project begins; filed with its document."""

    project = models.ForeignKey(ForeignFundedProject, models.CASCADE, related_name="reports", verbose_name=_("project"))
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind)
    period_from = models.DateField(_("period from"))
    period_until = models.DateField(_("period until"))
    due_on = models.DateField(_("due on"))
    citation = models.CharField(_("legal basis"), max_length=400, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("filed by")
    )
    document = models.CharField(_("number and date of the report"), max_length=120, blank=True)
    content = models.TextField(_("what was done, what hinders"), max_length=8000, blank=True)

    objects = ProjectReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("project report")
        verbose_name_plural = _("project reports")
        ordering = ["period_until", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "period_until"], name="projectreport_once"),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(filed_on__isnull=True), name="projectreport_owed")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period_until.year}"


@tracked()
class Disbursement(models.Model):
    """What was to be spent in the period of a report, and what was, by source and currency."""

    report = models.ForeignKey(ProjectReport, models.CASCADE, related_name="disbursements", verbose_name=_("report"))
    source = models.CharField(_("source"), max_length=12, choices=MoneySource)
    currency = models.ForeignKey(Currency, models.PROTECT, related_name="+", verbose_name=_("currency"))
    planned = models.DecimalField(
        _("planned"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )
    actual = models.DecimalField(
        _("disbursed"), max_digits=18, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("disbursement")
        verbose_name_plural = _("disbursements")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "source", "currency"],
                name="disbursement_once",
                violation_error_message=_("This source is named twice in the same currency."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actual} {self.currency}"
