from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("reports")

    def ready(self) -> None:
        import rules

        from intlcoop.web.navigation import register_entry
        from intlcoop.web.search import register_source
        from reports import tasks, workflows
        from reports.queries.searching import find_reports

        workflows.register()
        tasks.register()
        register_source("reports", _("Reports"), find_reports)
        register_entry("home", _("Home"), "reports:home", "home", 10)
        register_entry(
            "reports",
            _("Reports"),
            "reports:list",
            "document-chart-bar",
            90,
            lambda user: rules.has_perm("reports.read", user),
        )
