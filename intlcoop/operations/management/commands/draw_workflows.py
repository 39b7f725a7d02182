"""`manage.py draw_workflows [--check]`: docs/workflows.md from the lifecycle tables and the shipped route rules."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from intlcoop.people.offices import office_label
from intlcoop.workflow import registry
from intlcoop.workflow.facts import conditions_words
from intlcoop.workflow.lifecycle import Lifecycle
from intlcoop.workflow.models import RouteRule

PATH = settings.BASE_DIR / "docs" / "workflows.md"
INTRODUCTION = """# Workflows

Drawn by `manage.py draw_workflows` from the tables in the code and the route rules as shipped. Do not edit by hand.
"""


class Command(BaseCommand):
    help = "Vẽ lại docs/workflows.md từ bảng vòng đời và quy tắc quy trình."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, mã thoát 1 nếu tệp đã cũ")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("vi"):
            text = drawn()
        if options["check"]:
            if PATH.read_text(encoding="utf-8") != text:
                raise CommandError("docs/workflows.md đã cũ: chạy manage.py draw_workflows.")
            return
        PATH.write_text(text, encoding="utf-8")


def drawn() -> str:
    """The whole document in the language that is on."""
    parts = [INTRODUCTION]
    for kind in registry.all_kinds():
        parts += [f"\n## {kind.label} (`{kind.code}`)\n", _diagram(kind.lifecycle), _table(kind.lifecycle)]
        parts += [f"\n{kind.named_words}\n"] if kind.named_words else []
        parts += [_rule(rule) for rule in RouteRule.objects.filter(kind=kind.code).prefetch_related("steps")]
    return "\n".join(part.rstrip("\n") for part in parts) + "\n"


def _diagram(lifecycle: Lifecycle) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {lifecycle.initial}"]
    lines += [f"    {value} : {lifecycle.state_label(value)}" for value in lifecycle.states.values]
    lines += [f"    {source} --> {row.target} : {row.label}" for row in lifecycle.transitions for source in row.sources]
    return "\n".join([*lines, "```", ""])


def _table(lifecycle: Lifecycle) -> str:
    lines = ["\n| Transition | Label | From | To | Who |", "|---|---|---|---|---|"]
    for row in lifecycle.transitions:
        sources = ", ".join(lifecycle.state_label(source) for source in row.sources)
        who = f"`{row.rule}`" if row.rule else "the engine"
        lines.append(f"| `{row.name}` | {row.label} | {sources} | {lifecycle.state_label(row.target)} | {who} |")
    return "\n".join([*lines, ""])


def _rule(rule: RouteRule) -> str:
    words = "; ".join(conditions_words(rule.kind, rule.conditions))
    off = "" if rule.is_enabled else " Tạm dừng, chỉ áp dụng khi được bật."
    lines = [f"\n### {rule.title} (`{rule.code}` v{rule.version})", ""]
    lines += [f"{rule.get_role_display()}, ưu tiên {rule.priority}.{off} {words}. {rule.basis}.", ""]
    lines += ["| Order | Step | Office | Working days | Basis |", "|---|---|---|---|---|"]
    for step in rule.steps.all():
        office = step.body or office_label(step.office)
        days = step.due_working_days or ""
        kind = f"{step.get_kind_display()}{' (chỉ khi có ý kiến không thống nhất)' if step.only_if_disagreed else ''}"
        lines.append(f"| {step.order} | {kind} | {office} | {days} | {step.citation or rule.citation} |")
    return "\n".join([*lines, ""])
