from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "intlcoop.notifications"
    label = "notifications"
    verbose_name = _("notifications")

    def ready(self) -> None:
        from intlcoop.jobs import registry
        from intlcoop.notifications import invariants, mails, rule_news
        from intlcoop.regulations.registry import register_publisher

        registry.register(mails.KIND)
        register_publisher(rule_news.tell_units)
        registry.register_invariant("I8", invariants.told_once)
