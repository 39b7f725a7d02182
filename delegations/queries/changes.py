"""What the engine and the pages ask of a request to change a decided trip: its facts, its content, what it changes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegations.choices import ChangeKind, NewDecision, SettlementReason
from delegations.models import DelegationMember, FundingItem, ItineraryLeg, OutboundDelegation, TripChange
from delegations.queries.bound_partners import TRIP_COMPARATORS
from delegations.queries.facts import NO, RANK_ORDER, YES, OutboundFacts, outbound_facts
from delegations.queries.readable import readable_content
from delegations.queries.trips import (
    days_text,
    member_parts,
    outbound_content,
    outbound_summary,
    travelling_ids,
)
from intlcoop.regulations.queries import parameter
from intlcoop.vietnamese.dates import table_range
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.binding import changes
from intlcoop.workflow.choices import Change, Facet
from intlcoop.workflow.comparing import Comparison, compare
from intlcoop.workflow.facts import fact
from intlcoop.workflow.models import LeftOut
from intlcoop.workflow.registry import Part, Related, Summary

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

#: How far a shift of dates may go before a trip counts as another one (regulations.Parameter).
TOLERANCE = "outbound.date_shift_tolerance_days"
#: W002-01 is asked again when one of these becomes more than was decided.
ASKS_AGAIN = (Facet.TIME_PLACE, Facet.PROGRAMME)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts(OutboundFacts):
    """All that a route rule may look at for a change of a decided trip: that of the new version, and what is asked for.

    head_rank: the higher of the two versions'. grows: the new version asks for more time, other places or another programme
    than was decided.
    """

    change: str = fact(
        gettext_lazy("What is asked for"),
        gettext_lazy("what is asked for is: %(values)s"),
        ChangeKind.choices,
        usual=ChangeKind.AMEND,
    )
    grows: str = fact(
        gettext_lazy("More than was decided"),
        "%(values)s",
        (
            (YES, gettext_lazy("more time, another place or another programme is asked for than was decided")),
            (NO, gettext_lazy("time, place and programme stay within what was decided")),
        ),
        usual=NO,
    )


def change_facts(case: Case) -> ChangeFacts:
    change = change_of(case)
    new = dataclasses.asdict(outbound_facts(case))
    old = outbound_facts(change.delegation.case)
    new["head_rank"] = min(new["head_rank"], old.head_rank, key=RANK_ORDER.index)
    return ChangeFacts(**new, change=change.kind, grows=YES if grows(change) else NO)


def change_of(case: Case) -> TripChange:
    """The request on this case, with the trip that it is about."""
    return TripChange.objects.select_related("delegation__case", "case").get(case=case)


def grows(change: TripChange) -> bool:
    """Whether more time, other places or another programme is asked for than was decided. Nothing grows by a cancellation."""
    if not change.has_content:
        return False
    tolerance = int(parameter(TOLERANCE, timezone.localdate()).value)
    found = changes(change.before["content"], outbound_content(change.case), TRIP_COMPARATORS, tolerance)
    return any(found.get(facet) == Change.MORE for facet in ASKS_AGAIN)


def content_before(trip: OutboundDelegation) -> dict[str, Any]:
    """What the trip says when a request is opened: its content, and who travels, by id."""
    return {"content": outbound_content(trip.case), "person_ids": sorted(travelling_ids(trip.case))}


def change_content(case: Case) -> dict[str, Any]:
    """The content of the new version by facets; what is asked for belongs to the programme, the reason is wording."""
    change = change_of(case)
    content = outbound_content(case)
    content["programme"]["change"] = {
        "kind": change.kind,
        "decision": change.decision_form if change.has_content else "",
        "online": [str(day or "") for day in (change.online_starts_on, change.online_ends_on)],
        "mechanism": change.online_mechanism,
    }
    content["wording"]["change"] = {"code": change.reason_code, "reason": change.reason}
    return content


def readable_change(content: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """A version of a request in words: what is asked for and why, then the trip as it is to be."""
    asked = content.get("programme", {}).get("change", {})
    why = content.get("wording", {}).get("change", {})
    online = [dt.date.fromisoformat(day) for day in asked.get("online", ()) if day]
    return [
        (_("What is asked for"), [_label(ChangeKind, asked.get("kind", ""))]),
        (_("Reason"), [_label(SettlementReason, why.get("code", "")), *why.get("reason", "").splitlines()]),
        (_("The new decision"), [_label(NewDecision, asked.get("decision", ""))]),
        (_("Days online"), [table_range(online[0], online[-1])] if online else []),
        (_("Cooperation mechanism"), [asked.get("mechanism", "")]),
        *readable_content(content),
    ]


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else ""


def comparisons_of_change(change: TripChange) -> list[Comparison]:
    """Old and new side by side, subject by subject; empty when the trip itself is not written anew."""
    if not change.has_content:
        return []
    return compare(readable_content(change.before["content"]), readable_content(outbound_content(change.case)))


def against_the_decision(case: Case) -> list[Comparison]:
    return comparisons_of_change(change_of(case))


def change_summary(case: Case) -> Summary:
    change = change_of(case)
    inner = outbound_summary(case)
    label = str(change.get_kind_display())
    return Summary(
        title=case.title,
        where=inner.where,
        when=inner.when,
        who=inner.who,
        url=reverse("delegations:change", args=[case.number]),
        on=inner.on,
        lines=(
            (_("What is asked for"), label),
            (_("Outbound delegation"), shown(change.delegation.case.number)),
            *inner.lines,
        ),
    )


def change_particulars(change: TripChange) -> list[tuple[str, Any]]:
    """What is asked of a decided trip, in the order in which a leader asks."""
    found: list[tuple[str, Any]] = [(_("What is asked for"), change.get_kind_display())]
    if change.has_content:
        found.append((_("The new decision"), change.get_decision_form_display()))
    found += [(_("Kind of reason"), change.get_reason_code_display()), (_("Reason"), change.reason)]
    if change.kind == ChangeKind.ONLINE:
        days = online_days_text(change)
        found += [(_("Days online"), days), (_("Cooperation mechanism"), change.online_mechanism)]
    return found


def online_days_text(change: TripChange) -> str:
    first, last = change.online_starts_on, change.online_ends_on or change.online_starts_on
    return table_range(first, last) if first and last else ""


def change_decision_facts(case: Case) -> list[tuple[str, Any]]:
    """What whoever decides has to see: what is asked for and why, of which trip, in which days, with whom."""
    change = change_of(case)
    trip = OutboundDelegation.objects.select_related("case").prefetch_related("members").get(pk=change.delegation_id)
    names = ", ".join(member.full_name for member in trip.members.all())
    return [
        *change_particulars(change),
        (_("Outbound delegation"), f"{shown(trip.case.number)} · {trip.case.title}"),
        (_("Days as decided"), days_text(trip)),
        (_("Members as decided"), names),
        (_("Unit"), case.unit),
        (_("Filed by"), case.created_by),
    ]


def change_participants(case: Case) -> set[int]:
    """Who travels by the old decision or by the new one decides on neither."""
    change = change_of(case)
    return travelling_ids(case) | travelling_ids(change.delegation.case) | set(change.before.get("person_ids", ()))


def changes_of_traveller(user: User) -> QuerySet[Any]:
    """The same people as `change_participants`."""
    left_out = LeftOut.objects.filter(snapshot__person=user.pk).values("decision__step__case")
    travels = Q(delegation__members__person=user) | Q(case__outbound__members__person=user)
    travelled = Q(before__person_ids__contains=[user.pk])
    named_before = Q(case__in=left_out) | Q(delegation__case__in=left_out)
    return TripChange.objects.filter(travels | travelled | named_before).values("case_id")


def change_parts(case: Case) -> list[Part]:
    """Members of the new version whom a decision may leave out, where people are asked for at all."""
    return member_parts(case) if change_of(case).has_content else []


def change_history(case: Case) -> Related:
    change = change_of(case)
    follow = [(DelegationMember, "delegation"), (ItineraryLeg, "delegation"), (FundingItem, "delegation")]
    return Related(rows=[change, change.version], follow=follow if change.has_content else [])


def change_edit_url(case: Case) -> str:
    """The form of trips where another content is asked for, else the request itself."""
    page = "delegations:edit" if change_of(case).has_content else "delegations:change_edit"
    return reverse(page, args=[case.number])
