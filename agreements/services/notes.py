"""Notes on partners: written once, taken back by their author or the department, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import NoteAudience
from agreements.models import Partner, PartnerNote
from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow.refusals import NotAllowed
from intlcoop.workflow.rows import clean

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def add_note(
    partner: Partner, text: str, *, actor: User, audience: str = NoteAudience.EVERYBODY, is_sample: bool = False
) -> PartnerNote:
    """Raises NotAllowed, Refused (nothing written, unknown audience)."""
    if not rules.has_perm("agreements.add_note", actor):
        raise NotAllowed(_("You may not write notes on partners."))
    note = PartnerNote(partner=partner, text=nfc(text.strip()), audience=audience, author=actor, is_sample=is_sample)
    clean(note)
    note.save()
    return note


@transaction.atomic
def withdraw_note(note: PartnerNote, *, actor: User) -> None:
    """Take a note back; its row stays for the history. Raises NotAllowed."""
    locked = PartnerNote.objects.select_for_update().get(pk=note.pk)
    if not rules.has_perm("agreements.withdraw_note", actor, locked):
        raise NotAllowed(_("Only its author and the department of cooperation take a note back."))
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
