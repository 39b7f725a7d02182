"""The content of a file at two moments, in words: what changed since somebody decided (C10, C11)."""

from __future__ import annotations

from dataclasses import dataclass

from intlcoop.workflow import registry, wording
from intlcoop.workflow.comparing import Comparison, compare
from intlcoop.workflow.models import Case, ContentVersion, Decision, Step
from intlcoop.workflow.process import Process


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedSince:
    """What changed in a file since a decision, for whoever looks at it again."""

    decision: Decision
    label: str
    before: int
    after: int
    comparisons: list[Comparison]


def comparisons_of(case: Case, before: ContentVersion, after: ContentVersion) -> list[Comparison]:
    """Empty for kinds that cannot say their content in words."""
    readable = registry.kind_of(case).readable
    if readable is None:
        return []
    return compare(readable(before.content), readable(after.content))


def changed_since(step: Step, process: Process) -> ChangedSince | None:
    """What changed since this office last decided this step, else since the last decision of all; None when nothing did."""
    decisions = [each for each in process.decided() if each.content_version]
    same = [each for each in decisions if (each.step.kind, each.step.office, each.step.body) == _place(step)]
    base = (same or decisions)[-1] if decisions else None
    if base is None or not step.case.content_hash or base.content_hash == step.case.content_hash:
        return None
    versions = {row.number: row for row in step.case.content_versions.all()}
    now = versions[max(versions)]
    if base.content_version not in versions or not (
        found := comparisons_of(step.case, versions[base.content_version], now)
    ):
        return None
    return ChangedSince(
        decision=base,
        label=wording.step_label(base.step),
        before=base.content_version,
        after=now.number,
        comparisons=found,
    )


def _place(step: Step) -> tuple[str, str, str]:
    return (step.kind, step.office, step.body)


def usual_pair(case: Case, versions: list[ContentVersion]) -> tuple[int, int]:
    """The versions that people mostly want to compare: what was last decided on, and what stands now."""
    newest = versions[-1].number
    decided = (
        Decision.objects.filter(step__case=case, content_version__lt=newest)
        .order_by("-at", "-pk")
        .values_list("content_version", flat=True)
        .first()
    )
    return (decided or max(newest - 1, 1), newest)
