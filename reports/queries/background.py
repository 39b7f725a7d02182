"""What the report says before its figures: the plans of the year, who issues and signs it, which rules it used."""

from __future__ import annotations

import datetime as dt
from typing import Any

from delegations.models import AnnualPlan
from intlcoop.people.choices import UnitFunction
from intlcoop.people.models import OrgUnit
from intlcoop.people.offices import ICD_HEAD, holders_of, signature_lines
from intlcoop.regulations.queries import ParameterValue, parameter
from reports.choices import Window
from reports.queries.windows import PARTS, Period, Scope, calendar_year, own_days, part_of_year, statutory_year

CUTOFF = "report.year_cutoff"
FALLBACK_ICD = "Vụ Hợp tác quốc tế"
RECIPIENTS = (("Lãnh đạo", "(để báo cáo)"), ("Văn phòng", "(để tổng hợp)"))


def cutoff_of(year: int) -> ParameterValue:
    """The rule about the statutory year that holds when the year ends. Raises ParameterMissing."""
    return parameter(CUTOFF, dt.date(year, 12, 1))


def period_of(year: int, window: str, first: dt.date | None = None, last: dt.date | None = None) -> Period:
    """The days that this window means in this year. Raises ParameterMissing; ValueError for days of one's own that are
    missing or in the wrong order."""
    if window == Window.STATUTORY:
        return statutory_year(year, cutoff_of(year).value)
    if window in PARTS:
        return part_of_year(year, Window(window), cutoff_of(year).value)
    if window == Window.CUSTOM:
        if first is None or last is None:
            raise ValueError("a window of one's own needs both days")
        return own_days(year, first, last)
    return calendar_year(year)


def parameters_used(scope: Scope) -> list[dict[str, Any]]:
    """The dated rules behind this report, as they were when it was made."""
    if not {period.window for period in (scope.period, *scope.own.values())} & set(Window.OF_STATUTORY_YEAR):
        return []
    rule = cutoff_of(scope.period.year)
    return [{"key": rule.key, "value": rule.value, "citation": rule.citation, "needs_check": rule.needs_check}]


def plans_of(year: int) -> list[dict[str, Any]]:
    """The approved plans of the year, with their approval and the number of their lines."""
    plans = AnnualPlan.objects.filter(year=year, approved_on__isnull=False).prefetch_related("lines")
    return [
        {
            "title": plan.title,
            "level": plan.level,
            "number": plan.approval_number,
            "date": plan.approved_on.isoformat() if plan.approved_on else "",
            "lines": len(plan.lines.all()),
        }
        for plan in plans.order_by("level", "pk")
    ]


def ministry_on(day: dt.date) -> OrgUnit | None:
    """The ministry itself: what has no unit above it on this day."""
    return OrgUnit.objects.roots().on(day).order_by("position", "pk").first()


def icd_on(day: dt.date) -> OrgUnit | None:
    """The unit in charge of international cooperation on this day."""
    return OrgUnit.objects.on(day).with_function(UnitFunction.ICD).order_by("position", "pk").first()


def paper_of(period: Period, day: dt.date) -> dict[str, Any]:
    """Head and foot of the paper as they stand on this day (Decree 30/2020, Annex I). The clerk adds number and date."""
    ministry, icd = ministry_on(day), icd_on(day)
    holder = next(iter(holders_of(ICD_HEAD, None, day)), None)
    symbol = (icd.symbol or icd.code) if icd else "HTQT"
    return {
        "superior": ministry.name_vi if ministry else "",
        "issuer": icd.name_vi if icd else FALLBACK_ICD,
        "short": ministry_called(ministry),
        "symbol": f"BC-{symbol}",
        "place": (ministry.place if ministry else "") or "Hà Nội",
        "year": day.year,
        "title": "BÁO CÁO",
        "subject": subject_of(period),
        "signature": signature_lines(holder) if holder else ["VỤ TRƯỞNG"],
        "signatory": holder.user.full_name if holder else "",
        "recipients": [f"{who} {ministry_called(ministry)} {why}" for who, why in RECIPIENTS],
        "filed": f"VT, {symbol}",
    }


def subject_of(period: Period) -> str:
    return f"Kết quả công tác hợp tác quốc tế {period.name}"


def ministry_called(ministry: OrgUnit | None) -> str:
    """How a sentence of ours names the ministry: by its short name, else its symbol ("UBDT"), else in full."""
    if ministry is None:
        return "Bộ"
    return ministry.short_name or ministry.symbol or ministry.name_vi
