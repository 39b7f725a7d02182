"""Visits that are complete enough to be submitted, and the steps on which they walk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from delegations.models import InboundDelegation
from delegations.services import create_visit
from delegations.visit_choices import MeetingForm, VisitForm
from intlcoop.operations.demo.walking import agree, open_steps
from intlcoop.people.choices import Rank
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from tests.ministry import Ministry

FAR = 45  # days ahead: far enough not to be late, whether a visa is needed or not


def ahead(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def full(
    ministry: Ministry, *, filer: str = "htqt", unit: str = "HTQT", host: str = "thutruong", days_ahead: int = FAR,
    length: int = 3, title: str = "Đoàn Bộ Nội vụ Lào thăm và làm việc", **fields: Any
) -> InboundDelegation:  # fmt: skip
    """A delegation from abroad with all that submission asks for."""
    arrives = ahead(days_ahead)
    values: dict[str, Any] = {
        "arrives_on": arrives,
        "leaves_on": arrives + dt.timedelta(days=length - 1),
        "partner_text": "Bộ Nội vụ nước bạn",
        "purpose_text": "Trao đổi kinh nghiệm về chính quyền địa phương.",
        "topics": "Chương trình hợp tác năm tới.",
        "host": ministry.person(host) if host else None,
        "out_of_plan_reason": "Phía bạn đề nghị sau khi kế hoạch được phê duyệt.",
        "meeting": MeetingForm.WORKING_SESSION,
        **fields,
    }
    head = {"full_name": "Khamphone Sample", "post": "Thứ trưởng", "rank": "deputy_minister"}
    return create_visit(title, ministry.unit(unit), actor=ministry.person(filer), fields=values, head=head)


def short(
    ministry: Ministry, *, filer: str = "chuyenvien", unit: str = "CSDP", host: str = "lanhdaodonvi", days_ahead: int = 0,
    **fields: Any
) -> InboundDelegation:  # fmt: skip
    """A guest who lives here."""
    values = {
        "arrives_on": ahead(days_ahead),
        "meeting_time": dt.time(9, 30),
        "meeting_place": "Trụ sở Bộ",
        "partner_text": "Đại sứ quán minh họa",
        "topics": "Trao đổi hợp tác.",
        "host": ministry.person(host),
        **fields,
    }
    head = {"full_name": "Jane Sample", "post": "Đại sứ"}
    title = "Tiếp Đại sứ Jane Sample"
    return create_visit(
        title, ministry.unit(unit), actor=ministry.person(filer), form=VisitForm.SHORT, fields=values, head=head
    )


def fire(visit: InboundDelegation, name: str, user: Any, **more: Any) -> InboundDelegation:
    engine.fire(Case.objects.get(pk=visit.case_id), name, actor=user, **more)
    return fresh(visit)


def fresh(visit: InboundDelegation) -> InboundDelegation:
    return InboundDelegation.objects.select_related("case__unit", "case__created_by").get(pk=visit.pk)


def submit(visit: InboundDelegation, ministry: Ministry) -> InboundDelegation:
    return fire(visit, "submit", visit.case.created_by)


def walk(visit: InboundDelegation, ministry: Ministry, *, until: str = "") -> InboundDelegation:
    """Agree to every step as whoever may, until the approval is complete (or the office named is to act)."""
    for _turn in range(12):
        steps = open_steps(Case.objects.get(pk=visit.case_id))
        if not steps or steps[0].office == until:
            break
        agree(steps[0], ministry.person, draft=no_paper)
    return fresh(visit)


def no_paper(case: Any, actor: Any) -> None:
    """No decision is drafted on a visit."""


def accepted(visit: InboundDelegation, ministry: Ministry) -> InboundDelegation:
    return walk(submit(visit, ministry), ministry)


def received(visit: InboundDelegation, ministry: Ministry) -> InboundDelegation:
    """Agreed to, and the guests are here."""
    visit = accepted(visit, ministry)
    return fire(visit, "receive", visit.case.created_by)


__all__ = ["FAR", "Rank", "accepted", "ahead", "fire", "fresh", "full", "received", "short", "submit", "walk"]


def gift(day, **more: object) -> dict[str, object]:
    """What the form of a gift of ours sends."""
    data = {"direction": "given", "quantity": 1, "description": "Tranh lụa", "value": "1.800.000"}
    data |= {"guest_class": "B", "guest_part": "head"}
    return data | {"given_on": f"{day:%d/%m/%Y}", "giver": "Thứ trưởng", "receiver": "Trưởng đoàn"} | more
