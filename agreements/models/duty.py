"""What the law expects of a file: the items of its dossier, and what has to be done after it was signed or changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.choices import DutyCause, ItemSource
from agreements.querysets import DatedRulesQuerySet, DutyQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.people.models import Dated
from intlcoop.regulations.models import Instrument
from intlcoop.web.naming import TwoNames
from intlcoop.workflow.models import Case


class LegalRow(TwoNames, Dated):
    """A dated rule with its basis, for files of one kind whose facts meet all conditions (as in workflow.RouteRule)."""

    kind = models.CharField(_("kind of file"), max_length=20)
    code = models.SlugField(_("code"), max_length=40)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    conditions = models.JSONField(_("conditions"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal instrument")
    )
    citation = models.CharField(_("legal basis"), max_length=400)
    needs_check = models.BooleanField(_("to be checked against the source"), default=False)

    class Meta:
        abstract = True

    def fits(self, values: dict[str, str]) -> bool:
        """Whether all its conditions hold for these facts; what is not said of a file meets no condition."""
        return all(values.get(name) in allowed for name, allowed in self.conditions.items())


@tracked()
class DossierItem(LegalRow):
    """One item of a dossier. `key` is the kind of attachment, or the field of the form, that brings it."""

    source = models.CharField(_("comes from"), max_length=5, choices=ItemSource)
    key = models.CharField(_("kind of document or field"), max_length=40)
    is_mandatory = models.BooleanField(_("mandatory"), default=True)

    objects = DatedRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a dossier")
        verbose_name_plural = _("items of dossiers")
        ordering = ["kind", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "code", "valid_from"], name="dossieritem_once")]


@tracked()
class DutyRule(LegalRow):
    """What is to be done after something happened to a file. `parameter` names the dated parameter that holds the days."""

    cause = models.CharField(_("cause"), max_length=12, choices=DutyCause)
    recipient_vi = models.CharField(_("goes to"), max_length=200, blank=True)
    parameter = models.CharField(_("parameter with the days"), max_length=60, blank=True)

    objects = DatedRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule on duties")
        verbose_name_plural = _("rules on duties")
        ordering = ["kind", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "code", "valid_from"], name="dutyrule_once")]


@tracked()
class AgreementDuty(TwoNames):
    """One thing that is owed after a signing, a change or a reorganisation, as the rules of that day say it.

    It hangs on the file that owes it; `source` is the change that brought it about. Without a day the rules give no term.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="duties", verbose_name=_("file"))
    source = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="duties_caused")
    code = models.SlugField(max_length=40)
    name_vi = models.CharField(_("what is to be done"), max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    recipient = models.CharField(_("goes to"), max_length=200, blank=True)
    counted_from = models.DateField(_("counted from"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    citation = models.CharField(_("legal basis"), max_length=400, blank=True)
    needs_check = models.BooleanField(_("to be checked against the source"), default=False)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )
    document = models.CharField(_("number and date of the document"), max_length=120, blank=True)
    is_waived = models.BooleanField(_("not required here"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code", "source"], name="agreementduty_once", nulls_distinct=False),
            models.CheckConstraint(
                name="agreementduty_waived_with_reason",
                condition=Q(is_waived=False) | ~Q(note=""),
                violation_error_message=_("Say why it is not required."),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="agreementduty_owed")]

    @property
    def is_open(self) -> bool:
        return self.done_on is None
