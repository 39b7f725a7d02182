from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "intlcoop.jobs"
    label = "jobs"
    verbose_name = _("jobs")

    def ready(self) -> None:
        from intlcoop.jobs import checks, invariants  # noqa: F401 - registers the checks
        from intlcoop.people.principals import principal_of
        from intlcoop.web.navigation import register_entry

        invariants.register_all()
        register_entry(
            "system", _("System"), "jobs:system", "cpu-chip", 910, lambda user: principal_of(user).is_administrator
        )
