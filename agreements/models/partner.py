"""Partners: who they are, under which names, to whom they belong, and which of our units works with them (F1, F5, F6)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.choices import NameKind, PartnerKind, PartnerTier
from agreements.querysets import OfPartnerQuerySet, PartnerQuerySet, PartnerUnitQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.models import OrgUnit
from intlcoop.web.naming import TwoNames


@tracked(exclude=["folded_name", "likeness"])
class Partner(TwoNames):
    """A body abroad, or an international one, with which the ministry deals. Written by `services` only.

    `is_proposed`: added by somebody in a unit and not yet looked at by the department (F9). A merged partner keeps its row
    and leads to the one that it was merged into.
    """

    name_vi = models.CharField(
        _("name in Vietnamese"), max_length=200, help_text=_("As the ministry's papers call it; else its English name.")
    )
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_native = models.CharField(_("name in its own language"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PartnerKind)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
        verbose_name=_("country"),
        help_text=_("Empty for an international organisation."),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    tier = models.CharField(_("how close"), max_length=12, choices=PartnerTier, blank=True)
    fields = models.ManyToManyField(
        CooperationField, blank=True, related_name="+", verbose_name=_("fields of cooperation")
    )
    needs = models.TextField(_("needs"), max_length=2000, blank=True)
    capacity = models.TextField(_("what it can offer"), max_length=2000, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    website = models.URLField(_("website"), blank=True)
    in_viet_nam = models.BooleanField(_("has an office in Viet Nam"), default=False)
    is_proposed = models.BooleanField(_("proposed, not yet checked"), default=False, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    is_active = models.BooleanField(_("may be chosen"), default=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    folded_name = models.CharField(max_length=250, editable=False)
    sort_key = models.CharField(max_length=700, editable=False, db_collation="C")
    search_text = models.TextField(editable=False)
    #: `likeness.traces` of all its names: where partners with names like it are looked for.
    likeness = models.TextField(editable=False, default="")

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["folded_name", "country"],
                name="partner_once_per_country",
                nulls_distinct=False,
                violation_error_message=_("This partner is already in the list."),
            ),
            models.CheckConstraint(name="partner_kind_known", condition=models.Q(kind__in=PartnerKind.values)),
            models.CheckConstraint(
                name="partner_not_of_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message=_("A partner cannot belong to itself."),
            ),
            models.CheckConstraint(
                name="partner_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                violation_error_message=_("A partner cannot be merged into itself."),
            ),
        ]
        indexes = [
            GinIndex(OpClass("search_text", "gin_trgm_ops"), name="partner_search"),
            GinIndex(OpClass("likeness", "gin_trgm_ops"), name="partner_likeness"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("agreements:partner_detail", args=[self.pk])

    @property
    def whence(self) -> str:
        """Its country, or that it is international; empty when the country is not known."""
        if self.country is not None:
            return str(self.country)
        return str(_("International")) if self.kind in PartnerKind.INTERNATIONAL else ""


@tracked(exclude=["folded"])
class PartnerName(models.Model):
    """Another name that a partner is known, was known or is written by; found like its own names (F5, F6, X-06, X-09)."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="names", verbose_name=_("partner"))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind of name"), max_length=12, choices=NameKind, default=NameKind.ALIAS)
    until = models.DateField(_("used until"), null=True, blank=True)
    folded = models.CharField(max_length=250, editable=False)

    objects = OfPartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "folded"],
                name="partnername_once",
                violation_error_message=_("The partner has this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class PartnerGroup(TwoNames):
    """Partners that meet us together, such as the Development Partners group (F001-21, C1 37)."""

    name_vi = models.CharField(_("name in Vietnamese"), max_length=200, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    note = models.TextField(_("what the group is for"), max_length=2000, blank=True)
    is_active = models.BooleanField(_("may be chosen"), default=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    sort_key = models.CharField(max_length=700, editable=False, db_collation="C")

    objects = OfPartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of partners")
        verbose_name_plural = _("groups of partners")
        ordering = ["sort_key", "pk"]

    def get_absolute_url(self) -> str:
        return reverse("agreements:group", args=[self.pk])


@tracked()
class GroupMembership(models.Model):
    """A partner in a group, from a day to a day where they are known."""

    group = models.ForeignKey(PartnerGroup, models.CASCADE, related_name="memberships", verbose_name=_("group"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="memberships", verbose_name=_("partner"))
    role = models.CharField(_("role in the group"), max_length=120, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = OfPartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a group")
        verbose_name_plural = _("memberships of groups")
        ordering = ["group", "partner", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "partner"], name="groupmembership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.partner} – {self.group}"


@tracked()
class PartnerUnit(models.Model):
    """One of our units works with this partner: the university's 53 partners are 53 such rows (F002-32).

    A merger of units rewrites nothing here: `OrgUnit.lineage(on)` says whose rows the successor shows.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="units", verbose_name=_("partner"))
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="partners", verbose_name=_("unit"))
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    content = models.CharField(_("about what"), max_length=300, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = PartnerUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit that works with the partner")
        verbose_name_plural = _("units that work with the partner")
        ordering = ["unit__position", "unit__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["partner", "unit"], name="partnerunit_once")]

    def __str__(self) -> str:
        return f"{self.partner} – {self.unit}"
