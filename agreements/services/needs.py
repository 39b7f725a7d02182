"""Writing down what units look for, and which partners are thought of. None of these changes a state: that is `fire()`'s."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import CooperationNeed, NeedMatch, Partner
from agreements.queries import needs as queries
from agreements.services.commitments import may_write_for
from intlcoop.people import offices
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow import engine, notices
from intlcoop.workflow.refusals import NotAllowed
from intlcoop.workflow.rows import clean, write_typed
from intlcoop.workflow.services import mark_submitted, open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User

MANY = ("fields", "countries")


@transaction.atomic
def create_need(
    title: str, unit: OrgUnit, *, actor: User, fields: Mapping[str, Any], is_sample: bool = False
) -> CooperationNeed:
    """For one's own unit; the department writes down what any unit told it. Raises NotAllowed, Refused."""
    if not rules.has_perm("agreements.add_need", actor) or not may_write_for(actor, unit):
        raise NotAllowed(_("You may not write down needs of this unit."))
    case = open_case("need", title=title, unit=unit, actor=actor, is_sample=is_sample)
    mark_submitted(case)
    need = CooperationNeed(case=case)
    write_typed(need, fields, words_of=queries.words_of, many=MANY)
    record_content(case, actor=actor)
    today = timezone.localdate()
    people = {holder.user for holder in offices.holders_of(offices.ICD_OFFICER, unit, today)} - {actor}
    text = _("A unit looks for a partner. Its page names those that may answer.")
    notices.tell(case, people, event_key=f"need-{case.pk}", ending=_("cooperation need"), text=text)
    return need


@transaction.atomic
def update_need(
    need: CooperationNeed, *, actor: User, title: str, fields: Mapping[str, Any], expected_version: int | None = None
) -> CooperationNeed:
    """Raises NotAllowed, Conflict, Refused."""
    locked = engine.lock(need.case, expected_version=expected_version)
    if not rules.has_perm("agreements.change_need", actor, locked):
        raise NotAllowed(_("This need can no longer be changed here."))
    kept = CooperationNeed.objects.get(case=locked)
    kept.case = locked
    locked.title = nfc(title)
    write_typed(kept, fields, words_of=queries.words_of, many=MANY)
    locked.refresh_from_db(fields=["title"])
    record_content(locked, actor=actor, title=title)
    return kept


@transaction.atomic
def name_partner(need: CooperationNeed, partner: Partner, *, actor: User, state: str, note: str = "") -> NeedMatch:
    """This partner is thought of for the need, or said something of it; one row per partner. Raises NotAllowed, Refused."""
    locked = engine.lock(need.case)
    if not rules.has_perm("agreements.name_partner", actor, locked):
        raise NotAllowed(_("Partners are named while the need is still to be met."))
    match = need.matches.filter(partner=partner).first() or NeedMatch(need=need, partner=partner)
    held = principal_of(actor).appointments
    match.state, match.note, match.by = state, nfc(note.strip()), actor
    match.unit_id = held[0].unit_id if held else None
    clean(match)
    match.save()
    engine.bump(locked)
    if locked.created_by != actor:
        text = f"{partner}: {match.get_state_display()}. {match.note}".strip()
        key = f"need-{locked.pk}-partner-{match.pk}-{locked.version}"
        notices.tell(locked, [locked.created_by], event_key=key, ending=_("partner for the need"), text=text)
    return match
