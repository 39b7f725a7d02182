"""Who is told when a rule is published? Heads and focal points of all units, each once (W002-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.notifications.services import notify
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, User
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.regulations.models import RuleChange


def tell_units(change: RuleChange, actor: User) -> None:
    """A notice and a mail to everybody who passes rules on in a unit, but not to who published it."""
    people = those_who_pass_on(actor)
    lines = [change.news or change.after]
    if change.effective_from:
        lines.append(gettext("In force from %(day)s.") % {"day": table_date(change.effective_from)})
    notify(
        people,
        event_key=f"rule:{change.pk}",
        subject=_("New rule: %(subject)s") % {"subject": change.subject},
        body="\n".join(line for line in lines if line),
        url=change.get_absolute_url(),
    )


def those_who_pass_on(actor: User) -> QuerySet[User]:
    """Heads and focal points of all units today, without the one who published."""
    in_charge = Q(role__in=[Role.HEAD, Role.FOCAL]) | Q(role=Role.DEPUTY_HEAD, acting=True)
    held = Appointment.objects.on(timezone.localdate()).filter(in_charge)
    return User.objects.filter(pk__in=held.values("person")).exclude(pk=actor.pk)
