"""`manage.py check_catalogue`: every text of the portal has a Vietnamese translation that is complete and certain."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import makemessages

# What msgcmp says of one entry: the file and line at which it stands, and what is wrong.
FINDING = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+): (?P<text>.+)$")


class Command(makemessages.Command):
    """Extracts like makemessages, into a folder of its own, and compares instead of writing."""

    help = "Compare the message catalogues with the sources: nothing missing, untranslated or uncertain (fuzzy)."

    def add_arguments(self, parser: Any) -> None:
        """None: what is checked is not a matter of taste."""

    def handle(self, *args: Any, **options: Any) -> None:
        self.findings: list[str] = []
        languages = [code for code, _name in settings.LANGUAGES if code != "en"]
        with TemporaryDirectory() as folder:
            self.folder = folder
            super().handle(
                locale=languages,
                exclude=[],
                all=False,
                domain="django",
                extensions=[],
                symlinks=False,
                ignore_patterns=["tests/*", "var/*", "docs/*", "staticfiles/*"],
                use_default_ignore_patterns=True,
                no_wrap=False,
                no_location=False,
                add_location=None,
                no_obsolete=False,
                keep_pot=False,
                verbosity=0,
            )
        if self.findings:
            raise CommandError("\n".join([*self.findings, f"{len(self.findings)} texts need a translation."]))
        self.stdout.write("The catalogues are complete.")

    def build_potfiles(self) -> list[str]:
        # Here makemessages has just chosen locale/; the template goes elsewhere, so that nothing changes there.
        self.locale_paths = [self.folder]
        self.default_locale_path = self.folder
        return super().build_potfiles()

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Compare the catalogue of `locale` with the extracted texts."""
        catalogue = Path(settings.LOCALE_PATHS[0], locale, "LC_MESSAGES", "django.po")
        if not catalogue.exists():
            self.findings.append(f"{catalogue} does not exist.")
            return
        for command in (["msgfmt", "--check", "-o", "/dev/null", str(catalogue)], ["msgcmp", str(catalogue), potfile]):
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            if done.returncode:
                self.findings += [finding for line in done.stderr.splitlines() if (finding := explain(line))]


def explain(line: str) -> str:
    """A finding with the text it is about and where that is used; empty for remarks that are not about an entry."""
    found = FINDING.match(line)
    if found is None or found["text"].startswith(("warning:", "...")):
        return ""
    entries = Path(found["file"]).read_text(encoding="utf-8").split("\n\n")
    last_line = 0
    for entry in entries:
        last_line += entry.count("\n") + 2
        if last_line > int(found["line"]):
            break
    used_at = " ".join(re.findall(r"^#: (.+)$", entry, re.MULTILINE))
    words = "".join(re.findall(r'"(.*)"', entry.partition("msgid")[2].partition("msgstr")[0]))
    return f"{used_at or found['file']}: {found['text'].split(' in ')[0].strip('.')}: {words}"
