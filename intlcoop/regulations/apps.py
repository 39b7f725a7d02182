from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    name = "intlcoop.regulations"
    label = "regulations"
    verbose_name = _("regulations")

    def ready(self) -> None:
        from intlcoop.regulations.reference import load
        from intlcoop.web import reference

        reference.register(20, load)
