"""One of everything that a report counts, in and around the year 2026, as rows without the way that led there."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from agreements.choices import DealingKind, MechanismKind, MeetingKind, PartnerKind, PartnerTier, SessionStatus
from agreements.models import Commitment, Dealing, ForeignFundedProject, PartnerUnit, ProjectAmount, ProjectDonor
from agreements.services.mechanisms import create_mechanism
from agreements.services.meetings import create_series
from delegations.event_choices import EventRole, EventState
from delegations.models import InternationalEvent, TripSettlement
from intlcoop.catalogues.models import Currency
from intlcoop.workflow.models import Case
from reports.choices import Attendance
from reports.models import WorkAttendance, WorkItem
from tests.agreements.agreed import agreement
from tests.agreements.factories import PartnerFactory
from tests.intlcoop.catalogues.factories import country
from tests.ministry import Ministry
from tests.reports.factories import past_trip

DAY = dt.date
TODAY = DAY(2026, 11, 22)
_numbers = itertools.count(1)


def case(ministry: Ministry, kind: str, prefix: str, title: str, state: str, unit: str = "CSDP") -> Case:
    return Case.objects.create(
        kind=kind,
        number=f"{prefix}-2026-9{next(_numbers):03d}",
        title=title,
        fold=title.lower(),
        unit=ministry.unit(unit),
        created_by=ministry.htqt,
        state=state,
        first_submitted_at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC),
    )


def partner(ministry: Ministry, name: str, iso2: str | None = "LA", **fields: Any):
    fields = {"kind": PartnerKind.FOREIGN_MINISTRY} | fields
    return PartnerFactory(actor=ministry.htqt, name_vi=name, country=country(iso2) if iso2 else None, **fields)


def commitment(ministry: Ministry, title: str, state: str = "open", **fields: Any) -> Commitment:
    made = case(ministry, "commitment", "CK", title, state)
    return Commitment.objects.create(case=made, source_text="Biên bản làm việc", **fields)


def project(ministry: Ministry, title: str, donor: Any, state: str = "implementing", **fields: Any):
    made = ForeignFundedProject.objects.create(case=case(ministry, "project", "DA", title, state), **fields)
    ProjectDonor.objects.create(project=made, partner=donor)
    for amount, code, source in ((Decimal("1200000.50"), "USD", "grant"), (Decimal(500_000_000), "VND", "counterpart")):
        currency = Currency.objects.get(code=code)
        ProjectAmount.objects.create(project=made, source=source, amount=amount, currency=currency)
    return made


def event(ministry: Ministry, title: str, on: dt.date, state: str = EventState.COMPLETED, **fields: Any):
    made = case(ministry, "event", "HN", title, state, unit="HTQT")
    return InternationalEvent.objects.create(case=made, starts_on=on, ends_on=on, **({"role": EventRole.HOST} | fields))


def mechanisms(ministry: Ministry) -> tuple[Any, Any]:
    """ASEAN and, under it, ACCSM with a series of meetings; the series."""
    asean = create_mechanism(
        actor=ministry.htqt, fields={"name_vi": "ASEAN", "short_name": "ASEAN", "kind": MechanismKind.REGIONAL}
    )
    accsm = create_mechanism(
        actor=ministry.htqt, fields={"name_vi": "ACCSM", "kind": MechanismKind.REGIONAL, "parent": asean}
    )
    series = create_series(
        accsm, actor=ministry.htqt, fields={"name_vi": "Cuộc họp SOM", "kind": MeetingKind.SENIOR_OFFICIALS}
    )
    return accsm, series


def session(series: Any, number: int, on: dt.date, status: str = SessionStatus.HELD, **fields: Any):
    return series.sessions.create(number=number, on=on, last_on=on, precision="day", status=status, **fields)


def recurring(ministry: Ministry, title: str, *meetings: tuple[dt.date, str]) -> WorkItem:
    item = WorkItem.objects.create(
        case=case(ministry, "work", "CV", title, "open", unit="HTQT"),
        kind="recurring",
        frequency="monthly",
        body="Ban Chỉ đạo",
        starts_on=DAY(2026, 1, 1),
    )
    for on, status in meetings:
        WorkAttendance.objects.create(item=item, on=on, status=status)
    return item


def settled(trip: Any, spent: int, by: Any) -> None:
    """The trip's settlement, closed by the finance department."""
    made = TripSettlement.objects.create(
        delegation=trip, closed_at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC), closed_by=by
    )
    made.lines.create(source="state_budget", currency=Currency.objects.get(code="VND"), spent=Decimal(spent))


