"""Steps of a file's route, and the one decision that each can have."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import append_only, tracked
from intlcoop.documents.models import OutsideRecord
from intlcoop.people.choices import SignatureForm
from intlcoop.people.models import OrgUnit, Substitution
from intlcoop.workflow.choices import Facet, Outcome, StepKind, StepState
from intlcoop.workflow.models.case import Case
from intlcoop.workflow.querysets import StepQuerySet


@tracked()
class Step(models.Model):
    """A step copied from a rule when the file was submitted, with the rule's version and citation.

    Every return or reopening writes new rows with the next `round`; the rows that they replace keep their decisions and carry
    `superseded_at`. `office` is who should act, `acting_office` who must because of separation of duties.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=20, choices=StepKind)
    office = models.CharField(_("office"), max_length=20)
    acting_office = models.CharField(_("acting office"), max_length=20, blank=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    body = models.CharField(_("body outside the ministry"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=StepState, default=StepState.PENDING)
    due_working_days = models.PositiveSmallIntegerField(null=True)
    opened_at = models.DateTimeField(null=True)
    due_on = models.DateField(_("due on"), null=True)
    binds = ArrayField(models.CharField(max_length=12, choices=Facet), default=list)
    rule_code = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    citation = models.CharField(_("citation"), max_length=400)
    only_if_disagreed = models.BooleanField(default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="steps_assigned",
        verbose_name=_("assigned to"),
    )
    superseded_at = models.DateTimeField(null=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["case", "order", "position", "round"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "position"], name="step_unique_in_round"),
            models.UniqueConstraint(
                fields=["case", "position"],
                condition=Q(superseded_at__isnull=True),
                name="step_one_current_per_position",
            ),
        ]
        indexes = [
            models.Index(fields=["acting_office", "unit"], condition=Q(state="open"), name="step_open_by_office"),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.position} · {self.get_kind_display()}"

    @property
    def in_decision_phase(self) -> bool:
        return self.kind in StepKind.DECISION_PHASE


class Decision(models.Model):
    """What came of a step. One row per step for ever (UNIQUE), bound to the content that was decided on.

    `decided_by` decided; on paper, `recorded_by` wrote it down afterwards and both names stay. A decision without
    `decided_by` is the system's own ("quá hạn, chưa trả lời") or an external body's.
    """

    step = models.OneToOneField(Step, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions")
    decided_by_name = models.CharField(max_length=200)
    decided_by_title = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signature_form = models.CharField(max_length=6, choices=SignatureForm, blank=True, default="")
    substitution = models.ForeignKey(Substitution, models.PROTECT, null=True, related_name="+")
    while_abroad = models.CharField(
        max_length=24, blank=True, default="", help_text="Number of the trip on which they were when they decided."
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    on_paper = models.BooleanField(_("taken on paper"), default=False)
    decided_on = models.DateField(_("decided on"))
    comment = models.TextField(_("comment"), blank=True, max_length=4000)
    returned_to = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+")
    content_version = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    request_id = models.UUIDField(null=True, unique=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["at", "pk"]
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                name="decision_reason_for_a_no",
                condition=~Q(outcome__in=[Outcome.RETURN, Outcome.REJECT, Outcome.DISAGREE]) | ~Q(comment=""),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                name="decision_on_paper_has_recorder", condition=Q(on_paper=False) | Q(recorded_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} · {self.get_outcome_display()}"


class LeftOut(models.Model):
    """A part of a file that a decision left out while it agreed to the rest: a member who is not to travel, and why (C9).

    `snapshot` keeps what the part was, for its row is gone from the file; "person" in it is the id of one of our people.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="left_out")
    key = models.CharField(max_length=60)
    label = models.CharField(_("left out"), max_length=300)
    reason = models.TextField(_("reason"), max_length=1000)
    snapshot = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("part left out")
        verbose_name_plural = _("parts left out")
        ordering = ["decision", "pk"]
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["decision", "key"], name="leftout_once"),
            models.CheckConstraint(
                name="leftout_with_reason", condition=~Q(reason=""), violation_error_message=_("Say why.")
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Permission(OutsideRecord):
    """The answer of a body outside the ministry: our submission's particulars and the reply's.

    A secret reply is kept outside this system; only its non-secret particulars stand in the fields of `OutsideRecord`.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="permission")
    submission_number = models.CharField(_("number of our submission"), max_length=60)
    submission_date = models.DateField(_("date of our submission"))
    reply_number = models.CharField(_("number of the reply"), max_length=60)
    reply_date = models.DateField(_("date of the reply"))
    reply_issuer = models.CharField(_("issuer of the reply"), max_length=200)
    scan = models.ForeignKey("workflow.CaseAttachment", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("permission from outside")
        verbose_name_plural = _("permissions from outside")
        triggers = append_only()
