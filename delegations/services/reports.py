"""Writes on trip reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from delegations.models import OutboundDelegation, TripReport
from intlcoop.workflow.refusals import NotAllowed
from intlcoop.workflow.rows import Rows, sync_rows, write
from intlcoop.workflow.services import open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def save_report(trip: OutboundDelegation, *, actor: User, fields: Mapping[str, Any], meetings: Rows = ()) -> TripReport:
    """Write the trip report, opening its own case at the first save. Raises NotAllowed, Refused."""
    report = TripReport.objects.filter(delegation=trip).select_related("case").first()
    if report is None:
        if not rules.has_perm("delegations.write_report", actor, trip):
            raise NotAllowed(_("You may not write the report of this trip."))
        case = open_case(
            "trip_report", title=trip.case.title, unit=trip.case.unit, actor=actor, is_sample=trip.case.is_sample
        )
        report = TripReport(case=case, delegation=trip)
    elif not rules.has_perm("delegations.edit_report", actor, report.case):
        raise NotAllowed(_("This report can no longer be changed."))
    write(report, fields)
    sync_rows(report.meetings, "report", report, meetings)
    record_content(report.case, actor=actor)
    return report
