"""What the report of a year by 15 November names: agreements signed in its window, and those to be signed next year.

The window runs from the day after last year's deadline to that of the year, both as the law writes them; the plan names
what is proposed or cleared and meant to be signed by the end of the following year, also what was meant for a day of the
window and is still not signed. Only treaties and international agreements are reported to the Foreign Ministry: papers
outside Law 70/2020 are not (domain.md B.4).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from agreements.choices import AgreementState, DatePrecision, Regime
from agreements.models import InternationalAgreement
from intlcoop.regulations.models import StatutoryDeadline
from intlcoop.regulations.yearly import day_in

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: The deadline as shipped (regulations, domain.md B.11); its row says day, month and basis.
CODE = "agreement_report"
PLANNED = (AgreementState.PROPOSED, AgreementState.IN_APPROVAL, AgreementState.RETURNED, AgreementState.CLEARED)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyReport:
    year: int
    first: dt.date
    last: dt.date
    deadline: StatutoryDeadline | None
    signed: list[InternationalAgreement]
    planned: list[InternationalAgreement]


def deadline_row() -> StatutoryDeadline | None:
    row: StatutoryDeadline | None = StatutoryDeadline.objects.filter(code=CODE).select_related("instrument").first()
    return row


def yearly_report(user: User, year: int) -> YearlyReport:
    """For what this person reads; the ICD reads everything that was submitted."""
    row = deadline_row()
    month, day = (row.month, row.day) if row else (12, 31)
    last = day_in(year, month, day)
    first = day_in(year - 1, month, day) + dt.timedelta(days=1)
    rows = (
        InternationalAgreement.objects.visible_to(user)
        .exclude(regime=Regime.COOPERATION_PAPER)
        .select_related("case__unit")
        .prefetch_related("parties__partner")
    )
    signed = rows.concluded().filter(signed_on__range=(first, last)).exclude(signed_precision=DatePrecision.UNKNOWN)
    return YearlyReport(
        year=year,
        first=first,
        last=last,
        deadline=row,
        signed=list(signed.order_by("signed_on", "pk")),
        planned=list(planned_of(rows, first, year + 1).order_by("intended_on", "pk")),
    )


def planned_of(
    rows: QuerySet[InternationalAgreement], first: dt.date, last_year: int
) -> QuerySet[InternationalAgreement]:
    """Not signed yet, and meant to be from the first day of the window on until the end of the last year."""
    return rows.filter(case__state__in=PLANNED, intended_on__range=(first, dt.date(last_year, 12, 31)))
