"""What the engine, the papers and the pages ask of the files of this room."""

from delegations.queries.estimates import Sheet, budget_of, per_head_vnd, similar_trips, total_vnd
from delegations.queries.facts import OutboundFacts, outbound_facts
from delegations.queries.owing import waiting_for_filer
from delegations.queries.particulars import decision_facts, money_words, particulars
from delegations.queries.readable import readable_content
from delegations.queries.reports import report_content, report_edit_url, report_history, report_summary
from delegations.queries.trips import (
    cases_answering,
    cases_of_traveller,
    content_of,
    countries_text,
    days_text,
    head_of,
    member_parts,
    outbound_content,
    outbound_edit_url,
    outbound_history,
    outbound_summary,
    travelling_ids,
)

__all__ = [
    "OutboundFacts",
    "Sheet",
    "budget_of",
    "cases_answering",
    "cases_of_traveller",
    "content_of",
    "countries_text",
    "days_text",
    "decision_facts",
    "head_of",
    "member_parts",
    "money_words",
    "outbound_content",
    "outbound_edit_url",
    "outbound_facts",
    "outbound_history",
    "outbound_summary",
    "particulars",
    "per_head_vnd",
    "readable_content",
    "report_content",
    "report_edit_url",
    "report_history",
    "report_summary",
    "similar_trips",
    "total_vnd",
    "travelling_ids",
    "waiting_for_filer",
]
