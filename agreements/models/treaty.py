"""What conventions ask of us: national reports by cycle, whom we asked about them, and the schemes to defend them.

The report and the scheme to defend it are two records: the Prime Minister approves each by a decision of its own (X-05).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.choices import TreatyPaperKind
from agreements.models.mechanism import Mechanism, precision_field
from agreements.querysets import MechanismQuerySet, TreatyReportQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.people.models import OrgUnit
from intlcoop.web.naming import TwoNames
from intlcoop.workflow.models import Case


@tracked()
class Convention(TwoNames):
    """A convention that obliges us, such as CERD (F000-06)."""

    name_vi = models.CharField(_("name in Vietnamese"), max_length=300, unique=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_precision = precision_field()
    acceded_on = models.DateField(_("we are a party since"), null=True, blank=True)
    acceded_precision = precision_field()
    body = models.CharField(_("body that receives the reports"), max_length=200, blank=True)
    mechanism = models.ForeignKey(
        Mechanism,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conventions",
        verbose_name=_("mechanism of cooperation"),
    )
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="conventions", verbose_name=_("lead unit")
    )
    cycle_years = models.PositiveSmallIntegerField(_("a report every (years)"), null=True, blank=True)
    content = models.TextField(_("what it asks of us"), max_length=4000, blank=True)
    is_active = models.BooleanField(_("still obliges"), default=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    sort_key = models.CharField(max_length=1000, editable=False, db_collation="C")
    search_text = models.TextField(editable=False)

    objects = MechanismQuerySet.as_manager()

    class Meta:
        verbose_name = _("convention")
        verbose_name_plural = _("conventions")
        ordering = ["sort_key", "pk"]

    def get_absolute_url(self) -> str:
        return reverse("agreements:convention", args=[self.pk])


@tracked()
class TreatyReport(models.Model):
    """A national report on a convention. Title, lead unit and state stand on its case (BCQG-…)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="treaty_report")
    convention = models.ForeignKey(Convention, models.PROTECT, related_name="reports", verbose_name=_("convention"))
    number = models.PositiveSmallIntegerField(_("report number"))
    from_year = models.PositiveSmallIntegerField(_("from year"))
    until_year = models.PositiveSmallIntegerField(_("until year"))
    due_on = models.DateField(_("due to the treaty body on"), null=True, blank=True)
    content = models.TextField(_("main content"), max_length=8000, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    sent_precision = precision_field()
    defended_on = models.DateField(_("defended on"), null=True, blank=True)
    defended_precision = precision_field()
    defended_place = models.CharField(_("defended where"), max_length=160, blank=True)
    source_text = models.CharField(_("where this is written"), max_length=300, blank=True)

    objects = TreatyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("national report")
        verbose_name_plural = _("national reports")
        ordering = ["-until_year", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "number"],
                name="treatyreport_once",
                violation_error_message=_("The convention has a report of this number already."),
            ),
            models.CheckConstraint(
                name="treatyreport_years_in_order",
                condition=Q(until_year__gte=F("from_year")),
                violation_error_message=_("The last year of the period cannot be before its first."),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="treatyreport_due_on")]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("agreements:treaty_report", args=[self.case.number])


@tracked()
class TreatyScheme(models.Model):
    """The scheme to defend a report: a record of its own, with its own submission and decision (X-05, F001-10)."""

    report = models.OneToOneField(
        TreatyReport, models.PROTECT, related_name="scheme", verbose_name=_("national report")
    )
    title = models.CharField(_("title of the scheme"), max_length=300)
    content = models.TextField(_("main content"), max_length=8000, blank=True)
    source_text = models.CharField(_("where this is written"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("scheme to defend a national report")
        verbose_name_plural = _("schemes to defend national reports")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:treaty_scheme", args=[self.report.case.number])


@tracked()
class TreatyConsultation(models.Model):
    """Whom we asked about a report, and what they answered (W000-01, U001-03)."""

    report = models.ForeignKey(
        TreatyReport, models.CASCADE, related_name="consultations", verbose_name=_("national report")
    )
    body = models.CharField(_("body that is asked"), max_length=200)
    sent_number = models.CharField(_("number of our letter"), max_length=60, blank=True)
    sent_on = models.DateField(_("asked on"), null=True, blank=True)
    due_on = models.DateField(_("answer due on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer_number = models.CharField(_("number of their letter"), max_length=60, blank=True)
    answer = models.TextField(_("what they answered"), max_length=4000, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("opinion on a national report")
        verbose_name_plural = _("opinions on national reports")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="treatyconsultation_days_in_order",
                condition=Q(answered_on__isnull=True) | Q(sent_on__isnull=True) | Q(answered_on__gte=F("sent_on")),
                violation_error_message=_("An answer cannot come before the question."),
            ),
        ]

    def __str__(self) -> str:
        return self.body


@tracked()
class TreatyPaper(models.Model):
    """A link of the chain Tờ trình - decision - text, of a report or of a scheme (W001-01)."""

    report = models.ForeignKey(
        TreatyReport,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="chain",
        verbose_name=_("national report"),
    )
    scheme = models.ForeignKey(
        TreatyScheme,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="chain",
        verbose_name=_("scheme to defend a national report"),
    )
    kind = models.CharField(_("kind of paper"), max_length=12, choices=TreatyPaperKind)
    number = models.CharField(_("number and symbol"), max_length=60, blank=True)
    issued_on = models.DateField(_("signed on"), null=True, blank=True)
    precision = precision_field()
    issuer = models.CharField(_("issued by"), max_length=160, blank=True)
    title = models.CharField(_("about what"), max_length=300, blank=True)
    source_text = models.CharField(_("where this is written"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("paper of a national report")
        verbose_name_plural = _("papers of national reports")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="treatypaper_of_one",
                condition=Q(report__isnull=False, scheme__isnull=True) | Q(report__isnull=True, scheme__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()
