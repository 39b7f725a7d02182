"""People at partners, and the posts that they held over time (F2): who was our counterpart then, who is it now?"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models.partner import Partner
from agreements.querysets import ContactQuerySet, OfPartnerQuerySet
from intlcoop.audit.tracking import tracked


@tracked()
class Contact(models.Model):
    """A person at a partner. What they hold and held stands in their posts."""

    full_name = models.CharField(_("full name"), max_length=160)
    honorific = models.CharField(_("form of address"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")
    search_text = models.TextField(editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["sort_key", "pk"]
        indexes = [GinIndex(OpClass("search_text", "gin_trgm_ops"), name="contact_search")]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("agreements:contact", args=[self.pk])


@tracked()
class ContactPost(models.Model):
    """A post that a contact holds or held. No `until` means that they still hold it."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="posts", verbose_name=_("contact"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="posts", verbose_name=_("partner"))
    title_vi = models.CharField(_("title in Vietnamese"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = OfPartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("post held")
        verbose_name_plural = _("posts held")
        ordering = [F("until").desc(nulls_first=True), F("since").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="contactpost_days_in_order",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}, {self.title_vi}"
