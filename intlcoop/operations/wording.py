"""What the page of a register calls the results of its rows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from intlcoop.operations.choices import ImportState
from intlcoop.operations.models import RegisterImport
from intlcoop.web.display import Badge, Tone

ACTION_BADGES = {
    "error": Badge(_("Wrong"), Tone.LATE),
    "create": Badge(_("New row"), Tone.DONE),
    "update": Badge(_("Row changed"), Tone.INFO),
    "skip": Badge(_("Left out"), Tone.QUIET),
}
#: Of a register that is only checked, nothing has happened yet.
RESULTS: dict[str, Badge] = {
    ImportState.CHECKED: Badge(_("Checked, nothing saved yet"), Tone.WAITING),
    ImportState.SAVED: Badge(_("Taken over"), Tone.DONE),
    ImportState.DISCARDED: Badge(_("Put aside, nothing saved"), Tone.QUIET),
}


def counts_of(found: RegisterImport) -> list[tuple[str, Any, int]]:
    """(action, label, number of rows) of every result that there is."""
    counted = [(action, badge.label, found.count(action)) for action, badge in ACTION_BADGES.items()]
    return [entry for entry in counted if entry[2]]
