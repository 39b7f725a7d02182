"""Checking a register that was handed in, and taking it over: the same reading both times, all rows or none."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

import pghistory
import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.operations import registers
from intlcoop.operations.choices import ImportState
from intlcoop.operations.models import RegisterImport
from intlcoop.people.registers import ImportResult
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: A file that was only looked at is kept this long for the decision to take it over.
KEPT = dt.timedelta(days=2)
#: More rows than that take too long for a page; the command takes them.
MOST_ROWS = 2_000


@transaction.atomic
def check_register(kind: str, data: bytes, *, name: str, actor: User, **options: Any) -> RegisterImport:
    """Read a register without saving anything of it, and keep what the reading said.

    Raises NotAllowed, Refused (too many rows), TableUnreadable with a sentence.
    """
    _ask(kind, actor)
    forget_old()
    result = registers.run(kind, data, dry_run=True, actor=actor, source=name, **options)
    if len(result.rows) > MOST_ROWS:
        text = _("The file has %(rows)s rows; this page takes %(limit)s. Split it, or ask the administrator.")
        raise Refused(text % {"rows": len(result.rows), "limit": MOST_ROWS})
    return RegisterImport.objects.create(
        kind=kind,
        original_name=name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        content=data,
        rows=_rows(result),
        uploaded_by=actor,
        **{key: value for key, value in options.items() if value},
    )


@transaction.atomic
def take_over_register(handed_in: RegisterImport, *, actor: User) -> RegisterImport:
    """Save all rows. Raises NotAllowed, Conflict (done or put aside meanwhile), Refused (there are wrong rows)."""
    found = _locked(handed_in, actor)
    with pghistory.context(action=f"import_register {found.kind}"):
        data = bytes(found.content or b"")
        result = registers.run(found.kind, data, dry_run=False, actor=actor, **found.options)
    if not result.saved:
        raise Refused(_("Nothing was saved: rows are wrong. Mend the file and hand it in again."))
    found.rows = _rows(result)
    return _end(found, ImportState.SAVED, actor)


@transaction.atomic
def put_register_aside(handed_in: RegisterImport, *, actor: User) -> RegisterImport:
    """Forget the file without taking it over. Raises NotAllowed, Conflict."""
    return _end(_locked(handed_in, actor), ImportState.DISCARDED, actor)


def forget_old() -> int:
    """Files that nobody took over in time are put aside; returns how many."""
    old = RegisterImport.objects.filter(state=ImportState.CHECKED, uploaded_at__lt=timezone.now() - KEPT)
    return old.update(state=ImportState.DISCARDED, content=None, ended_at=timezone.now())


def _ask(kind: str, actor: User) -> None:
    register = registers.REGISTERS.get(kind)
    if register is None or not rules.has_perm(register.permission, actor):
        raise NotAllowed(_("You may not take over this register."))


def _locked(handed_in: RegisterImport, actor: User) -> RegisterImport:
    _ask(handed_in.kind, actor)
    found = RegisterImport.objects.select_for_update(of=("self",)).select_related("default_unit").get(pk=handed_in.pk)
    if found.state != ImportState.CHECKED:
        raise Conflict(_("This file was dealt with already: %(state)s.") % {"state": found.get_state_display()})
    return found


def _end(found: RegisterImport, state: str, actor: User) -> RegisterImport:
    found.state, found.content, found.ended_by, found.ended_at = state, None, actor, timezone.now()
    found.save()
    return found


def _rows(result: ImportResult) -> list[list[Any]]:
    return [[row.line, row.action, row.message] for row in result.rows]
