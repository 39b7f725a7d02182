"""Agreements as lines of other pages: of a partner, of the trip or event at which they were signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import AgreementState
from agreements.models import InternationalAgreement, Partner
from agreements.queries.agreements import signed_text, term_text
from agreements.queries.standing import expiring_within, marks_of, state_badge_of
from intlcoop.web.display import Badge

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement as a line of another page."""

    agreement: InternationalAgreement
    badge: Badge
    marks: list[Badge]
    signed: str
    term: str


def lines_of(rows: list[InternationalAgreement]) -> list[AgreementLine]:
    today = timezone.localdate()
    within = expiring_within(today) if rows else 0
    return [
        AgreementLine(row, state_badge_of(row), marks_of(row, today, within), signed_text(row), term_text(row))
        for row in rows
    ]


def signed_at(case: Case, user: User) -> list[AgreementLine]:
    """What was signed on this trip, or at this event, as far as this person may read it."""
    rows = InternationalAgreement.objects.visible_to(user).concluded().filter(signed_during=case)
    return lines_of(list(rows.select_related("case__unit").order_by("signed_on", "pk")[:MOST_LINES]))


def partner_section(partner: Partner, user: User) -> dict[str, Any] | None:
    """Those that oblige first, then the newest."""
    rows = list(
        InternationalAgreement.objects.visible_to(user)
        .filter(parties__partner=partner)
        .select_related("case__unit")[:MOST_LINES]
    )
    if not rows and not rules.has_perm("agreements.add_agreement", user):
        return None
    rows.sort(key=lambda each: each.case.state not in AgreementState.LIVING)
    more = reverse("agreements:agreements", query={"doi_tac": str(partner.pk)})
    return {
        "lines": lines_of(rows),
        "count": len(rows),
        "head_url": more if rows else "",
        "head_label": _("All agreements with the partner"),
    }
