from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("reports")

    def ready(self) -> None:
        import rules

        from agreements.queries.commitment_sources import register_source as register_commitments
        from delegations.queries.calendar_sections import register_calendar_section
        from intlcoop.notifications.digest import register_source as register_reminders
        from intlcoop.web.navigation import register_entry
        from intlcoop.web.reference import register
        from intlcoop.web.search import register_source
        from reports import notifications, reference, tasks, workflows
        from reports.exports.prints import NOTICES
        from reports.queries.searching import find_reports, find_work
        from reports.queries.work_calendar import work_sections
        from reports.queries.work_lines import prefill

        workflows.register()
        tasks.register()
        register(60, reference.load)
        register_source("reports", _("Reports"), find_reports)
        NOTICES.register()
        register_reminders("work_replies_due", notifications.replies_due)
        register_reminders("work_meetings_unrecorded", notifications.meetings_unrecorded)
        register_reminders("report_parts_due", notifications.parts_due)
        register_commitments("work", prefill)
        register_source("work", _("Other work"), find_work)
        register_calendar_section("work", work_sections)
        register_entry("cong-viec", _("Other work"), "reports:work_list", "clipboard-document-list", 85)
        register_entry("home", _("Home"), "reports:home", "home", 10)
        register_entry(
            "reports",
            _("Reports"),
            "reports:list",
            "document-chart-bar",
            90,
            lambda user: rules.has_perm("reports.read", user),
        )
