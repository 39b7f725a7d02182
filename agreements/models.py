"""PARTNERS AND WHAT WE SIGNED: for now the partners, with their names and country."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.choices import PartnerKind
from agreements.querysets import PartnerQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import Country


@tracked(exclude=["folded_name"])
class Partner(models.Model):
    """A body abroad, or an international one, with which the ministry deals. Written by `services` only."""

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
    in_viet_nam = models.BooleanField(_("has an office in Viet Nam"), default=False)
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
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agreements:partner_detail", args=[self.pk])

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" and self.name_en else self.name_vi
