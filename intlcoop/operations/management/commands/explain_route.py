"""`manage.py explain_route KIND --json [facts]`: the route that a file with these facts would get."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intlcoop.workflow import registry
from intlcoop.workflow.facts import facts_of
from intlcoop.workflow.refusals import Refused
from intlcoop.workflow.routing import PlannedStep, plan


class Command(BaseCommand):
    help = "Giải thích quy trình xử lý: với các dữ kiện này, hồ sơ đi qua những bước nào, theo quy định nào."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True)
        for kind in registry.all_kinds():
            if kind.facts is None:
                continue
            command = kinds.add_parser(kind.code)
            command.add_argument("--json", action="store_true", help="in ra JSON")
            command.add_argument("--on", type=dt.date.fromisoformat, default=None, help="ngày trình, YYYY-MM-DD")
            command.add_argument("--disagreement", action="store_true", help="có ý kiến không nhất trí")
            for fact in facts_of(kind.code):
                flag = f"--{fact.name.replace('_', '-')}"
                command.add_argument(flag, choices=fact.values or None, default=fact.usual, help=str(fact.label))

    def handle(self, *args: Any, **options: Any) -> None:
        kind = registry.get(options["kind"])
        assert kind.facts is not None
        on = options["on"] or timezone.localdate()
        facts = kind.facts(**{fact.name: options[fact.name] for fact in dataclasses.fields(kind.facts)})
        try:
            planned = plan(kind.code, facts, on)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        # What only a disagreeing opinion opens is passed over without one.
        steps = [self._row(step) for step in planned if options["disagreement"] or not step.only_if_disagreed]
        if options["json"]:
            answer = {"kind": kind.code, "on": on.isoformat(), "steps": steps}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for row in steps:
            due = f", {row['due_working_days']} ngày làm việc" if row["due_working_days"] else ""
            self.stdout.write(f"{row['order']}. {row['kind']} – {row['office']}{due} ({row['citation']})")

    def _row(self, step: PlannedStep) -> dict[str, Any]:
        return {
            "order": step.order,
            "kind": step.kind,
            "office": step.body or step.office if step.office == "external" else step.office,
            "due_working_days": step.due_working_days,
            "rule": step.rule,
            "version": step.version,
            "citation": step.citation,
        }
