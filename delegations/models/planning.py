"""Around the annual plan: what each unit answered to the call, the plan's numbered versions, and its revisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from delegations.choices import ChangeAction, RequestState, SettlementReason
from delegations.models.plan import AnnualPlan, PlanLine, PlanYear
from delegations.querysets import OfVisiblePlanQuerySet, RevisionChangeQuerySet
from intlcoop.audit.tracking import append_only, tracked
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case


@tracked()
class UnitProposal(models.Model):
    """A unit's answer to the call of a year: its list endorsed by its head and sent, or "không phát sinh"."""

    year = models.ForeignKey(PlanYear, models.PROTECT, related_name="proposals", verbose_name=_("year"))
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="plan_proposals", verbose_name=_("unit"))
    nothing_planned = models.BooleanField(_("nothing planned"), default=False)
    note = models.CharField(_("note"), max_length=600, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("endorsed by")
    )

    class Meta:
        verbose_name = _("proposal of a unit")
        verbose_name_plural = _("proposals of units")
        ordering = ["year", "unit"]
        constraints = [models.UniqueConstraint(fields=["year", "unit"], name="unitproposal_once")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.year}"


@tracked()
class PlanRevision(models.Model):
    """An adjustment round of an approved plan as one file: changes are collected, approved together, applied at once."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="plan_revision", editable=False)
    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="revisions", verbose_name=_("plan"))
    reason = models.TextField(_("why the plan is adjusted"), max_length=4000)
    requests_due_on = models.DateField(_("units ask for changes until"), null=True, blank=True)
    approval_number = models.CharField(_("number of the approval"), max_length=60, blank=True, editable=False)
    approved_on = models.DateField(_("approved on"), null=True, blank=True, editable=False)

    objects = OfVisiblePlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision of a plan")
        verbose_name_plural = _("revisions of plans")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("delegations:revision", args=[self.case.number])


@tracked()
class RevisionChange(models.Model):
    """One change of a revision, with the line before and after as plain values (queries.plan_values)."""

    revision = models.ForeignKey(PlanRevision, models.PROTECT, related_name="changes")
    action = models.CharField(_("change"), max_length=8, choices=ChangeAction)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState, default=RequestState.REQUESTED, editable=False
    )
    line = models.ForeignKey(PlanLine, models.PROTECT, null=True, blank=True, related_name="changes")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    reason_code = models.CharField(_("kind of reason"), max_length=16, choices=SettlementReason)
    reason = models.TextField(_("reasons and basis"), max_length=2000)
    reply = models.TextField(_("answer of the ICD"), max_length=2000, blank=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    requested_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    objects = RevisionChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the plan")
        verbose_name_plural = _("changes of the plan")
        ordering = ["revision", "pk"]
        constraints = [
            models.CheckConstraint(
                name="revisionchange_has_its_line",
                condition=Q(action=ChangeAction.ADD) | Q(line__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["revision", "line"],
                condition=~Q(action=ChangeAction.ADD) & ~Q(state=RequestState.DECLINED),
                name="revisionchange_once_per_line",
                violation_error_message=_("This revision changes that line already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} · {self.line or self.after.get('title', '')}"


class PlanVersion(models.Model):
    """A plan as it was approved: number one by the plan itself, each further one by a revision. Never changed afterwards."""

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    revision = models.OneToOneField(PlanRevision, models.PROTECT, null=True, related_name="version")
    approval_number = models.CharField(_("number of the approval"), max_length=60)
    approved_on = models.DateField(_("approved on"))
    lines = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of plans")
        ordering = ["plan", "number"]
        triggers = append_only()
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="planversion_unique")]

    def __str__(self) -> str:
        return f"{self.plan} · {self.number}"
