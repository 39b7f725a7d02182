"""Who permits an event: forty cases by hand against the shipped rules, and the days of its clock."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from delegations.event_choices import EventTopic, GuestRank
from delegations.permitting import Question, clock_of, find_authority, report_day, reporting_year, weightiest_topic
from delegations.queries.event_facts import permit_rules

OLD, LAST_OLD, FIRST_NEW, NEW = "2023-05-10", "2025-06-30", "2025-07-01", "2026-11-22"
A, B, MIN = "Điều 3 khoản 1 điểm a", "Điều 3 khoản 1 điểm b", "Điều 3 khoản 2"
SECRET_LAW = "Luật 29/2018/QH14, Điều 18"
PM, MINISTER = "prime_minister", "minister"

#: topics, guest rank, who holds it, day, authority, articles named, "cần đối chiếu Nghị định 134/2025"
CASES = [
    ("", "other", "ministry", OLD, MINISTER, [MIN], False),
    ("", "other", "unit", OLD, MINISTER, [MIN], False),
    ("other", "other", "ministry", OLD, MINISTER, [MIN], False),
    ("other", "other", "unit", OLD, MINISTER, [MIN], False),
    ("other", "ambassador", "ministry", OLD, MINISTER, [MIN], False),
    ("other", "ambassador", "unit", OLD, MINISTER, [MIN], False),
    ("other", "minister", "ministry", OLD, PM, [A], False),
    ("other", "minister", "unit", OLD, PM, [A], False),
    ("ethnic_affairs", "other", "ministry", OLD, PM, [B], False),
    ("ethnic_affairs", "other", "unit", OLD, PM, [B], False),
    ("ethnic_affairs", "ambassador", "unit", OLD, PM, [B], False),
    ("ethnic_affairs", "minister", "ministry", OLD, PM, [A, B], False),
    ("religion", "other", "ministry", OLD, PM, [B], False),
    ("religion", "other", "unit", OLD, PM, [B], False),
    ("religion", "minister", "unit", OLD, PM, [A, B], False),
    ("human_rights", "other", "ministry", OLD, PM, [B], False),
    ("human_rights", "ambassador", "ministry", OLD, PM, [B], False),
    ("human_rights", "minister", "ministry", OLD, PM, [A, B], False),
    ("sovereignty", "other", "ministry", OLD, PM, [B], False),
    ("sovereignty", "other", "unit", OLD, PM, [B], False),
    ("security", "other", "ministry", OLD, PM, [B], False),
    ("security", "ambassador", "unit", OLD, PM, [B], False),
    ("defence", "other", "ministry", OLD, PM, [B], False),
    ("defence", "minister", "unit", OLD, PM, [A, B], False),
    ("state_secrets", "other", "ministry", OLD, PM, [B, SECRET_LAW], False),
    ("state_secrets", "other", "unit", OLD, PM, [B, SECRET_LAW], False),
    ("state_secrets", "minister", "ministry", OLD, PM, [A, B, SECRET_LAW], False),
    ("other religion", "other", "ministry", OLD, PM, [B], False),
    ("other ethnic_affairs human_rights", "ambassador", "unit", OLD, PM, [B], False),
    ("other state_secrets", "other", "unit", OLD, PM, [B, SECRET_LAW], False),
    ("ethnic_affairs", "other", "ministry", "2020-04-15", PM, [B], False),
    ("other", "other", "unit", "2020-04-15", MINISTER, [MIN], False),
    ("religion", "other", "unit", LAST_OLD, PM, [B], False),
    ("other", "other", "ministry", LAST_OLD, MINISTER, [MIN], False),
    ("religion", "other", "unit", FIRST_NEW, PM, [B], True),
    ("other", "other", "ministry", FIRST_NEW, MINISTER, [MIN], True),
    ("other", "minister", "unit", NEW, PM, [A], True),
    ("ethnic_affairs", "minister", "ministry", NEW, PM, [A, B], True),
    ("human_rights", "other", "unit", NEW, PM, [B], True),
    ("state_secrets", "ambassador", "ministry", NEW, PM, [B, SECRET_LAW], True),
]  # fmt: skip


@pytest.fixture(scope="module")
def rules_of_days(django_db_setup, django_db_blocker):
    days = {case[3] for case in CASES}
    with django_db_blocker.unblock():
        return {day: permit_rules(dt.date.fromisoformat(day)) for day in days}


def test_there_are_forty_cases():
    assert len(CASES) == len({tuple(map(str, case)) for case in CASES}) == 40


@pytest.mark.parametrize(("topics", "rank", "host", "day", "authority", "articles", "to_check"), CASES)
def test_the_finder_names_authority_and_article(
    rules_of_days, topics, rank, host, day, authority, articles, to_check
):  # fmt: skip
    question = Question(topics=tuple(topics.split()), guest_rank=rank, host=host)
    found = find_authority(rules_of_days[day], question)
    assert found is not None
    assert found.authority == authority
    cited = " | ".join(ground.citation for ground in found.grounds)
    assert [article for article in (A, B, SECRET_LAW, MIN) if article in cited] == sorted(
        articles, key=(A, B, SECRET_LAW, MIN).index
    )
    assert all("Quyết định 06/2020/QĐ-TTg" in ground.citation for ground in found.grounds)
    assert found.needs_check is to_check
    assert ("134/2025/NĐ-CP" in cited) is to_check
    assert found.may_file is ("state_secrets" not in topics)


def test_before_the_decision_was_in_force_no_rule_says_anything(db):
    assert find_authority(permit_rules(dt.date(2020, 4, 14)), Question(topics=("religion",))) is None


def test_hosting_in_principle_goes_to_whoever_permits(rules_of_days):
    high = find_authority(rules_of_days[NEW], Question(topics=("religion",), stage="principle"))
    low = find_authority(rules_of_days[NEW], Question(topics=("other",), stage="principle"))
    assert (high.authority, low.authority) == (PM, MINISTER)
    assert all("Điều 6" in ground.citation for ground in (*high.grounds, *low.grounds))


def test_the_weightiest_topic_decides():
    assert weightiest_topic([]) == EventTopic.OTHER
    assert weightiest_topic(["other", "human_rights", "security"]) == EventTopic.SECURITY
    assert next(iter(GuestRank.values)) == "minister"


@pytest.mark.parametrize(
    ("starts", "lead", "unit", "legal_day", "unit_day"),
    [
        ("2026-03-01", 40, 15, "2026-01-20", "2026-01-05"),
        ("2026-03-01", 30, 15, "2026-01-30", "2026-01-15"),
        ("2024-03-01", 30, 0, "2024-01-31", "2024-01-31"),  # over a leap day
        ("2026-01-10", 40, 15, "2025-12-01", "2025-11-16"),  # into the year before
    ],
)
def test_the_clock_counts_calendar_days_back(starts, lead, unit, legal_day, unit_day):
    clock = clock_of(dt.date.fromisoformat(starts), lead, unit)
    assert (clock.legal_on.isoformat(), clock.unit_on.isoformat()) == (legal_day, unit_day)
    assert clock.days_late(clock.legal_on) == 0
    assert clock.days_late(clock.legal_on + dt.timedelta(days=1)) == 1
    assert clock.unit_days_late(clock.unit_on) == 0
    assert clock.unit_days_late(clock.unit_on + dt.timedelta(days=3)) == 3


def test_the_report_is_due_fifteen_days_after_the_last_day():
    assert report_day(dt.date(2026, 12, 20), 15) == dt.date(2027, 1, 4)


@pytest.mark.parametrize(
    ("closes", "year"),
    [("2025-12-14", 2025), ("2025-12-15", 2026), ("2025-12-31", 2026), ("2026-01-01", 2026), ("2026-12-14", 2026)],
)
def test_14_and_15_december_lie_in_different_reporting_years(closes, year):
    assert reporting_year(dt.date.fromisoformat(closes)) == year


# --- the command ------------------------------------------------------------------------------------------------------


def explained(*flags: str) -> dict:
    out = StringIO()
    call_command("explain_route", "event", *flags, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_explain_route_prints_the_way_to_the_prime_minister(db):
    found = explained("--topic", "ethnic_affairs", "--guest-rank", "other", "--host", "unit", "--on", "2024-05-01")
    assert (found["kind"], found["on"]) == ("event", "2024-05-01")
    steps = [(step["order"], step["kind"], step["office"]) for step in found["steps"]]
    assert steps == [
        (1, "endorse", "unit_head"),
        (2, "appraise", "icd_officer"),
        (2, "opinion", "finance"),
        (3, "opinion", "Bộ Ngoại giao"),
        (3, "opinion", "Bộ Công an"),
        (4, "appraise", "icd_head"),
        (5, "approve", "minister"),
        (6, "external_permission", "prime_minister"),
    ]
    last = found["steps"][-1]
    assert last["citation"] == "Quyết định 06/2020/QĐ-TTg, Điều 3 khoản 1 điểm b"
    assert (last["rule"], last["version"]) == ("event-pm-topic", 1)
    opinions = [step for step in found["steps"] if step["office"] == "Bộ Công an"]
    assert opinions[0]["due_working_days"] == 11
    assert "15 ngày" in opinions[0]["citation"]


def test_explain_route_prints_the_ministers_own_way_and_what_is_to_be_checked_now(db):
    found = explained("--topic", "other", "--guest-rank", "ambassador", "--host", "ministry", "--on", "2026-01-05")
    kinds = [step["kind"] for step in found["steps"]]
    assert kinds == ["endorse", "appraise", "opinion", "appraise", "approve", "draft_decision", "sign", "issue"]
    approval = found["steps"][4]
    assert (approval["office"], approval["version"]) == ("minister", 2)
    assert "Điều 3 khoản 2" in approval["citation"]
    assert "134/2025/NĐ-CP" in approval["citation"]
    guests = explained("--guest-rank", "minister", "--on", "2024-05-01")
    assert guests["steps"][-1]["citation"].endswith("Điều 3 khoản 1 điểm a")


def test_explain_route_says_that_nothing_holds_before_the_decision(db):
    with pytest.raises(CommandError, match="quy trình"):
        explained("--topic", "other", "--on", "2019-01-01")
