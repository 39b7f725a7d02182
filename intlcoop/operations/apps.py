from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "intlcoop.operations"
    label = "operations"
    verbose_name = _("operations")

    def ready(self) -> None:
        from intlcoop.documents.registry import register_files
        from intlcoop.operations.models import UnitDecision

        register_files(UnitDecision.SLUG, lambda user: UnitDecision.objects.visible_to(user))
