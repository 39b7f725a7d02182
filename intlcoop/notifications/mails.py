"""The job that sends one mail about one notice."""

from __future__ import annotations

import hashlib
import smtplib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.jobs.context import JobContext
from intlcoop.jobs.errors import JobFailed
from intlcoop.jobs.models import Job
from intlcoop.jobs.registry import JobKind
from intlcoop.notifications.models import Notice
from intlcoop.notifications.services import MAIL
from intlcoop.web.navigation import ministry_name


def message_id(notice: Notice) -> str:
    """The same for every attempt, so that a mail that was sent twice is recognised as one (I8)."""
    name = hashlib.sha256(f"{notice.event_key}\n{notice.recipient_id}".encode()).hexdigest()[:32]
    return f"<{name}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>"


def compose(notice: Notice) -> EmailMessage:
    """The mail about this notice, in its reader's language. Plain text: nothing is loaded, nothing is decided by a link."""
    with translation.override(notice.recipient.language or settings.LANGUAGE_CODE):
        text = render_to_string(
            "notifications/mail.txt",
            {"notice": notice, "link": f"{settings.PUBLIC_URL.rstrip('/')}{notice.url}", "ministry": ministry_name()},
        )
    return EmailMessage(
        subject=notice.subject,
        body=text,
        to=[notice.recipient.email],
        headers={
            "Message-ID": message_id(notice),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def send_mail(context: JobContext) -> dict[str, Any]:
    """Send it. Nothing is sent to somebody who left meanwhile. Raises JobFailed with the reason for the administrator."""
    notice = Notice.objects.select_related("recipient").filter(pk=context.params["notice"]).first()
    if notice is None or not notice.recipient.is_active or not notice.recipient.email:
        return {"sent": False}
    try:
        compose(notice).send()
    except (OSError, smtplib.SMTPException) as error:
        raise JobFailed(failure_sentence(error)) from error
    return {"sent": True, "message_id": message_id(notice)}


def failure_sentence(error: OSError | smtplib.SMTPException) -> str:
    """Why the mail did not leave, in Vietnamese, with what the mail server said."""
    with translation.override(settings.LANGUAGE_CODE):
        match error:
            case smtplib.SMTPRecipientsRefused():
                return gettext("The mail server refuses the recipient's address.")
            case smtplib.SMTPAuthenticationError():
                return gettext("The mail server refuses the portal's user name or password.")
            case smtplib.SMTPResponseException():
                return gettext("The mail server refused the mail with code %(code)s.") % {"code": error.smtp_code}
            case TimeoutError():
                return gettext("The mail server did not answer in time.")
        return gettext("The mail server cannot be reached.")


def describe(job: Job) -> str:
    """For the list of failures: to whom and about what."""
    notice = Notice.objects.select_related("recipient").filter(pk=job.params.get("notice")).first()
    return f"{notice.recipient} · {notice.subject}" if notice else ""


KIND = JobKind(code=MAIL, label=_("E-mail"), run=send_mail, retry_after=(60, 600), describe=describe)
