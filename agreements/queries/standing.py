"""Where an agreement stands today beyond its state: expiring, overdue for review, owing something. Marks, not states."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.choices import AgreementState, TermKind
from agreements.models import InternationalAgreement
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import parameters
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Badge, Tone

TONES: dict[str, Tone] = {
    AgreementState.PROPOSED: Tone.QUIET,
    AgreementState.IN_APPROVAL: Tone.INFO,
    AgreementState.RETURNED: Tone.WAITING,
    AgreementState.CLEARED: Tone.WAITING,
    AgreementState.SIGNED: Tone.INFO,
    AgreementState.IN_FORCE: Tone.DONE,
    AgreementState.SUSPENDED: Tone.WAITING,
    AgreementState.REJECTED: Tone.LATE,
}


def notice_days(on: dt.date) -> list[int]:
    """How many days before the end people are told, the largest first; nothing when the rule is switched off."""
    found = parameters([ParameterKey.AGREEMENT_TERM_NOTICES], on).get(ParameterKey.AGREEMENT_TERM_NOTICES)
    values = found.value if found is not None and isinstance(found.value, list) else []
    return sorted({int(each) for each in values if isinstance(each, int)}, reverse=True)


def expiring_within(on: dt.date) -> int:
    """From so many days before its end an agreement counts as expiring; the first notice says so."""
    return max(notice_days(on), default=0)


def state_badge_of(agreement: InternationalAgreement) -> Badge:
    state = AgreementState(agreement.case.state)
    return Badge(state.label, TONES.get(state, Tone.QUIET))


def marks_of(agreement: InternationalAgreement, today: dt.date, within: int | None = None) -> list[Badge]:
    """What a reader should know of its term, calmly, beside its state."""
    if agreement.case.state not in AgreementState.LIVING:
        return []
    within = expiring_within(today) if within is None else within
    found = []
    if agreement.expires_on is not None:
        left = (agreement.expires_on - today).days
        if 0 <= left <= within:
            found.append(Badge(_left_words(agreement, left), Tone.WAITING))
    if agreement.term_kind == TermKind.OPEN_ENDED and agreement.review_on and agreement.review_on <= today:
        text = _("to be reviewed since %(day)s") % {"day": table_date(agreement.review_on)}
        found.append(Badge(text, Tone.WAITING))
    return found


def _left_words(agreement: InternationalAgreement, left: int) -> str:
    if agreement.term_kind == TermKind.AUTO_RENEWED:
        words = ngettext("renews itself in %(days)s day", "renews itself in %(days)s days", left)
        return _("renews itself today") if left == 0 else words % {"days": left}
    words = ngettext("expires in %(days)s day", "expires in %(days)s days", left)
    return _("expires today") if left == 0 else words % {"days": left}


def mark_words(agreement: Any, today: dt.date, within: int) -> str:
    return ", ".join(str(badge.label) for badge in marks_of(agreement, today, within))
