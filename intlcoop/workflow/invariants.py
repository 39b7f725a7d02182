"""What `audit_invariants` asks of this room: I4 (one decision per step, states follow their trace), I5 (the trace is whole)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, F, OuterRef, Q, Subquery

from intlcoop.jobs.registry import Finding, register_invariant
from intlcoop.workflow import registry
from intlcoop.workflow.choices import StepState
from intlcoop.workflow.models import Case, Decision, StatusChange, Step

APPEND_ONLY = ("workflow_statuschange", "workflow_contentversion", "workflow_casecomment", "workflow_decision")


def register_all() -> None:
    register_invariant("I4", one_decision_per_step)
    register_invariant("I4", states_follow_their_trace)
    register_invariant("I5", decisions_cannot_be_rewritten)


def one_decision_per_step() -> Iterator[Finding]:
    """A done step has its decision, a step that is not done has none, and no position has two current rows."""
    undecided = Step.objects.filter(state=StepState.DONE, decision__isnull=True).count()
    early = Decision.objects.filter(step__state__in=[StepState.PENDING, StepState.OPEN]).count()
    double = (
        Step.objects.filter(superseded_at__isnull=True)
        .values("case", "position")
        .annotate(rows=Count("pk"))
        .filter(rows__gt=1)
        .count()
    )
    left = f"{undecided} done steps without decision, {early} decisions on open steps, {double} doubled steps"
    yield Finding("I4", not (undecided or early or double), left)


def states_follow_their_trace() -> Iterator[Finding]:
    """The state of each file is the target of its last transition, and each transition starts where the last one ended."""
    last = StatusChange.objects.filter(case=OuterRef("pk")).order_by("-pk").values("to_state")[:1]
    moved = Case.objects.annotate(traced=Subquery(last)).filter(traced__isnull=False).exclude(traced=F("state")).count()
    initial = Q()
    for kind in registry.all_kinds():
        initial |= Q(kind=kind.code, state=kind.lifecycle.initial)
    untouched = Case.objects.filter(status_changes__isnull=True).exclude(initial).count()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT from_state, lag(to_state) OVER (PARTITION BY case_id ORDER BY id) AS before"
            " FROM workflow_statuschange) AS trace WHERE before IS NOT NULL AND before <> from_state"
        )
        gaps = cursor.fetchone()[0]
    text = f"{moved} states without their transition, {untouched} moved without a trace, {gaps} gaps in the trace"
    yield Finding("I4", not (moved or untouched or gaps), text)


def decisions_cannot_be_rewritten() -> Iterator[Finding]:
    """The triggers that keep decisions, transitions, versions and comments append-only are there and enabled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT c.relname) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname LIKE 'pgtrigger_append_only%%' AND t.tgenabled <> 'D' AND c.relname = ANY(%s)",
            [list(APPEND_ONLY)],
        )
        guarded = cursor.fetchone()[0]
    yield Finding("I5", guarded == len(APPEND_ONLY), f"{guarded} of {len(APPEND_ONLY)} logs are append-only")
