"""Writing down commitments. None of these changes a state: that is `fire()`'s."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Commitment
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow import engine, notices
from intlcoop.workflow.models import CaseComment
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import write
from intlcoop.workflow.services import mark_submitted, open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User


def may_write_for(actor: User, unit: OrgUnit) -> bool:
    """For one's own unit; the department and the leaders write down what any unit has to carry out."""
    principal = principal_of(actor)
    return principal.is_icd or principal.is_leadership or unit.pk in principal.own_unit_ids


@transaction.atomic
def create_commitment(
    title: str, unit: OrgUnit, *, actor: User, fields: Mapping[str, Any], is_sample: bool = False
) -> Commitment:
    """A new commitment of this unit. Raises NotAllowed, Refused (no source, verifier and owner the same person)."""
    if not rules.has_perm("agreements.add_commitment", actor) or not may_write_for(actor, unit):
        raise NotAllowed(_("You may not write down commitments for this unit."))
    case = open_case("commitment", title=title, unit=unit, actor=actor, is_sample=is_sample)
    mark_submitted(case)
    commitment = Commitment(case=case)
    write(commitment, fields)
    record_content(case, actor=actor)
    _tell_people(commitment, actor, {})
    return commitment


@transaction.atomic
def update_commitment(
    commitment: Commitment,
    *,
    actor: User,
    title: str,
    fields: Mapping[str, Any],
    due_reason: str = "",
    expected_version: int | None = None,
) -> Commitment:
    """Change an open commitment. A later due day needs a reason, which stays with the file.

    Raises NotAllowed, Conflict (somebody else saved meanwhile), Refused.
    """
    locked = engine.lock(commitment.case, expected_version=expected_version)
    if not rules.has_perm("agreements.change_commitment", actor, locked):
        raise NotAllowed(_("This commitment can no longer be changed here."))
    kept = Commitment.objects.select_related("case").get(pk=commitment.pk)
    kept.case = locked
    before = {name: getattr(kept, name) for name in ("owner_id", "verifier_id")}
    _keep_due_reason(kept, fields.get("due_on", kept.due_on), due_reason, actor)
    write(kept, fields)
    record_content(locked, actor=actor, title=title)
    _tell_people(kept, actor, before)
    return kept


def _keep_due_reason(commitment: Commitment, due_on: dt.date | None, reason: str, actor: User) -> None:
    old = commitment.due_on
    if old is None or (due_on is not None and due_on <= old):
        return
    if not reason.strip():
        raise Refused(_("Say why the day is put off."))
    new = table_date(due_on) if due_on else _("no day")
    text = _("Due day changed from %(old)s to %(new)s. Reason: %(reason)s")
    values = {"old": table_date(old), "new": new, "reason": reason.strip()}
    CaseComment.objects.create(case=commitment.case, author=actor, text=text % values)


def _tell_people(commitment: Commitment, actor: User, before: Mapping[str, Any]) -> None:
    """Whoever is newly named learns what is expected of them."""
    case = commitment.case
    words = {
        "owner": (
            _("You see to this commitment. Report it as carried out, with the evidence, when it is done."),
            "owner",
        ),
        "verifier": (_("You verify this commitment once it is reported as carried out."), "verifier"),
    }
    for name, (text, role) in words.items():
        person = getattr(commitment, name)
        if person is None or person == actor or before.get(f"{name}_id") == person.pk:
            continue
        key = f"commitment-{case.pk}-{role}-{person.pk}-{case.version}"
        notices.tell(case, [person], event_key=key, ending=_("commitment"), text=text)
