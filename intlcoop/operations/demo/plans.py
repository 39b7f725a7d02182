"""The annual plans of the sample ministry: this year's approved and revised once, next year's being put together.

Lines for the sample trips stand in the approved plans, so that each trip is filed against its own line. A trip that departs next
year stands in the plan of the Prime Minister, which is approved early; the Minister's plan of next year is the living one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from delegations import services
from delegations.choices import ChangeAction, FundingSource, LineState, PlanKind, PlanLevel, Purpose, SettlementReason
from delegations.models import AnnualPlan, PlanLine, PlanYear
from delegations.services import plan_lines, plan_revisions, plan_years, unit_proposals
from delegations.services.plan_settling import settle_line
from delegations.workflows import begin_revision
from intlcoop.catalogues.models import Country, Currency
from intlcoop.operations.demo import plan_rows, walking
from intlcoop.operations.demo.clock import at
from intlcoop.operations.demo.drafting import draft_decision
from intlcoop.operations.demo.samples import ROWS, TripRow
from intlcoop.people.choices import Rank
from intlcoop.people.models import OrgUnit, User
from intlcoop.people.offices import kept_rosters, rank_of
from intlcoop.workflow import engine
from intlcoop.workflow.deciding import OfficialNumber, OutsideReply
from intlcoop.workflow.models import Case, Step

BASIS = "Chương trình công tác năm của đơn vị (minh họa)"
ORIENTATION = (
    "Tập trung học tập kinh nghiệm về chính quyền địa phương, chuyển đổi số và phát triển vùng; ưu tiên các thỏa thuận đã ký; "
    "hạn chế phát sinh ngoài kế hoạch (minh họa)."
)


def level_of(row: TripRow, year: int, this_year: int, people: Mapping[str, User]) -> str:
    """In which plan a sample trip stands. Next year only the Prime Minister's plan is approved already."""
    if not row.plan or year == this_year:
        return row.plan
    led_by = rank_of(people[row.people[0]], timezone.localdate())
    if row.plan == PlanLevel.MINISTRY and led_by in (Rank.MINISTER, Rank.DEPUTY_MINISTER):
        return ""
    return PlanLevel.PM


