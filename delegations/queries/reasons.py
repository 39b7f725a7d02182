"""Why plans did not hold: lines moved, dropped or adjusted, trips put off, called off or changed, by kind of reason (F000-11).

Each figure is the number of its rows, and a person sees the rows that they may read anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegations.choices import ChangeAction, ChangeKind, LineState, OutboundState, RequestState, SettlementReason
from delegations.models import InboundDelegation, OutboundDelegation, PlanLine, RevisionChange, TripChange
from delegations.visit_choices import InboundState
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import StatusChange

if TYPE_CHECKING:
    from intlcoop.people.models import OrgUnit, User


class Act(models.TextChoices):
    """What became of something planned."""

    LINE_MOVED = "chuyen_nam", gettext_lazy("Line moved to another year")
    LINE_DROPPED = "khong_thuc_hien", gettext_lazy("Line not carried out")
    LINE_CHANGED = "dieu_chinh", gettext_lazy("Line adjusted")
    TRIP_POSTPONED = "hoan", gettext_lazy("Trip put off")
    TRIP_CANCELLED = "huy", gettext_lazy("Trip called off")
    TRIP_CHANGED = "thay_doi", gettext_lazy("Decided trip changed")
    VISIT_POSTPONED = "hoan_don", gettext_lazy("Visit put off")
    VISIT_CANCELLED = "huy_don", gettext_lazy("Visit called off")


#: In addresses, for rows of which nobody wrote down the kind of reason.
NO_REASON = "khong_ghi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One row behind the figures."""

    act: Act
    reason: str
    unit: OrgUnit
    title: str
    url: str
    text: str = ""
    number: str = ""

    @property
    def reason_key(self) -> str:
        return self.reason or NO_REASON

    @property
    def reason_label(self) -> str:
        return reason_label(self.reason_key)


def reason_label(key: str) -> str:
    return _("No reason written down") if key == NO_REASON else str(SettlementReason(key).label)


def happenings(user: User, year: int) -> list[Happening]:
    """All of a plan year, trips by the year of departure, visits by that of arrival; five queries, whatever there is."""
    lines, trips = (
        [*_lines(user, year), *_adjusted_lines(user, year)],
        [*_trips(user, year), *_changed_trips(user, year)],
    )
    return [*lines, *trips, *_visits(user, year)]


def _lines(user: User, year: int) -> list[Happening]:
    acts = {LineState.MOVED: Act.LINE_MOVED, LineState.DROPPED: Act.LINE_DROPPED}
    rows = PlanLine.objects.visible_to(user).filter(
        plan__year=year, plan__approved_on__isnull=False, state__in=list(acts)
    )
    return [
        Happening(
            act=acts[LineState(row.state)],
            reason=row.settled_reason,
            unit=row.unit,
            title=str(row),
            url=row.get_absolute_url(),
            text=row.settled_text,
        )
        for row in rows.select_related("unit").order_by("plan__level", "position")
    ]


def _adjusted_lines(user: User, year: int) -> list[Happening]:
    """Lines that an approved revision wrote anew; one that it dropped is counted as dropped."""
    rows = RevisionChange.objects.visible_to(user).filter(
        revision__plan__year=year,
        revision__approved_on__isnull=False,
        action=ChangeAction.CHANGE,
        state=RequestState.ACCEPTED,
    )
    return [
        Happening(
            act=Act.LINE_CHANGED,
            reason=row.reason_code,
            unit=row.unit,
            title=str(row.line),
            url=row.line.get_absolute_url() if row.line else "",
            text=row.reason,
        )
        for row in rows.select_related("unit", "line").order_by("pk")
    ]


def _trips(user: User, year: int) -> list[Happening]:
    acts = {OutboundState.POSTPONED: Act.TRIP_POSTPONED, OutboundState.CANCELLED: Act.TRIP_CANCELLED}
    changes = TripChange.objects.in_force().filter(delegation=OuterRef("pk")).exclude(kind__in=ChangeKind.WITH_CONTENT)
    fired = StatusChange.objects.filter(case=OuterRef("case"), to_state=OuterRef("case__state"))
    rows = (
        OutboundDelegation.objects.visible_to(user)
        .filter(departs_on__year=year, case__state__in=list(acts))
        .annotate(
            asked=Subquery(changes.order_by("-applied_at").values("reason")[:1]),
            said=Subquery(fired.order_by("-pk").values("comment")[:1]),
        )
    )
    return [
        Happening(
            act=acts[OutboundState(row.case.state)],
            reason=row.settled_reason,
            unit=row.case.unit,
            title=row.case.title,
            url=reverse("delegations:trip", args=[row.case.number]),
            text=row.asked or row.said or "",
            number=shown(row.case.number),
        )
        for row in rows.select_related("case__unit").order_by("departs_on", "pk")
    ]


def _changed_trips(user: User, year: int) -> list[Happening]:
    rows = TripChange.objects.visible_to(user).in_force()
    rows = rows.filter(kind__in=ChangeKind.WITH_CONTENT, delegation__departs_on__year=year)
    return [
        Happening(
            act=Act.TRIP_CHANGED,
            reason=row.reason_code,
            unit=row.case.unit,
            title=row.case.title,
            url=row.get_absolute_url(),
            text=row.reason,
            number=shown(row.case.number),
        )
        for row in rows.select_related("case__unit").order_by("pk")
    ]


def _visits(user: User, year: int) -> list[Happening]:
    acts = {InboundState.POSTPONED: Act.VISIT_POSTPONED, InboundState.CANCELLED: Act.VISIT_CANCELLED}
    fired = StatusChange.objects.filter(case=OuterRef("case"), to_state=OuterRef("case__state"))
    rows = InboundDelegation.objects.visible_to(user).filter(arrives_on__year=year, case__state__in=list(acts))
    rows = rows.annotate(said=Subquery(fired.order_by("-pk").values("comment")[:1])).select_related("case__unit")
    return [
        Happening(
            act=acts[InboundState(row.case.state)],
            reason=row.settled_reason,
            unit=row.case.unit,
            title=row.case.title,
            url=reverse("delegations:visit", args=[row.case.number]),
            text=row.said or "",
            number=shown(row.case.number),
        )
        for row in rows.order_by("arrives_on", "pk")
    ]


# --- the figures ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A row of a table: what it counts, how often for each act, and all together. `key` is what the list is asked for."""

    key: str
    label: str
    counts: tuple[tuple[Act, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _act, count in self.counts)


def acts_of(rows: Iterable[Happening]) -> list[Act]:
    """The acts that occurred, in the order of the closed list."""
    found = {row.act for row in rows}
    return [act for act in Act if act in found]


def by_reason(rows: Sequence[Happening]) -> list[Figures]:
    """The most frequent reason first."""
    keys = dict.fromkeys(row.reason_key for row in rows)
    found = [_figures(key, reason_label(key), [row for row in rows if row.reason_key == key], rows) for key in keys]
    return sorted(found, key=lambda row: (-row.total, row.label))


def by_unit(rows: Sequence[Happening]) -> list[Figures]:
    """In the order of the ministry."""
    units = {row.unit.pk: row.unit for row in rows}
    ordered = sorted(units.values(), key=lambda unit: (unit.position, unit.code))
    return [
        _figures(str(unit.pk), str(unit), [row for row in rows if row.unit.pk == unit.pk], rows) for unit in ordered
    ]


def _figures(key: str, label: str, mine: Iterable[Happening], rows: Iterable[Happening]) -> Figures:
    counts: Counter[Any] = Counter(row.act for row in mine)
    return Figures(key=key, label=label, counts=tuple((act, counts[act]) for act in acts_of(rows)))
