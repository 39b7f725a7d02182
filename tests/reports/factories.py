"""Trips of the past, as a report counts them, and reports whose job has run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from delegations.choices import Mode, OutboundState, Part
from delegations.models import DelegationMember, ItineraryLeg, OutboundDelegation
from intlcoop.catalogues.models import Country
from intlcoop.jobs.runner import run_job
from intlcoop.people.choices import Rank
from intlcoop.workflow.models import Case
from intlcoop.workflow.services import mark_submitted, open_case
from reports.models import YearEndReport
from reports.services import order_report
from tests.delegations.factories import plan_line
from tests.ministry import Ministry


def past_trip(
    ministry: Ministry,
    title: str = "Đoàn công tác",
    *,
    departs: dt.date = dt.date(2026, 3, 2),
    days: int = 4,
    unit: str = "CSDP",
    state: str = OutboundState.COMPLETED,
    countries: Sequence[str] = ("TH",),
    members: int = 2,
    planned: bool = False,
    filer: str = "chuyenvien",
    **fields: Any,
) -> OutboundDelegation:
    """A trip in this state, without the way it took there. Led and off plan with a reason, unless told otherwise."""
    case = open_case("outbound", title=title, unit=ministry.unit(unit), actor=ministry.person(filer), year=departs.year)
    mark_submitted(case)
    Case.objects.filter(pk=case.pk).update(state=state)
    case.state = state
    if planned:
        fields["plan_line"] = plan_line(ministry, year=departs.year, unit=unit)
    elif fields.get("mode", Mode.LED) == Mode.LED:
        fields.setdefault("out_of_plan_reason", "Phát sinh theo lời mời")
    trip = OutboundDelegation.objects.create(
        case=case, departs_on=departs, returns_on=departs + dt.timedelta(days=days - 1), **fields
    )
    for place, iso2 in enumerate(countries):
        ItineraryLeg.objects.create(delegation=trip, country=Country.objects.get(iso2=iso2), position=place)
    for place in range(members):
        DelegationMember.objects.create(
            delegation=trip,
            full_name=f"Thành viên {place + 1}",
            post="Chuyên viên",
            part=Part.MEMBER if place else Part.HEAD,
            rank=Rank.OFFICIAL,
            position=place,
        )
    return trip


def accompanying_trip(ministry: Ministry, title: str = "Tháp tùng Thủ tướng Chính phủ", **fields: Any):
    values = {"mode": Mode.ACCOMPANYING, "principal": "Thủ tướng Chính phủ", "countries": ("KH",)}
    return past_trip(ministry, title, **(values | fields))


def unnamed_trip(ministry: Ministry, **fields: Any) -> OutboundDelegation:
    """Imported history of which the source says no more than that it took place in the year."""
    values = {
        "departs": dt.date(2022, 1, 1),
        "days": 1,
        "countries": (),
        "members": 0,
        "out_of_plan_reason": "",
        "unnamed_in_source": True,
        "date_precision": "year",
    }
    return past_trip(ministry, "Đoàn công tác (chưa nêu tên trong nguồn)", **(values | fields))


def year_2022(ministry: Ministry) -> list[OutboundDelegation]:
    """The seven trips of article 001: 05 led, 02 accompanying; three are named, four are not."""
    year = {"departs": dt.date(2022, 1, 1), "days": 1, "date_precision": "year", "members": 1, "is_highlight": True}
    return [
        accompanying_trip(
            ministry,
            "Tháp tùng Thủ tướng Chính phủ thăm Campuchia",
            highlight_text="Bộ trưởng tham gia đoàn chính thức của Thủ tướng Chính phủ thăm Campuchia, ký Bản ghi nhớ",
            **year,
        ),
        past_trip(
            ministry,
            "Đoàn liên bộ, ngành, địa phương đi Australia",
            countries=("AU",),
            is_inter_agency=True,
            out_of_plan_reason="",
            highlight_text="đoàn liên ngành do Bộ trưởng làm Trưởng đoàn sang Australia",
            **year,
        ),
        past_trip(
            ministry,
            "Đoàn liên ngành đi Thụy Sĩ",
            countries=("CH",),
            is_inter_agency=True,
            out_of_plan_reason="",
            highlight_text="đoàn do Thứ trưởng làm Trưởng đoàn sang Thụy Sĩ tìm hiểu việc bảo vệ Báo cáo quốc gia",
            **year,
        ),
        *(unnamed_trip(ministry) for _ in range(3)),
        unnamed_trip(ministry, mode=Mode.ACCOMPANYING, principal="Lãnh đạo cấp cao"),
    ]


def ordered(ministry: Ministry, year: int = 2026, *, by: str = "quantri", **order: Any) -> YearEndReport:
    return order_report(year, **order, actor=ministry.person(by))


def finished(ministry: Ministry, year: int = 2026, **order: Any) -> YearEndReport:
    """A report whose job has run in this process."""
    report = ordered(ministry, year, **order)
    assert run_job(report.job_id)
    return fresh(report)


def fresh(report: YearEndReport) -> YearEndReport:
    return YearEndReport.objects.select_related("case", "job").get(pk=report.pk)
