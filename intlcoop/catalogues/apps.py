from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CataloguesConfig(AppConfig):
    name = "intlcoop.catalogues"
    label = "catalogues"
    verbose_name = _("catalogues")

    def ready(self) -> None:
        from intlcoop.catalogues.reference import load
        from intlcoop.web import reference

        reference.register(10, load)
