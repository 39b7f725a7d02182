"""Is the dossier complete, by the items that the law asks for on a day? Shared by agreements and projects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.aid import ProjectState
from agreements.choices import AgreementState, ItemSource
from agreements.models import DossierItem
from intlcoop.workflow.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """One item of the dossier of one file, and whether it is there."""

    item: DossierItem
    is_there: bool

    @property
    def is_missing(self) -> bool:
        return self.item.is_mandatory and not self.is_there


def dossier_of(
    kind: str, values: Mapping[str, str], file_kinds: Collection[str], row: Any, on: dt.date
) -> list[ItemState]:
    """The items for a file with these facts, by the rows of this day. `row` has the fields, `file_kinds` what is attached."""
    items = DossierItem.objects.on(on).filter(kind=kind).select_related("instrument")
    return [
        ItemState(item=item, is_there=_is_there(item, file_kinds, row)) for item in items if item.fits(dict(values))
    ]


def rule_day(case: Case) -> dt.date:
    """By the rules of which day the dossier is looked at: of the submission; of today while it is (again) a draft."""
    with_filer = case.state in (AgreementState.PROPOSED, ProjectState.MOBILISING, AgreementState.RETURNED)
    if with_filer or case.submitted_at is None:
        return timezone.localdate()
    return timezone.localdate(case.submitted_at)


def attached_kinds(case: Case) -> set[str]:
    """The kinds of the files that lie with the case now."""
    return set(case.attachments.current().values_list("kind", flat=True))


def _is_there(item: DossierItem, file_kinds: Collection[str], row: Any) -> bool:
    if item.source == ItemSource.FILE:
        return item.key in file_kinds
    value = getattr(row, item.key, "")
    return bool(value.strip() if isinstance(value, str) else value)


def lacking(states: Iterable[ItemState]) -> list[str]:
    """One sentence for each legal basis, with all that is missing by it."""
    missing: dict[str, list[str]] = {}
    for state in states:
        if state.is_missing:
            missing.setdefault(str(state.item.citation), []).append(str(state.item))
    return [
        _("The dossier lacks: %(item)s (%(basis)s).") % {"item": "; ".join(items), "basis": basis}
        for basis, items in missing.items()
    ]
