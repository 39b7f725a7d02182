"""I8 for `audit_invariants`: one notice per event and person, and at most one mail about it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.db.models.fields.json import KT

from intlcoop.jobs.models import Job
from intlcoop.jobs.registry import Finding
from intlcoop.notifications.models import Notice
from intlcoop.notifications.services import MAIL


def told_once() -> Iterator[Finding]:
    twice = Notice.objects.order_by().values("recipient", "event_key").annotate(n=Count("pk")).filter(n__gt=1).count()
    yield Finding("I8", not twice, f"{twice} events were told twice" if twice else "one notice per event and person")
    mails = Job.objects.filter(kind=MAIL).order_by().values(notice=KT("params__notice")).annotate(n=Count("pk"))
    doubled = mails.filter(n__gt=1).count()
    yield Finding("I8", not doubled, f"{doubled} notices were mailed twice" if doubled else "one mail per notice")
