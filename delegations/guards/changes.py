"""What keeps a request to change a decided trip from being submitted: the sentences that the user reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import ChangeKind, OutboundState
from delegations.guards.findings import Warning_
from delegations.guards.numbers import numbers_agree
from delegations.guards.submission import has_funding, has_people, has_places, has_plan_or_reason, has_purpose
from delegations.guards.warnings import warnings
from delegations.models import TripChange
from delegations.queries.changes import change_of, comparisons_of_change
from delegations.queries.trips import outbound_content
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow.choices import Facet

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case


def change_warnings(case: Case) -> list[Warning_]:
    """What has to be seen of the version asked for, where one is."""
    change = change_of(case)
    return warnings(change.version) if change.has_content else []


def trip_can_still_change(case: Case) -> str | None:
    """Before departure anything; under way only a longer stay; after the return nothing."""
    change = change_of(case)
    state = change.delegation.case.state
    if state == OutboundState.DECIDED or (state == OutboundState.TRAVELLING and change.kind == ChangeKind.EXTEND):
        return None
    if state == OutboundState.TRAVELLING:
        return _("The delegation has departed. Only a longer stay can still be asked for; drop this request.")
    label = OutboundState(state).label
    return _("The trip is now “%(state)s” and can no longer be changed; drop this request.") % {"state": label}


def says_something_new(case: Case) -> str | None:
    change = change_of(case)
    if not change.has_content or comparisons_of_change(change):
        return None
    return _("Nothing is changed yet. Write the new content of the trip first.")


def new_version_is_whole(case: Case) -> list[str]:
    """Members, purpose, plan and money of the new version, as of any trip. Its invitation came with the trip."""
    if not change_of(case).has_content:
        return []
    return [
        sentence
        for guard in (has_people, has_purpose, has_plan_or_reason, has_funding, numbers_agree)
        for sentence in guard(case)
    ]


def new_days_can_be_kept(case: Case) -> list[str]:
    """A day that has passed can no longer be moved, and none can be moved into the past."""
    change = change_of(case)
    if not change.has_content:
        return []
    trip, new, today = change.delegation, change.version, timezone.localdate()
    if new.departs_on is None or new.returns_on is None:
        return [_("Enter the days of departure and return.")]
    found = []
    if new.departs_on != trip.departs_on and new.departs_on < today:
        found.append(_("The day of departure has passed. Correct the date."))
    if new.returns_on < today:
        found.append(_("The new day of return has passed already. Correct the date."))
    return [*found, *has_places(case)]


def extension_is_one(case: Case) -> list[str]:
    """A longer stay: the same people on the same errand come back later. Whatever else changes is an amendment."""
    change = change_of(case)
    new, trip = change.version, change.delegation
    if change.kind != ChangeKind.EXTEND or new.returns_on is None or trip.returns_on is None:
        return []
    found = []
    if new.departs_on != trip.departs_on or new.returns_on <= trip.returns_on:
        found.append(
            _("A longer stay keeps the day of departure and ends after %(day)s. Correct the days.")
            % {"day": table_date(trip.returns_on)}
        )
    before, after = change.before["content"], outbound_content(case)
    if any(before.get(facet) != after.get(facet) for facet in (Facet.PEOPLE, Facet.PROGRAMME)):
        found.append(
            _(
                "A longer stay changes the day of return, the itinerary and the money only. To change members or purpose, "
                "drop this request and ask for an amendment."
            )
        )
    return found


def online_has_days(case: Case) -> str | None:
    change: TripChange = change_of(case)
    if change.kind != ChangeKind.ONLINE:
        return None
    if change.online_starts_on is None:
        return _("Enter the day on which it is held online.")
    if change.online_starts_on < timezone.localdate():
        return _("The day on which it is held online has passed already. Correct the date.")
    return None


def new_version_keeps_limits(case: Case) -> list[str]:
    """What a rule blocks is not explained away by the reason of the change."""
    return [
        _("%(finding)s Not allowed by %(rule)s. Change the file, or ask who administers the rules.")
        % {"finding": finding.text, "rule": finding.citation.rstrip(".")}
        for finding in change_warnings(case)
        if finding.blocks
    ]


CHANGE_GUARDS = (
    trip_can_still_change,
    says_something_new,
    new_version_is_whole,
    new_days_can_be_kept,
    extension_is_one,
    online_has_days,
    new_version_keeps_limits,
)
