"""Writing in the register of other work. None of these changes a state: that is `fire()`'s."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import DealingKind
from agreements.services import record_dealing, withdraw_dealings
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow import engine, notices
from intlcoop.workflow.recording import Upload, keep_scan
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import Rows, sync_rows, write
from intlcoop.workflow.services import mark_submitted, open_case, record_content
from reports.choices import WorkKind
from reports.guards import attendance_problems
from reports.models import WorkAttendance, WorkItem
from reports.queries.work_kinds import LINES_OF, spec_of

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

WORK = "work"
#: What people search an item by, besides its title and its people.
SEARCHED = ("body", "request_number", "reply_number", "chair", "period", "place")


def may_enter_for(actor: User, unit: OrgUnit) -> bool:
    """For one's own unit; the department also for others."""
    principal = principal_of(actor)
    return principal.is_icd or unit.pk in principal.own_unit_ids


@transaction.atomic
def create_work(
    kind: str,
    title: str,
    unit: OrgUnit,
    *,
    actor: User,
    fields: Mapping[str, Any],
    upload: Upload | None = None,
    upload_kind: str = "",
    is_sample: bool = False,
) -> WorkItem:
    """A new item of this kind; what the kind does not ask is dropped. A report or comment stays with its unit until it is
    submitted, all else is known from the first day.

    Raises NotAllowed, Refused.
    """
    if not rules.has_perm("reports.add_work", actor) or not may_enter_for(actor, unit):
        raise NotAllowed(_("You may not enter work for this unit."))
    case = open_case(WORK, title=title, unit=unit, actor=actor, is_sample=is_sample)
    if kind not in WorkKind.APPROVED_FIRST:
        mark_submitted(case)
    item = WorkItem(case=case, kind=WorkKind(kind))
    _take_over(item, fields)
    if upload is not None:
        keep_scan(case, upload, upload_kind or "other", actor=actor)
    record_content(case, actor=actor)
    _tell_owner(item, actor, before=None)
    return item


@transaction.atomic
def update_work(
    item: WorkItem,
    *,
    actor: User,
    fields: Mapping[str, Any],
    title: str | None = None,
    upload: Upload | None = None,
    upload_kind: str = "",
    expected_version: int | None = None,
) -> WorkItem:
    """Change what the item says, and hand in a file with it. Raises NotAllowed, Conflict, Refused."""
    kept = _locked(item, actor, expected_version)
    before = kept.owner_id
    _take_over(kept, fields)
    if upload is not None:
        keep_scan(kept.case, upload, upload_kind or "other", actor=actor)
    record_content(kept.case, actor=actor, title=title)
    _tell_owner(kept, actor, before=before)
    return kept


@transaction.atomic
def save_lines(item: WorkItem, name: str, rows: Rows, *, actor: User, expected_version: int | None = None) -> WorkItem:
    """The opinions, conclusions or attendances of an item. Raises NotAllowed, Conflict, Refused."""
    kept = _locked(item, actor, expected_version)
    if name not in LINES_OF.get(WorkKind(kept.kind), ()):
        raise Refused(_("This kind of work has no such lines."))
    if name == "attendances" and (problems := attendance_problems(rows)):
        raise Refused(problems)
    sync_rows(getattr(kept, name), "item", kept, rows)
    engine.bump(kept.case)
    return kept


@transaction.atomic
def record_attendance(
    item: WorkItem,
    row: WorkAttendance | None,
    *,
    actor: User,
    fields: Mapping[str, Any],
    expected_version: int | None = None,
) -> WorkAttendance:
    """One meeting of a series, new or corrected. Raises NotAllowed, Conflict, Refused."""
    kept = _locked(item, actor, expected_version)
    rows = kept.attendances.exclude(pk=row.pk) if row else kept.attendances.all()
    if problems := attendance_problems([*rows.values("on", "status"), fields]):
        raise Refused(problems)
    written = row or WorkAttendance(item=kept)
    write(written, fields)
    engine.bump(kept.case)
    return written


@transaction.atomic
def remove_attendance(item: WorkItem, row: WorkAttendance, *, actor: User) -> None:
    """Take out a line that was written down by mistake. Raises NotAllowed."""
    kept = _locked(item, actor, None)
    row.delete()
    engine.bump(kept.case)


def _locked(item: WorkItem, actor: User, expected_version: int | None) -> WorkItem:
    locked = engine.lock(item.case, expected_version=expected_version)
    if not rules.has_perm("reports.edit_work", actor, locked):
        raise NotAllowed(_("This file can no longer be changed here."))
    kept = WorkItem.objects.select_related("owner", "partner").get(pk=item.pk)
    kept.case = locked
    return kept


def _take_over(item: WorkItem, fields: Mapping[str, Any]) -> None:
    known = {name: value for name, value in fields.items() if name in spec_of(item.kind).fields}
    if (until := known.get("attended_until")) and until > timezone.localdate():
        raise Refused(_("Meetings that are still to come were not attended yet."))
    words = [str(known.get(name, getattr(item, name)) or "") for name in SEARCHED]
    write(item, known | {"search_text": fold(" ".join(words))})


def _tell_owner(item: WorkItem, actor: User, *, before: int | None) -> None:
    """Whoever is newly named learns what is expected of them."""
    person, case = item.owner, item.case
    if person is None or person == actor or person.pk == before:
        return
    key = f"work-{case.pk}-owner-{person.pk}-{case.version}"
    text = _("You see to this work. Record here what came of it.")
    notices.tell(case, [person], event_key=key, ending=str(item.get_kind_display()), text=text)


def note_exchange(case: Case) -> None:
    """Documents that were handed over, or a course that was held, wake the partner."""
    item = WorkItem.objects.select_related("partner").get(case=case)
    day = item.request_on if item.kind == WorkKind.DOCUMENTS else item.starts_on
    if item.partner is None or day is None:
        return
    kind = DealingKind.EXCHANGE if item.kind == WorkKind.DOCUMENTS else DealingKind.MEETING
    record_dealing(
        item.partner, on=day, kind=kind, title=case.title, unit=case.unit, case=case, is_sample=case.is_sample
    )


def forget_exchange(case: Case) -> None:
    withdraw_dealings(case)
