"""Approval routes as data: dated rules with their legal basis, each an ordered list of steps."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import tracked
from intlcoop.people.models import Dated
from intlcoop.people.querysets import DatedQuerySet
from intlcoop.regulations.models import Instrument
from intlcoop.workflow.choices import Facet, StepKind


@tracked()
class RouteRule(Dated):
    """A route for files of one kind whose facts meet all conditions. The lowest `priority` that matches wins.

    `conditions` = {fact name: [allowed values]}, a conjunction; there is no expression language.
    """

    kind = models.CharField(_("kind of file"), max_length=20)
    code = models.SlugField(_("code"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=200)
    priority = models.PositiveSmallIntegerField(_("priority"), default=100)
    conditions = models.JSONField(_("conditions"), default=dict)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal basis")
    )
    citation = models.CharField(_("citation"), max_length=400)
    needs_check = models.BooleanField(_("to be checked against the source"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("route rule")
        verbose_name_plural = _("route rules")
        ordering = ["kind", "priority", "code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "version"], name="routerule_unique"),
            models.CheckConstraint(
                name="routerule_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


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

    class Meta:
        verbose_name = _("step of a route rule")
        verbose_name_plural = _("steps of a route rule")
        ordering = ["rule", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.order}. {self.get_kind_display()}"
