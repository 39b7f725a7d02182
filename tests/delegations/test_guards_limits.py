"""Every limit of B.10 on trips: a row that warns asks for an explanation, one that blocks refuses, without a row it is off."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from agreements.models import Partner
from delegations import guards
from delegations.choices import FundingSource, LineState, Mode, Part, PlanKind, PlanLevel
from delegations.guards.limits import years_before
from delegations.models import ItineraryLeg, OutboundDelegation, PreparationItem
from delegations.queries.plan_use import use_of
from delegations.queries.preparation import add_months
from delegations.services import update_trip
from intlcoop.catalogues.models import CooperationField, Country, Currency
from intlcoop.people.choices import Rank, Role
from intlcoop.people.models import Appointment
from intlcoop.regulations.models import Parameter
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import Refused
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(db, built):
    return built


def codes(trip: OutboundDelegation) -> list[str]:
    return [finding.code for finding in guards.warnings(OutboundDelegation.objects.get(pk=trip.pk))]


def rule(key: str, **changes) -> None:
    assert Parameter.objects.filter(key=f"outbound.{key}").update(**changes) == 1


def people(ministry, count: int) -> list[dict]:
    head = f.member(ministry.chuyenvien2, Part.HEAD)
    return [head, *({"full_name": f"Khách {n}", "post": "", "body": "Bộ khác"} for n in range(1, count))]


# --- one way to break each limit ----------------------------------------------------------------------------------


def late(ministry):
    return f.trip(ministry, days_ahead=10)


def many_members(ministry):
    return f.trip(ministry, members=people(ministry, 11))


def many_days(ministry):
    return f.trip(ministry, length=11)


def many_countries(ministry):
    made = f.trip(ministry)
    for iso2 in ("JP", "KR", "FR"):
        ItineraryLeg.objects.create(delegation=made, country=Country.objects.get(iso2=iso2))
    return made


def two_leaders_of_a_unit(ministry):
    unit = ministry.unit("CSDP")
    Appointment.objects.create(
        person=ministry.chuyenvien2, unit=unit, role=Role.DEPUTY_HEAD, valid_from=dt.date(2026, 1, 1)
    )
    rows = [f.member(ministry.lanhdaodonvi, Part.HEAD, Rank.DIRECTOR), f.member(ministry.chuyenvien2)]
    return f.trip(ministry, members=rows)


def same_matter(ministry):
    field = CooperationField.objects.first()
    f.submit(f.trip(ministry, head="truonghoc", days_ahead=f.FAR - 20, field=field), ministry)
    return f.trip(ministry, field=field)


def third_trip_of_a_leader(ministry):
    for turn in (0, 6):
        f.submit(f.trip(ministry, head="lanhdaodonvi", head_rank=Rank.DIRECTOR, days_ahead=soon(turn)), ministry)
    return f.trip(ministry, head="lanhdaodonvi", head_rank=Rank.DIRECTOR, days_ahead=soon(12))


def soon(more: int) -> int:
    """Days ahead that keep three trips within one year whatever the day on which the test runs."""
    today = timezone.localdate()
    start = today + dt.timedelta(days=f.FAR)
    return f.FAR + more if (start + dt.timedelta(days=20)).year == start.year else f.FAR + 30 + more


def owed_report(ministry):
    old = f.trip(ministry)
    back = timezone.localdate() - dt.timedelta(days=60)
    OutboundDelegation.objects.filter(pk=old.pk).update(departs_on=back - dt.timedelta(days=3), returns_on=back)
    Case.objects.filter(pk=old.case_id).update(state="report_due")
    return f.trip(ministry)


def passport(trip: OutboundDelegation, person, ends: dt.date) -> None:
    """Its last day as it is written down while a trip is prepared."""
    PreparationItem.objects.update_or_create(
        delegation=trip,
        code="passport",
        subject=f"p-{person.pk}",
        defaults={
            "name": "Hộ chiếu", "state": "done", "done_on": timezone.localdate(), "done_by": person,
            "passport_kind": "official", "passport_expires_on": ends,
        },
    )  # fmt: skip


def passport_ends_too_soon(ministry):
    made = f.trip(ministry)
    passport(made, ministry.chuyenvien2, add_months(made.departs_on, 6) - dt.timedelta(days=1))
    return made


BROKEN = {
    "lead_time_working_days": ("late", late),
    "max_members": ("max_members", many_members),
    "max_days": ("max_days", many_days),
    "max_countries": ("max_countries", many_countries),
    "max_key_leaders_same_unit": ("key_leaders", two_leaders_of_a_unit),
    "same_content_same_country_years": ("same_content", same_matter),
    "max_trips_per_leader_year": ("max_trips", third_trip_of_a_leader),
    "report_due_days": ("report_owed", owed_report),
    "passport_min_validity_months": ("passport_validity", passport_ends_too_soon),
}


def test_a_trip_within_all_limits_has_nothing_to_explain(ministry):
    made = f.trip(ministry)
    assert codes(made) == []
    f.submit(made, ministry)


@pytest.mark.parametrize("key", BROKEN)
def test_a_row_that_warns_asks_for_an_explanation(ministry, key):
    code, build = BROKEN[key]
    made = build(ministry)
    assert codes(made) == [code]
    finding = guards.warnings(made)[0]
    assert finding.citation == Parameter.objects.get(key=f"outbound.{key}").citation
    assert not finding.blocks
    with pytest.raises(Refused) as refused:
        f.submit(made, ministry)
    assert finding.text in str(refused.value)
    update_trip(made, actor=ministry.chuyenvien, fields={"warning_reason": "Phía bạn ấn định."})
    assert f.submit(made, ministry).state == "in_approval"


@pytest.mark.parametrize("key", BROKEN)
def test_a_row_that_blocks_refuses_whatever_is_explained(ministry, key):
    code, build = BROKEN[key]
    made = build(ministry)
    rule(key, severity="block", citation="Quy định thử")
    update_trip(made, actor=ministry.chuyenvien, fields={"warning_reason": "Phía bạn ấn định."})
    with pytest.raises(Refused) as refused:
        f.submit(made, ministry)
    assert "Quy định thử" in str(refused.value)
    assert [finding.code for finding in guards.warnings(made) if finding.blocks] == [code]
    assert guards.explains_warnings(made.case) == []


@pytest.mark.parametrize("key", BROKEN)
def test_without_a_row_on_the_day_of_departure_it_is_off(ministry, key):
    _code, build = BROKEN[key]
    made = build(ministry)
    rule(key, valid_until=made.departs_on - dt.timedelta(days=1))
    assert codes(made) == []


def test_a_value_that_begins_on_a_day_holds_for_departures_from_then_on(ministry):
    made = f.trip(ministry, length=8)
    rule("max_days", valid_until=made.departs_on)
    Parameter.objects.create(
        key="outbound.max_days", value=7, unit="days", severity="warn", citation="Quy định mới",
        valid_from=made.departs_on + dt.timedelta(days=1),
    )  # fmt: skip
    assert codes(made) == []
    day = made.departs_on + dt.timedelta(days=1)
    update_trip(made, actor=ministry.chuyenvien, fields={"departs_on": day, "returns_on": day + dt.timedelta(days=7)})
    assert codes(made) == ["max_days"]


# --- what does not count ------------------------------------------------------------------------------------------


def test_a_trip_with_senior_leaders_is_neither_late_nor_a_repetition(ministry):
    same = same_matter(ministry)
    made = f.trip(
        ministry,
        days_ahead=5,
        mode=Mode.ACCOMPANYING,
        principal="Thủ tướng Chính phủ",
        composition_number="12/TB-VPCP",
        composition_date=timezone.localdate(),
        field=same.field,
        members=[f.member(ministry.chuyenvien)],
    )
    assert codes(made) == []


def test_another_matter_or_another_country_is_no_repetition(ministry):
    first = same_matter(ministry)
    other = CooperationField.objects.exclude(pk=first.field_id).first()
    for fields in ({"field": other}, {"field": None}, {"purpose": "signing"}):
        update_trip(first, actor=ministry.chuyenvien, fields={"field": first.field, "purpose": "study"} | fields)
        assert codes(first) == [], fields
    assert codes(f.trip(ministry, country="JP", head="htqt", days_ahead=f.FAR + 9, field=first.field)) == []


def test_the_same_host_is_the_same_matter_even_without_a_field(ministry):
    host = Partner.objects.create(name_vi="Bộ Nội vụ nước bạn (minh họa)", kind="foreign_ministry")
    f.submit(f.trip(ministry, head="truonghoc", days_ahead=f.FAR - 20, host_partner=host), ministry)
    assert codes(f.trip(ministry, host_partner=host)) == ["same_content"]


def test_a_report_whose_day_has_not_passed_is_not_owed(ministry):
    made = owed_report(ministry)
    OutboundDelegation.objects.filter(case__state="report_due").update(returns_on=timezone.localdate())
    assert codes(made) == []


def test_the_finding_says_whose_passport_and_until_when_but_not_when_it_ends(ministry):
    made = passport_ends_too_soon(ministry)
    needed = add_months(made.departs_on, 6)
    (finding,) = guards.warnings(made)
    assert ministry.chuyenvien2.full_name in finding.text
    assert f"{needed:%d/%m/%Y}" in finding.text
    assert f"{needed - dt.timedelta(days=1):%d/%m/%Y}" not in finding.text
    passport(made, ministry.chuyenvien2, needed)
    assert codes(made) == []


def test_a_passport_noted_for_an_earlier_trip_counts_until_a_newer_one_is_noted(ministry):
    earlier = f.trip(ministry, days_ahead=f.FAR + 20)
    made = f.trip(ministry)
    passport(earlier, ministry.chuyenvien2, made.departs_on)
    (finding,) = guards.warnings(made)
    assert (finding.code, finding.number) == ("passport_validity", earlier.case.number)
    passport(made, ministry.chuyenvien2, made.departs_on + dt.timedelta(days=800))
    assert codes(made) == []


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        (dt.date(2028, 2, 29), 3, dt.date(2025, 2, 28)),
        (dt.date(2028, 2, 29), 4, dt.date(2024, 2, 29)),
        (dt.date(2026, 12, 31), 1, dt.date(2025, 12, 31)),
    ],
)
def test_years_before_a_day(day, years, before):
    assert years_before(day, years) == before


@pytest.mark.parametrize("count", [1, 3])
def test_the_limits_cost_the_same_for_few_and_many(ministry, count, django_assert_num_queries):
    names = ("lanhdaodonvi", "vutruong", "thutruong")[:count]
    rows = [
        f.member(ministry.person(name), Part.HEAD if n == 0 else Part.MEMBER, Rank.DIRECTOR)
        for n, name in enumerate(names)
    ]
    for turn in range(count):
        f.submit(f.trip(ministry, members=rows, days_ahead=soon(6 * turn), warning_reason="Giải trình"), ministry)
    made = f.trip(ministry, members=rows, days_ahead=soon(20), field=CooperationField.objects.first())
    made = OutboundDelegation.objects.select_related("case__unit", "plan_line__plan").get(pk=made.pk)
    with django_assert_num_queries(11):
        guards.warnings(made)


# --- the line of the plan -----------------------------------------------------------------------------------------


def full_line(ministry, **changes):
    line = f.plan_line(ministry)
    values = {"persons": 6, "days": 8, "amount": Decimal(200_000_000), "currency": Currency.objects.get(code="VND")}
    for name, value in (values | changes).items():
        setattr(line, name, value)
    line.save()
    return line


def test_a_line_says_what_is_left_after_trips_under_way_and_decided(ministry):
    line = full_line(ministry)
    f.submit(f.trip(ministry, plan_line=line, length=5), ministry)
    f.trip(ministry, plan_line=line, head="htqt", days_ahead=f.FAR + 9)  # a draft takes nothing yet
    use = use_of(line)
    assert (use.persons.left, use.days.left, use.money.left) == (5, 3, Decimal(80_000_000))
    assert len(use.trips) == 1


def test_what_the_host_pays_is_not_taken_from_the_line_and_an_unknown_cost_is_named(ministry):
    line = full_line(ministry)
    paid = f.trip(ministry, plan_line=line)
    host = {"source": FundingSource.HOST, "amount": Decimal(50_000_000), "currency": Currency.objects.get(code="VND")}
    update_trip(paid, actor=ministry.chuyenvien, fields={"host_pays_all": True}, funding=[host])
    f.submit(paid, ministry)
    abroad = f.trip(ministry, plan_line=line, head="htqt", days_ahead=f.FAR + 9, warning_reason="Giải trình")
    rubles = {"source": FundingSource.STATE_BUDGET, "amount": Decimal(5), "currency": Currency.objects.get(code="EUR")}
    update_trip(abroad, actor=ministry.chuyenvien, funding=[rubles])
    f.submit(abroad, ministry)
    use = use_of(line)
    assert use.money.left == Decimal(200_000_000)
    assert use.unknown == (abroad.case.number,)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"persons": 0}, "plan_persons"),
        ({"days": 3}, "plan_days"),
        ({"amount": Decimal(119_999_999)}, "plan_money"),
        ({"month": 0}, "plan_month"),
        ({"quarter": 0}, "plan_month"),
        ({"head_rank": Rank.DIRECTOR}, "plan_head"),
    ],
)
def test_a_trip_that_leaves_its_line_is_warned(ministry, line, code):
    departs = timezone.localdate() + dt.timedelta(days=f.FAR)
    if "month" in line:
        line = {"month": departs.month % 12 + 1}
    if "quarter" in line:
        line = {"quarter": ((departs.month - 1) // 3 + 1) % 4 + 1}
    made = f.trip(ministry, plan_line=full_line(ministry, **line))
    assert codes(made) == [code]
    assert "12/QĐ-BDP" in guards.warnings(made)[0].citation


def test_a_country_that_the_line_does_not_name_is_warned(ministry):
    line = full_line(ministry)
    line.countries.set(Country.objects.filter(iso2__in=["TH", "JP"]))
    made = f.trip(ministry, plan_line=line)
    assert codes(made) == []
    ItineraryLeg.objects.create(delegation=made, country=Country.objects.get(iso2="FR"))
    assert codes(made) == ["plan_countries"]
    assert "Pháp" in guards.warnings(made)[0].text


def test_a_line_that_says_nothing_of_a_measure_limits_nothing(ministry):
    made = f.trip(ministry, plan_line=full_line(ministry, persons=None, days=None, amount=None, currency=None))
    assert codes(made) == []


def test_the_second_trip_on_a_line_gets_what_the_first_left(ministry):
    line = full_line(ministry)
    f.submit(f.trip(ministry, plan_line=line, length=5), ministry)
    second = f.trip(ministry, plan_line=line, head="htqt", days_ahead=f.FAR + 9, length=4)
    assert codes(second) == ["plan_days", "plan_money"]


@pytest.mark.parametrize(
    "changes", [{"state": LineState.DROPPED}, {"state": LineState.MOVED}, {"kind": PlanKind.EVENT}]
)
def test_a_line_that_no_longer_stands_for_a_delegation_refuses(ministry, changes):
    line = full_line(ministry)
    made = f.trip(ministry, plan_line=line)
    type(line).objects.filter(pk=line.pk).update(**changes)
    with pytest.raises(Refused, match="Chọn dòng khác"):
        engine.fire(Case.objects.get(pk=made.case_id), "submit", actor=ministry.chuyenvien)


def test_an_attached_unit_that_brings_a_deputy_minister_outside_the_plan_is_warned(ministry):
    def made(**fields):
        rows = [f.member(ministry.truonghoc, Part.HEAD), f.member(ministry.thutruong, rank=Rank.DEPUTY_MINISTER)]
        return f.trip(ministry, filer="truonghoc", unit="DHPT", members=rows, **fields)

    assert codes(made(out_of_plan_reason="Lời mời phát sinh")) == ["attached_unit_invites_leader"]
    assert codes(made(days_ahead=f.FAR + 9, plan_line=f.plan_line(ministry, PlanLevel.PM, unit="DHPT"))) == []
