"""Norms and rates: which one holds on which day, who keeps them, and what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from delegations import services
from delegations.models import EstimateItem, ExchangeRate, NormTable, PerDiemNorm
from delegations.queries.norms import NormBook
from intlcoop.catalogues.models import Country
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.delegations import factories as f
from tests.delegations import money as m

pytestmark = pytest.mark.django_db
D = Decimal


def test_the_circular_follows_from_the_day_of_departure_and_ships_without_figures(db):
    assert NormBook(dt.date(2026, 2, 13)).table.instrument.symbol == "102/2012/TT-BTC"
    assert NormBook(dt.date(2026, 2, 14)).table.instrument.symbol == "140/2025/TT-BTC"
    assert NormBook(dt.date(2012, 8, 9)).table is None
    assert not PerDiemNorm.objects.exists()
    assert all(table.needs_check for table in NormTable.objects.all())


def test_a_new_amount_ends_the_former_the_day_before_and_an_earlier_departure_keeps_it(ministry):
    group = m.group(ministry)
    first = group.table.valid_from
    old = m.norm(ministry, group, "meals", 50)
    m.norm(ministry, group, "meals", 60, valid_from=first + dt.timedelta(days=100))
    old.refresh_from_db()
    assert old.valid_until == first + dt.timedelta(days=99)
    thailand = Country.objects.get(iso2="TH").pk
    assert NormBook(first + dt.timedelta(days=99)).norm(thailand, "B", "meals").amount == 50
    assert NormBook(first + dt.timedelta(days=100)).norm(thailand, "B", "meals").amount == 60
    assert NormBook(first).norm(Country.objects.get(iso2="JP").pk, "B", "meals") is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"valid_from": dt.date(2026, 2, 14)}, "14/02/2026"),
        ({"valid_from": dt.date(2026, 2, 13)}, "140/2025/TT-BTC"),
        ({"amount": Decimal(-1), "valid_from": dt.date(2027, 1, 1)}, "0"),
        ({"valid_from": dt.date(2028, 2, 29), "valid_until": dt.date(2028, 2, 28)}, "ngày|day"),
    ],
)
def test_a_wrong_norm_is_refused_with_a_sentence_and_nothing_changes(ministry, changes, words):
    group = m.group(ministry)
    m.norm(ministry, group, "meals", 50)
    values = {"amount": D(60), "valid_from": group.table.valid_from} | changes
    with pytest.raises(Refused, match=words):
        services.set_norm(
            group,
            item="meals",
            person_class="B",
            currency=m.currency("USD"),
            reason="x",
            actor=ministry.taichinh,
            **values,
        )
    assert PerDiemNorm.objects.get().valid_until is None


def test_a_wrong_entry_is_taken_out_as_long_as_no_estimate_stands_on_it(ministry):
    group = m.group(ministry)
    wrong = m.norm(ministry, group, "meals", 500)
    services.withdraw_norm(wrong, actor=ministry.taichinh)
    right = m.norm(ministry, group, "meals", 50)
    trip = f.trip(ministry)
    m.estimate(trip, ministry, m.line(trip, "meals", 50, country=Country.objects.get(iso2="TH"), person_class="B"))
    assert EstimateItem.objects.get().norm == right
    with pytest.raises(Refused):
        services.withdraw_norm(right, actor=ministry.taichinh)


def test_a_country_stands_in_one_group_of_a_table(ministry):
    m.group(ministry, "TH", "LA")
    with pytest.raises(Refused, match="Nhóm I"):
        m.group(ministry, "TH", name="Nhóm II")


def test_two_rates_of_a_currency_never_hold_on_one_day(ministry):
    kept = m.rate(ministry)
    with pytest.raises(Refused, match="USD"):
        m.rate(ministry, value="27000")
    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangeRate.objects.create(
            currency=kept.currency,
            valid_from=kept.valid_from,
            valid_until=kept.valid_from,
            rate=1,
            entered_by=kept.entered_by,
        )
    services.save_rate(
        kept, currency=kept.currency, valid_from=kept.valid_from, valid_until=None, value=D(27000), source="Đính chính",
        actor=ministry.taichinh,
    )  # fmt: skip
    assert ExchangeRate.objects.get().rate == 27000


def test_a_rate_is_larger_than_zero(ministry):
    for value in ("0", "-1"):
        with pytest.raises(Refused):
            m.rate(ministry, value=value)


def test_only_finance_and_administrators_keep_norms_and_rates(ministry):
    group = m.group(ministry)
    values = {"item": "meals", "person_class": "B", "amount": D(1), "currency": m.currency("USD"), "reason": "x"}
    rate = {"currency": m.currency("USD"), "valid_from": timezone.localdate(), "valid_until": None, "source": "x"}
    for account in ("chuyenvien", "htqt", "vutruong", "botruong", "kiemtoan", "vanthu"):
        with pytest.raises(NotAllowed):
            services.set_norm(group, valid_from=group.table.valid_from, actor=ministry.person(account), **values)
        with pytest.raises(NotAllowed):
            services.save_rate(None, value=D(1), actor=ministry.person(account), **rate)
    services.set_norm(group, valid_from=group.table.valid_from, actor=ministry.quantri, **values)
    services.save_rate(None, value=D(1), actor=ministry.taichinh, **rate)
