from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegationsConfig(AppConfig):
    name = "delegations"
    verbose_name = _("Plans and visits")

    def ready(self) -> None:
        import rules

        from agreements.queries import brief, commitment_sources, country_brief, partner_sections, programmes
        from delegations import notifications, reference, tasks, workflows
        from delegations.exports import change, decision, event, plan, prints
        from delegations.models import MeetingPhoto, PlanPaper
        from delegations.models.plan_paper import FILES
        from delegations.models.reception import PHOTOS
        from delegations.queries import (
            absences,
            event_parts,
            preparation_due,
            programme_reminders,
            programme_trips,
            promises,
            reception_norms,
            records,
            visit_reminders,
        )
        from intlcoop.documents.registry import register_files
        from intlcoop.notifications.digest import register_source
        from intlcoop.people.registry import register_absences
        from intlcoop.web.navigation import register_entry
        from intlcoop.web.reference import register
        from intlcoop.workflow.registry import register_drafter

        workflows.register()
        register_files(FILES, lambda user: PlanPaper.objects.visible_to(user))
        register_files(PHOTOS, lambda user: MeetingPhoto.objects.visible_to(user).current())
        register_drafter("outbound", decision.draft)
        register_drafter("plan", plan.draft)
        register_drafter("plan_revision", plan.draft_revision)
        register_drafter("trip_change", change.draft)
        register_drafter("event", event.draft)
        prints.register()
        register_source("events", event_parts.reminders)
        tasks.register()
        reception_norms.register()
        register_absences(absences.journeys)
        register_source("returned_files", notifications.returned_files)
        register_source("owed_reports", notifications.owed_reports)
        register_source("unanswered_calls", notifications.unanswered_calls)
        register_source("preparation", preparation_due.reminders)
        register_source("visit_alarms", visit_reminders.alarm_reminders)
        register_source("visit_preparation", visit_reminders.task_reminders)
        register_source("programme_clashes", programme_reminders.clash_reminders)
        register_source("visit_results", visit_reminders.owed_results)
        programmes.register_section(30, "doan-ra", _("Outbound delegations"), programme_trips.trips_of)
        register_source("commitments_before_trips", promises.reminders)
        commitment_sources.register_source("trip_report", promises.prefill)
        for kind in ("inbound", "event", "outbound"):
            commitment_sources.register_source(kind, records.prefill)
        partner_sections.register_section(
            60, "ke-hoach", _("Plans and trips"), promises.plan_section, "delegations/_partner_plan.html"
        )
        brief.register_coming(promises.coming_words)
        country_brief.register_coming_to(promises.coming_to_country)
        register(60, reference.load)
        register_entry("lich", _("Calendar"), "delegations:calendar", "calendar-days", 100)
        register_entry("doan-ra", _("Outbound delegations"), "delegations:trips", "paper-airplane", 20)
        register_entry("doan-vao", _("Inbound delegations"), "delegations:visits", "user-group", 25)
        register_entry("hoi-nghi", _("Conferences"), "delegations:events", "presentation-chart-line", 30)
        register_entry("ke-hoach", _("Plans"), "delegations:plans", "clipboard-document-list", 50)
        register_entry(
            "dinh-muc",
            _("Norms and rates"),
            "delegations:norm_tables",
            "banknotes",
            905,
            lambda user: rules.has_perm("delegations.keep_norms", user),
        )
