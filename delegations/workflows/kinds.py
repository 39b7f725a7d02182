"""How the files of this room become known to the engine."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from delegations import guards, queries
from delegations.choices import AttachmentKind
from delegations.queries.bound_partners import TRIP_COMPARATORS
from delegations.queries.estimates import amounts_of_cases
from delegations.services import leave_out_members
from delegations.workflows import plan_kinds
from delegations.workflows.context import trip_context
from delegations.workflows.event import event_kind
from delegations.workflows.inbound import inbound_kind
from delegations.workflows.outbound import OUTBOUND
from delegations.workflows.trip_change import trip_change_kind
from delegations.workflows.trip_report import TRIP_REPORT
from intlcoop.workflow import registry


def register() -> None:
    """Make the kinds known to the engine (called from AppConfig.ready)."""
    registry.register(
        registry.FileKind(
            code="outbound",
            prefix="DR",
            label=_("Outbound delegation"),
            lifecycle=OUTBOUND,
            place=10,
            summary=queries.outbound_summary,
            facts=queries.OutboundFacts,
            facts_of=queries.outbound_facts,
            content_of=queries.outbound_content,
            comparators=TRIP_COMPARATORS,
            participants=queries.travelling_ids,
            participating=queries.cases_of_traveller,
            attachment_kinds=dict(AttachmentKind.choices),
            parts=queries.member_parts,
            leave_out=leave_out_members,
            amounts=amounts_of_cases,
            readable=queries.readable_content,
            decision_facts=queries.decision_facts,
            warnings=lambda case: guards.warnings(case.outbound),
            context=trip_context,
            history=queries.outbound_history,
            edit_url=queries.outbound_edit_url,
            matching=queries.cases_answering,
            waits=queries.waiting_for_filer,
        )
    )
    registry.register(
        registry.FileKind(
            code="trip_report",
            prefix="BCDR",
            label=_("Trip report"),
            lifecycle=TRIP_REPORT,
            summary=queries.report_summary,
            content_of=queries.report_content,
            history=queries.report_history,
            edit_url=queries.report_edit_url,
            participants=lambda case: queries.travelling_ids(case.trip_report.delegation.case),
        )
    )
    plan_kinds.register()
    registry.register(trip_change_kind())
    registry.register(event_kind())
    registry.register(inbound_kind())
