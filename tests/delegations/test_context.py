"""What surrounds a trip for whoever decides: one page, the same number of queries among ten files and ten thousand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from delegations.choices import Part
from delegations.models import DelegationMember, ItineraryLeg, OutboundDelegation
from delegations.workflows.context import trip_context
from intlcoop.catalogues.models import Country, Currency
from intlcoop.people.choices import Rank
from intlcoop.people.offices import kept_rosters
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(db, built):
    return built


def sections(made, reader) -> dict:
    return {section.anchor: section for section in trip_context(Case.objects.get(pk=made.case_id), reader)}


def step_page(go, ministry, made, account: str) -> str:
    step = f.open_step(made.case)
    answer = go(account).get(f"/buoc/{step.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_a_step_shows_the_delegation_its_limits_its_plan_and_its_neighbours(go, ministry):
    line = f.plan_line(ministry)
    line.persons, line.days, line.amount, line.currency = 5, 9, Decimal(200_000_000), Currency.objects.get(code="VND")
    line.save()
    made = f.trip(ministry, plan_line=line)
    f.submit(made, ministry)
    text = step_page(go, ministry, made, "lanhdaodonvi")
    for words in (
        "Đoàn và các chuyến đi khác của thành viên",
        "Đối chiếu giới hạn",
        "Dòng kế hoạch",
        "Cùng nước hoặc cùng mục đích trong 12 tháng",
        "còn lại trước đoàn này: 5 người, 9 ngày, 200.000.000 VND",
        "Kinh phí bình quân đầu người so với các đoàn tương tự",
        "120.000.000",
    ):
        assert words in text, words
    assert text.count("<h1") == 1


def test_each_members_other_trips_of_this_and_the_next_year(ministry):
    other = f.trip(ministry, days_ahead=f.FAR + 20, country="JP")
    f.submit(other, ministry)
    made = f.trip(ministry)
    section = sections(made, ministry.vutruong)["thanh-vien"]
    row = section.data["rows"][0]
    assert [line.number for line in row.trips] == [f"Đ{other.case.number[1:]}"]
    assert row.trips[0].places == "Nhật Bản"
    same_year = other.departs_on.year == made.departs_on.year
    assert row.count == (2 if same_year else 1)
    assert not section.is_open


def test_a_trip_in_the_same_days_is_marked_and_unfolded(ministry):
    f.submit(f.trip(ministry, length=10, days_ahead=f.FAR - 2), ministry)
    section = sections(f.trip(ministry), ministry.vutruong)["thanh-vien"]
    assert section.data["rows"][0].trips[0].mark == "cùng thời gian"
    assert section.is_open


def test_an_overdue_report_of_a_member_is_marked(ministry):
    old = f.trip(ministry)
    back = timezone.localdate() - dt.timedelta(days=60)
    OutboundDelegation.objects.filter(pk=old.pk).update(departs_on=back - dt.timedelta(days=3), returns_on=back)
    Case.objects.filter(pk=old.case_id).update(state="report_due")
    row = sections(f.trip(ministry), ministry.vutruong)["thanh-vien"].data["rows"][0]
    assert row.trips[0].mark.startswith("quá hạn báo cáo từ ngày")


def test_of_a_trip_that_the_reader_may_not_open_only_number_title_unit_and_days_are_said(go, ministry):
    other = f.trip(ministry, filer="truonghoc", unit="DHPT", head="truonghoc", days_ahead=f.FAR + 30)
    f.submit(other, ministry, "truonghoc")
    made = f.trip(ministry)
    f.submit(made, ministry)
    text = step_page(go, ministry, made, "lanhdaodonvi")
    number = f"Đ{other.case.number[1:]}"
    assert number in text
    assert str(other.case.unit) in text
    assert f'href="/ho-so/{other.case.number}/"' not in text
    seen = sections(made, ministry.vutruong)["cung-noi-dung"].data["rows"]
    assert seen[0].url == f"/ho-so/{other.case.number}/"


def test_same_country_or_purpose_within_twelve_months_from_any_unit(ministry):
    same = f.trip(ministry, filer="truonghoc", unit="DHPT", head="truonghoc", days_ahead=f.FAR + 300)
    f.submit(same, ministry, "truonghoc")
    purpose = f.trip(ministry, head="htqt", country="JP", days_ahead=f.FAR + 20)
    f.submit(purpose, ministry)
    neither = f.trip(ministry, head="vutruong", country="JP", purpose="signing", days_ahead=f.FAR + 30)
    f.submit(neither, ministry)
    late = f.trip(ministry, head="taichinh", days_ahead=f.FAR + 400)
    f.submit(late, ministry)
    f.trip(ministry, head="tccb", days_ahead=f.FAR + 40)  # a draft of somebody is nobody's business yet
    section = sections(f.trip(ministry), ministry.vutruong)["cung-noi-dung"]
    assert [(row.number[3:], row.mark) for row in section.data["rows"]] == [
        (same.case.number[3:], "cùng nước"),
        (purpose.case.number[3:], "cùng mục đích"),
    ]
    assert section.data["more"] == 0


def test_a_limit_that_is_not_kept_is_unfolded_with_its_citation(ministry):
    section = sections(f.trip(ministry, length=12), ministry.vutruong)["gioi-han"]
    row = next(row for row in section.data["rows"] if row.over)
    assert (row.here, row.limit) == ("12 ngày", "10 ngày")
    assert "Hà Nội" in row.citation
    assert section.is_open
    assert not sections(f.trip(ministry, head="htqt"), ministry.vutruong)["gioi-han"].is_open


def test_leaders_who_are_away_in_these_days_are_named(ministry):
    leader = f.member(ministry.thutruong, Part.HEAD, Rank.DEPUTY_MINISTER)
    f.submit(f.trip(ministry, members=[leader], days_ahead=f.FAR + 1), ministry)
    assert "lanh-dao-vang" in sections(f.trip(ministry), ministry.vutruong)
    assert "lanh-dao-vang" not in sections(f.trip(ministry, head="htqt", days_ahead=f.FAR + 40), ministry.vutruong)


def test_an_unplanned_trip_says_its_reason_and_an_accompanying_one_nothing_of_plans(ministry):
    made = f.trip(ministry, out_of_plan_reason="Lời mời đến sau khi kế hoạch được duyệt")
    assert sections(made, ministry.vutruong)["ke-hoach"].data["reason"].startswith("Lời mời đến sau")
    made = f.trip(
        ministry, head="htqt", mode="accompanying", principal="Thủ tướng Chính phủ", composition_number="1/TB",
        composition_date=timezone.localdate(),
    )  # fmt: skip
    assert "ke-hoach" not in sections(made, ministry.vutruong)


@pytest.mark.parametrize("case", ["nothing typed yet", "New Year's Eve", "29 February"])
def test_half_a_file_and_odd_days_give_a_page(ministry, case):
    made = f.trip(ministry, members=[] if case == "nothing typed yet" else None)
    values = {
        "nothing typed yet": {"departs_on": None, "returns_on": None, "purpose": ""},
        "New Year's Eve": {"departs_on": dt.date(2027, 12, 30), "returns_on": dt.date(2028, 1, 2)},
        "29 February": {"departs_on": dt.date(2028, 2, 29), "returns_on": dt.date(2028, 2, 29)},
    }[case]
    OutboundDelegation.objects.filter(pk=made.pk).update(**values)
    assert sections(made, ministry.vutruong)


# --- how much it costs ----------------------------------------------------------------------------------------------


def queries(made, reader) -> int:
    with kept_rosters(), connection.execute_wrapper(counter := Counter()):
        trip_context(Case.objects.get(pk=made.case_id), reader)
    return counter.n


class Counter:
    n = 0

    def __call__(self, execute, sql, params, many, context):
        self.n += 1
        return execute(sql, params, many, context)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three_other_trips(ministry, count):
    for turn in range(count):
        f.submit(f.trip(ministry, days_ahead=f.FAR + 10 + 8 * turn), ministry)
    made = f.trip(ministry, plan_line=f.plan_line(ministry))
    assert queries(made, ministry.vutruong) == 27


@pytest.mark.long
def test_the_page_of_a_step_costs_the_same_among_ten_and_ten_thousand_files(go, ministry):
    made = f.trip(ministry)
    case = f.submit(made, ministry)
    f.walk_to(case, ministry, kind=StepKind.APPROVE)
    step = f.open_step(case)
    client = go("thutruong")

    def costs() -> tuple[int, int]:
        client.get(f"/buoc/{step.pk}/")
        with connection.execute_wrapper(counter := Counter()):
            answer = client.get(f"/buoc/{step.pk}/")
        assert answer.status_code == 200
        return counter.n, len(answer.content)

    many(ministry, 10)
    few, size = costs()
    many(ministry, 9_990)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE workflow_case, delegations_outbounddelegation, delegations_delegationmember")
    lots, larger = costs()
    assert lots == few
    assert larger < size * 2  # the page does not grow with the files either


def many(ministry, count: int) -> None:
    """So many submitted trips of many people to many countries over ten years, a few of them like ours."""
    start = Case.objects.count()
    today, unit, filer = timezone.localdate(), ministry.unit("DHPT"), ministry.truonghoc
    countries = [Country.objects.get(iso2="TH"), *Country.objects.abroad()[:39]]
    people = list(ministry.people.values())
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no history, and no look at 40,000 foreign keys
        cases = Case.objects.bulk_create(
            Case(kind="outbound", number=f"DR-2019-{start + n:05d}", title=f"Đoàn {n}", unit=unit, created_by=filer,
                 state="completed", first_submitted_at=now, submitted_at=now)
            for n in range(count)
        )  # fmt: skip
        trips = OutboundDelegation.objects.bulk_create(
            OutboundDelegation(
                case=case, purpose="study", purpose_text="Nội dung",
                departs_on=(day := today + dt.timedelta(days=(n * 7) % 3650 - 100)), returns_on=day + dt.timedelta(days=4),
            )
            for n, case in enumerate(cases)
        )  # fmt: skip
        DelegationMember.objects.bulk_create(
            DelegationMember(
                delegation=trip, full_name="Khách", part=Part.HEAD,
                person=people[n % len(people)] if n % 50 == 0 else None,
            )
            for n, trip in enumerate(trips)
        )  # fmt: skip
        ItineraryLeg.objects.bulk_create(
            ItineraryLeg(delegation=trip, country=countries[n % len(countries)]) for n, trip in enumerate(trips)
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
