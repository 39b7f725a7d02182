from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "intlcoop.web"
    label = "web"
    verbose_name = _("web")

    def ready(self) -> None:
        from intlcoop.web import reference

        post_migrate.connect(
            reference.after_migrate, sender=reference.last_sender(), dispatch_uid="intlcoop.web.reference"
        )
