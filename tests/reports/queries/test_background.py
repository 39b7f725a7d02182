"""What the report says before its figures."""

from __future__ import annotations

import datetime as dt

import pytest

from delegations.choices import PlanLevel
from delegations.models import AnnualPlan
from intlcoop.people.models import Appointment, OrgUnit
from intlcoop.regulations.models import Parameter
from intlcoop.regulations.queries import ParameterMissing
from reports.choices import Window
from reports.queries import background
from reports.queries.windows import Scope, calendar_year, statutory_year
from tests.delegations.factories import plan_line

TODAY = dt.date(2026, 11, 22)

pytestmark = pytest.mark.django_db


def test_the_statutory_year_comes_from_the_dated_parameter():
    period = background.period_of(2026, Window.STATUTORY)

    assert (period.first, period.last) == (dt.date(2025, 12, 15), dt.date(2026, 12, 14))


def test_a_year_without_the_rule_has_no_statutory_window():
    Parameter.objects.filter(key=background.CUTOFF).update(valid_until=dt.date(2024, 12, 31))

    assert background.period_of(2024, Window.STATUTORY).last == dt.date(2024, 12, 14)
    with pytest.raises(ParameterMissing):
        background.period_of(2026, Window.STATUTORY)


def test_the_rules_used_are_kept_with_their_basis():
    statutory = statutory_year(2026, {"from": "12-15", "until": "12-14"})
    [rule] = background.parameters_used(Scope(statutory, TODAY))

    assert rule["key"] == "report.year_cutoff"
    assert "09/2019/NĐ-CP" in rule["citation"]
    assert background.parameters_used(Scope(calendar_year(2026), TODAY)) == []
    assert background.parameters_used(Scope(calendar_year(2026), TODAY, {"event": statutory})) == [rule]


def test_only_approved_plans_of_the_year_are_named(ministry):
    plan_line(ministry, year=2026)
    plan_line(ministry, year=2025)
    AnnualPlan.objects.create(year=2026, level=PlanLevel.PM, title="Kế hoạch chưa duyệt")

    [plan] = background.plans_of(2026)

    assert (plan["title"], plan["number"], plan["date"], plan["lines"]) == (
        "Kế hoạch đoàn ra",
        "12/QĐ-BDP",
        "2025-12-20",
        1,
    )


def test_head_and_foot_are_the_icds_of_that_day(ministry):
    paper = background.paper_of(calendar_year(2026), TODAY)

    assert paper["superior"].startswith("Bộ Dân tộc và Phát triển vùng")
    assert paper["issuer"] == "Vụ Hợp tác quốc tế"
    assert (paper["symbol"], paper["place"], paper["year"]) == ("BC-HTQT", "Hà Nội", 2026)
    assert paper["signature"] == ["VỤ TRƯỞNG"]
    assert paper["signatory"] == "Hoàng Ngọc Giang"
    assert paper["recipients"][0] == "Lãnh đạo BDP (để báo cáo)"


def test_a_deputy_in_charge_signs_for_the_head(ministry):
    Appointment.objects.filter(person=ministry.vutruong).delete()
    Appointment.objects.filter(person=ministry.phovutruong).update(acting=True)

    paper = background.paper_of(calendar_year(2026), TODAY)

    assert paper["signature"] == ["KT. VỤ TRƯỞNG", "PHÓ VỤ TRƯỞNG"]
    assert paper["signatory"] == "Cao Bích Thủy"


def test_without_a_department_the_paper_still_has_a_head(db):
    paper = background.paper_of(calendar_year(2026), TODAY)

    assert (paper["issuer"], paper["signatory"], paper["short"]) == ("Vụ Hợp tác quốc tế", "", "Bộ")


def test_the_ministry_is_called_by_its_short_name_first():
    unit = OrgUnit(name_vi="Ủy ban Dân tộc", symbol="UBDT", short_name="Ủy ban")

    assert background.ministry_called(unit) == "Ủy ban"
    unit.short_name = ""
    assert background.ministry_called(unit) == "UBDT"
