"""What the board of invitations says: until when, for whom, who signed up, and who is still to be told (U002-04)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import rules
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.choices import SessionFormat
from agreements.guidance import SignUpAnswer
from agreements.models import InvitationSignUp, OpenInvitation
from intlcoop.catalogues.searching import search_text
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, OrgUnit, User
from intlcoop.people.principals import principal_of
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import parameters
from intlcoop.web.display import Badge, Tone
from intlcoop.web.search import Hit

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

ANSWER_TONES = {
    SignUpAnswer.WAITING: Tone.WAITING,
    SignUpAnswer.CHOSEN: Tone.DONE,
    SignUpAnswer.NOT_CHOSEN: Tone.QUIET,
}


def for_list(rows: Any) -> Any:
    """With the number of units that signed up."""
    standing = Count("sign_ups", filter=Q(sign_ups__withdrawn_at__isnull=True))
    return rows.select_related("partner", "country").annotate(units_signed_up=standing)


def badge(invitation: OpenInvitation, today: dt.date) -> Badge:
    if invitation.withdrawn_at is not None:
        return Badge(_("Taken down"), Tone.QUIET)
    if invitation.sign_up_by >= today:
        return Badge(_("Open for sign-up"), Tone.DONE)
    return Badge(_("Sign-up is over") if invitation.ends_on >= today else _("Took place"), Tone.QUIET)


def answer_badge(sign_up: InvitationSignUp) -> Badge:
    answer = SignUpAnswer(sign_up.answer)
    return Badge(str(answer.label), ANSWER_TONES[answer])


def sign_ups_of(invitation: OpenInvitation, user: User) -> list[InvitationSignUp]:
    """Those that stand: of the own units, and all of them for whoever looks after the board."""
    rows = invitation.sign_ups.filter(withdrawn_at__isnull=True).select_related("unit", "by", "trip")
    if not rules.has_perm("agreements.see_sign_ups", user):
        rows = rows.filter(unit__in=principal_of(user).own_unit_ids)
    return list(rows)


def own_sign_up(invitation: OpenInvitation, user: User) -> InvitationSignUp | None:
    return invitation.sign_ups.filter(withdrawn_at__isnull=True, unit__in=principal_of(user).own_unit_ids).first()


def units_that_may(invitation: OpenInvitation, user: User, on: dt.date) -> QuerySet[OrgUnit]:
    """The units of this person that are invited and have not signed up yet."""
    mine = OrgUnit.objects.on(on).filter(pk__in=principal_of(user).own_unit_ids)
    named = invitation.units.values_list("pk", flat=True)
    if asked := list(named):
        mine = mine.filter(pk__in=OrgUnit.objects.lineage_ids(asked, on) | set(asked))
    taken = invitation.sign_ups.filter(withdrawn_at__isnull=True).values("unit")
    return mine.exclude(pk__in=taken).order_by("position", "sort_key")


def places_taken(invitation: OpenInvitation) -> int:
    rows = invitation.sign_ups.filter(withdrawn_at__isnull=True, answer=SignUpAnswer.CHOSEN)
    return sum(rows.values_list("persons", flat=True))


def words_of(invitation: OpenInvitation) -> str:
    texts = (invitation.title, invitation.host, invitation.place, str(invitation.country or ""), invitation.letter)
    return search_text(*texts)


def find_invitations(user: User, text: str, limit: int) -> list[Hit]:
    rows = OpenInvitation.objects.visible_to(user).standing().search(text).select_related("partner")
    return [
        Hit(number="", title=row.title, url=row.get_absolute_url(), note=row.host)
        for row in rows.order_by("-sign_up_by", "pk")[:limit]
    ]


def passing_on(units: Any, on: dt.date) -> QuerySet[User]:
    """Heads and focal points of these units, or of all, on a day."""
    in_charge = Q(role__in=[Role.HEAD, Role.FOCAL]) | Q(role=Role.DEPUTY_HEAD, acting=True)
    held = Appointment.objects.on(on).filter(in_charge)
    if units is not None:
        held = held.filter(unit__in=units)
    return User.objects.filter(pk__in=held.values("person"), is_active=True)


def still_to_be_told(units: list[int] | None, signed: set[int], on: dt.date) -> list[User]:
    """Heads and focal points of the units that are invited, without those of units that have signed up."""
    left = OrgUnit.objects.on(on).exclude(pk__in=signed)
    if units is not None:
        left = left.filter(pk__in=units)
    return list(passing_on(left.values("pk"), on).order_by("pk"))


def closing_on(day: dt.date) -> QuerySet[OpenInvitation]:
    """Those whose sign-up ends within the days of `invitation.remind_before_days`; none while that rule is switched off."""
    key = ParameterKey.INVITATION_REMIND
    row = parameters([key], day).get(key)
    if row is None:
        return OpenInvitation.objects.none()
    last = day + dt.timedelta(days=int(row.value))
    signed = InvitationSignUp.objects.filter(withdrawn_at__isnull=True)
    rows = OpenInvitation.objects.open_on(day).filter(sign_up_by__lte=last)
    return rows.prefetch_related("units", Prefetch("sign_ups", queryset=signed))


def trip_url(invitation: OpenInvitation, user: User) -> str:
    """Where a trip is filed that begins with what the invitation says; "" when nobody travels or this person files none."""
    if invitation.format == SessionFormat.ONLINE:
        return ""
    if invitation.withdrawn_at is not None or not rules.has_perm("agreements.sign_up", user, invitation):
        return ""
    return f"{reverse('delegations:new')}?thu_moi={invitation.pk}"


def invitation_of(case: Case) -> OpenInvitation | None:
    """The invitation from which a trip was filed."""
    signed = InvitationSignUp.objects.filter(trip=case, invitation=OuterRef("pk"))
    return OpenInvitation.objects.filter(Exists(signed)).first()
