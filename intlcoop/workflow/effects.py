"""Guards and effects that the lifecycle of any kind of file may use: sending it on its way, stopping, telling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from intlcoop.people.offices import ICD_HEAD, ICD_OFFICER, holders_of
from intlcoop.workflow import notices, route_steps
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.models import Decision
from intlcoop.workflow.services import start_route

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange


def nobody_has_decided(case: Case) -> str | None:
    """Withdrawing ends with the first decision of the current submission (A12)."""
    decided = Decision.objects.filter(
        step__case=case, step__superseded_at__isnull=True, at__gte=case.submitted_at
    ).exclude(outcome__in=Outcome.AUTOMATIC)
    sentence = gettext("A step has been decided already, so the file can no longer be withdrawn.")
    return sentence if decided.exists() else None


def send_on_its_way(case: Case, change: StatusChange, actor: User | None) -> None:
    start_route(case, actor=actor)


def tell_icd(case: Case, change: StatusChange, actor: User | None) -> None:
    """The ICD is told of every submitted file of every unit (W002-08)."""
    day = change.at.astimezone().date()
    people = {holder.user for office in (ICD_OFFICER, ICD_HEAD) for holder in holders_of(office, case.unit, day)}
    people.discard(actor)
    text = gettext("A file was submitted by %(unit)s.") % {"unit": str(case.unit)}
    notices.tell(case, people, event_key=f"status-{change.pk}-icd", ending=gettext("submitted"), text=text)


def stop_route(case: Case, change: StatusChange, actor: User | None) -> None:
    route_steps.stop_all(case)


def tell_filer(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell_filer(case, change, change.comment)
