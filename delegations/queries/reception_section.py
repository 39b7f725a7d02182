"""What the page of a visit, event or trip shows: programme, records of meetings, gifts, costs. One query each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.db.models import Count, Sum

from delegations.choices import OutboundState
from delegations.models import Gift, MeetingRecord, ProgrammeItem, VisitReception

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


#: A trip that is not decided yet has met nobody; its programme is written before.
UNDER_WAY = (OutboundState.DECIDED, OutboundState.TRAVELLING, OutboundState.REPORT_DUE, OutboundState.COMPLETED)


def reception_section(case: Case, user: User) -> dict[str, Any]:
    may = rules.has_perm("delegations.keep_reception", user, case)
    costs = None
    if case.kind == "inbound":
        counted = VisitReception.objects.filter(visit__case=case).annotate(spent=Sum("costs__amount"))
        costs = counted.values("mode", "spent").first()
    return {
        "may_keep_reception": may,
        "may_write_meetings": may and (case.kind != "outbound" or case.state in UNDER_WAY),
        "records": list(MeetingRecord.objects.filter(case=case).annotate(agreed=Count("points"))),
        "programme_count": ProgrammeItem.objects.filter(case=case).count(),
        "gifts": list(Gift.objects.filter(case=case).current()),
        "costs": costs,
        "is_short_visit": case.kind == "inbound" and case.inbound.is_short,
        "has_costs": case.kind == "inbound" and not case.inbound.is_short,
        "may_keep_costs": case.kind == "inbound" and rules.has_perm("delegations.keep_visit_costs", user, case),
    }
