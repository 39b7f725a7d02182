"""Trips that are complete enough to be submitted, and the steps on which they walk."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from delegations.choices import AttachmentKind, FundingSource, Mode, Part, PlanLevel, Purpose
from delegations.models import AnnualPlan, DelegationMember, OutboundDelegation, PlanLine
from delegations.services import create_trip
from intlcoop.catalogues.models import Country, Currency
from intlcoop.operations.demo import walking
from intlcoop.operations.demo.walking import open_steps
from intlcoop.people.choices import Rank
from intlcoop.workflow import engine
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case, CaseAttachment, Step
from intlcoop.workflow.papers import save_draft
from tests.ministry import Ministry

FAR = 60  # days ahead: far enough not to be late


def plan_line(
    ministry: Ministry, level: str = PlanLevel.MINISTRY, *, year: int | None = None, unit: str = "CSDP"
) -> PlanLine:
    year = year or (timezone.localdate() + dt.timedelta(days=FAR)).year
    plan, _ = AnnualPlan.objects.get_or_create(
        year=year,
        level=level,
        defaults={
            "title": "Kế hoạch đoàn ra",
            "approval_number": "12/QĐ-BDP",
            "approved_on": dt.date(year - 1, 12, 20),
        },
    )
    return PlanLine.objects.create(
        plan=plan, position=plan.lines.count() + 1, title="Học tập kinh nghiệm", unit=ministry.unit(unit)
    )


def member(person: Any, part: str = Part.MEMBER, rank: str = Rank.OFFICIAL, **extra: Any) -> dict[str, Any]:
    return {"person": person, "full_name": person.full_name, "part": part, "rank": rank, "post": "Chuyên viên", **extra}


def trip(
    ministry: Ministry,
    *,
    filer: str = "chuyenvien",
    unit: str = "CSDP",
    head: str = "chuyenvien2",
    head_rank: str = Rank.OFFICIAL,
    country: str = "TH",
    days_ahead: int = FAR,
    length: int = 4,
    invitation: bool = True,
    members: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> OutboundDelegation:
    """A led trip, in the plan of the Minister unless told otherwise, with all that submission asks for."""
    departs = timezone.localdate() + dt.timedelta(days=days_ahead)
    values: dict[str, Any] = {
        "mode": Mode.LED,
        "departs_on": departs,
        "returns_on": departs + dt.timedelta(days=length - 1),
        "purpose": Purpose.STUDY,
        "purpose_text": "Trao đổi kinh nghiệm về chính quyền địa phương.",
        "expected_result": "Báo cáo kinh nghiệm.",
        "inviting_body": "Bộ Nội vụ nước bạn",
    }
    values |= fields
    if values["mode"] == Mode.LED and "plan_line" not in fields and not fields.get("out_of_plan_reason"):
        values["plan_line"] = plan_line(ministry, unit=unit, year=departs.year)
    rows = members if members is not None else [member(ministry.person(head), Part.HEAD, head_rank)]
    made = create_trip(
        "Học tập kinh nghiệm chính quyền địa phương",
        ministry.unit(unit),
        actor=ministry.person(filer),
        fields=values,
        members=rows,
        legs=[{"country": Country.objects.get(iso2=country), "city": "Băng Cốc"}],
        funding=[
            {
                "source": FundingSource.STATE_BUDGET,
                "amount": Decimal(120_000_000),
                "currency": Currency.objects.get(code="VND"),
            }
        ],
    )
    if invitation:
        attachment(made.case, AttachmentKind.INVITATION, by=ministry.person(filer))
    return made


def attachment(case: Case, kind: str, *, by: Any, content: bytes = b"%PDF-1.4 thu moi") -> CaseAttachment:
    row = CaseAttachment(
        case=case,
        kind=kind,
        original_name="thu-moi.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )
    row.file.save("thu-moi.pdf", ContentFile(content), save=False)
    row.save()
    return row


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def submit(made: OutboundDelegation, ministry: Ministry, filer: str = "chuyenvien") -> Case:
    engine.fire(made.case, "submit", actor=ministry.person(filer))
    return fresh(made.case)


def open_step(case: Case, kind: str | None = None) -> Step:
    steps = [step for step in open_steps(case) if kind is None or step.kind == kind]
    assert len(steps) == 1, steps
    return steps[0]


def draft(case: Case, actor: Any) -> None:
    save_draft(case, b"docx", subject="Cử đoàn đi công tác", symbol="QĐ-BDP", actor=actor)


def agree(step: Step, ministry: Ministry, by: str | None = None, **extra: Any):
    """Let the holder of a step's office agree, with the paper, number or reply that the step asks for."""
    return walking.agree(step, ministry.person, draft=draft, by=ministry.person(by) if by else None, **extra)


def walk_to(case: Case, ministry: Ministry, *, kind: str, office: str | None = None) -> Step:
    """Let everybody agree until a step of this kind is open; returns it."""
    for _round in range(20):
        for step in open_steps(fresh(case)):
            if step.kind == kind and (office is None or step.office == office):
                return step
        agree(open_steps(fresh(case))[0], ministry)
    raise AssertionError(f"no {kind} step opened")


def walk_to_the_end(case: Case, ministry: Ministry) -> Case:
    while steps := open_steps(fresh(case)):
        agree(steps[0], ministry)
    return fresh(case)


def travellers(made: OutboundDelegation) -> list[DelegationMember]:
    return list(made.members.all())


def walk_to_appraisal(case: Case, ministry: Ministry) -> Step:
    """The ICD official's step, with the file just endorsed by its unit."""
    return walk_to(case, ministry, kind=StepKind.APPRAISE, office="icd_officer")
