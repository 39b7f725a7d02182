"""The cases of the articles (contracts.md): each loads, and every fact that has a home stands there (docs/article-cases.md)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from agreements.choices import MechanismPart, SessionStatus
from agreements.models import (
    CooperationNeed,
    InternationalAgreement,
    Mechanism,
    MechanismRole,
    MeetingSeries,
    MeetingSession,
    Partner,
    PartnerGroup,
    PartnerUnit,
    Programme,
    TreatyPaper,
    TreatyReport,
    TreatyScheme,
)
from delegations.choices import Mode
from delegations.event_choices import EventState
from delegations.models import InboundDelegation, InternationalEvent, OutboundDelegation
from intlcoop.operations.demo.loading import load_case
from intlcoop.people.models import Appointment, OrgUnit
from intlcoop.workflow.models import Case
from reports.choices import WorkState
from reports.models import RecordedTotal, WorkItem
from reports.queries.figures import compute
from reports.queries.gathering import gather_all
from reports.queries.recorded import stated_in
from reports.queries.windows import Scope, calendar_year, own_days
from tests.ministry import durable

pytestmark = pytest.mark.django_db
COUNTED = ("outbound.", "inbound.", "events.", "coordination_tasks.", "trainings.")


@pytest.fixture
def load(capsys):
    """Load a case: all of it is sample data, breaks no rule and names nobody."""

    def loaded(name):
        made = load_case(name, password=None)
        assert made == Case.objects.count() > 0
        assert not Case.objects.filter(is_sample=False).exists()
        with durable():
            call_command("audit_invariants")
        assert "BREACH" not in capsys.readouterr().out
        people = Appointment.objects.values_list("person__full_name", flat=True)
        assert all(person.endswith("(minh họa)") for person in people)

    return loaded


def figures(period):
    """What a report of these days counts: {key: value}; never a zero."""
    scope = Scope(period, period.last)
    found = compute(gather_all(scope), stated_in(scope))["figures"]
    assert all(each["value"] for each in found.values())
    return {key: each["value"] for key, each in found.items()}


def of_work(found):
    """Those of trips, visits, events, tasks and training."""
    return {key: value for key, value in found.items() if key.startswith(COUNTED)}


def one(**known):
    return WorkItem.objects.get(**known)


def texts(item):
    return list(item.conclusions.values_list("text", flat=True))


def test_the_case_of_2021_tells_what_article_000_says(load):
    load("ubdt-2021")
    icd = OrgUnit.objects.get(code="HTQT")
    assert (icd.function, icd.quota) == ("icd", 13), "F000-04, F000-05"
    assert Appointment.objects.get(unit=icd, acting=True).role == "deputy_head", "F000-03"
    report = TreatyReport.objects.get()
    assert (report.number, report.from_year, report.until_year, report.case.state) == (5, 2013, 2019, "submitted")
    assert not TreatyScheme.objects.exists(), "X-05: the scheme is another paper, of 2022"
    totals = {total.key: total for total in RecordedTotal.objects.all()}
    assert {key: total.value for key, total in totals.items()} == {
        "inbound.total": 18, "coordination_tasks.total": 20, "agreements.signed": 6, "agreements.countries": 5,
    }  # fmt: skip
    for total in totals.values():
        assert (total.first_day, total.last_day) == (None, dt.date(2021, 5, 10)), "as of a day, since when nobody knows"
    assert not InboundDelegation.objects.exists(), "no placeholders for guests that nobody named"
    signed = InternationalAgreement.objects.filter(unnamed_in_source=True, signed_on__isnull=True)
    assert signed.count() == 6
    assert len({party.partner.country_id for agreement in signed for party in agreement.parties.all()}) == 5
    briefing = one(kind="recurring")
    assert (briefing.frequency, briefing.attended_until, briefing.starts_on) == ("monthly", dt.date(2021, 5, 10), None)
    assert not briefing.attendances.exists(), "the source gives no day of a meeting"
    session = one(kind="meeting")
    assert (session.meeting_sort, session.starts_on, session.conclusions.count()) == ("leader", None, 9)
    assert session.opinions.filter(unit=icd).count() == 5
    assert one(kind="outreach").case.state == WorkState.COMPLETED
    assert Programme.objects.filter(kind="target_programme").exists(), "F000-13"
    until = own_days(2021, dt.date(2021, 1, 1), dt.date(2021, 5, 10))
    counted = figures(until)
    assert of_work(counted) == {"inbound.total": 18, "coordination_tasks.total": 20}
    assert (counted["agreements.signed"], counted["agreements.countries"], counted["staff.quota"]) == (6, 5, 13)
    assert "agreements.dormant" not in counted, "nobody knows whether they sleep"
    year = figures(calendar_year(2021))
    assert of_work(year) == {}, "nobody says that they are of 2021"
    assert not {"agreements.signed", "agreements.countries"} & set(year)


def test_the_case_of_2022_tells_what_article_001_says(load):
    load("ubdt-2022")
    modes = list(OutboundDelegation.objects.values_list("mode", flat=True))
    assert (modes.count(Mode.LED), modes.count(Mode.ACCOMPANYING)) == (5, 2), "F001-03, F001-04"
    memorandum = InternationalAgreement.objects.get()
    assert memorandum.signed_during.outbound.mode == Mode.ACCOMPANYING, "F001-05"
    assert TreatyScheme.objects.get().report.number == 5, "F001-10"
    decided = TreatyPaper.objects.get(kind="decision")
    assert "Thủ tướng" in decided.issuer, "F001-10"
    guests = InboundDelegation.objects.select_related("partner")
    assert sorted(visit.partner.kind for visit in guests) == [
        "embassy", "embassy", "embassy", "foreign_ministry", "ifi", "un_agency",
    ]  # fmt: skip
    total = RecordedTotal.objects.get()
    assert (total.key, total.value, total.qualifier) == ("inbound.total", 20, "more_than"), "F001-13"
    assert Programme.objects.filter(kind="scheme", until_year=2025).exists(), "F001-12"
    target = Programme.objects.get(kind="target_programme")
    project = target.projects.get()
    assert {donor.partner.kind for donor in project.donors.all()} == {"un_agency", "ingo"}, "F001-19"
    assert not project.amounts.exists()
    assert PartnerGroup.objects.exists(), "F001-21"
    assert one(kind="meeting").conclusions.count() == 4
    assert WorkItem.objects.filter(kind__in=("report", "comment"), case__state=WorkState.COMPLETED).count() == 3
    counted = figures(calendar_year(2022))
    assert (counted["outbound.led"], counted["outbound.accompanying"], counted["inbound.total"]) == (5, 2, 20)
    assert not {key for key in counted if key.startswith(("events.", "coordination_", "trainings."))}


def test_the_case_of_the_interior_tells_what_article_002_says(load):
    load("bnv-2021")
    held = InternationalEvent.objects.counted()
    year = held.closing_in(dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    assert (year.hosted().count(), year.attended().count()) == (4, 5), "F002-10 … F002-12, F002-21 … F002-25"
    numbers = {
        (session.series.kind, session.on, session.precision): session.number
        for session in MeetingSession.objects.select_related("series")
    }
    assert numbers[("senior_officials", dt.date(2021, 4, 8), "day")] == 21
    assert numbers[("coordination", dt.date(2022, 2, 1), "month")] == 2, "F002-21: known to the month"
    assert numbers[("consultation", dt.date(2022, 2, 26), "day")] == 4, "F002-23: a gap in the numbers is normal"
    early = InternationalEvent.objects.get(starts_on=dt.date(2022, 3, 28))
    assert (early.case.state, early.source_says_held) == (EventState.PLANNED, True), "X-02"
    assert early.session.status == SessionStatus.PLANNED
    heads = InternationalEvent.objects.get(kind="heads")
    assert (heads.case.state, heads.role, heads.date_precision) == (EventState.PLANNED, "host", "year"), "F002-35"
    assert heads.work.count() == 3, "W002-14"
    assert set(InternationalEvent.objects.values_list("format", flat=True)) == {"unknown"}, "no form is made up"
    assert MechanismRole.objects.get(part=MechanismPart.ROTATING_CHAIR).session_number == 21, "F002-16"
    assert Programme.objects.filter(instrument__symbol__in=("1439/QĐ-BNV", "2258/QĐ-BNV")).count() == 2
    unit = OrgUnit.objects.get(code="DHNV")
    assert PartnerUnit.objects.filter(unit=unit).count() == 53, "F002-32"
    assert InternationalAgreement.objects.filter(case__unit=unit).count() == 23
    assert Partner.objects.filter(kind="archive").count() == 3, "F002-27"
    assert sorted(WorkItem.objects.filter(kind="documents").values_list("direction", flat=True)) == [
        "incoming",
        "outgoing",
    ]
    courses = WorkItem.objects.filter(kind="training")
    assert (courses.count(), {course.case.state for course in courses}) == (3, {WorkState.OPEN}), (
        "F002-30: still to come"
    )
    conference = one(kind="meeting")
    assert (conference.meeting_sort, conference.starts_on) == ("kick_off", dt.date(2022, 3, 24)), "F002-01"
    assert set(conference.opinions.values_list("unit__code", flat=True)) == {"VTLT", "HVHC", "DHNV", "CQDP"}
    assert CooperationNeed.objects.count() == 2, "U002-05, U002-06"
    assert of_work(figures(calendar_year(2021))) == {"events.hosted": 4, "events.attended": 5}
    assert of_work(figures(own_days(2022, dt.date(2022, 1, 1), dt.date(2022, 3, 24)))) == {"events.attended": 2}


def test_the_case_of_2010_tells_what_article_004_says_and_not_one_figure(load):
    load("molisa-2010")
    names = set(Mechanism.objects.values_list("short_name", flat=True))
    assert names >= {"ASEAN", "ASEM", "APEC", "GMS", "CLMV", "ACMECS", "CLV", "ILO"}, "F004-04, F004-09"
    chair = MechanismRole.objects.get(part=MechanismPart.ROTATING_CHAIR)
    assert (chair.holder, chair.since.year, chair.mechanism.short_name) == ("Việt Nam", 2010, "ASEAN"), "F004-03"
    assert MechanismRole.objects.get(part=MechanismPart.LEAD).unit.code == "HTQT", "F004-06"
    assert Programme.objects.get().until_year == 2015, "F004-07"
    assert set(Partner.objects.values_list("short_name", flat=True)) >= {"ADB", "IMF", "ILO"}, "F004-08"
    assert Partner.objects.filter(kind="ngo").exists(), "F004-05"
    assert any("Quản lý Lao động ngoài nước" in text for text in texts(one(kind="meeting"))), "F004-11"
    assert not RecordedTotal.objects.exists()
    assert set(Case.objects.values_list("kind", flat=True)) == {"work"}
    assert not MeetingSeries.objects.exists()
    assert of_work(figures(calendar_year(2010))) == {}, "nothing is counted where nothing is known"
