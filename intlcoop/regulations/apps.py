from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    name = "intlcoop.regulations"
    label = "regulations"
    verbose_name = _("regulations")

    def ready(self) -> None:
        from intlcoop.people.principals import principal_of
        from intlcoop.regulations.reference import load
        from intlcoop.regulations.searching import find_instruments
        from intlcoop.web import reference
        from intlcoop.web.navigation import register_entry
        from intlcoop.web.search import register_source

        reference.register(20, load)
        register_source("instruments", _("Legal instruments"), find_instruments)
        # Everybody may read the page; in the rail it stands for those who work with the rules.
        register_entry(
            "regulations",
            _("Rules and parameters"),
            "regulations:rule_list",
            "scale",
            900,
            lambda user: principal_of(user).sees_everything_submitted,
        )
        # Everybody else finds the rules by way of what is new in them.
        register_entry(
            "rule_news",
            _("New rules"),
            "regulations:news",
            "megaphone",
            905,
            lambda user: user.is_authenticated and not principal_of(user).sees_everything_submitted,
        )
