from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "intlcoop.documents"
    label = "documents"
    verbose_name = _("documents")

    def ready(self) -> None:
        from intlcoop.documents import orphans
        from intlcoop.jobs.registry import register_collector, register_invariant

        register_collector("documents", orphans.collect)
        register_invariant("I3", orphans.whole_files)
