"""Telling people of an event: a notice on the portal and a mail, each once per person and event."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.encoding import force_str
from django.utils.functional import Promise

from intlcoop.jobs.services import enqueue
from intlcoop.notifications.models import Notice
from intlcoop.people.models import User

MAIL = "mail"
EVENT_KEY_LENGTH = 200


@transaction.atomic
def notify(
    recipients: Iterable[User],
    *,
    event_key: str,
    subject: str | Promise,
    body: str | Promise = "",
    url: str,
) -> list[Notice]:
    """Tell these people; return the notices that are new.

    Safe to repeat: the same person is told of the same event once. Somebody whose account is closed is not told, somebody
    without a mail address finds the notice on the portal only. Lazy texts are written in each reader's language. `url` is
    a path of the portal. Texts must not hold costs: a mail leaves the house (that is for the caller to see to).
    Raises ValueError for a foreign address or an event key that is too long.
    """
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"A notice leads to a page of the portal, not to {url!r}.")
    if len(event_key) > EVENT_KEY_LENGTH:
        raise ValueError(f"The event key has more than {EVENT_KEY_LENGTH} characters: {event_key!r}.")
    new = []
    for person in {person.pk: person for person in recipients if person.is_active}.values():
        notice, created = Notice.objects.get_or_create(
            recipient=person, event_key=event_key, defaults=_texts_for(person, subject, body) | {"url": url}
        )
        if created:
            new.append(notice)
            if person.email:
                enqueue(MAIL, {"notice": notice.pk}, idempotency_key=mail_key(notice.pk))
    return new


def mail_key(notice_id: int) -> str:
    """The idempotency key of the one mail about this notice."""
    return f"{MAIL}:{notice_id}"


def _texts_for(person: User, subject: str | Promise, body: str | Promise) -> dict[str, str]:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        # One line: it becomes a header of the mail.
        line = " ".join(force_str(subject).split())
        return {"subject": line if len(line) <= 300 else f"{line[:299]}…", "body": force_str(body).strip()}


def mark_read(notice: Notice, *, actor: User) -> Notice:
    """Note that the recipient has read it; a second time changes nothing."""
    Notice.objects.visible_to(actor).unread().filter(pk=notice.pk).update(read_at=timezone.now())
    return notice


def mark_all_read(*, actor: User) -> int:
    """Note that this person has read everything; the number of notices that were still unread."""
    return Notice.objects.visible_to(actor).unread().update(read_at=timezone.now())
