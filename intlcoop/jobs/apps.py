from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "intlcoop.jobs"
    label = "jobs"
    verbose_name = _("jobs")

    def ready(self) -> None:
        from intlcoop.jobs import checks, invariants  # noqa: F401 - registers the checks

        invariants.register_all()
