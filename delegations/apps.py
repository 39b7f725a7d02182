from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegationsConfig(AppConfig):
    name = "delegations"
    verbose_name = _("Plans and visits")

    def ready(self) -> None:
        from delegations import reference, workflows
        from intlcoop.web.reference import register

        workflows.register()
        register(60, reference.load)
