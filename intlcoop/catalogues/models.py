"""Countries, currencies and fields of cooperation: the lists from which every file chooses (domain.md A-32)."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from intlcoop.catalogues.choices import Region
from intlcoop.catalogues.querysets import ActiveQuerySet, CountryQuerySet
from intlcoop.web.naming import TwoNames


class Named(TwoNames):
    """A row with a name in both languages."""

    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    is_active = models.BooleanField(_("may be chosen"), default=True)

    class Meta:
        abstract = True


@pghistory.track(exclude=["sort_key", "search_text"])
class Country(Named):
    """A country or territory under the name that the ministry prints.

    Names are established Vietnamese ones (Đức, Thụy Sĩ), else the Latin spelling where the ministry's own articles
    and the Government's press use it (Australia, New Zealand, Cuba, the members of ASEAN), else syllables with
    hyphens as in Decree 30/2020, annex II (Ai-len, Ni-giê-ri-a). Other spellings are `aliases`, searched but never
    printed.
    """

    iso2 = models.CharField(
        _("two-letter code"), max_length=2, unique=True, validators=[RegexValidator(r"^[A-Z]{2}\Z")]
    )
    iso3 = models.CharField(
        _("three-letter code"), max_length=3, unique=True, validators=[RegexValidator(r"^[A-Z]{3}\Z")]
    )
    official_name_vi = models.CharField(_("official name in Vietnamese"), max_length=160)
    official_name_en = models.CharField(_("official name in English"), max_length=160)
    aliases = ArrayField(models.CharField(max_length=80), verbose_name=_("other spellings"), default=list, blank=True)
    region = models.CharField(_("region"), max_length=20, choices=Region)
    is_territory = models.BooleanField(
        _("territory"), default=False, help_text=_("Part of a country that is listed too.")
    )
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")
    search_text = models.TextField(editable=False)

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name_vi"], name="country_name_vi_unique"),
            models.UniqueConstraint(fields=["name_en"], name="country_name_en_unique"),
            models.CheckConstraint(name="country_region_known", condition=models.Q(region__in=Region.values)),
        ]


@pghistory.track()
class Currency(Named):
    """A currency in which a trip is paid; `decimals` is how many places its amounts have."""

    code = models.CharField(_("code"), max_length=3, unique=True, validators=[RegexValidator(r"^[A-Z]{3}\Z")])
    decimals = models.PositiveSmallIntegerField(_("decimal places"), default=2)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=100)

    objects = ActiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ["position", "code"]


@pghistory.track()
class CooperationField(Named):
    """A field of cooperation; the list is the union of what the ministries' articles name (domain.md A-32)."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=100)

    objects = ActiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("field of cooperation")
        verbose_name_plural = _("fields of cooperation")
        ordering = ["position", "code"]
