"""Loading the demo once: the ministry, its sample trips, and only those notices that still ask for something."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from intlcoop.jobs.models import Job
from intlcoop.jobs.services import cancel_job
from intlcoop.notifications.models import Notice
from intlcoop.operations.demo import ministry, trips, ubdt_2022
from intlcoop.people.models import User
from intlcoop.workflow.models import Case, Step


class AlreadyLoaded(Exception):  # noqa: N818  says what is
    """There are files already; the demo never mixes with them."""


@transaction.atomic
def load_demo() -> int:
    """The demo ministry with its trips; returns how many trips were made, 0 when the demo is there already."""
    people = ministry.build()
    if Case.objects.exists():
        return 0
    made = trips.build(people)
    _quieten()
    return made


@transaction.atomic
def load_case_2022(*, password: str | None) -> int:
    """The case of article 001. Raises AlreadyLoaded when any file exists."""
    if Case.objects.exists():
        raise AlreadyLoaded
    made = ubdt_2022.build()
    for person in User.objects.filter(is_demo=True) if password else ():
        person.set_password(password)
        person.save()
    _quieten()
    return made


def _quieten() -> None:
    """What was asked for in the past has been answered: its notices are read and its mails are not sent."""
    waiting = {f"step-{pk}-open" for pk in Step.objects.open().values_list("pk", flat=True)}
    settled = Notice.objects.exclude(event_key__in=waiting).exclude(event_key__startswith="report-due-")
    keys = {f"mail:{pk}" for pk in settled.values_list("pk", flat=True)}
    settled.update(read_at=timezone.now())
    for job in Job.objects.filter(kind="mail", state="queued", idempotency_key__in=keys):
        cancel_job(job, actor=None)
