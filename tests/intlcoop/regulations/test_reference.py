"""The shipped rules: with their basis, honest about what was not checked, and never written over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.models import ReceptionNorm
from intlcoop.regulations import reference
from intlcoop.regulations.choices import HolidayKind, ParameterKey, Severity, Unit
from intlcoop.regulations.kinds import GROUPS, KINDS, ROUTE_RULES
from intlcoop.regulations.models import Holiday, Instrument, Parameter, StatutoryDeadline
from tests.intlcoop.regulations.test_working_days import YEAR_2026

pytestmark = pytest.mark.django_db

ROUTES = {
    "outbound.deputy_minister_offplan_requires_pm", "outbound.decision_issuer_role", "agreement.pm_if_disagreement",
    "conference.pm_topics", "aid.pm_topics",
}  # fmt: skip


def test_every_parameter_that_the_code_asks_for_is_shipped_and_no_route_is_one():
    assert set(Parameter.objects.values_list("key", flat=True)) == set(ParameterKey.values)
    assert not ROUTES & set(ParameterKey.values)
    assert {rule.key for rule in ROUTE_RULES} == ROUTES
    assert list(KINDS) == list(ParameterKey), "every parameter says what it may be, in the order of the page"
    assert {kind.group for kind in KINDS.values()} == set(GROUPS)


@pytest.mark.parametrize(
    ("key", "value", "severity"),
    [
        (ParameterKey.LEAD_TIME, 20, Severity.WARN),
        (ParameterKey.APPRAISAL, 7, Severity.SLA),
        (ParameterKey.COMPLETE_FILE, 2, Severity.SLA),
        (ParameterKey.REPORT_DUE, 15, Severity.REMINDER),
        (ParameterKey.TRIPS_PER_LEADER, 2, Severity.WARN),
        (ParameterKey.MAX_MEMBERS, 10, Severity.WARN),
        (ParameterKey.MAX_DAYS, 10, Severity.WARN),
        (ParameterKey.MAX_COUNTRIES, 3, Severity.WARN),
        (ParameterKey.KEY_LEADERS, 1, Severity.WARN),
        (ParameterKey.SAME_CONTENT, 3, Severity.WARN),
        (ParameterKey.PASSPORT_VALIDITY, 6, Severity.WARN),
        (ParameterKey.PASSPORT_RETURN, 5, Severity.REMINDER),
        (ParameterKey.SHORT_TRIP, 180, Severity.WARN),
        (ParameterKey.PLAN_ADJUST, "05-01", Severity.REMINDER),
        (ParameterKey.INBOUND_NO_VISA, 10, Severity.WARN),
        (ParameterKey.INBOUND_VISA, 30, Severity.WARN),
        (ParameterKey.INBOUND_REPORT, 7, Severity.REMINDER),
        (ParameterKey.AGREEMENT_OPINION, 7, Severity.SLA),
        (ParameterKey.AGREEMENT_OPINION_SHORT, 3, Severity.SLA),
        (ParameterKey.AGREEMENT_DECISION, 5, Severity.SLA),
        (ParameterKey.AGREEMENT_REPORT, 15, Severity.REMINDER),
        (ParameterKey.AGREEMENT_NOTICE, 15, Severity.REMINDER),
        (ParameterKey.AGREEMENT_TITLES, ["công ước", "hiệp ước", "định ước", "hiệp định"], Severity.BLOCK),
        (ParameterKey.CONFERENCE_LEAD_PM, 40, Severity.WARN),
        (ParameterKey.CONFERENCE_LEAD_MINISTER, 30, Severity.WARN),
        (ParameterKey.CONFERENCE_OPINION, 15, Severity.SLA),
        (ParameterKey.CONFERENCE_REPORT, 15, Severity.REMINDER),
        (ParameterKey.AID_APPRAISAL, 20, Severity.SLA),
        (ParameterKey.AID_NOTIFY, 5, Severity.SLA),
        (ParameterKey.YEAR_CUTOFF, {"from": "12-15", "until": "12-14"}, Severity.SETTING),
    ],
)
def test_parameters_have_the_defaults_of_the_dossier(key, value, severity):
    shipped = Parameter.objects.get(key=key)
    assert (shipped.value, shipped.severity) == (value, severity)


def test_every_parameter_names_its_basis_and_what_is_not_certain_says_so():
    for parameter in Parameter.objects.select_related("instrument"):
        assert parameter.citation, parameter
        kind = KINDS[parameter.key]
        assert parameter.unit == kind.unit, parameter
        assert parameter.severity in kind.effects, parameter
        if parameter.unit not in (Unit.PERIOD, Unit.DAY_OF_YEAR, Unit.WORDS):
            numbers = parameter.value if parameter.unit == Unit.DAY_LIST else [parameter.value]
            assert all(kind.lowest <= number <= kind.highest for number in numbers), parameter
        if parameter.instrument is None or parameter.instrument.needs_check or "giả định" in parameter.citation:
            assert parameter.needs_check, parameter
    certain = set(Parameter.objects.filter(needs_check=False).values_list("key", flat=True))
    assert certain == {
        ParameterKey.PASSPORT_RETURN, ParameterKey.AGREEMENT_OPINION, ParameterKey.AGREEMENT_OPINION_SHORT,
        ParameterKey.AGREEMENT_REPORT, ParameterKey.AGREEMENT_NOTICE, ParameterKey.AGREEMENT_TITLES,
        ParameterKey.TREATY_OPINION, ParameterKey.CONFERENCE_LEAD_PM, ParameterKey.CONFERENCE_LEAD_MINISTER,
        ParameterKey.CONFERENCE_OPINION, ParameterKey.CONFERENCE_REPORT,
    }  # fmt: skip


def test_nothing_that_was_only_read_about_passes_as_checked():
    """domain.md D 1: the text of these three was not reachable."""
    for symbol in ("272-QĐ/TW", "1092/QĐ-BNV", "61/QĐ-UBDT"):
        assert Instrument.objects.get(symbol=symbol).needs_check


@pytest.mark.parametrize(
    ("old", "new", "last_day"),
    [
        ("102/2012/TT-BTC", "140/2025/TT-BTC", dt.date(2026, 2, 13)),
        ("71/2018/TT-BTC", "35/2026/TT-BTC", dt.date(2026, 5, 17)),
        ("80/2020/NĐ-CP", "313/2025/NĐ-CP", dt.date(2025, 12, 7)),
    ],
)
def test_an_instrument_ends_the_day_before_its_successor_begins(old, new, last_day):
    replaced = Instrument.objects.select_related("replaced_by").get(symbol=old)
    assert replaced.replaced_by.symbol == new
    assert replaced.effective_to == last_day
    assert replaced.replaced_by.effective_from == last_day + dt.timedelta(days=1)


def test_days_off_of_2026_are_those_that_were_announced():
    rows = Holiday.objects.filter(day__year=2026)
    assert {row.day for row in rows if row.kind == HolidayKind.DAY_OFF} == YEAR_2026.days_off
    assert {row.day for row in rows if row.kind == HolidayKind.WORKING_WEEKEND} == YEAR_2026.working_weekend


def test_days_off_reach_from_2020_to_two_years_ahead_and_undecided_ones_say_so():
    years = set(Holiday.objects.values_list("day__year", flat=True))
    assert years == set(range(2020, timezone.localdate().year + 3))
    assert not Holiday.objects.filter(day__year__lte=2026, needs_check=True)
    assert not Holiday.objects.filter(day__year__gt=2026, needs_check=False)


def test_days_off_have_names_in_both_languages():
    swapped = Holiday.objects.get(day=dt.date(2026, 8, 31))
    assert swapped.name_vi == "Ngày nghỉ (thay cho ngày 22/08/2026)"
    assert swapped.swapped_with == dt.date(2026, 8, 22)
    assert swapped.name_en == "Day off (substituted from 22/08/2026)"
    assert Holiday.objects.get(day=dt.date(2026, 2, 17)).name_vi == "Tết Nguyên Đán"


def snapshot() -> list[list[dict]]:
    return [
        list(model.objects.order_by("pk").values()) for model in (Instrument, Parameter, Holiday, StatutoryDeadline)
    ]


def test_loading_again_changes_nothing_and_asks_five_questions(django_assert_num_queries):
    before = snapshot()
    with django_assert_num_queries(7):  # with the two of the transaction
        reference.load()
    assert snapshot() == before


def test_loading_restores_what_is_missing_and_leaves_what_was_changed():
    Parameter.objects.filter(key=ParameterKey.MAX_DAYS).update(value=14)
    Parameter.objects.filter(key=ParameterKey.MAX_MEMBERS).delete()
    ReceptionNorm.objects.filter(instrument__symbol="71/2018/TT-BTC").delete()
    Instrument.objects.filter(symbol="71/2018/TT-BTC").delete()
    Instrument.objects.filter(symbol="35/2026/TT-BTC").update(title="Đã sửa")
    Holiday.objects.filter(day=dt.date(2026, 11, 24)).delete()
    Holiday.objects.filter(day__year=2027).delete()
    reference.load()
    assert Parameter.objects.get(key=ParameterKey.MAX_DAYS).value == 14
    assert Parameter.objects.get(key=ParameterKey.MAX_MEMBERS).value == 10
    assert Instrument.objects.get(symbol="71/2018/TT-BTC").replaced_by.title == "Đã sửa"
    assert not Holiday.objects.filter(day=dt.date(2026, 11, 24)).exists()
    assert Holiday.objects.filter(day__year=2027).exists()


def test_swapped_days_know_each_other():
    pairs = {row.day: row for row in Holiday.objects.exclude(swapped_with=None)}
    assert dt.date(2025, 5, 2) in pairs
    for row in pairs.values():
        other = pairs[row.swapped_with]
        assert other.swapped_with == row.day
        assert {row.kind, other.kind} == set(HolidayKind.values)
    worked = Holiday.objects.filter(kind=HolidayKind.WORKING_WEEKEND)
    assert set(worked.values_list("day", flat=True)) <= set(pairs)


def test_the_yearly_deadlines_of_the_dossier_are_shipped_and_a_corrected_one_does_not_come_back():
    shipped = StatutoryDeadline.objects.filter(is_sample=False)
    assert [(row.day, row.month) for row in shipped] == [
        (15, 1), (1, 5), (30, 6), (15, 11), (15, 11), (14, 12), (18, 12), (25, 12)
    ]  # fmt: skip
    assert all(row.citation for row in shipped)
    StatutoryDeadline.objects.filter(code="plan_adjust").update(what_vi="Đã sửa", month=6)
    reference.load()
    assert StatutoryDeadline.objects.filter(code="plan_adjust").get().month == 6
    assert shipped.count() == 8
