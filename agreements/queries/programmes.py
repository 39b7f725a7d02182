"""What the pages of schemes and programmes say: how long they run, and which files serve them.

Trips stand further up and register themselves, like the sections of a partner's page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements.choices import AgreementState
from agreements.models import Commitment, InternationalAgreement, Programme
from agreements.queries.agreements import parties_text, signed_text
from agreements.queries.partner_sections import Build, Section, ShownSection, shown_sections
from agreements.queries.standing import state_badge_of
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Badge, Tone
from intlcoop.web.search import Hit
from intlcoop.workflow.models import Case

MOST_LINES = 50
LINES_TEMPLATE = "agreements/programmes/_files.html"

_sections: dict[str, Section] = {}


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as a line of the page of a programme."""

    case: Case
    words: str
    badge: Badge | None = None


def register_section(order: int, anchor: str, title: Any, build: Build, template: str = LINES_TEMPLATE) -> None:
    """Called from AppConfig.ready(). Orders: projects 10, agreements 20, trips 30, commitments 40."""
    _sections[anchor] = Section(order, anchor, title, build, template)


def sections_of(programme: Programme, user: Any) -> list[ShownSection]:
    return shown_sections(_sections, programme, user)


def lines_data(lines: Iterable[FileLine], count: int) -> dict[str, Any] | None:
    """What a section of lines needs; None without any."""
    shown = list(lines)
    left = count - len(shown)
    more = ngettext("And %(n)s more file.", "And %(n)s more files.", left) % {"n": left} if left > 0 else ""
    return {"lines": shown, "count": count, "more": more} if shown else None


def agreements_of(programme: Programme, user: Any) -> dict[str, Any] | None:
    rows = InternationalAgreement.objects.visible_to(user).filter(programme=programme)
    found = list(rows.select_related("case").prefetch_related("parties__partner")[:MOST_LINES])
    return lines_data((_agreement_line(row) for row in found), _count(rows, found))


def _agreement_line(row: InternationalAgreement) -> FileLine:
    signed = signed_text(row) if row.case.state in AgreementState.CONCLUDED else ""
    return FileLine(row.case, " · ".join(filter(None, (parties_text(row), signed))), state_badge_of(row))


def commitments_of(programme: Programme, user: Any) -> dict[str, Any] | None:
    rows = Commitment.objects.visible_to(user).filter(programme=programme)
    found = list(rows.select_related("case__unit", "partner")[:MOST_LINES])
    return lines_data((_commitment_line(row) for row in found), _count(rows, found))


def _commitment_line(row: Commitment) -> FileLine:
    due = _("due %(day)s") % {"day": table_date(row.due_on)} if row.due_on else ""
    return FileLine(row.case, " · ".join(filter(None, (str(row.case.unit), str(row.partner or ""), due))))


def _count(rows: Any, found: list[Any]) -> int:
    """Counted only when not all of them are on the page."""
    return len(found) if len(found) < MOST_LINES else rows.count()


def register() -> None:
    register_section(20, "thoa-thuan", gettext_lazy("Agreements"), agreements_of)
    register_section(40, "cam-ket", gettext_lazy("Commitments"), commitments_of)


# --- in words -------------------------------------------------------------------------------------------------------


def years_text(programme: Programme) -> str:
    """ "2021–2025", "từ năm 2021", "đến năm 2030"."""
    first, last = programme.from_year, programme.until_year
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    if first:
        return _("from %(year)s") % {"year": first}
    return _("until %(year)s") % {"year": last} if last else ""


def standing_badge(programme: Programme, year: int) -> Badge:
    """Whether it runs in this year; one that may not be chosen any more says so."""
    if not programme.is_active:
        return Badge(_("No longer chosen"), Tone.QUIET)
    if programme.until_year is not None and programme.until_year < year:
        return Badge(_("Over"), Tone.QUIET)
    if programme.from_year is not None and programme.from_year > year:
        return Badge(_("Not yet begun"), Tone.INFO)
    return Badge(_("Under way"), Tone.DONE)


def find_programmes(user: Any, text: str, limit: int) -> list[Hit]:
    """At most `limit` of them by any of their names or the number of their decision."""
    found = Programme.objects.visible_to(user).search(text)[:limit]
    return [Hit("", str(each), each.get_absolute_url(), each.get_kind_display()) for each in found]
