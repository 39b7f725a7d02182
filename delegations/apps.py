from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegationsConfig(AppConfig):
    name = "delegations"
    verbose_name = _("Plans and visits")

    def ready(self) -> None:
        from delegations import reference, tasks, workflows
        from delegations.exports import decision
        from delegations.queries import absences
        from intlcoop.people.registry import register_absences
        from intlcoop.web.navigation import register_entry
        from intlcoop.web.reference import register
        from intlcoop.workflow.registry import register_drafter

        workflows.register()
        register_drafter("outbound", decision.draft)
        tasks.register()
        register_absences(absences.journeys)
        register(60, reference.load)
        register_entry("doan-ra", _("Outbound delegations"), "delegations:trips", "paper-airplane", 20)
