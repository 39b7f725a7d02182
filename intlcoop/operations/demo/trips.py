"""Sample trips in every state, with dates relative to the first load, so that each account has something waiting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agreements.models import Partner
from delegations.choices import AttachmentKind, FundingSource, Mode, Part, PlanLevel, SettlementReason
from delegations.models import AnnualPlan, OutboundDelegation, PlanLine
from delegations.queries.trips import MEMBER_KEY
from delegations.services import attach, create_trip, save_report
from delegations.workflows import move_with_the_calendar
from delegations.workflows.stopping import stop_trip
from intlcoop.catalogues.models import CooperationField, Country, Currency
from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import Head, Paper, Paragraph, Signature
from intlcoop.operations.demo import walking
from intlcoop.operations.demo.clock import at
from intlcoop.operations.demo.drafting import draft_decision
from intlcoop.operations.demo.plans import level_of
from intlcoop.operations.demo.samples import ROWS, TripRow
from intlcoop.people.choices import Rank
from intlcoop.people.models import OrgUnit, User
from intlcoop.people.offices import kept_rosters, rank_of, title_of
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar, add_working_days
from intlcoop.workflow import engine
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.models import Case

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Builder:
    """Makes the rows one after another, each on its own days."""

    def __init__(self, people: Mapping[str, User]) -> None:
        self.people = people
        self.today = timezone.localdate()
        self.calendar: Calendar = calendar()

    def person(self, username: str) -> User:
        return User.objects.get(pk=self.people[username].pk)

    def build(self, row: TripRow) -> OutboundDelegation:
        filed = self.today + dt.timedelta(days=row.filed)
        with at(filed):
            trip = self._file(row)
        if row.until == "draft":
            return trip
        with at(filed, dt.time(15)):
            engine.fire(trip.case, "submit", actor=self.person(row.filer))
        self._walk(row, Case.objects.get(pk=trip.case.pk), filed)
        self._after(row, OutboundDelegation.objects.get(pk=trip.pk))
        return trip

    def _file(self, row: TripRow) -> OutboundDelegation:
        departs = self.today + dt.timedelta(days=row.departs)
        accompanying = row.extra.get("mode") == Mode.ACCOMPANYING
        fields: dict[str, Any] = {
            "mode": Mode.LED,
            "departs_on": departs,
            "returns_on": departs + dt.timedelta(days=row.length - 1),
            "purpose": row.purpose,
            "purpose_text": row.text or row.title,
            "expected_result": row.result,
            "inviting_body": row.host,
            "host_partner": Partner.objects.filter(name_vi=row.host).first() if row.host else None,
            "field": CooperationField.objects.filter(code=row.field_code).first(),
            "host_pays_all": row.amount == 0,
            "warning_reason": "Thời gian do phía bạn ấn định (minh họa).",
            **row.extra,
        }
        if accompanying:
            fields["composition_date"] = departs - dt.timedelta(days=12)
        elif line := self._line(row, departs.year):
            fields["plan_line"] = line
        else:
            fields["out_of_plan_reason"] = "Lời mời phát sinh sau khi kế hoạch được phê duyệt (minh họa)."
        trip = create_trip(
            row.title,
            OrgUnit.objects.get(code=row.unit),
            actor=self.person(row.filer),
            fields=fields,
            members=self._members(row, accompanying=accompanying),
            legs=[{"country": Country.objects.get(iso2=row.country), "city": row.city}],
            funding=self._funding(row),
            is_sample=True,
        )
        if row.host and row.until != "draft":
            self._invite(row, trip)
        return trip

    def _members(self, row: TripRow, *, accompanying: bool) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for number, username in enumerate(row.people):
            person = self.person(username)
            appointment = person.appointments.select_related("unit").first()
            rows.append(
                {
                    "person": person,
                    "full_name": person.full_name,
                    "post": title_of(appointment) if appointment else "",
                    "body": str(appointment.unit) if appointment else "",
                    "rank": rank_of(person, self.today),
                    "part": Part.HEAD if number == 0 and not accompanying else Part.MEMBER,
                }
            )
        rows += [
            {"full_name": name, "post": post, "body": body, "rank": Rank.OFFICIAL, "part": Part.MEMBER}
            for name, post, body in row.others
        ]
        return rows

    def _funding(self, row: TripRow) -> list[dict[str, Any]]:
        if not row.amount:
            return []
        currency = Currency.objects.get(code="VND")
        return [{"source": FundingSource.STATE_BUDGET, "amount": Decimal(row.amount), "currency": currency}]

    def _line(self, row: TripRow, year: int) -> PlanLine | None:
        """The line that `plans` made for this trip; none for a trip that stands in no approved plan of its year."""
        if year < self.today.year and row.plan:
            return self._past_line(row, year)
        level = level_of(row, year, self.today.year, self.people)
        return PlanLine.objects.filter(plan__year=year, plan__level=level, title=row.title).first() if level else None

    def _past_line(self, row: TripRow, year: int) -> PlanLine:
        """In a plan of a year before the portal, which is known by its approval alone."""
        level = "do Thủ tướng Chính phủ phê duyệt" if row.plan == PlanLevel.PM else "do Bộ trưởng phê duyệt"
        plan, _created = AnnualPlan.objects.get_or_create(
            year=year,
            level=row.plan,
            defaults={
                "title": f"Kế hoạch đoàn ra {level} (minh họa)",
                "approval_number": "1651/QĐ-TTg (minh họa)" if row.plan == PlanLevel.PM else "921/QĐ-BDP (minh họa)",
                "approved_on": dt.date(year - 1, 12, 20),
                "is_sample": True,
            },
        )
        unit = OrgUnit.objects.get(code=row.unit)
        position = plan.lines.count() + 1
        return PlanLine.objects.create(plan=plan, position=position, title=row.title, unit=unit, is_sample=True)

    def _invite(self, row: TripRow, trip: OutboundDelegation) -> None:
        upload = SimpleUploadedFile("thu-moi-minh-hoa.docx", self.letter, DOCX)
        attach(trip.case, upload, AttachmentKind.INVITATION, actor=self.person(row.filer))

    @cached_property
    def letter(self) -> bytes:
        """The invitation that all samples share, in Word form."""
        text = "Trân trọng mời Quý Bộ cử đoàn công tác sang làm việc theo nội dung hai bên đã trao đổi."
        return build_docx(
            Paper(
                head=Head(issuer="Cơ quan mời (minh họa)", place="Nước chủ nhà"),
                title="THƯ MỜI",
                subject="(bản minh họa)",
                to=("Bộ Dân tộc và Phát triển vùng",),
                blocks=(Paragraph(text),),
                signature=Signature(title="Người mời", name="(minh họa)"),
            )
        )

    # --- along the route ------------------------------------------------------------------------------------------

    def _walk(self, row: TripRow, case: Case, filed: dt.date) -> None:
        """One decision a working day, until the step at which this sample waits or the route ends."""
        day = filed
        while steps := walking.open_steps(case):
            step = steps[-1] if row.until == "icd_officer" and len(steps) > 1 else steps[0]
            if self._waits_here(row, step.kind, step.office):
                return
            day = min(add_working_days(day, 1, self.calendar), self.today)
            with at(day, dt.time(10) if day < self.today else dt.time(8)):
                if not self._stopped(row, step):
                    walking.agree(step, self.person, draft=draft_decision, left_out=self._left_out(row, step))
            if row.until in ("postponed", "cancelled", "rejected", "returned"):
                case.refresh_from_db()
                if case.state in ("returned", "rejected"):
                    return
            if row.until in ("postponed", "cancelled"):
                transition = {"postponed": "postpone", "cancelled": "cancel"}[row.until]
                with at(day, dt.time(16)):
                    stop_trip(
                        case.outbound,
                        transition,
                        actor=self.person(row.filer),
                        reason_code=SettlementReason.HOST,
                        reason="Phía bạn đề nghị lùi thời gian.",
                    )
                return

    def _left_out(self, row: TripRow, step: Any) -> dict[str, str]:
        """Whom the leader does not agree to, and why."""
        if not row.left_out or step.kind != StepKind.APPROVE:
            return {}
        member = step.case.outbound.members.get(person=self.person(row.left_out))
        return {f"{MEMBER_KEY}{member.pk}": "Hai lãnh đạo đơn vị không cùng đi một đoàn (minh họa)."}

    def _waits_here(self, row: TripRow, kind: str, office: str) -> bool:
        if row.until == "icd_officer":
            return office == "icd_officer"
        if row.until == "sign":
            return kind == StepKind.SIGN
        return office == row.until and kind != StepKind.SIGN

    def _stopped(self, row: TripRow, step: Any) -> bool:
        if row.until == "returned" and step.office == "icd_officer":
            comment = "Bổ sung chương trình làm việc chi tiết và làm rõ nội dung kinh phí phía bạn chi trả."
            decide(step, Outcome.RETURN, actor=self.person("htqt"), comment=comment)
            return True
        if row.until == "rejected" and step.office == "icd_head":
            comment = "Nội dung chưa phù hợp nhiệm vụ của đơn vị; hạn chế đoàn ngoài kế hoạch."
            decide(step, Outcome.REJECT, actor=self.person("vutruong"), comment=comment)
            return True
        return False

    # --- after the decision ---------------------------------------------------------------------------------------

    def _after(self, row: TripRow, trip: OutboundDelegation) -> None:
        if row.until not in ("travelling", "report_due", "report_filed", "completed"):
            return
        departs = self.today + dt.timedelta(days=row.departs)
        back = departs + dt.timedelta(days=row.length)
        for day in (departs, back):
            if day <= self.today:
                with at(day, dt.time(1)):
                    move_with_the_calendar(day)
        if row.until in ("report_filed", "completed"):
            self._report(row, OutboundDelegation.objects.select_related("case__unit").get(pk=trip.pk), back)
        if row.highlight:
            OutboundDelegation.objects.filter(pk=trip.pk).update(is_highlight=True, highlight_text=row.highlight)

    def _report(self, row: TripRow, trip: OutboundDelegation, back: dt.date) -> None:
        with at(min(back + dt.timedelta(days=6), self.today)):
            report = save_report(
                trip,
                actor=self.person(row.filer),
                fields={
                    "results": "Đoàn đã hoàn thành chương trình làm việc (minh họa).",
                    "not_achieved": "Chưa bố trí được buổi khảo sát thực địa do thời gian hạn chế (minh họa).",
                    "recommendations": "Đề nghị duy trì trao đổi định kỳ với phía bạn (minh họa).",
                },
                meetings=[
                    {
                        "held_on": trip.departs_on,
                        "counterpart": row.host or "Cơ quan đối tác nước chủ nhà",
                        "content": row.text or row.title,
                        "result": "Hai bên thống nhất tiếp tục trao đổi tài liệu (minh họa).",
                    }
                ],
            )
            engine.fire(report.case, "file", actor=self.person(row.filer))
        if row.until == "completed":
            with at(min(back + dt.timedelta(days=9), self.today)):
                engine.fire(Case.objects.get(pk=report.case.pk), "accept", actor=self.person("htqt"))


def build(people: Mapping[str, User]) -> int:
    """Make all samples; returns how many."""
    builder = Builder(people)
    with kept_rosters():
        for row in ROWS:
            builder.build(row)
    return len(ROWS)