class Planner:
    """Opens the years, walks the plans along their routes, leaves next year's half done."""

    def __init__(self, people: Mapping[str, User]) -> None:
        self.people = people
        self.today = timezone.localdate()
        self.year = self.today.year
        self.countries = {country.iso2: country for country in Country.objects.all()}
        self.units = {unit.code: unit for unit in OrgUnit.objects.all()}
        self.vnd = Currency.objects.get(code="VND")

    def person(self, username: str) -> User:
        return User.objects.get(pk=self.people[username].pk)

    def build(self) -> None:
        self.this_year()
        self.next_year()

    # --- this year: approved last December, revised in May ------------------------------------------------------------

    def this_year(self) -> None:
        first = dt.date(self.year - 1, 11, 2)
        with at(first):
            opened = self.open(self.year, due=first + dt.timedelta(days=20))
        for level, number in ((PlanLevel.PM, 1702), (PlanLevel.MINISTRY, 985)):
            rows = [*self.lines_of_trips(self.year, level), *self.others(plan_rows.THIS_YEAR, level)]
            self.approve(self.plan(opened, level), rows, dt.date(self.year - 1, 12, 1), number)
        if self.today >= dt.date(self.year, 6, 5):
            self.revise(self.plan(opened, PlanLevel.MINISTRY))
        self.settle(opened)

    def open(self, year: int, *, due: dt.date) -> PlanYear:
        fields = {
            "orientation_title": f"Định hướng công tác hợp tác quốc tế năm {year} (minh họa)",
            "orientation_number": "18/CV-BDP",
            "orientation_date": timezone.localdate(),
            "orientation_text": ORIENTATION,
            "proposals_due_on": due,
        }
        return plan_years.open_year(year, actor=self.person("htqt"), fields=fields, is_sample=True)

    def plan(self, opened: PlanYear, level: str) -> AnnualPlan:
        return AnnualPlan.objects.select_related("case").get(year=opened.year, level=level)

    def approve(self, plan: AnnualPlan, rows: list[dict[str, Any]], first: dt.date, number: int) -> None:
        """One step after the other, as its office holders would, within three weeks."""
        with at(first):
            self.write(plan, rows)
            engine.fire(self.fresh(plan.case), "submit", actor=self.person("htqt"))
        self.walk(plan.case, first, number)

    def write(self, plan: AnnualPlan, rows: list[dict[str, Any]]) -> None:
        numbered = [row | {"line": n} for n, row in enumerate(rows, start=1)]
        results = services.import_plan_lines(plan, numbered, actor=self.person("htqt"), dry_run=False)
        assert not any(result.action == "error" for result in results), results

    def walk(self, case: Case | None, first: dt.date, number: int) -> None:
        assert case is not None
        day = first
        while steps := walking.open_steps(case):
            day = min(day + dt.timedelta(days=1), self.today)
            with at(day):
                walking.agree(steps[0], self.person, draft=draft_decision, **self.papers(steps[0], day, number))

    def papers(self, step: Step, day: dt.date, number: int) -> dict[str, Any]:
        """Numbers that look like a register's."""
        if step.office == "clerk":
            return {"official_number": OfficialNumber(number=number, symbol="QĐ-BDP", issued_on=day)}
        if step.office == "prime_minister":
            reply = OutsideReply(
                submission_number="88/TTr-BDP",
                submission_date=day - dt.timedelta(days=1),
                reply_number=f"{number}/QĐ-TTg (minh họa)",
                reply_date=day,
                reply_issuer="Thủ tướng Chính phủ",
                outside={"kept_outside": True, "outside_register_no": "07"},
            )
            return {"reply": reply}
        return {}

    def fresh(self, case: Case | None) -> Case:
        assert case is not None
        return Case.objects.get(pk=case.pk)

    # --- lines --------------------------------------------------------------------------------------------------------

    def lines_of_trips(self, year: int, level: str) -> list[dict[str, Any]]:
        """A line for each sample trip that departs in this year and stands in this plan, saying what the trip says."""
        found = []
        for row in ROWS:
            departs = self.today + dt.timedelta(days=row.departs)
            accompanying = "mode" in row.extra
            if departs.year != year or accompanying or level_of(row, year, self.year, self.people) != level:
                continue
            head = self.person(row.people[0])
            rank = rank_of(head, self.today)
            found.append(
                self.line(
                    title=row.title,
                    unit=row.unit,
                    countries=[row.country],
                    partner_text=row.host,
                    purpose=row.purpose,
                    purpose_text=row.text or row.title,
                    month=departs.month,
                    persons=len(row.people) + len(row.others),
                    days=row.length,
                    amount=row.amount or None,
                    head_rank=rank,
                    leader=head if rank in (Rank.MINISTER, Rank.DEPUTY_MINISTER) else None,
                )
            )
        return found

    def line(self, **said: Any) -> dict[str, Any]:
        amount = said.pop("amount", None)
        leader = said.pop("leader", None)
        return {
            "kind": PlanKind.OUTBOUND,
            "head_rank": Rank.DIRECTOR,
            "purpose": Purpose.STUDY,
            "basis": BASIS,
            **said,
            "unit": self.units[said["unit"]],
            "countries": [self.countries[code] for code in said.get("countries", ())],
            "amount": Decimal(amount) if amount else None,
            "currency": self.vnd if amount else None,
            "funding_source": FundingSource.STATE_BUDGET if amount else FundingSource.HOST,
            "leader": self.person(leader) if isinstance(leader, str) else leader,
        }

    def others(self, rows: tuple[plan_rows.LineRow, ...], level: str) -> list[dict[str, Any]]:
        return [self.line(**row.said) for row in rows if row.level == level]

    # --- a revision, and what became of lines ------------------------------------------------------------------------

    def revise(self, plan: AnnualPlan) -> None:
        first = dt.date(self.year, 5, 4)
        with at(first):
            revision = begin_revision(
                plan,
                reason="Rà soát giữa năm theo đề nghị của các đơn vị (minh họa).",
                due_on=first + dt.timedelta(days=7),
                actor=self.person("htqt"),
                is_sample=True,
            )
        line = plan.lines.get(title=plan_rows.CHANGED)
        with at(first + dt.timedelta(days=3)):
            change = plan_revisions.request_change(
                revision,
                ChangeAction.CHANGE,
                line=line,
                unit=line.unit,
                fields={"month": 9, "quarter": None, "persons": 4},
                reason_code=SettlementReason.HOST,
                reason="Phía bạn đề nghị lùi hội thảo sang tháng 9 (minh họa).",
                actor=self.person("luutru"),
            )
        with at(first + dt.timedelta(days=8)):
            plan_revisions.answer_changes(revision, [change.pk], accept=True, actor=self.person("htqt"))
            engine.fire(self.fresh(revision.case), "submit", actor=self.person("htqt"))
        self.walk(revision.case, first + dt.timedelta(days=8), 412)

    def settle(self, opened: PlanYear) -> None:
        lines = {line.title: line for line in PlanLine.objects.filter(plan__year=opened.year).select_related("plan")}
        for row in plan_rows.THIS_YEAR:
            if row.became:
                settle_line(
                    lines[row.said["title"]],
                    row.became,
                    reason=row.reason,
                    text=row.text,
                    actor=self.person("vutruong"),
                )

    # --- next year: the call is out, units have answered, the ICD is at its desk ---------------------------------------

    def next_year(self) -> None:
        opened_on = self.today - dt.timedelta(days=14)
        with at(opened_on):
            opened = self.open(self.year + 1, due=self.today + dt.timedelta(days=10))
        coming = self.lines_of_trips(opened.year, PlanLevel.PM)
        if coming:
            with at(opened_on):
                self.write(self.plan(opened, PlanLevel.PM), coming)
            self.approve(self.plan(opened, PlanLevel.PM), [], opened_on, 1688)
        with at(self.today - dt.timedelta(days=9)):
            plan_years.call_units(opened, actor=self.person("htqt"))
        plan = self.plan(opened, PlanLevel.MINISTRY)
        self.propose(opened, plan)
        self.take_in(plan)

    def propose(self, opened: PlanYear, plan: AnnualPlan) -> None:
        with at(self.today - dt.timedelta(days=6)):
            for row in plan_rows.NEXT_YEAR:
                said = self.line(**row.said)
                unit = said.pop("unit")
                plan_lines.propose_line(plan, unit, said, actor=self.person(row.by), is_sample=True)
        with at(self.today - dt.timedelta(days=4)):
            for code, head in (("CSDP", "lanhdaodonvi"), ("VTLT", "cuctruong")):
                unit_proposals.send_proposal(opened, self.units[code], actor=self.person(head))
            unit_proposals.plan_nothing(opened, self.units["PC"], actor=self.person("vutruong.pc"))

    def take_in(self, plan: AnnualPlan) -> None:
        """Some are in the plan, one is declined with a reason, the rest waits on the desk."""
        lines = {line.title: line for line in plan.lines.filter(state=LineState.PROPOSED)}
        taken = [lines[row.said["title"]].pk for row in plan_rows.NEXT_YEAR if row.taken and row.said["title"] in lines]
        with at(self.today - dt.timedelta(days=2)):
            plan_lines.take_in(plan, taken, actor=self.person("htqt"))
            for row in plan_rows.NEXT_YEAR:
                if row.declined:
                    plan_lines.decline_line(lines[row.said["title"]], row.declined, actor=self.person("htqt"))
            moved = PlanLine.objects.filter(plan__year=plan.year - 1, state=LineState.MOVED).select_related("plan")
            plan_lines.carry_over(plan, moved, actor=self.person("htqt"))


def build(people: Mapping[str, User]) -> None:
    with kept_rosters():
        Planner(people).build()
