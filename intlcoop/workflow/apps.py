from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "intlcoop.workflow"
    label = "workflow"
    verbose_name = _("workflow")

    def ready(self) -> None:
        import rules

        from intlcoop.documents.registry import register_files
        from intlcoop.people.registry import register_file_kinds
        from intlcoop.regulations.registry import register_news_source
        from intlcoop.web.navigation import register_entry
        from intlcoop.web.search import register_source
        from intlcoop.workflow import papers_shown, passing_on, registry, route_shown, searching, tasks
        from intlcoop.workflow.models import CaseAttachment, CasePaper

        register_files(papers_shown.ATTACHMENTS, lambda user: CaseAttachment.objects.visible_to(user))
        register_files(papers_shown.SCANS, lambda user: CasePaper.objects.visible_to(user))
        register_source("files", _("Files"), searching.find_files)
        register_file_kinds(registry.kinds_with_routes)
        register_news_source("routes", route_shown.news_of_routes)
        passing_on.register()
        tasks.register()
        register_entry(
            "dang-dung",
            _("Files that stand still"),
            "workflow:standing",
            "clock",
            95,
            lambda user: rules.has_perm("workflow.watch_standstills", user),
        )
