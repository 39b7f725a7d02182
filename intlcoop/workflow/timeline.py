"""The history of a file as one list: what its rows said before and after, who moved it on, who decided what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from intlcoop.audit.history import FieldChange, HistoryEntry, entries_for
from intlcoop.workflow import registry, wording
from intlcoop.workflow.models import Case, CaseAttachment, CasePaper
from intlcoop.workflow.process import Process, decider_words

if TYPE_CHECKING:
    from intlcoop.workflow.models import Decision, StatusChange


def timeline_of(case: Case) -> list[HistoryEntry]:
    """Newest first. The number of queries depends on the number of tables, not on the length of the history."""
    related = registry.kind_of(case).history(case)
    rows = entries_for(
        [case, *related.rows],
        follow=[(CaseAttachment, "case"), (CasePaper, "case"), *related.follow],
    )
    decisions = [decided(decision) for decision in Process(case).decided()]
    moves = [moved(case, change) for change in case.status_changes.all()]
    return sorted([*rows, *decisions, *moves], key=lambda entry: entry.at, reverse=True)


def moved(case: Case, change: StatusChange) -> HistoryEntry:
    lifecycle = registry.kind_of(case).lifecycle
    return HistoryEntry(
        at=change.at,
        actor_name=change.actor_name,
        kind="update",
        action=str(lifecycle[change.transition].label),
        subject=f"{lifecycle.state_label(change.from_state)} → {lifecycle.state_label(change.to_state)}",
        changes=said(change.comment),
    )


def decided(decision: Decision) -> HistoryEntry:
    return HistoryEntry(
        at=decision.at,
        actor_name=decider_words(decision),
        kind="update",
        action=wording.step_label(decision.step),
        subject=wording.decided_words(decision),
        changes=said(decision.comment),
    )


def said(comment: str) -> tuple[FieldChange, ...]:
    return (FieldChange(_("Comment"), "", comment),) if comment else ()
