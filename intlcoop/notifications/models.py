"""TELLING PEOPLE: one notice per person and event; the mail about it is a job of its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from intlcoop.notifications.querysets import NoticeQuerySet


class Notice(models.Model):
    """What one person was told about one event. No row history: it is written once, and then only read."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("recipient")
    )
    event_key = models.CharField(max_length=200)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"), blank=True)
    # A path of ours, never another host's address.
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="notice_once_per_event", fields=["recipient", "event_key"]),
            models.CheckConstraint(
                name="notice_url_is_ours",
                condition=models.Q(url__startswith="/") & ~models.Q(url__startswith="//"),
            ),
        ]
        indexes = [
            models.Index(name="notice_unread", fields=["recipient"], condition=models.Q(read_at__isnull=True)),
            models.Index(name="notice_of_person", fields=["recipient", "-created_at"]),
        ]

    def __str__(self) -> str:
        return self.subject


class DigestLine(models.Model):
    """One thing of which one person was reminded, in the digest of one morning. Written once: nobody is reminded twice.

    `key` names the thing and the level ("step-12-overdue").
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    section = models.CharField(max_length=30)
    text = models.CharField(max_length=600)
    url = models.CharField(max_length=300)
    day = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="digestline_once", fields=["recipient", "key"])]
        indexes = [models.Index(name="digestline_by_key", fields=["key"])]

    def __str__(self) -> str:
        return self.text