def year_2026(ministry: Ministry) -> dict[str, Any]:
    """Everything once or twice; the names say what is true of it at the end of 2026 or on 22 November."""
    laos, cambodia = partner(ministry, "Bộ Nội vụ Lào"), partner(ministry, "Bộ Lễ nghi Campuchia", "KH")
    undp = partner(ministry, "UNDP", None, kind=PartnerKind.UN_AGENCY, tier=PartnerTier.TRADITIONAL)
    new = partner(ministry, "Viện Nghiên cứu Thái Lan", "TH", kind=PartnerKind.UNIVERSITY)
    PartnerUnit.objects.create(partner=laos, unit=ministry.unit("DHPT"), since=DAY(2020, 1, 1))
    PartnerUnit.objects.create(partner=laos, unit=ministry.unit("CSDP"), since=DAY(2020, 1, 1))
    Dealing.objects.create(
        partner=new, unit=ministry.unit("HTQT"), kind=DealingKind.VISIT, on=DAY(2026, 3, 1), title="Tiếp"
    )
    old = {"signed_on": DAY(2020, 5, 1), "effective_on": DAY(2020, 5, 1)}
    accsm, series = mechanisms(ministry)
    trip = past_trip(ministry, "Đoàn đi Lào", countries=("LA",), planned=True)
    settled(trip, 90_000_000, ministry.taichinh)
    return {
        "laos": laos,
        "new": new,
        "trip": trip,
        "coming": past_trip(ministry, "Đoàn sắp đi", departs=DAY(2026, 12, 10), state="decided", countries=("LA", "TH")),
        "after": past_trip(ministry, "Đoàn năm sau", departs=DAY(2027, 1, 5), state="decided"),
        "signed": agreement(ministry, laos, title="Ký năm 2026", signed_on=DAY(2026, 6, 1), effective_on=DAY(2026, 6, 1)),
        "second": agreement(ministry, laos, title="Ký lần hai", signed_on=DAY(2026, 7, 1), expires_on=DAY(2027, 7, 1)),
        "secret": agreement(ministry, cambodia, title="Kín", signed_on=DAY(2026, 8, 1), is_secret=True),
        "old": agreement(ministry, undp, title="Ký năm 2020", **old),
        "ended": agreement(ministry, laos, title="Đã hết", state="expired", ended_on=DAY(2026, 9, 1), **old),
        "later": agreement(ministry, laos, title="Ký năm 2027", signed_on=DAY(2027, 1, 2)),
        "cleared": agreement(ministry, undp, title="Sắp ký", state="cleared", intended_on=DAY(2026, 12, 1)),
        "kept": commitment(ministry, "Đã làm", "kept", due_on=DAY(2026, 5, 1), done_on=DAY(2026, 4, 1)),
        "overdue": commitment(ministry, "Quá hạn", due_on=DAY(2026, 5, 4)),
        "under_way": commitment(ministry, "Chưa đến hạn", due_on=DAY(2027, 5, 1)),
        "kept_before": commitment(ministry, "Đã làm trước", "kept", due_on=DAY(2025, 5, 1), done_on=DAY(2025, 4, 1)),
        "project": project(ministry, "Dự án", undp, started_on=DAY(2026, 2, 1), approved_on=DAY(2026, 1, 10)),
        "closed": project(
            ministry, "Dự án cũ", undp, "closed", started_on=DAY(2023, 2, 1), approved_on=DAY(2023, 1, 1),
            closed_on=DAY(2026, 3, 1),
        ),
        "event": event(ministry, "Hội thảo ASEAN", DAY(2026, 4, 2), mechanism_ref=accsm),
        "december": event(ministry, "Hội thảo cuối năm trước", DAY(2025, 12, 20), role=EventRole.ATTEND),
        "planned": event(ministry, "Dự hội nghị", DAY(2026, 12, 1), EventState.PLANNED, role=EventRole.ATTEND),
        "asked": event(ministry, "Chưa được phép", DAY(2026, 12, 2), EventState.REQUESTED),
        "held": session(series, 21, DAY(2026, 4, 8)),
        "to_come": session(series, 22, DAY(2026, 12, 8), SessionStatus.PLANNED),
        "missed": session(series, 20, DAY(2026, 2, 8), SessionStatus.MISSED),
        "briefings": recurring(
            ministry, "Giao ban", (DAY(2026, 1, 10), Attendance.ATTENDED), (DAY(2026, 2, 10), Attendance.MISSED),
            (DAY(2026, 3, 10), Attendance.NOT_HELD), (DAY(2026, 12, 10), Attendance.PLANNED),
        ),
    }  # fmt: skip
