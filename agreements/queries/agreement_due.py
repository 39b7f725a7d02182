"""Whom does a morning remind of what an agreement asks for: its end or review, and what is owed after a signing (digest)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.choices import TermKind
from agreements.models import AgreementDuty, InternationalAgreement
from agreements.queries.people import keepers_of
from agreements.queries.standing import notice_days
from intlcoop.notifications.digest import Reminder
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.reminding import Terms, left_words


def term_notices(day: dt.date) -> Iterator[Reminder]:
    """Each threshold once, to whoever looks after the agreement; a threshold that was passed over is not made up for."""
    thresholds = notice_days(day)
    if not thresholds:
        return
    last = day + dt.timedelta(days=thresholds[0])
    rows = InternationalAgreement.objects.living().select_related("case__unit", "case__created_by")
    for agreement in rows.filter(expires_on__range=(day, last)).order_by("expires_on", "pk"):
        assert agreement.expires_on is not None
        left = (agreement.expires_on - day).days
        reached = min(each for each in thresholds if left <= each)
        key = f"agreement-{agreement.pk}-{agreement.expires_on}-{reached}"
        yield from _told(agreement, key, "today" if left == 0 else "soon", partial(_term_words, agreement, left))
    for agreement in rows.filter(term_kind=TermKind.OPEN_ENDED, review_on__lte=day).order_by("review_on", "pk"):
        key = f"agreement-{agreement.pk}-review-{agreement.review_on}"
        yield from _told(agreement, key, "today", partial(_review_words, agreement))


def owed_duties(day: dt.date) -> Iterator[Reminder]:
    """Before a duty's last day, on it, and when it is overdue: to the filer, the unit's head and the ICD."""
    terms, days = Terms.on(day), calendar()
    rows = AgreementDuty.objects.owed().filter(due_on__isnull=False).select_related("case__unit", "case__created_by")
    for duty in rows.order_by("due_on", "pk"):
        assert duty.due_on is not None
        left = working_days_between(day, duty.due_on, days)
        if level := terms.level(left):
            for person in keepers_of(duty.case):
                yield Reminder(
                    person=person,
                    key=f"duty-{duty.pk}-{level}",
                    section=level,
                    text=partial(_duty_words, duty, left),
                    url=reverse("workflow:file", args=[duty.case.number]),
                )


def _told(agreement: InternationalAgreement, key: str, section: str, text: partial[str]) -> Iterator[Reminder]:
    for person in keepers_of(agreement.case):
        yield Reminder(person=person, key=key, section=section, text=text, url=agreement.get_absolute_url())


def _term_words(agreement: InternationalAgreement, left: int) -> str:
    assert agreement.expires_on is not None
    values = {
        "number": shown(agreement.case.number),
        "title": agreement.case.title,
        "day": table_date(agreement.expires_on),
        "days": left,
    }
    if agreement.term_kind == TermKind.AUTO_RENEWED:
        if left == 0:
            return _("%(number)s “%(title)s”: renews itself today") % values
        words = ngettext(
            "%(number)s “%(title)s”: renews itself after %(day)s, in %(days)s day",
            "%(number)s “%(title)s”: renews itself after %(day)s, in %(days)s days",
            left,
        )
        return words % values
    if left == 0:
        return _("%(number)s “%(title)s”: expires today") % values
    words = ngettext(
        "%(number)s “%(title)s”: expires on %(day)s, in %(days)s day",
        "%(number)s “%(title)s”: expires on %(day)s, in %(days)s days",
        left,
    )
    return words % values


def _review_words(agreement: InternationalAgreement) -> str:
    assert agreement.review_on is not None
    return _("%(number)s “%(title)s”: to be reviewed since %(day)s") % {
        "number": shown(agreement.case.number),
        "title": agreement.case.title,
        "day": table_date(agreement.review_on),
    }


def _duty_words(duty: AgreementDuty, left: int) -> str:
    assert duty.due_on is not None
    return _("%(number)s: %(what)s by %(day)s, %(left)s") % {
        "number": shown(duty.case.number),
        "what": duty.name,
        "day": table_date(duty.due_on),
        "left": left_words(left),
    }
