"""A rule changes from a day on, for a reason, and never so that two values hold or nobody knows who did it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from intlcoop.regulations import registry, services
from intlcoop.regulations.choices import HolidayKind, ParameterKey, Severity
from intlcoop.regulations.models import Holiday, Instrument, Parameter, RuleChange
from intlcoop.regulations.queries import ParameterMissing, news, parameter
from tests.intlcoop.people.factories import UserFactory
from tests.intlcoop.regulations.factories import InstrumentFactory, set_parameter

pytestmark = pytest.mark.django_db
KEY = ParameterKey.MAX_MEMBERS
DAY = dt.timedelta(days=1)


@pytest.fixture
def actor():
    return UserFactory()


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: dt.date(2026, 11, 22))
    return dt.date(2026, 11, 22)


def change(actor, value, first, last=None, **fields):
    options = {"severity": Severity.WARN, "citation": "minh họa", "reason": "Văn bản minh họa"} | fields
    return services.set_parameter(KEY, value=value, valid_from=first, valid_until=last, actor=actor, **options)


def spans() -> list[tuple]:
    rows = Parameter.objects.filter(key=KEY)
    return [(row.value, row.valid_from, row.valid_until) for row in rows]


def test_a_new_value_ends_the_former_the_day_before_and_today_stays_as_it_is(actor, today):
    before = parameter(KEY, today)
    first = dt.date(2027, 1, 1)
    change(actor, 8, first, severity=Severity.BLOCK)
    assert spans() == [(10, None, dt.date(2026, 12, 31)), (8, first, None)]
    assert parameter(KEY, today) == before
    assert (parameter(KEY, first).value, parameter(KEY, first).severity) == (8, Severity.BLOCK)
    kept = RuleChange.objects.get()
    assert (kept.actor, kept.effective_from, kept.before[:8], kept.after[:7]) == (actor, first, "10 người", "8 người")


def test_a_value_for_some_months_gives_way_to_the_former_again(actor):
    change(actor, 5, dt.date(2027, 3, 1), dt.date(2027, 3, 31))
    assert spans() == [
        (10, None, dt.date(2027, 2, 28)), (5, dt.date(2027, 3, 1), dt.date(2027, 3, 31)), (10, dt.date(2027, 4, 1), None)
    ]  # fmt: skip


def test_a_row_in_the_way_is_named(actor):
    change(actor, 8, dt.date(2027, 1, 1))
    before = spans()
    with pytest.raises(ValidationError) as refusal:
        change(actor, 7, dt.date(2026, 12, 1))
    (sentence,) = refusal.value.message_dict["valid_from"]
    assert "8 người" in sentence
    assert "31/12/2026" in sentence
    with pytest.raises(ValidationError) as refusal:
        change(actor, 7, dt.date(2027, 1, 1))
    assert "01/01/2027" in refusal.value.message_dict["valid_from"][0]
    assert spans() == before
    change(actor, 7, dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    assert [value for value, *_days in spans()] == [10, 7, 8]


def test_the_database_refuses_two_values_on_one_day_whoever_writes(actor):
    change(actor, 8, dt.date(2027, 1, 1))
    with pytest.raises(Exception, match="parameter_one_value_at_a_time"), transaction.atomic():
        Parameter.objects.filter(key=KEY, valid_from=None).update(valid_until=None)


def test_a_day_that_has_passed_needs_a_second_word(actor, today):
    with pytest.raises(ValidationError) as refusal:
        change(actor, 8, today - DAY)
    assert list(refusal.value.message_dict) == ["past_confirmed"]
    change(actor, 8, today - DAY, past_confirmed=True)
    assert parameter(KEY, today).value == 8


def test_nothing_changes_without_a_reason(actor, today):
    row, holiday, instrument = Parameter.objects.get(key=KEY), Holiday.objects.first(), Instrument.objects.first()
    for attempt in (
        lambda: change(actor, 8, dt.date(2027, 1, 1), reason=" "),
        lambda: services.end_parameter(row, last_day=today, reason="", actor=actor),
        lambda: services.withdraw_parameter(row, reason="", actor=actor),
        lambda: services.remove_holiday(holiday, reason="", actor=actor),
        lambda: services.change_instrument(instrument, title="x", reason="", actor=actor),
    ):
        with pytest.raises(ValidationError):
            attempt()
    assert spans() == [(10, None, None)]
    assert not RuleChange.objects.exists()


def test_a_limit_can_be_ended_and_a_processing_time_cannot(actor, today):
    services.end_parameter(Parameter.objects.get(key=KEY), last_day=today, reason="Bãi bỏ", actor=actor)
    assert parameter(KEY, today).value == 10
    with pytest.raises(ParameterMissing):
        parameter(KEY, today + DAY)
    with pytest.raises(ValidationError):
        services.end_parameter(
            Parameter.objects.get(key=ParameterKey.APPRAISAL), last_day=today, reason="Bãi bỏ", actor=actor
        )
    change(actor, 9, dt.date(2027, 6, 1))
    services.withdraw_parameter(Parameter.objects.get(key=KEY, value=9), reason="Nhầm", actor=actor)
    assert spans() == [(10, None, today)], "nothing held when it was entered, so nothing holds on"


@pytest.mark.parametrize("last", [None, dt.date(2027, 3, 31)])
def test_a_value_that_has_not_begun_is_taken_back_as_if_it_had_never_been(actor, last):
    row = change(actor, 5, dt.date(2027, 3, 1), last)
    services.withdraw_parameter(row, reason="Nhập nhầm", actor=actor)
    assert spans() == [(10, None, None)]


def test_a_value_that_holds_is_not_taken_back(actor):
    with pytest.raises(ValidationError):
        services.withdraw_parameter(Parameter.objects.get(key=KEY), reason="x", actor=actor)
    assert spans() == [(10, None, None)]


def test_a_corrected_basis_leaves_the_value(actor):
    row = Parameter.objects.get(key=KEY)
    instrument = InstrumentFactory()
    services.correct_parameter(
        row, instrument=instrument, citation="Quy chế minh họa", needs_check=False, reason="Đã đối chiếu", actor=actor
    )
    row.refresh_from_db()
    assert (row.value, row.citation, row.instrument, row.needs_check) == (10, "Quy chế minh họa", instrument, False)
    assert "Quy chế minh họa" in RuleChange.objects.get().after


def test_who_changed_what_cannot_be_rewritten(actor):
    change(actor, 8, dt.date(2027, 1, 1))
    for attempt in (lambda: RuleChange.objects.update(reason="khác"), lambda: RuleChange.objects.all().delete()):
        with pytest.raises(Exception, match="append_only"), transaction.atomic():
            attempt()


# --- instruments ----------------------------------------------------------------------------------------------------


def test_instruments_do_not_replace_each_other_in_a_circle(actor):
    a, b, c = (InstrumentFactory() for _ in range(3))
    services.change_instrument(b, replaces=[a], reason="x", actor=actor)
    services.change_instrument(c, replaces=[b], reason="x", actor=actor)
    with pytest.raises(ValidationError) as refusal:
        services.change_instrument(a, replaces=[c], reason="x", actor=actor)
    assert "replaces" in refusal.value.message_dict
    with pytest.raises(ValidationError):
        services.change_instrument(c, replaces=[b, a], reason="x", actor=actor)
    services.change_instrument(c, replaces=[], reason="x", actor=actor)
    b.refresh_from_db()
    assert b.replaced_by is None


def test_a_replaced_instrument_does_not_end_before_it_began(actor):
    old = InstrumentFactory(effective_from=dt.date(2026, 1, 1))
    new = InstrumentFactory(effective_from=dt.date(2025, 1, 1))
    with pytest.raises(ValidationError):
        services.change_instrument(new, replaces=[old], reason="x", actor=actor)


# --- days off -------------------------------------------------------------------------------------------------------


@pytest.fixture
def heard(monkeypatch):
    told: list[int] = []
    monkeypatch.setattr(registry, "_calendar_listeners", [lambda: told.append(Holiday.objects.count())])
    return told


def test_each_change_of_the_days_off_is_told_once_in_the_same_transaction(actor, heard):
    count = Holiday.objects.count()
    fields = {
        "name_vi": "Ngày nghỉ minh họa",
        "kind": HolidayKind.DAY_OFF,
        "reason": "Thông báo minh họa",
        "actor": actor,
    }
    row = services.add_holiday(day=dt.date(2027, 6, 7), **fields)
    services.change_holiday(row, name_vi="Tên khác", reason="Sửa tên", actor=actor)
    services.remove_holiday(row, reason="Nhầm", actor=actor)
    assert heard == [count + 1, count + 1, count]
    services.swap_days(
        off=dt.date(2027, 6, 7), worked=dt.date(2027, 6, 12), occasion="Minh họa", reason="Minh họa", actor=actor
    )
    assert heard[-1] == count + 2
    with pytest.raises(ValidationError), transaction.atomic():
        services.add_holiday(day=dt.date(2027, 6, 7), **fields)
    assert len(heard) == 4


@pytest.mark.parametrize(
    ("off", "worked", "field"),
    [
        ((2027, 6, 5), (2027, 6, 12), "off"),
        ((2027, 6, 7), (2027, 6, 8), "worked"),
        ((2027, 4, 30), (2027, 6, 12), "off"),
        ((2027, 6, 7), (2027, 2, 6), "worked"),
    ],
)
def test_a_swap_that_makes_no_sense_leaves_both_days(actor, heard, off, worked, field):
    count = Holiday.objects.count()
    with pytest.raises(ValidationError) as refusal:
        services.swap_days(off=dt.date(*off), worked=dt.date(*worked), occasion="x", reason="x", actor=actor)
    assert list(refusal.value.message_dict) == [field]
    assert Holiday.objects.count() == count
    assert heard == []


def test_a_year_is_loaded_pair_by_pair(actor, heard):
    Holiday.objects.filter(day__year=2026).delete()
    assert len(services.preview_year(2026)) == 17
    taken = services.load_year(2026, days=[dt.date(2026, 8, 31)], reason="Minh họa", actor=actor)
    assert taken == 2, "the worked Saturday comes along"
    rest = [difference.day for difference in services.preview_year(2026)]
    services.load_year(2026, days=rest, reason="Minh họa", actor=actor)
    assert services.preview_year(2026) == []
    assert len(heard) == 2


def test_what_an_administrator_corrected_is_shown_as_a_difference_and_stays_unless_ticked(actor):
    Holiday.objects.filter(day=dt.date(2027, 9, 3)).delete()
    Holiday.objects.create(day=dt.date(2027, 9, 1), name_vi="Quốc khánh", name_en="National Day")
    found = {difference.day: difference for difference in services.preview_year(2027)}
    assert set(found) == {dt.date(2027, 9, 1), dt.date(2027, 9, 3)}
    services.load_year(2027, days=[dt.date(2027, 9, 3)], reason="Minh họa", actor=actor)
    assert Holiday.objects.filter(day=dt.date(2027, 9, 1)).exists()


# --- what is new ----------------------------------------------------------------------------------------------------


def test_only_what_was_published_is_news_and_other_rooms_add_theirs(actor, today, monkeypatch):
    monkeypatch.setattr(registry, "_news_sources", {})
    told = []
    monkeypatch.setattr(registry, "_publishers", [lambda change, actor: told.append((change, actor))])
    change(actor, 8, dt.date(2027, 1, 1))
    assert news(actor, today - DAY) == []
    change(actor, 7, dt.date(2027, 6, 1), is_published=True, news="Không quá 7 người.")
    (item,) = news(actor, today - DAY)
    assert (item.text, item.effective_from) == ("Không quá 7 người.", dt.date(2027, 6, 1))
    assert [(row.after[:7], who) for row, who in told] == [("7 người", actor)]
    later = registry.NewsItem(on=today + DAY, kind="Quy trình", title="Quy trình mới")
    registry.register_news_source("routes", lambda reader, since: [later])
    assert news(actor, today - DAY)[0] is later
    assert news(UserFactory(is_active=False), today - DAY) == [later]


def test_a_set_parameter_of_the_tests_still_holds_always():
    assert set_parameter(KEY, 3).holds_on(dt.date(1990, 1, 1))
