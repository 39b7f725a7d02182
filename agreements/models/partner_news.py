"""What is new about partners and donors, and which units want to be told of it (W004-05)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.guidance import NewsKind
from agreements.guidance_querysets import NewsQuerySet, SubscriptionQuerySet
from agreements.models.partner import Partner
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import CooperationField
from intlcoop.people.models import OrgUnit


@tracked()
class PartnerNews(models.Model):
    """One item. It is corrected by its author or the department; taken back it stays in the history."""

    kind = models.CharField(_("kind"), max_length=14, choices=NewsKind)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("content"), max_length=8000)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="news", verbose_name=_("partner")
    )
    fields = models.ManyToManyField(
        CooperationField, blank=True, related_name="+", verbose_name=_("fields of cooperation")
    )
    source = models.CharField(_("source (document, number, date)"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)
    apply_by = models.DateField(_("proposals until"), null=True, blank=True)
    published_on = models.DateField(_("published on"), editable=False)
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", editable=False, verbose_name=_("unit that publishes")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("author")
    )
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    search_text = models.TextField(editable=False)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news of a partner")
        verbose_name_plural = _("news of partners")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="partnernews_days_in_order",
                condition=Q(apply_by__isnull=True) | Q(apply_by__gte=F("published_on")),
                violation_error_message=_("The last day for proposals cannot be before the day of publication."),
            )
        ]
        indexes = [models.Index(fields=["-published_on"], name="partnernews_published_on")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:partner_news", args=[self.pk])


@tracked()
class NewsSubscription(models.Model):
    """A unit wants to be told: of everything, or of one partner, one field or one kind of news."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="news_subscriptions", verbose_name=_("unit"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="subscriptions", verbose_name=_("partner")
    )
    field = models.ForeignKey(
        CooperationField,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("field of cooperation"),
    )
    kind = models.CharField(_("kind of news"), max_length=14, choices=NewsKind, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("subscribed by")
    )
    since = models.DateField(_("since"), auto_now_add=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription to news")
        verbose_name_plural = _("subscriptions to news")
        ordering = ["unit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "partner", "field", "kind"],
                name="newssubscription_once",
                nulls_distinct=False,
                violation_error_message=_("Your unit is told of this already."),
            )
        ]

    def __str__(self) -> str:
        return " · ".join(str(each) for each in (self.unit, self.partner, self.field, self.get_kind_display()) if each)
