"""Every kind of paper that the portal prints, from a file with real content, measured against Decree 30."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from agreements.exports import agreement as agreement_papers
from delegations.choices import Part
from delegations.event_choices import EventState
from delegations.exports import (
    decision,
    estimate,
    event,
    event_report,
    members,
    minutes,
    opinion,
    plan,
    programme,
    report,
    submission,
)
from delegations.exports import particulars as p
from delegations.exports.change_submission import to_leader as change_to_leader
from delegations.exports.change_submission import to_prime_minister as change_to_prime_minister
from delegations.exports.event_year import year_paper
from delegations.models import MeetingRecord, ProgrammeItem, TripReport
from delegations.queries.event_year import event_year
from intlcoop.exporting.decree30 import DECREE30_CSS, paper_html
from intlcoop.exporting.paper_types import abbreviation
from intlcoop.exporting.papers import Paper
from intlcoop.exporting.pdf import render_pdf
from tests.agreements.agreed import agreement
from tests.delegations import changing, eventing, plans
from tests.delegations import factories as f
from tests.intlcoop.exporting.measuring import differences

DAY = dt.date(2026, 3, 5)


class Files:
    """One file of each kind, made when the first paper of it is measured."""

    def __init__(self, ministry: Any) -> None:
        self.ministry = ministry

    def trip(self):
        people = [f.member(self.ministry.chuyenvien2, Part.HEAD), f.member(self.ministry.chuyenvien)]
        return p.load(f.trip(self.ministry, members=people).case.number)

    def report(self):
        made = self.trip()
        return made, TripReport.objects.create(case=made.case, delegation=made, recommendations="Đề nghị phối hợp.")

    def change(self):
        return changing.ask(self.ministry, changing.decided(self.ministry))

    def event(self):
        made = eventing.hosted(self.ministry)
        assert made.case.state != EventState.CANCELLED
        return event.load(made.case.number)

    def plan(self):
        return plans.plan_of(plans.open_year(self.ministry))

    def agreement(self):
        made = agreement(self.ministry, purpose="Trao đổi kinh nghiệm.")
        return agreement_papers.load(made.case.number)

    def case(self):
        case = self.event().case
        ProgrammeItem.objects.create(case=case, day=DAY, what="Khai mạc", place="Hà Nội")
        return case

    def record(self):
        return MeetingRecord.objects.create(
            case=self.case(), title="Hội đàm về đào tạo công chức", held_on=DAY, written_by=self.ministry.htqt,
            starts=dt.time(9), ends=dt.time(11), chair="Ngô Đức Nam, Thứ trưởng", secretary="Phạm Hải Dương",
        )  # fmt: skip


PAPERS: dict[str, Callable[[Files], Paper]] = {
    "trip: list": lambda files: members.member_list(files.trip()),
    "trip: submission": lambda files: submission.to_leader(files.trip()),
    "trip: submission to the Prime Minister": lambda files: submission.to_prime_minister(files.trip()),
    "trip: letter that asks for an opinion": lambda files: opinion.opinion_letter(files.trip()),
    "trip: decision": lambda files: decision.decision(files.trip()),
    "trip: estimate": lambda files: estimate.estimate(files.trip()),
    "trip: report": lambda files: report.trip_report(*files.report()),
    "change: submission": lambda files: change_to_leader(files.change()),
    "change: submission to the Prime Minister": lambda files: change_to_prime_minister(files.change()),
    "event: scheme": lambda files: event.scheme(files.event()),
    "event: request": lambda files: event.request(files.event()),
    "event: permission": lambda files: event.permission(files.event()),
    "event: invitation": lambda files: event.invitation(files.event()),
    "event: report": lambda files: event_report.report(files.event()),
    "events of the year": lambda files: year_paper(event_year(files.ministry.htqt, DAY.year)),
    "programme": lambda files: programme.programme(files.case()),
    "minutes": lambda files: minutes.minutes(files.record()),
    "plan": lambda files: plan.plan_paper(files.plan()),
    "plan: decision": lambda files: plan.decision_paper(files.plan()),
    "plan: submission": lambda files: plan.submission(files.plan()),
    "agreement: submission": lambda files: agreement_papers.submission(files.agreement()),
    "agreement: submission to the Prime Minister": lambda files: agreement_papers.to_prime_minister(files.agreement()),
    "agreement: letter that asks for an opinion": lambda files: agreement_papers.opinion_letter(files.agreement()),
    "agreement: report on the signing": lambda files: agreement_papers.signing_report(files.agreement()),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_keeps_to_the_decree(ministry, name):
    with p.in_vietnamese():
        paper = PAPERS[name](Files(ministry))
    assert differences(paper, render_pdf(paper_html(paper), stylesheets=[DECREE30_CSS])) == []
    begins = abbreviation(paper.title)
    assert not begins or paper.head.symbol.startswith(f"{begins}-"), paper.head.symbol
