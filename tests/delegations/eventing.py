"""Events that are complete enough to be submitted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from delegations.event_choices import EventFormat, EventKind, EventRole, EventTopic
from delegations.exports.event import draft as draft_of
from delegations.models import InternationalEvent
from delegations.services import create_event
from intlcoop.operations.demo import walking
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from intlcoop.workflow.papers import save_draft
from tests.ministry import Ministry

FAR = 90  # days ahead: far enough not to be late, for the unit either


def fields(**more: Any) -> dict[str, Any]:
    starts = timezone.localdate() + dt.timedelta(days=FAR)
    return {
        "kind": EventKind.WORKSHOP,
        "role": EventRole.HOST,
        "format": EventFormat.IN_PERSON,
        "starts_on": starts,
        "ends_on": starts + dt.timedelta(days=1),
        "place": "Hà Nội",
        "topics": [EventTopic.OTHER],
        "theme": "Nâng cao năng lực nền công vụ",
        "reason": "Trao đổi kinh nghiệm quản lý công vụ.",
        "content": "Hai phiên toàn thể và ba phiên chuyên đề.",
        "participants_text": "Đại diện các bộ, ngành và chuyên gia nước ngoài.",
        "vietnamese_count": 60,
        "foreign_count": 20,
        "budget_vnd": 250_000_000,
        "out_of_plan_reason": "Mới nhận đề nghị của đối tác.",
        **more,
    }


def hosted(ministry: Ministry, filer: str = "chuyenvien", unit: str = "CSDP", **more: Any) -> InternationalEvent:
    title = more.pop("title", "Hội thảo quốc tế về cải cách công vụ")
    return create_event(title, ministry.unit(unit), actor=ministry.person(filer), fields=fields(**more))


def fresh(event: InternationalEvent) -> InternationalEvent:
    return InternationalEvent.objects.select_related("case__unit", "case__created_by", "session").get(pk=event.pk)


def state_of(event: InternationalEvent) -> str:
    return Case.objects.values_list("state", flat=True).get(event=event)


def fire(event: InternationalEvent, name: str, actor: Any, comment: str = "") -> None:
    engine.fire(fresh(event).case, name, actor=actor, comment=comment)


def walk(event: InternationalEvent, ministry: Ministry, until: str = "") -> None:
    """Let every office agree, until a step of this kind is open."""

    def draft(case: Case, actor: Any) -> None:
        made = draft_of(case)
        save_draft(case, made.docx, subject=made.subject, symbol=made.symbol, actor=actor)

    for _ in range(20):
        steps = walking.open_steps(fresh(event).case)
        if not steps or any(step.kind == until for step in steps):
            return
        walking.agree(steps[0], ministry.person, draft=draft)


def submit(event: InternationalEvent, ministry: Ministry, name: str = "submit") -> None:
    fire(event, name, fresh(event).case.created_by)
