"""Writes on the two checklists of a trip or a visit, and on the tasks that they are made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import Particulars, PreparationState
from delegations.models import InboundDelegation, PreparationItem, PreparationTask
from delegations.queries.preparation import Prepared, ToPrepare
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.rows import clean, sentences

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: A letter or two and seven or eight figures: what a number of a passport looks like. None is kept here.
PASSPORT_NUMBER = re.compile(r"\b[A-Z]{1,2}\s?\d{7,8}\b")
KEPT = ("owner", "document_number", "document_date", "passport_kind", "passport_expires_on", "note", "reason")
#: What may be changed about a task from a day on.
CHANGEABLE = (
    "checklist", "position", "name_vi", "name_en", "prepared_for", "condition", "particulars", "anchor", "working_days",
    "parameter", "instrument", "citation", "needs_check", "raises_alarm",
)  # fmt: skip


@transaction.atomic
def save_preparation(
    trip: Prepared,
    line: ToPrepare,
    *,
    actor: User,
    state: str,
    done_on: dt.date | None = None,
    seen: str | None = None,
    **fields: Any,
) -> PreparationItem:
    """Write what became of a task: who does it, that it is done and how, or why it is not needed.

    `seen` is the stamp of what the person looked at. Raises NotAllowed, Conflict (somebody else wrote meanwhile), Refused.
    """
    trip.case = engine.lock(trip.case)
    _ask(trip, actor)
    of_file: dict[str, Any] = {"visit" if isinstance(trip, InboundDelegation) else "delegation": trip}
    item = PreparationItem.objects.filter(**of_file, code=line.task.code, subject=line.subject).first()
    if seen is not None and seen != stamp(item):
        raise Conflict(_("Somebody else wrote on this task in the meantime. Look at it as it is now."))
    item = item or PreparationItem(**of_file, code=line.task.code, subject=line.subject)
    # In the language of the record, whatever that of the page.
    item.name = f"{line.task.name_vi}: {line.subject_name}" if line.subject_name else line.task.name_vi
    for name in KEPT:
        if name in fields:
            setattr(item, name, fields[name])
    _move(item, line, state, done_on, actor)
    if reasons := _problems(item, line):
        raise Refused(reasons)
    clean(item)
    item.save()
    return item


def tick(trip: Prepared, line: ToPrepare, *, actor: User) -> PreparationItem:
    """Done today. Doing it twice changes nothing. Raises NotAllowed, Refused (it takes more than a tick)."""
    if line.state == PreparationState.DONE:
        _ask(trip, actor)
        return line.item
    return save_preparation(trip, line, actor=actor, state=PreparationState.DONE)


def stamp(item: PreparationItem | None) -> str:
    """What a person saw of a task, so that a later save can tell whether it still stands so."""
    if item is None or item.pk is None:
        return "-"
    return "|".join(str(getattr(item, name)) for name in ("state", "owner_id", "done_on", *KEPT[1:]))


def _ask(trip: Prepared, actor: User) -> None:
    if isinstance(trip, InboundDelegation):
        if not rules.has_perm("delegations.prepare_visit", actor, trip):
            raise NotAllowed(_("The filing unit and the department of cooperation keep the preparation of a visit."))
    elif not rules.has_perm("delegations.prepare_trip", actor, trip):
        raise NotAllowed(_("The filing unit and the department of cooperation keep the preparation of a trip."))


def _move(item: PreparationItem, line: ToPrepare, state: str, done_on: dt.date | None, actor: User) -> None:
    """The state with what belongs to it: who marked it done, and when; a reason only where it is not needed."""
    today = timezone.localdate()
    if state == PreparationState.DONE:
        if item.state != PreparationState.DONE or (done_on and done_on != item.done_on):
            item.done_on, item.done_by = done_on or today, actor
    else:
        item.done_on, item.done_by = None, None
    if state != PreparationState.NOT_NEEDED:
        item.reason = ""
    item.state = state


def _problems(item: PreparationItem, line: ToPrepare) -> list[str]:
    found = []
    done = item.state == PreparationState.DONE
    if done and item.done_on and item.done_on > timezone.localdate():
        found.append(_("The day on which it was done lies in the future."))
    if item.state == PreparationState.NOT_NEEDED and not item.reason.strip():
        found.append(_("Say why it is not needed."))
    if done and line.task.particulars == Particulars.DOCUMENT and not (item.document_number and item.document_date):
        found.append(_("Enter number and date of the document."))
    if done and line.task.particulars == Particulars.PASSPORT and not (item.passport_kind and item.passport_expires_on):
        found.append(_("Enter kind and last day of the passport."))
    if any(PASSPORT_NUMBER.search(text.upper()) for text in (item.note, item.reason)):
        found.append(_("This looks like the number of a passport. Leave it out: this portal keeps none."))
    return found


# --- the tasks themselves -------------------------------------------------------------------------------------------


@transaction.atomic
def change_task(
    task: PreparationTask, *, actor: User, valid_from: dt.date, reason: str, fields: Mapping[str, Any]
) -> PreparationTask:
    """Another wording of a task for trips that depart from this day on; the former one ends the day before.

    Raises NotAllowed, Refused (no reason, a day that is not after the first day of the former).
    """
    locked = _task(task, actor, reason)
    _ends(locked, valid_from - dt.timedelta(days=1))
    values = {name: getattr(locked, name) for name in CHANGEABLE} | dict(fields) | {"file_kind": locked.file_kind}
    new = PreparationTask(code=locked.code, valid_from=valid_from, reason=reason.strip(), **values)
    _save(locked)
    _save(new)
    return new


@transaction.atomic
def end_task(task: PreparationTask, *, actor: User, last_day: dt.date, reason: str) -> PreparationTask:
    """Ask this of no trip that departs after `last_day`. Raises NotAllowed, Refused."""
    locked = _task(task, actor, reason)
    _ends(locked, last_day)
    locked.reason = reason.strip()
    _save(locked)
    return locked


@transaction.atomic
def add_task(*, actor: User, code: str, valid_from: dt.date, reason: str, fields: Mapping[str, Any]) -> PreparationTask:
    """A new task for trips that depart from this day on. Raises NotAllowed, Refused (the code is taken)."""
    _ask_tasks(actor)
    if PreparationTask.objects.filter(code=code).exists():
        raise Refused(_("There is a task with this code already. Change that one, or choose another code."))
    new = PreparationTask(code=code, valid_from=valid_from, reason=reason.strip(), **fields)
    _save(new)
    return new


def _ask_tasks(actor: User) -> None:
    if not rules.has_perm("delegations.keep_preparation_tasks", actor):
        raise NotAllowed(_("Administrators and the head of the department of cooperation keep these tasks."))


def _task(task: PreparationTask, actor: User, reason: str) -> PreparationTask:
    _ask_tasks(actor)
    if not reason.strip():
        raise Refused(_("Say why."))
    return PreparationTask.objects.select_for_update().get(pk=task.pk)


def _ends(task: PreparationTask, last_day: dt.date) -> None:
    if task.valid_until is not None and last_day >= task.valid_until:
        raise Refused(
            _("This task already ends on %(day)s. Choose an earlier day.") % {"day": f"{task.valid_until:%d/%m/%Y}"}
        )
    if last_day < task.valid_from:
        raise Refused(_("The task holds from %(day)s on. Choose a later day.") % {"day": f"{task.valid_from:%d/%m/%Y}"})
    task.valid_until = last_day


def _save(task: PreparationTask) -> None:
    try:
        task.full_clean()
    except ValidationError as error:
        raise Refused(sentences(error)) from error
    task.save()
