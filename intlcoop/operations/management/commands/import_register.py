"""manage.py import_register KIND FILE.xlsx [--dry-run]: take over a register that the ministry kept in a spreadsheet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Protocol

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegations.choices import PlanLevel
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.operations import registers
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, OrgUnit, User


class Row(Protocol):
    line: int
    action: str
    message: str


class Result(Protocol):
    rows: list[Any]
    saved: bool

    @property
    def has_errors(self) -> bool: ...

    def count(self, action: str) -> int: ...


ACTIONS = {
    "create": gettext_lazy("row added"),
    "update": gettext_lazy("row changed"),
    "skip": gettext_lazy("row unchanged"),
    "error": gettext_lazy("ROW WRONG"),
}


class Command(BaseCommand):
    help = "Take over a register from an Excel workbook, all rows or none; --dry-run lists what would happen."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(registers.REGISTERS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="list what would happen and save nothing")
        parser.add_argument("--actor", default="", help="user name under which the history remembers the import")
        parser.add_argument("--unit", default="", help="code of the unit for rows without a unit (outbound, plan)")
        parser.add_argument("--year", type=int, help="year of the plan, when its title does not say it")
        parser.add_argument("--level", choices=PlanLevel.values, default="", help="level of the plan, likewise")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = options["kind"]
        actor = self.actor(options["actor"]) or (None if kind == "staff" else self.administrator())
        known = {"source": options["file"].name, "year": options["year"], "level": options["level"]}
        known["default_unit"] = self.unit(options["unit"])
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(_("Cannot read %(file)s.") % {"file": options["file"]}) from error
        with pghistory.context(user=actor.pk if actor else None, action=f"import_register {kind}"):
            try:
                result = registers.run(kind, data, dry_run=options["dry_run"], actor=actor, **known)
            except TableUnreadable as refusal:
                raise CommandError(str(refusal)) from refusal
        self.report(result)

    def actor(self, username: str) -> User | None:
        if not username:
            return None
        try:
            return User.objects.get(username=username)
        except User.DoesNotExist as error:
            raise CommandError(_("There is no person “%(name)s”.") % {"name": username}) from error

    def administrator(self) -> User | None:
        """In whose name files are opened when nobody is named: the oldest administrator who still is one."""
        held = Appointment.objects.on(timezone.localdate()).filter(role=Role.ADMINISTRATOR, person__is_active=True)
        first = held.select_related("person").order_by("valid_from", "pk").first()
        return first.person if first else None

    def unit(self, code: str) -> OrgUnit | None:
        if not code:
            return None
        try:
            return OrgUnit.objects.get(code__iexact=code)
        except OrgUnit.DoesNotExist as error:
            raise CommandError(_("There is no unit “%(unit)s”.") % {"unit": code}) from error

    def report(self, result: Result) -> None:
        for row in result.rows:
            line = _("row %(line)d") % {"line": row.line}
            self.stdout.write(f"{line} · {ACTIONS[row.action]} · {row.message}")
        counts = ", ".join(f"{label}: {result.count(action)}" for action, label in ACTIONS.items())
        if result.has_errors:
            raise CommandError(_("Nothing was saved (%(counts)s). Mend the rows with errors.") % {"counts": counts})
        saved = _("Saved (%(counts)s).") if result.saved else _("Dry run, nothing was saved (%(counts)s).")
        self.stdout.write(saved % {"counts": counts})
