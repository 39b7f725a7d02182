"""What we know of a partner beyond its papers: remarks for the next meeting, read by right (feature 19)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.choices import NoteAudience
from agreements.models.partner import Partner
from agreements.querysets import NoteQuerySet
from intlcoop.audit.tracking import tracked


@tracked()
class PartnerNote(models.Model):
    """One remark. It is never changed: its author takes it back and writes another."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="notes", verbose_name=_("partner"))
    text = models.TextField(_("note"), max_length=2000)
    audience = models.CharField(_("who reads it"), max_length=10, choices=NoteAudience, default=NoteAudience.EVERYBODY)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("author")
    )
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on a partner")
        verbose_name_plural = _("notes on partners")
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]
