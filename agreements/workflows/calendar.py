"""What the calendar does to agreements: they come into force, renew themselves, end; changes take effect on their day."""

from __future__ import annotations

import datetime as dt
import logging
from calendar import monthrange
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from agreements import services
from agreements.choices import AgreementState as S
from agreements.choices import AmendmentState, TermKind
from agreements.guards.amendment import refused_act
from agreements.models import AgreementAmendment, InternationalAgreement
from agreements.workflows.agreement import AGREEMENT
from agreements.workflows.amendment import AMENDMENT
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import Refused

log = logging.getLogger(__name__)


def move_with_the_calendar(today: dt.date) -> int:
    """Move what is due by now; returns how much moved. Safe to run twice, and a day that was left out is made up for."""
    rows = InternationalAgreement.objects.select_related("case")
    begun = rows.filter(case__state=S.SIGNED, effective_on__lte=today)
    over = rows.filter(expires_on__lt=today)
    ended = over.filter(case__state__in=(S.SIGNED, S.IN_FORCE, S.SUSPENDED), term_kind__in=(TermKind.FIXED, ""))
    moved = _move_all(begun, "enter_force") + _move_all(ended, "expire")
    again = over.filter(case__state=S.IN_FORCE, term_kind=TermKind.AUTO_RENEWED, renewal_months__gt=0)
    moved += _each(again, lambda agreement: renew_itself(agreement, today))
    return moved + _each(changes_due(today).select_related("case"), take_effect)


def _each(rows: Iterable[Any], act: Callable[[Any], int]) -> int:
    """One that is refused does not hold up the others; why it is stands in the log, and it is tried again tomorrow."""
    moved = 0
    for row in rows:
        try:
            moved += act(row)
        except Refused as refusal:
            log.warning("%s is not moved by the calendar: %s", row, refusal)
    return moved


def changes_due(today: dt.date) -> QuerySet[AgreementAmendment]:
    """Changes that were recorded and whose day has come."""
    return AgreementAmendment.objects.filter(case__state=AmendmentState.SETTLED, effective_on__lte=today)


@transaction.atomic
def take_effect(change: AgreementAmendment) -> int:
    """A change whose agreement ended meanwhile stays where it is: its file says so to whoever looks after it."""
    case = engine.lock(change.case)
    if case.state != AmendmentState.SETTLED or refused_act(_state_of(change), change.act):
        return 0
    engine.apply(case, AMENDMENT["take_effect"], actor=None)
    return 1


def _state_of(change: AgreementAmendment) -> str:
    return InternationalAgreement.objects.values_list("case__state", flat=True).get(pk=change.agreement_id)


def _move_all(rows: QuerySet[InternationalAgreement], name: str) -> int:
    return _each(rows, lambda agreement: engine.move_by_itself(agreement.case, AGREEMENT[name]))


@transaction.atomic
def renew_itself(agreement: InternationalAgreement, today: dt.date) -> int:
    """Carry its term on until it reaches past today, with one line of history that says from when to when."""
    case = engine.lock(agreement.case)
    agreement = InternationalAgreement.objects.get(pk=agreement.pk)
    agreement.case = case
    before, months = agreement.expires_on, agreement.renewal_months
    if case.state != S.IN_FORCE or before is None or before >= today or not months:
        return 0
    times = 1
    while add_months(before, months * times) < today:
        times += 1
    after = add_months(before, months * times)
    services.set_term(agreement, expires_on=after)
    comment = gettext("Its term ended on %(before)s and was renewed by itself until %(after)s.")
    words = {"before": table_date(before), "after": table_date(after)}
    engine.apply(case, AGREEMENT["renew_itself"], actor=None, comment=comment % words)
    return 1


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
