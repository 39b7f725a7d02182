"""A register that was handed in as a spreadsheet: what its check said, and whether it was taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import rules
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from delegations.choices import PlanLevel
from intlcoop.audit.tracking import tracked
from intlcoop.documents.models import Attachment
from intlcoop.operations.choices import ImportState
from intlcoop.people.models import OrgUnit, UnitChange

if TYPE_CHECKING:
    from intlcoop.people.models import User


class RegisterImportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Administrators and the ICD see what was taken over; each only the kinds that are theirs to take over."""
        if not rules.has_perm("operations.import_files", user):
            return self.none()
        return self if rules.has_perm("people.manage", user) else self.exclude(kind="staff")


@tracked(exclude=["content", "rows"])
class RegisterImport(models.Model):
    """One file, checked row by row. `content` is kept only until the register is taken over or put aside.

    `rows`: [line, action, message] of the last reading, action as in people.registers.RowResult.
    """

    kind = models.CharField(_("register"), max_length=20)
    original_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64, editable=False)
    content = models.BinaryField(null=True, editable=False)
    default_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit for rows without one")
    )
    year = models.PositiveSmallIntegerField(_("year of the plan"), null=True, blank=True)
    level = models.CharField(_("level of the plan"), max_length=10, choices=PlanLevel, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.CHECKED, editable=False
    )
    rows = models.JSONField(default=list, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed in by")
    )
    uploaded_at = models.DateTimeField(_("handed in at"), auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken over by")
    )
    ended_at = models.DateTimeField(_("taken over at"), null=True)

    history_hidden = ("sha256",)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("register handed in")
        verbose_name_plural = _("registers handed in")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="registerimport_content_until_ended",
                condition=models.Q(state=ImportState.CHECKED) | models.Q(content__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("operations:import", args=[self.pk])

    def count(self, action: str) -> int:
        return sum(row[1] == action for row in self.rows)

    @property
    def options(self) -> dict[str, Any]:
        return {
            "source": self.original_name,
            "default_unit": self.default_unit,
            "year": self.year,
            "level": self.level,
        }


class UnitDecisionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Whoever may know of the reorganisation may read the decision."""
        return self.filter(change__in=UnitChange.objects.visible_to(user))


@tracked()
class UnitDecision(Attachment):
    """The scan of the decision by which units were reorganised."""

    change = models.ForeignKey(UnitChange, models.PROTECT, related_name="scans", verbose_name=_("reorganisation"))

    #: The scans in addresses of downloads: /tep/sap-xep/...
    SLUG = "sap-xep"

    objects = UnitDecisionQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("decision on a reorganisation")
        verbose_name_plural = _("decisions on reorganisations")
        constraints = [*Attachment.Meta.constraints]
