from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CataloguesConfig(AppConfig):
    name = "intlcoop.catalogues"
    label = "catalogues"
    verbose_name = _("catalogues")
