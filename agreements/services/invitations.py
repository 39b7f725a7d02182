"""Putting invitations on the board, signing up, and answering those who did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.guidance import SignUpAnswer
from agreements.models import InvitationSignUp, OpenInvitation
from agreements.queries import invitations as queries
from agreements.queries import questions
from intlcoop.notifications.services import notify
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean, write_typed

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

MANY = ("fields", "units")


@transaction.atomic
def save_invitation(
    invitation: OpenInvitation | None, *, actor: User, fields: Mapping[str, Any], is_sample: bool = False
) -> OpenInvitation:
    """Put it up, or correct it. The units that it is open to are told once. Raises NotAllowed, Refused."""
    if invitation is not None:
        invitation = OpenInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not rules.has_perm("agreements.publish_invitation", actor, invitation):
        raise NotAllowed(
            _("The department of international cooperation puts up invitations; those taken down stay as they are.")
        )
    today = timezone.localdate()
    if invitation is None:
        home = questions.department(today)
        if home is None:
            raise Refused(_("There is no department of international cooperation today."))
        invitation = OpenInvitation(unit=home, author=actor, published_on=today, is_sample=is_sample)
    write_typed(invitation, fields, words_of=queries.words_of, many=MANY)
    _tell_units(invitation, actor)
    return invitation


def _tell_units(invitation: OpenInvitation, actor: User) -> None:
    today = timezone.localdate()
    if invitation.sign_up_by < today:
        return
    named = list(invitation.units.values_list("pk", flat=True))
    people = queries.passing_on(named or None, today).exclude(pk=actor.pk)
    lines = [invitation.title, _("Who invites: %(host)s") % {"host": invitation.host}]
    lines.append(_("Sign up until %(day)s.") % {"day": table_date(invitation.sign_up_by)})
    notify(
        list(people),
        event_key=f"invitation-{invitation.pk}",
        subject=_("Open invitation: %(title)s") % {"title": invitation.title},
        body="\n".join(lines),
        url=invitation.get_absolute_url(),
    )


@transaction.atomic
def take_down_invitation(invitation: OpenInvitation, *, actor: User, reason: str) -> OpenInvitation:
    """It no longer stands; those who signed up are told why. Raises NotAllowed, Refused."""
    kept = OpenInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not rules.has_perm("agreements.publish_invitation", actor, kept):
        raise NotAllowed(
            _("The department of international cooperation puts up invitations; those taken down stay as they are.")
        )
    if not reason.strip():
        raise Refused(_("Say why."))
    kept.withdrawn_at, kept.withdrawn_reason = timezone.now(), nfc(reason.strip())
    clean(kept)
    kept.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    people = {sign_up.by for sign_up in kept.sign_ups.filter(withdrawn_at__isnull=True).select_related("by")} - {actor}
    notify(
        people,
        event_key=f"invitation-{kept.pk}-down",
        subject=_("Invitation taken down: %(title)s") % {"title": kept.title},
        body=kept.withdrawn_reason,
        url=kept.get_absolute_url(),
    )
    return kept


@transaction.atomic
def sign_up(
    invitation: OpenInvitation, unit: OrgUnit, *, actor: User, persons: int = 1, names: str = "", reason: str = ""
) -> InvitationSignUp:
    """A unit wants to take part. Raises NotAllowed, Refused (too late, not invited, signed up already)."""
    kept = OpenInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not rules.has_perm("agreements.sign_up", actor, kept) or unit.pk not in principal_of(actor).own_unit_ids:
        raise NotAllowed(_("One signs up for the own unit."))
    today = timezone.localdate()
    if kept.sign_up_by < today:
        raise Refused(_("Sign-up ended on %(day)s.") % {"day": table_date(kept.sign_up_by)})
    if kept.sign_ups.filter(unit=unit, withdrawn_at__isnull=True).exists():
        raise Refused(_("Your unit has signed up already."))
    if not queries.units_that_may(kept, actor, today).filter(pk=unit.pk).exists():
        raise Refused(_("This invitation is not open to %(unit)s.") % {"unit": unit})
    if kept.seats is not None and persons > kept.seats:
        raise Refused(_("The invitation is for %(count)d persons at most.") % {"count": kept.seats})
    made = InvitationSignUp(
        invitation=kept, unit=unit, by=actor, persons=persons, names=nfc(names.strip()), reason=nfc(reason.strip())
    )
    clean(made)
    made.save()
    if kept.author != actor:
        notify(
            [kept.author],
            event_key=f"sign-up-{made.pk}",
            subject=_("%(unit)s signs up: %(title)s") % {"unit": unit, "title": kept.title},
            body=made.reason,
            url=kept.get_absolute_url(),
        )
    return made


@transaction.atomic
def withdraw_sign_up(signed: InvitationSignUp, *, actor: User) -> None:
    """Raises NotAllowed, Refused once a trip was filed from it."""
    kept = InvitationSignUp.objects.select_for_update().get(pk=signed.pk)
    mine = kept.unit_id in principal_of(actor).own_unit_ids
    if kept.withdrawn_at is not None or not mine or not rules.has_perm("agreements.sign_up", actor):
        raise NotAllowed(_("Only the unit that signed up takes it back."))
    if kept.trip_id is not None:
        raise Refused(_("A trip was filed from this invitation. Cancel the trip on its own page."))
    kept.withdrawn_at = timezone.now()
    kept.save(update_fields=["withdrawn_at"])


@transaction.atomic
def answer_sign_up(signed: InvitationSignUp, *, actor: User, answer: str, note: str = "") -> InvitationSignUp:
    """Say to a unit whether it takes part; no more persons than there are places. Raises NotAllowed, Refused."""
    invitation = OpenInvitation.objects.select_for_update().get(pk=signed.invitation_id)
    kept = InvitationSignUp.objects.select_for_update().get(pk=signed.pk)
    if kept.withdrawn_at is not None or not rules.has_perm("agreements.publish_invitation", actor, invitation):
        raise NotAllowed(_("The department of international cooperation answers those who signed up."))
    others = queries.places_taken(invitation) - (kept.persons if kept.answer == SignUpAnswer.CHOSEN else 0)
    if answer == SignUpAnswer.CHOSEN and invitation.seats is not None and others + kept.persons > invitation.seats:
        words = _("There are %(seats)d places and %(taken)d are taken. %(unit)s proposes %(persons)d persons.")
        values = {"seats": invitation.seats, "taken": others, "unit": kept.unit, "persons": kept.persons}
        raise Refused(words % values)
    kept.answer, kept.answer_note = answer, nfc(note.strip())
    clean(kept)
    kept.save(update_fields=["answer", "answer_note"])
    if kept.by != actor:
        notify(
            [kept.by],
            event_key=f"sign-up-{kept.pk}-{answer}",
            subject=f"{kept.get_answer_display()}: {invitation.title}",
            body=kept.answer_note,
            url=invitation.get_absolute_url(),
        )
    return kept


@transaction.atomic
def note_trip(invitation: OpenInvitation, case: Case, *, actor: User) -> InvitationSignUp | None:
    """A trip was filed from the invitation: it stands with the sign-up of its unit, which this makes if there is none yet."""
    standing = invitation.sign_ups.filter(unit=case.unit, withdrawn_at__isnull=True).first()
    if standing is None:
        try:
            standing = sign_up(invitation, case.unit, actor=actor)
        except (NotAllowed, Refused):
            return None
    standing.trip = case
    standing.save(update_fields=["trip"])
    return standing
