from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "intlcoop.workflow"
    label = "workflow"
    verbose_name = _("Files and approval")

    def ready(self) -> None:
        from intlcoop.workflow import invariants

        invariants.register_all()
