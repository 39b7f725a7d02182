"""WHO TOUCHED WHAT, the part that leaves no changed row: logins, refusals, downloads."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.querysets import SecurityEventQuerySet
from intlcoop.audit.tracking import append_only


class SecurityEvent(models.Model):
    """One act. The names stand in the row as text, so that it says the same when person or target are long gone."""

    kind = models.CharField(_("kind of event"), max_length=20, choices=SecurityEventKind)
    at = models.DateTimeField(_("time"), db_default=Now())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    actor_name = models.CharField(_("name"), max_length=200, blank=True)
    ip = models.GenericIPAddressField(_("IP address"), null=True)
    url = models.CharField(_("page address"), max_length=500, blank=True)
    target = models.CharField(_("concerns"), max_length=300, blank=True)
    detail = models.JSONField(_("details"), default=dict)

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="securityevent_newest_first"),
            models.Index(fields=["kind", "-at"], name="securityevent_by_kind"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.actor_name}"
