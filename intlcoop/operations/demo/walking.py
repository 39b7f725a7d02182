"""Walking a file along its route as its office holders would: for the demo's history, and for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from intlcoop.people.models import User
from intlcoop.people.offices import OUTSIDE
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.deciding import OfficialNumber, OutsideReply, decide
from intlcoop.workflow.models import Case, Decision, Step
from intlcoop.workflow.papers import current_paper
from intlcoop.workflow.separation import conflicted_ids, free_holders

#: Gives a person by user name.
People = Callable[[str], User]
#: Makes and keeps the draft of the decision in Word form.
Drafter = Callable[[Case, User], object]

#: Who usually acts in each office of the demo ministry; the accounts come first.
USUAL = (
    "lanhdaodonvi",
    "htqt",
    "vutruong",
    "taichinh",
    "thutruong",
    "tccb",
    "vanthu",
    "botruong",
    "hieutruong",
    "cuctruong",
)
COMMENTS = {
    StepKind.ENDORSE: "Nhất trí đề xuất.",
    StepKind.APPRAISE: "Hồ sơ đầy đủ, đúng kế hoạch.",
    StepKind.OPINION: "Nguồn kinh phí đã bố trí trong dự toán.",
    StepKind.APPROVE: "Đồng ý.",
}


def open_steps(case: Case) -> list[Step]:
    return list(Step.objects.open().filter(case=case).select_related("case", "unit").order_by("position"))


def actor_for(step: Step, people: People) -> User:
    """Somebody who may act on this step; the ICD official records what comes from outside, or the clerk for a file of theirs."""
    conflicted = conflicted_ids(step.case)
    _office, holders = free_holders(step, conflicted, timezone.localdate())
    if not holders:
        recorder = people("htqt")
        return recorder if recorder.pk not in conflicted else people("vanthu")
    free = {holder.user.username: holder.user for holder in holders}
    # A deputy minister signs KT. as a rule; the Minister signs what a deputy may not.
    order = ("thutruong", "thutruong2", "botruong") if step.kind == StepKind.SIGN else USUAL
    name = next((name for name in order if name in free), next(iter(free)))
    return people(name)


def turn_down(case: Case, outcome: str, people: People, why: str) -> Decision:
    """Let the holder of the open step send the file back, or say no."""
    step = open_steps(case)[0]
    return decide(step, outcome, actor=actor_for(step, people), comment=why)


def agree(step: Step, people: People, *, draft: Drafter, by: User | None = None, **extra: Any) -> Decision:
    """Let the step's holder agree, with the paper, number or reply that it asks for."""
    actor = by or actor_for(step, people)
    today = timezone.localdate()
    if (step.acting_office or step.office) in OUTSIDE and "reply" not in extra:
        extra["reply"] = OutsideReply(
            submission_number=f"{step.case_id}/TTr-BDP",
            submission_date=today - dt.timedelta(days=1),
            reply_number=f"{step.case_id}/{'BNG-LPQT' if step.body else 'TTg-QHQT'}",
            reply_date=today,
            reply_issuer=step.body or "Thủ tướng Chính phủ",
            outside={"kept_outside": True, "outside_register_no": "07"},
        )
    if step.kind == StepKind.DRAFT_DECISION and current_paper(step.case) is None:
        draft(step.case, actor)
    if step.kind == StepKind.ISSUE and "official_number" not in extra:
        extra["official_number"] = OfficialNumber(number=100 + step.case_id, symbol="QĐ-BDP", issued_on=today)
    extra.setdefault("comment", COMMENTS.get(StepKind(step.kind), ""))
    return decide(step, Outcome.AGREE, actor=actor, **extra)
