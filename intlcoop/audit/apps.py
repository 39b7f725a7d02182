from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "intlcoop.audit"
    label = "audit"
    verbose_name = _("audit")

    def ready(self) -> None:
        from intlcoop.audit import receivers, tracking

        tracking.guard_event_tables()
        receivers.connect()
