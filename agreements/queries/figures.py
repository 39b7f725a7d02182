"""How many agreements were signed, with agencies of how many countries, and how many oblige at a window's end.

06 agreements with agencies of 5 countries are two numbers (F000-10): the second counts countries once each. An agreement
counts in the window of its signing; one whose day of signing is not known to the year counts in no window, but among those
there are. Secret ones count, without being named to those who may not read them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from agreements.choices import AgreementState, DatePrecision
from agreements.models import AgreementParty, InternationalAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFigures:
    """Querysets, so that each number leads to its rows."""

    signed: QuerySet[InternationalAgreement]
    in_force: QuerySet[InternationalAgreement]
    total: QuerySet[InternationalAgreement]

    @property
    def countries(self) -> int:
        """Distinct countries of the partners of the agreements signed in the window."""
        return countries_of(self.signed)

    @property
    def countries_in_all(self) -> int:
        return countries_of(self.total)


def agreement_figures(first: dt.date, last: dt.date) -> AgreementFigures:
    """For a window of days, both included; stocks as they stand at its end."""
    concluded = InternationalAgreement.objects.concluded()
    return AgreementFigures(
        signed=concluded.exclude(signed_precision=DatePrecision.UNKNOWN).filter(signed_on__range=(first, last)),
        in_force=in_force_on(last),
        total=concluded.filter(Q(signed_on__isnull=True) | Q(signed_on__lte=last)),
    )


def in_force_on(day: dt.date) -> QuerySet[InternationalAgreement]:
    """What obliged on that day: begun, and neither expired, ended nor replaced by then. The day of expiry is the last one that
    it obliges; the day on which it is ended or replaced is the first one that it does not."""
    rows = InternationalAgreement.objects.concluded()
    begun = Q(effective_on__lte=day) | Q(effective_on__isnull=True, signed_on__lte=day)
    begun |= Q(effective_on__isnull=True, signed_on__isnull=True)
    lives = Q(case__state__in=(AgreementState.IN_FORCE, AgreementState.SUSPENDED, AgreementState.SIGNED))
    ended_later = Q(ended_on__gt=day) | Q(ended_on=day, expires_on=day)
    return rows.filter(begun).filter((lives & Q(ended_on__isnull=True)) | ended_later)


def countries_of(rows: QuerySet[InternationalAgreement]) -> int:
    parties = AgreementParty.objects.filter(agreement__in=rows.values("pk"), partner__country__isnull=False)
    return parties.order_by().values("partner__country").distinct().count()
