"""Approval routes as data: dated rules with their legal basis, each an ordered list of steps."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import tracked
from intlcoop.people.models import WHOLE_DAYS, Dated
from intlcoop.regulations.models import Instrument
from intlcoop.workflow.choices import Facet, RuleRole, StepKind
from intlcoop.workflow.querysets import RouteRuleQuerySet


@tracked()
class RouteRule(Dated):
    """Steps for files of one kind whose facts meet all conditions, in one version that holds in a span of days.

    `conditions` = {fact name: [allowed values]}, a conjunction; there is no expression language. Of the rules with role
    `route` the lowest `priority` that matches wins; every matching `addition` puts its steps beside those of the same order.
    A draft decides nothing yet. What holds is never edited: a new version ends the former (`route_rules`).
    """

    kind = models.CharField(_("kind of file"), max_length=20)
    code = models.SlugField(_("code"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    role = models.CharField(_("what the rule gives"), max_length=10, choices=RuleRole, default=RuleRole.ROUTE)
    is_enabled = models.BooleanField(
        _("switched on"),
        default=True,
        help_text=_("A rule that is switched off is kept and shown, and applies to no file."),
    )
    is_draft = models.BooleanField(_("draft"), default=False, editable=False)
    title = models.CharField(_("title"), max_length=200)
    priority = models.PositiveSmallIntegerField(
        _("priority"), default=100, help_text=_("Of several routes that fit, the one with the lowest number applies.")
    )
    conditions = models.JSONField(_("conditions"), default=dict)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal basis")
    )
    citation = models.CharField(_("citation"), max_length=400)
    needs_check = models.BooleanField(_("to be checked against the source"), default=False)
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    reason = models.CharField(_("reason for this version"), max_length=400, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = RouteRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("route rule")
        verbose_name_plural = _("route rules")
        ordering = ["kind", "priority", "code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "version"], name="routerule_unique"),
            models.CheckConstraint(
                name="routerule_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(name="routerule_role_known", condition=Q(role__in=RuleRole.values)),
            ExclusionConstraint(
                name="routerule_one_version_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (WHOLE_DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(is_draft=False),
                violation_error_message=_("Another version of this rule already holds in these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("workflow:route_rule", args=[self.pk])

    @property
    def basis(self) -> str:
        """The instrument and the article, as a step of this rule cites them."""
        return self.based_on(self.citation)

    def based_on(self, citation: str) -> str:
        """A citation that names the instrument, whether its author wrote it out or only chose it."""
        if self.instrument is None or self.instrument.symbol in citation:
            return citation
        return f"{self.instrument}, {citation}"[:400] if citation else str(self.instrument)


@tracked()
class RouteRuleStep(models.Model):
    """One step of a route rule. Steps with the same `order` run side by side."""

    rule = models.ForeignKey(RouteRule, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=20, choices=StepKind)
    office = models.CharField(_("office"), max_length=20)
    body = models.CharField(_("body outside the ministry"), max_length=200, blank=True)
    due_working_days = models.PositiveSmallIntegerField(_("due in working days"), null=True, blank=True)
    binds = ArrayField(models.CharField(max_length=12, choices=Facet), default=list, blank=True)
    citation = models.CharField(_("citation"), max_length=400, blank=True)
    only_if_disagreed = models.BooleanField(
        _("only after a disagreeing opinion"),
        default=False,
        help_text=_("Opens only when an opinion of the same round disagreed; else it is passed over and says so."),
    )

    class Meta:
        verbose_name = _("step of a route rule")
        verbose_name_plural = _("steps of a route rule")
        ordering = ["rule", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.order}. {self.get_kind_display()}"

    @property
    def in_decision_phase(self) -> bool:
        return self.kind in StepKind.DECISION_PHASE
