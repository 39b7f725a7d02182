"""Work of this room that comes by itself: agreements come into force, renew themselves and end on their days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.queries import agreement_due
from agreements.queries.agreement_section import partner_section
from agreements.queries.partner_sections import register_section
from agreements.workflows import move_with_the_calendar
from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.registry import JobKind
from intlcoop.notifications.digest import register_source
from intlcoop.web.navigation import register_entry

CALENDAR = "agreements_move_with_the_calendar"


def move_agreements(context: JobContext) -> dict[str, Any]:
    """Looks at all that is due by now, so that a day without a sweeper is made up for."""
    return {"moved": move_with_the_calendar(timezone.localdate())}


CALENDAR_KIND = JobKind(
    code=CALENDAR, label=_("Agreements come into force, renew themselves and end"), run=move_agreements
)


def register() -> None:
    """What comes by itself, and where agreements are met: the navigation and the page of a partner."""
    registry.register(CALENDAR_KIND)
    registry.register_periodic(CALENDAR, at=dt.time(0, 7))
    register_source("agreement_terms", agreement_due.term_notices)
    register_source("agreement_duties", agreement_due.owed_duties)
    register_entry(
        "thoa-thuan", pgettext_lazy("navigation", "Agreements"), "agreements:agreements", "document-check", 70
    )
    register_section(40, "thoa-thuan", _("Agreements"), partner_section, "agreements/_agreements.html")
