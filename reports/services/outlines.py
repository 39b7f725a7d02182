"""Arranging a report: sections moved, left out, called otherwise, added by hand. The figures stay as they are frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.services import record_content
from reports.models import YearEndReport
from reports.queries.narrative.outline import LEVELS, OWN_PREFIX
from reports.queries.narrative.variants import ANNEX, OUTLINES
from reports.queries.sections import outline_in

if TYPE_CHECKING:
    from intlcoop.people.models import User

LONGEST_TITLE = 300
MOST_SECTIONS = 80


@transaction.atomic
def change_outline(
    report: YearEndReport, places: Sequence[Mapping[str, Any]], *, actor: User, expected_version: int | None = None
) -> YearEndReport:
    """Give the report this outline. What is printed changes with it, so the files show that they are of before.

    Raises NotAllowed, Conflict, Refused with every sentence that stands in the way.
    """
    report.case = engine.lock(report.case, expected_version=expected_version)
    if not rules.has_perm("reports.edit_report", actor, report.case):
        raise NotAllowed(_("The department of cooperation arranges a report, until it is submitted."))
    if reasons := outline_problems(places):
        raise Refused(reasons)
    outline = [_kept(place) for place in places]
    if outline != outline_in(report):
        report.outline = outline
        report.save(update_fields=["outline"])
        record_content(report.case, actor=actor)
        engine.bump(report.case)
    return report


def _kept(place: Mapping[str, Any]) -> dict[str, Any]:
    title = " ".join(nfc(place["title"]).split())
    return {"key": place["key"], "level": place["level"], "title": title, "own": place["key"].startswith(OWN_PREFIX)}


def outline_problems(places: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every sentence that stands in the way of an outline."""
    known = {key for variant in OUTLINES.values() for _level, key, _title in variant}
    keys, found = [place["key"] for place in places], []
    if not any(place["level"] in LEVELS for place in places):
        found.append(_("Keep at least one section."))
    if len(places) > MOST_SECTIONS:
        found.append(_("A report has at most %(most)s sections.") % {"most": MOST_SECTIONS})
    if len(set(keys)) != len(keys):
        found.append(_("A section stands in the report only once."))
    if any(key not in known and not is_own(key) for key in keys):
        found.append(_("There is no such section."))
    if any((place["level"] == ANNEX) != place["key"].startswith("annex.") for place in places):
        found.append(_("Annexes stay annexes."))
    if any(not place["title"].strip() or len(place["title"]) > LONGEST_TITLE for place in places):
        found.append(_("Give every section a title of at most %(most)s characters.") % {"most": LONGEST_TITLE})
    return found


def is_own(key: str) -> bool:
    rest = key.removeprefix(OWN_PREFIX)
    return rest != key and rest.isascii() and rest.isdecimal() and len(rest) <= 3
