"""Which decisions stand behind a trip: the first one, and those that amended, replaced, suspended or repealed it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from delegations.choices import ChangeKind, NewDecision
from delegations.models import OutboundDelegation, TripChange
from intlcoop.workflow.choices import PaperKind
from intlcoop.workflow.models import CasePaper


@dataclass(slots=True)
class IssuedDecision:
    """A numbered decision. `later` are those that changed it; `change` is the request that brought it, if any."""

    paper: CasePaper
    change: TripChange | None = None
    later: list[IssuedDecision] = field(default_factory=list)
    is_over: bool = False

    @property
    def replaces(self) -> bool:
        """Whether nothing of what was decided before goes on to hold."""
        change = self.change
        if change is None or change.kind in ChangeKind.STOPPING:
            return True
        return bool(change.decision_form == NewDecision.REPLACING)

    @property
    def standing(self) -> str:
        """ "Đã được sửa đổi, bổ sung bởi 20/QĐ-BDP", "Đã hết hiệu lực ..." in words."""
        if not self.later:
            return ""
        last = self.later[-1]
        words: dict[str, str] = {
            ChangeKind.POSTPONE: _("suspended by %(number)s"),
            ChangeKind.CANCEL: _("repealed by %(number)s"),
            ChangeKind.ONLINE: _("repealed by %(number)s"),
        }
        kind = last.change.kind if last.change else ""
        text = words.get(kind) or (_("replaced by %(number)s") if last.replaces else _("amended by %(number)s"))
        numbers = [last.paper.full_number] if last.replaces else [each.paper.full_number for each in self.later]
        return text % {"number": ", ".join(numbers)}


def issued_decisions(trip: OutboundDelegation) -> list[IssuedDecision]:
    """Every numbered decision on this trip, oldest first, each with those that changed it."""
    papers = (
        CasePaper.objects.filter(kind=PaperKind.DECISION, number__isnull=False)
        .filter(Q(case=trip.case_id) | Q(case__trip_change__delegation=trip, superseded_at__isnull=True))
        .select_related("case__trip_change")
        .order_by("issued_on", "pk")
    )
    found: list[IssuedDecision] = []
    for paper in papers:
        own = paper.case_id == trip.case_id
        decision = IssuedDecision(paper=paper, change=None if own else paper.case.trip_change)
        for earlier in found:
            if not earlier.is_over:
                earlier.later.append(decision)
                earlier.is_over = decision.replaces
        found.append(decision)
    return found


def decisions_in_force(trip: OutboundDelegation) -> list[IssuedDecision]:
    """The decision that holds, then those that amended it: what a new decision has to name. Empty when none was issued."""
    standing = [each for each in issued_decisions(trip) if not each.is_over]
    return [each for each in standing if each.change is None or each.change.kind in ChangeKind.WITH_CONTENT]
