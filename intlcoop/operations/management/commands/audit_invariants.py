"""`manage.py audit_invariants`: is what must always hold still so? One line each: OK / BREACH / not checked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from intlcoop.jobs import registry
from intlcoop.jobs.registry import Finding

CODES = ("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8")
#: What each one says, where no room answers for it.
UNCHECKED = {
    "I1": "proven by fault tests",
    "I5": "the history is guarded by triggers; sealing comes with a later version",
}


class Command(BaseCommand):
    help = "Kiểm tra các bất biến I1-I8; mã thoát khác 0 khi có vi phạm."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [*self._durability(), *registry.run_invariants()]
        answered = {finding.code for finding in findings}
        findings += [Finding(code, None, UNCHECKED.get(code, "")) for code in CODES if code not in answered]
        breaches = 0
        for finding in sorted(findings, key=lambda finding: finding.code):
            word = {True: "OK", False: "BREACH", None: "not checked"}[finding.ok]
            breaches += finding.ok is False
            self.stdout.write(f"{finding.code} {word}: {finding.text}")
        if breaches:
            raise CommandError(f"{breaches} BREACH")

    def _durability(self) -> list[Finding]:
        """What the database promises: shown, not judged, since a fault test is the proof."""
        shown = []
        with connection.cursor() as cursor:
            for name in ("synchronous_commit", "fsync", "data_checksums"):
                cursor.execute(f"SHOW {name}")
                shown.append((name, cursor.fetchone()[0]))
        safe = dict(shown)["synchronous_commit"] == "on" and dict(shown)["fsync"] == "on"
        text = ", ".join(f"{name}={value}" for name, value in shown)
        checksums = Finding(
            "I7", dict(shown)["data_checksums"] == "on", f"data_checksums={dict(shown)['data_checksums']}"
        )
        return [Finding("I1", safe, f"{text}; proven by fault tests"), checksums]
