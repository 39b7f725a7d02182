"""Estimates in the database: what is proposed, written, compared with the file, and told to the engine."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from delegations import guards, queries, services
from delegations.choices import FundingSource, OutboundState, Part
from delegations.models import EstimateItem, EstimatePerson, OutboundDelegation
from delegations.queries.proposals import proposed_rows
from intlcoop.catalogues.models import Country
from intlcoop.people.choices import Rank
from intlcoop.workflow import engine
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from tests.delegations import changing
from tests.delegations import factories as f
from tests.delegations import money as m

pytestmark = pytest.mark.django_db
D = Decimal


def again(trip: OutboundDelegation) -> OutboundDelegation:
    return OutboundDelegation.objects.get(pk=trip.pk)


def texts(trip: OutboundDelegation) -> list[str]:
    return [found.text for found in guards.mismatches(again(trip))]


def two_travel(ministry, **fields):
    rows = [
        f.member(ministry.chuyenvien2, Part.HEAD),
        {"full_name": "Nguyễn Văn Khách", "rank": Rank.DEPUTY_MINISTER, "part": Part.MEMBER},
    ]
    return f.trip(ministry, members=rows, **fields)


# --- the proposal -----------------------------------------------------------------------------------------------------


def test_the_proposal_comes_from_list_itinerary_and_norms_by_class(ministry):
    group = m.group(ministry)
    m.norm(ministry, group, "meals", 60, "A")
    m.norm(ministry, group, "meals", 50, "B")
    trip = two_travel(ministry)
    rows = {(row["item"], row["person_class"]): row for row in proposed_rows(again(trip))}
    head, guest = trip.members.all()
    assert rows[("meals", "A")]["people"] == [guest.pk]
    assert rows[("meals", "A")]["unit_amount"] == 60
    assert rows[("meals", "B")]["people"] == [head.pk]
    assert rows[("meals", "B")]["quantity"] == 4
    assert rows[("lodging", "B")]["quantity"] == 3
    assert rows[("lodging", "B")]["unit_amount"] is None
    assert rows[("ticket", "")]["people"] == [head.pk, guest.pk]
    assert rows[("ticket", "")]["unit_amount"] is None
    assert {"visa", "insurance", "transfer"} <= {item for item, _class in rows}


def test_a_day_trip_needs_no_room_and_a_conference_a_fee(ministry):
    trip = f.trip(ministry, length=1, purpose="conference")
    items = [row["item"] for row in proposed_rows(again(trip))]
    assert "lodging" not in items
    assert "conference_fee" in items


def test_nobody_travels_nothing_is_proposed(ministry):
    assert proposed_rows(again(f.trip(ministry, members=[]))) == []


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_line_keeps_the_rate_of_its_day_and_a_later_correction_leaves_it(ministry):
    kept = m.rate(ministry)
    trip = f.trip(ministry)
    m.estimate(trip, ministry, m.line(trip, "ticket", 100, currency=m.currency("USD")))
    assert queries.total_vnd(again(trip)) == D(2_600_000)
    services.save_rate(
        kept, currency=kept.currency, valid_from=kept.valid_from, valid_until=None, value=D(30000), source="Đính chính",
        actor=ministry.taichinh,
    )  # fmt: skip
    assert queries.total_vnd(again(trip)) == D(2_600_000)


def test_a_missing_rate_is_named_with_its_day_and_counts_once_it_is_entered(ministry):
    trip = f.trip(ministry)
    m.estimate(trip, ministry, m.line(trip, "ticket", 100, currency=m.currency("USD")))
    assert queries.Sheet(again(trip)).totals.own is None
    day = f"{timezone.localdate():%d/%m/%Y}"
    assert any("USD" in text and day in text for text in texts(trip))
    m.rate(ministry)
    assert not any("USD" in text and day in text for text in texts(trip))
    assert queries.Sheet(again(trip)).totals.own == D(2_600_000)


def test_wrong_lines_are_refused_all_at_once_and_nothing_is_half_saved(ministry):
    trip = f.trip(ministry)
    for change in ({"quantity": D(0)}, {"quantity": D(-1)}, {"unit_amount": D(-1)}, {"item": "nonsense"}):
        good, bad = m.line(trip, "visa", 1), m.line(trip, "ticket", 1) | change
        with pytest.raises(Refused) as refused:
            services.save_estimate(trip, actor=ministry.chuyenvien, rows=[good, bad, bad])
        assert len(refused.value.reasons) >= 2
        assert not EstimateItem.objects.exists()


def test_a_member_of_another_trip_is_no_member_of_a_line(ministry):
    trip, other = f.trip(ministry), f.trip(ministry, days_ahead=f.FAR + 20)
    stranger = other.members.get().pk
    m.estimate(trip, ministry, m.line(trip, "ticket", 1, people=[trip.members.get().pk, stranger]))
    assert EstimatePerson.objects.get().member.delegation == trip


def test_who_leaves_the_delegation_leaves_the_sum(ministry):
    trip = two_travel(ministry)
    m.estimate(trip, ministry, m.line(trip, "ticket", 60_000_000))
    assert queries.total_vnd(again(trip)) == D(120_000_000)
    trip.members.exclude(part=Part.HEAD).get().delete()
    assert queries.total_vnd(again(trip)) == D(60_000_000)
    assert queries.per_head_vnd(again(trip)) == D(60_000_000)


def test_only_the_filing_unit_writes_the_estimate(ministry):
    trip = f.trip(ministry)
    f.submit(trip, ministry)
    for account in ("htqt", "taichinh", "quantri", "truonghoc", "botruong"):
        actor = ministry.person(account)
        with pytest.raises(NotAllowed):
            services.save_estimate(again(trip), actor=actor, rows=[])
        with pytest.raises(NotAllowed):
            services.follow_the_file(again(trip), actor=actor)
        with pytest.raises(NotAllowed):
            services.ask_for_the_estimate(again(trip), actor=actor)


def test_two_writers_never_overwrite_each_other_unseen(ministry):
    trip = f.trip(ministry)
    version = Case.objects.get(pk=trip.case_id).version
    m.estimate(trip, ministry)
    with pytest.raises(Conflict):
        services.save_estimate(again(trip), actor=ministry.chuyenvien, rows=[], expected_version=version)


def test_the_estimate_follows_a_changed_list_and_itinerary_and_keeps_amounts(ministry):
    trip = f.trip(ministry)
    country = Country.objects.get(iso2="TH")
    m.estimate(
        trip, ministry, m.line(trip, "ticket", 10_000_000),
        m.line(trip, "meals", 50, country=country, person_class="B", currency=m.currency("USD"), quantity=D(4)),
        m.line(trip, "gift", 500_000),
    )  # fmt: skip
    head = trip.members.get()
    services.update_trip(
        again(trip),
        actor=ministry.chuyenvien,
        fields={"returns_on": trip.returns_on + dt.timedelta(days=2)},
        members=[{"id": head.pk, **f.member(ministry.chuyenvien2, Part.HEAD)}, f.member(ministry.chuyenvien3)],
    )
    assert len(texts(trip)) >= 2
    services.follow_the_file(again(trip), actor=ministry.chuyenvien)
    lines = {line.item: line for line in queries.Sheet(again(trip)).lines}
    assert lines["meals"].quantity == 6
    assert lines["meals"].unit_amount == 50
    assert len(lines["ticket"].people) == 2
    assert lines["gift"].unit_amount == 500_000
    assert not any("Triệu" in text for text in texts(trip))


# --- one number (B8) --------------------------------------------------------------------------------------------------


def test_without_an_estimate_there_is_nothing_to_disagree_with(ministry):
    assert texts(f.trip(ministry)) == []


def test_an_estimate_that_agrees_lets_the_file_go(ministry):
    trip = f.trip(ministry)
    m.estimate(trip, ministry)
    assert texts(trip) == []
    assert f.submit(again(trip), ministry).state == OutboundState.IN_APPROVAL


def test_each_mismatch_is_named_with_both_values_and_keeps_the_file_from_submission(ministry):
    trip = two_travel(ministry)
    thailand, japan = Country.objects.get(iso2="TH"), Country.objects.get(iso2="JP")
    head = trip.members.get(part=Part.HEAD)
    m.estimate(
        trip, ministry,
        m.line(trip, "meals", 1_000_000, country=thailand, people=[head.pk], quantity=D(5)),
        m.line(trip, "lodging", 1_000_000, country=thailand, people=[head.pk], quantity=D(4)),
        m.line(trip, "transfer", 500_000, country=japan, people=[head.pk]),
        m.line(trip, "ticket", None, people=[head.pk]),
        m.line(trip, "visa", 1, people=[]),
    )  # fmt: skip
    found = " ".join(texts(trip))
    for word in ("2", "1", "Nguyễn Văn Khách", "5", "4", "3", "Nhật Bản", "Thái Lan"):
        assert word in found, word
    assert len(texts(trip)) == 6
    with pytest.raises(Refused, match="Nguyễn Văn Khách"):
        engine.fire(Case.objects.get(pk=trip.case_id), "submit", actor=ministry.chuyenvien)


def test_too_few_days_and_a_sum_that_was_not_asked_for_are_named(ministry):
    trip = f.trip(ministry)
    thailand = Country.objects.get(iso2="TH")
    m.estimate(trip, ministry, m.line(trip, "meals", 20_000_000, country=thailand, quantity=D(3)))
    days, money = texts(trip)
    assert "4" in days
    assert "3" in days
    assert "120.000.000" in money
    assert "60.000.000" in money
    services.ask_for_the_estimate(again(trip), actor=ministry.chuyenvien)
    item = trip.funding.get()
    assert (item.source, item.amount, item.currency.code) == ("state_budget", D(60_000_000), "VND")
    assert texts(trip) == [days]


def test_what_the_host_pays_need_not_be_asked_for_but_agrees_when_it_is(ministry):
    trip = f.trip(ministry)
    m.estimate(
        trip,
        ministry,
        m.line(trip, "ticket", 120_000_000),
        m.line(trip, "lodging", 9_000_000, source=FundingSource.HOST),
    )
    assert texts(trip) == []
    trip.funding.create(source=FundingSource.HOST, amount=8_000_000, currency=m.currency("VND"))
    assert any("8.000.000" in text and "9.000.000" in text for text in texts(trip))


def test_the_host_pays_everything_but_the_estimate_does_not_say_so(ministry):
    trip = f.trip(ministry, host_pays_all=True)
    trip.funding.all().delete()
    m.estimate(trip, ministry, m.line(trip, "ticket", 5_000_000))
    assert any("5.000.000" in text for text in texts(trip))


def test_above_the_norm_asks_for_a_reason_and_no_more(ministry):
    group = m.group(ministry)
    m.norm(ministry, group, "meals", 50)
    m.rate(ministry)
    trip = f.trip(ministry)
    dear = {
        "country": Country.objects.get(iso2="TH"),
        "person_class": "B",
        "quantity": D(4),
        "currency": m.currency("USD"),
    }
    m.estimate(trip, ministry, m.line(trip, "meals", 60, **dear))
    assert any("60,00 USD" in text and "50,00 USD" in text for text in texts(trip))
    m.estimate(trip, ministry, m.line(trip, "meals", 60, over_reason="Giá tại địa phương tăng", **dear))
    assert not any("50,00 USD" in text for text in texts(trip))
    assert queries.Sheet(again(trip)).is_over(EstimateItem.objects.get())


# --- the engine -------------------------------------------------------------------------------------------------------


def in_approval(ministry):
    trip = f.trip(ministry)
    m.estimate(trip, ministry)
    case = f.submit(again(trip), ministry)
    f.walk_to(case, ministry, kind=StepKind.APPROVE)
    return trip


def test_another_wording_of_the_estimate_reopens_nothing_but_a_larger_sum_does(ministry):
    trip = in_approval(ministry)
    half = m.line(trip, "ticket", 60_000_000)
    m.estimate(trip, ministry, half, half | {"item": "visa"})
    assert f.open_step(trip.case).kind == StepKind.APPROVE
    m.estimate(trip, ministry, m.line(trip, "ticket", 121_000_000))
    assert StepKind.APPROVE not in [step.kind for step in f.open_steps(f.fresh(trip.case))]


def test_the_history_keeps_the_lines_in_words(ministry):
    trip = f.trip(ministry)
    m.estimate(trip, ministry)
    version = trip.case.content_versions.order_by("-number").first()
    lines = dict(queries.readable_content(version.content))
    said = [text for values in lines.values() for text in values]
    assert any("1 × 120.000.000 VND" in text for text in said), said
    assert not any("120000000" in text for text in said)


# --- what is left, what others cost -----------------------------------------------------------------------------------


def test_the_budget_of_a_line_is_what_other_trips_left_of_it(ministry):
    line = f.plan_line(ministry)
    line.amount, line.currency = D(300_000_000), m.currency("VND")
    line.save()
    first, second = (f.trip(ministry, plan_line=line, days_ahead=f.FAR + 10 * turn) for turn in range(2))
    m.estimate(second, ministry, m.line(second, "ticket", 100_000_000))
    assert queries.budget_of(line).left == D(300_000_000)  # drafts take nothing yet
    Case.objects.filter(outbound__in=[first, second]).update(state=OutboundState.IN_APPROVAL)
    budget = queries.budget_of(line, without=first)
    assert (budget.planned, budget.taken, budget.left) == (D(300_000_000), D(100_000_000), D(200_000_000))
    assert queries.budget_of(line).left == D(80_000_000)
    assert queries.budget_of(None) is None


def test_similar_trips_are_decided_ones_to_the_same_countries_or_group_within_three_years(
    ministry, django_assert_max_num_queries
):
    m.group(ministry, "TH", "LA")
    mine = f.trip(ministry)
    decided = f.trip(ministry, country="LA", days_ahead=f.FAR - 10)
    Case.objects.filter(pk=decided.case_id).update(state=OutboundState.DECIDED)
    elsewhere = f.trip(ministry, country="JP", days_ahead=f.FAR - 20)
    Case.objects.filter(pk=elsewhere.case_id).update(state=OutboundState.DECIDED)
    f.trip(ministry, days_ahead=f.FAR - 30)  # not decided on
    old = f.trip(ministry, days_ahead=f.FAR - 5)
    Case.objects.filter(pk=old.case_id).update(state=OutboundState.COMPLETED)
    OutboundDelegation.objects.filter(pk=old.pk).update(
        departs_on=mine.departs_on - dt.timedelta(days=3 * 366 + 1),
        returns_on=mine.departs_on - dt.timedelta(days=3 * 366),
    )
    with django_assert_max_num_queries(12):
        found = queries.similar_trips(again(mine))
    assert [each.trip.pk for each in found.trips] == [decided.pk]
    assert found.median == D(120_000_000)


def test_a_trip_on_29_february_looks_back_three_years():
    from delegations.queries.estimates import years_before

    assert years_before(dt.date(2028, 2, 29), 3) == dt.date(2025, 2, 28)


def test_the_rows_refuse_what_the_forms_refuse(ministry):
    trip = f.trip(ministry)
    item = EstimateItem(
        delegation=trip,
        item="ticket",
        quantity=D(0),
        unit_amount=D(1),
        currency=m.currency("VND"),
        source="state_budget",
    )
    with pytest.raises(ValidationError):
        item.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


def test_an_estimate_is_copied_for_another_version_of_the_trip(ministry):
    trip, version = two_travel(ministry), two_travel(ministry, days_ahead=f.FAR + 20)
    m.estimate(trip, ministry)
    services.copy_estimate(again(trip), again(version))
    assert queries.total_vnd(again(version)) == queries.total_vnd(again(trip))
    assert {share.member.delegation_id for share in EstimatePerson.objects.filter(item__delegation=version)} == {
        version.pk
    }


def test_a_changed_version_takes_the_estimate_along_and_gives_it_back_when_it_comes_into_force(ministry):
    trip = f.trip(ministry)
    m.estimate(trip, ministry)
    f.walk_to_the_end(f.submit(again(trip), ministry), ministry)
    change = changing.ask(ministry, changing.again(trip))
    version = OutboundDelegation.everything.get(case=change.case)
    assert queries.total_vnd(version) == D(120_000_000)
    changing.rewrite(ministry, change, returns_on=changing.later(trip))
    dearer = m.line(version, "ticket", 130_000_000)
    services.save_estimate(version, actor=ministry.chuyenvien, rows=[dearer])
    with pytest.raises(Refused, match=r"130\.000\.000"):
        changing.submit(ministry, change)
    services.ask_for_the_estimate(OutboundDelegation.everything.get(pk=version.pk), actor=ministry.chuyenvien)
    assert queries.total_vnd(again(trip)) == D(120_000_000)
    changing.put_in_force(ministry, change)
    assert queries.total_vnd(again(trip)) == D(130_000_000)
    assert EstimatePerson.objects.filter(item__delegation=trip).get().member.delegation_id == trip.pk
