"""Files of the past that enter all at once: opened, and moved by the one transition that says where they come from.

What `services.open_case`, `services.record_content` and `engine.apply` do for one file, done for a thousand in a handful of
queries. Only a transition without guards and effects may be used: nothing is asked of the past, and nobody is told of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow import registry
from intlcoop.workflow.binding import content_hash
from intlcoop.workflow.models import Case, ContentVersion, StatusChange
from intlcoop.workflow.numbering import next_numbers

if TYPE_CHECKING:
    from intlcoop.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class PastFile:
    """One file of the past, under a number of its own year."""

    title: str
    unit: OrgUnit
    year: int
    is_sample: bool = False


@transaction.atomic
def open_past_files(kind: str, files: Sequence[PastFile], *, actor: User) -> list[Case]:
    """The cases of these files, in their first state, in the same order."""
    file_kind = registry.get(kind)
    years: dict[int, int] = {}
    for file in files:
        years[file.year] = years.get(file.year, 0) + 1
    numbers = {year: iter(next_numbers(file_kind.prefix, year, count)) for year, count in years.items()}
    now = timezone.now()
    return Case.objects.bulk_create(
        Case(
            kind=kind,
            number=next(numbers[file.year]),
            title=nfc(file.title),
            fold=fold(file.title),
            unit=file.unit,
            created_by=actor,
            state=file_kind.lifecycle.initial,
            first_submitted_at=now,
            submitted_at=now,
            is_sample=file.is_sample,
        )
        for file in files
    )


@transaction.atomic
def record_past(cases: Sequence[Case], contents: Mapping[int, Any], *, actor: User) -> None:
    """The first version of each file's content, by the id of its case."""
    versions = [
        ContentVersion(
            case=case,
            number=1,
            content=contents[case.pk],
            content_hash=content_hash(contents[case.pk]),
            created_by=actor,
        )
        for case in cases
    ]
    ContentVersion.objects.bulk_create(versions)
    for case, version in zip(cases, versions, strict=True):
        case.content_hash = version.content_hash
    Case.objects.bulk_update(cases, ["content_hash"], batch_size=500)


@transaction.atomic
def move_past_files(cases: Sequence[Case], transition: str, comments: Sequence[str], *, actor: User) -> None:
    """Fire this transition on files that were just opened. Raises ValueError for one that asks or does anything."""
    for kind in {case.kind for case in cases}:
        rule = registry.get(kind).lifecycle[transition]
        if rule.guards or rule.effects or rule.rule is not None:
            raise ValueError(f"{transition} asks or does something, so it moves one file at a time")
    changes = []
    for case, comment in zip(cases, comments, strict=True):
        rule = registry.get(case.kind).lifecycle[transition]
        if case.state not in rule.sources:
            raise ValueError(f"{case.number} is not where {transition} begins")
        changes.append(
            StatusChange(
                case=case,
                transition=transition,
                from_state=case.state,
                to_state=rule.target,
                actor=actor,
                actor_name=str(actor),
                comment=comment,
            )
        )
        case.state = rule.target
        case.version += 1
    Case.objects.bulk_update(cases, ["state", "version"], batch_size=500)
    StatusChange.objects.bulk_create(changes)
