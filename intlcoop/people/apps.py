from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "intlcoop.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        from intlcoop.people import reference
        from intlcoop.web.reference import register

        register(10, reference.load)
