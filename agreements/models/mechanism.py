"""Mechanisms of cooperation: ASEAN and its bodies, ASEM, APEC, GMS, the United Nations …, and what we are in them (F002-16,
F004-04, F004-09)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.choices import DatePrecision, LawRelation, MechanismKind, MechanismPart
from agreements.models.partner import Partner
from agreements.querysets import MechanismQuerySet, OfMechanismQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.people.models import OrgUnit
from intlcoop.regulations.models import Instrument
from intlcoop.web.naming import TwoNames


def precision_field() -> models.CharField:
    return models.CharField(
        _("day known"), max_length=8, choices=DatePrecision, default=DatePrecision.UNKNOWN, editable=False
    )


@tracked(exclude=["tree_key", "depth"])
class Mechanism(TwoNames):
    """A frame in which states or bodies meet again and again. Written by `services` only, which keep its place in the tree.

    `tree_key` is the way to it from the top, so that one ordering shows each body beneath the one it belongs to.
    """

    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=MechanismKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mechanisms",
        verbose_name=_("its body in the list of partners"),
    )
    since_year = models.PositiveSmallIntegerField(_("exists since (year)"), null=True, blank=True)
    content = models.TextField(_("what it is about"), max_length=4000, blank=True)
    is_active = models.BooleanField(_("still at work"), default=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    tree_key = models.TextField(editable=False, db_collation="C")
    sort_key = models.CharField(max_length=700, editable=False, db_collation="C")
    search_text = models.TextField(editable=False)

    objects = MechanismQuerySet.as_manager()

    class Meta:
        verbose_name = _("mechanism of cooperation")
        verbose_name_plural = _("mechanisms of cooperation")
        ordering = ["tree_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_vi", "parent"],
                name="mechanism_once",
                nulls_distinct=False,
                violation_error_message=_("This mechanism is in the list already."),
            ),
            models.CheckConstraint(
                name="mechanism_not_of_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message=_("A mechanism cannot belong to itself."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("agreements:mechanism", args=[self.pk])

    @property
    def levels(self) -> range:
        """One for each mechanism above it, for the dashes of the tree."""
        return range(self.depth)


@tracked()
class MechanismRole(models.Model):
    """What we are in a mechanism, for one term. `holder` names who holds it where that is not the ministry itself
    ("Việt Nam"); `session_number` the session that the term is about (ACCSM 21)."""

    mechanism = models.ForeignKey(
        Mechanism, models.CASCADE, related_name="roles", verbose_name=_("mechanism of cooperation")
    )
    part = models.CharField(_("our part"), max_length=16, choices=MechanismPart)
    holder = models.CharField(_("held by, if not the ministry"), max_length=160, blank=True)
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="mechanism_roles", verbose_name=_("lead unit")
    )
    session_number = models.PositiveSmallIntegerField(_("of session number"), null=True, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    since_precision = precision_field()
    until = models.DateField(_("until"), null=True, blank=True)
    until_precision = precision_field()
    source_text = models.CharField(_("where this is written"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = OfMechanismQuerySet.as_manager()

    class Meta:
        verbose_name = _("our part in a mechanism")
        verbose_name_plural = _("our parts in mechanisms")
        ordering = [F("since").desc(nulls_last=True), "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mechanismrole_days_in_order",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("A term cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism}: {self.get_part_display()}"


@tracked()
class LegalLink(models.Model):
    """A domestic document and what it is to a mechanism or a convention; `about` names the paper of theirs that it answers."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="cooperation_links", verbose_name=_("domestic document")
    )
    relation = models.CharField(_("what it does"), max_length=12, choices=LawRelation, default=LawRelation.CARRIES_OUT)
    mechanism = models.ForeignKey(
        Mechanism,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="laws",
        verbose_name=_("mechanism of cooperation"),
    )
    convention = models.ForeignKey(
        "Convention", models.CASCADE, null=True, blank=True, related_name="laws", verbose_name=_("convention")
    )
    about = models.CharField(_("which paper or aim of theirs"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = OfMechanismQuerySet.as_manager()

    class Meta:
        verbose_name = _("domestic document of a mechanism or convention")
        verbose_name_plural = _("domestic documents of mechanisms and conventions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="legallink_of_one",
                condition=Q(mechanism__isnull=False, convention__isnull=True)
                | Q(mechanism__isnull=True, convention__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["instrument", "relation", "mechanism", "convention"],
                name="legallink_once",
                nulls_distinct=False,
                violation_error_message=_("This document is named twice."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}: {self.get_relation_display()}"
