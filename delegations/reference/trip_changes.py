"""The routes of requests to change a decided trip, as they are shipped: dated rows, changed in the database from then on.

A change takes the way of the decision that it changes (W002-01, W002-04): who decided the trip decides what becomes of it. A
trip that is put off or called off spares the appraisal of its content. Which of these steps a ministry's own regulation asks
for is not known, so every rule says "cần đối chiếu".
"""

from __future__ import annotations

from typing import Any

from delegations.reference.routes import EVERYTHING, ISSUED_BY_PERSONNEL, NUMBERING, SIGNATURE, SINCE, SOURCE, SUBSTANCE
from intlcoop.people.offices import (
    CLERK,
    DEPUTY_MINISTER,
    FINANCE,
    ICD_HEAD,
    ICD_OFFICER,
    MINISTER,
    ORG_PERSONNEL,
    PRIME_MINISTER,
    UNIT_HEAD,
)
from intlcoop.workflow.choices import Facet, StepKind
from intlcoop.workflow.models import RouteRule, RouteRuleStep

KIND = "trip_change"
STOPPING = ["postpone", "cancel", "online"]
SAME_WAY = "Cấp quyết định cử đoàn quyết định việc điều chỉnh; cần đối chiếu"
ASK_PM_AGAIN = (
    "Thay đổi thời gian, địa điểm hoặc chương trình nhiều hơn phạm vi đã được cho phép: báo cáo, xin phép lại Thủ tướng "
    f"Chính phủ trước khi ra quyết định {SOURCE}; cần đối chiếu"
)
TELL_PM = (
    "Đoàn do Bộ trưởng làm trưởng đoàn đã được Thủ tướng Chính phủ cho phép: xin ý kiến khi hoãn, hủy; cần đối chiếu"
)
NOT_ONESELF = "Bộ trưởng là thành viên đoàn, không tự phê duyệt chuyến đi của mình; cần đối chiếu"

Row = dict[str, Any]


def step(order: int, kind: str, office: str, days: int | None, binds: list[Any], citation: str = "") -> Row:
    return {
        "order": order,
        "kind": kind,
        "office": office,
        "due_working_days": days,
        "binds": [str(facet) for facet in binds],
        "citation": citation,
    }


def department() -> list[Row]:
    """Unit head, the ICD's appraisal with finance's opinion beside it, the head of the ICD."""
    return [
        step(1, StepKind.ENDORSE, UNIT_HEAD, 1, EVERYTHING, "Lãnh đạo đơn vị chịu trách nhiệm về đề xuất"),
        step(2, StepKind.APPRAISE, ICD_OFFICER, 2, SUBSTANCE, "Vụ Hợp tác quốc tế là đầu mối"),
        step(2, StepKind.OPINION, FINANCE, 2, [Facet.MONEY], "Kinh phí đoàn ra (U001-02); thời hạn cần đối chiếu"),
        step(3, StepKind.APPRAISE, ICD_HEAD, 1, EVERYTHING, "Vụ Hợp tác quốc tế chủ trì thẩm định, trình"),
    ]


def short() -> list[Row]:
    """A trip that does not take place: its unit, then the ICD."""
    return [
        step(1, StepKind.ENDORSE, UNIT_HEAD, 1, EVERYTHING, "Lãnh đạo đơn vị chịu trách nhiệm về đề xuất"),
        step(2, StepKind.APPRAISE, ICD_HEAD, 1, EVERYTHING, "Vụ Hợp tác quốc tế chủ trì thẩm định, trình"),
    ]


def approval(order: int, office: str, citation: str = "") -> Row:
    return step(order, StepKind.APPROVE, office, 2, EVERYTHING, citation)


def permission(order: int, citation: str) -> Row:
    binds = [Facet.TIME_PLACE, Facet.PROGRAMME]
    return step(order, StepKind.EXTERNAL_PERMISSION, PRIME_MINISTER, None, binds, citation)


def decision(order: int, signer: str) -> list[Row]:
    return [
        step(order, StepKind.DRAFT_DECISION, ORG_PERSONNEL, 1, [], ISSUED_BY_PERSONNEL),
        step(order + 1, StepKind.SIGN, signer, 1, EVERYTHING, SIGNATURE),
        step(order + 2, StepKind.ISSUE, CLERK, 1, [], NUMBERING),
    ]


def rule(
    priority: int, code: str, title: str, conditions: dict[str, list[str]], *steps: Row, citation: str = ""
) -> Row:
    return {
        "code": f"change-{code}",
        "title": title,
        "priority": priority,
        "conditions": conditions,
        "citation": citation or SAME_WAY,
        "needs_check": True,
        "steps": steps,
    }


def rules() -> list[Row]:
    appraisal = [
        step(1, StepKind.APPRAISE, ICD_OFFICER, 2, SUBSTANCE),
        step(2, StepKind.APPRAISE, ICD_HEAD, 1, EVERYTHING),
    ]
    return [
        rule(
            10, "accompanying-minister", "Điều chỉnh chuyến Bộ trưởng tháp tùng lãnh đạo cấp cao",
            {"mode": ["accompanying"], "head_rank": ["minister"]},
            *appraisal, approval(3, DEPUTY_MINISTER, NOT_ONESELF), *decision(4, DEPUTY_MINISTER),
        ),
        rule(
            20, "accompanying", "Điều chỉnh chuyến tháp tùng lãnh đạo cấp cao", {"mode": ["accompanying"]},
            *appraisal, approval(3, MINISTER), *decision(4, MINISTER),
        ),
        rule(
            30, "stop-minister", "Hoãn, hủy, chuyển trực tuyến đoàn do Bộ trưởng làm Trưởng đoàn",
            {"change": STOPPING, "head_rank": ["minister"]},
            *short(), permission(3, TELL_PM), *decision(4, DEPUTY_MINISTER),
        ),
        rule(
            40, "stop-deputy-minister", "Hoãn, hủy, chuyển trực tuyến đoàn do Thứ trưởng làm Trưởng đoàn",
            {"change": STOPPING, "head_rank": ["deputy_minister"]},
            *short(), approval(3, MINISTER), *decision(4, MINISTER),
        ),
        rule(
            50, "stop-unplanned", "Hoãn, hủy, chuyển trực tuyến đoàn phát sinh ngoài kế hoạch",
            {"change": STOPPING, "plan_level": ["none"]},
            *short(), approval(3, MINISTER), *decision(4, MINISTER),
        ),
        rule(
            60, "stop", "Hoãn, hủy, chuyển trực tuyến đoàn trong kế hoạch", {"change": STOPPING},
            *short(), approval(3, DEPUTY_MINISTER), *decision(4, MINISTER),
        ),
        rule(
            70, "minister-ask-pm", "Điều chỉnh rộng hơn đoàn do Bộ trưởng làm Trưởng đoàn",
            {"head_rank": ["minister"], "grows": ["yes"]},
            *department(), permission(5, ASK_PM_AGAIN), *decision(6, DEPUTY_MINISTER), citation=ASK_PM_AGAIN,
        ),
        rule(
            80, "minister", "Điều chỉnh trong phạm vi đã cho phép đoàn do Bộ trưởng làm Trưởng đoàn",
            {"head_rank": ["minister"]},
            *department(), approval(4, DEPUTY_MINISTER, NOT_ONESELF), *decision(5, DEPUTY_MINISTER),
        ),
        rule(
            90, "deputy-minister-ask-pm",
            "Điều chỉnh rộng hơn đoàn do Thứ trưởng làm Trưởng đoàn, không nằm trong kế hoạch do Thủ tướng phê duyệt",
            {"head_rank": ["deputy_minister"], "plan_level": ["ministry", "none"], "grows": ["yes"]},
            *department(), approval(4, MINISTER), permission(5, ASK_PM_AGAIN), *decision(6, MINISTER),
            citation=ASK_PM_AGAIN,
        ),
        rule(
            100, "deputy-minister", "Điều chỉnh đoàn do Thứ trưởng làm Trưởng đoàn", {"head_rank": ["deputy_minister"]},
            *department(), approval(4, MINISTER), *decision(5, MINISTER),
        ),
        rule(
            110, "planned", "Điều chỉnh đoàn trong kế hoạch", {"plan_level": ["pm", "ministry"]},
            *department(), approval(4, DEPUTY_MINISTER), *decision(5, MINISTER),
        ),
        rule(
            120, "unplanned", "Điều chỉnh đoàn phát sinh ngoài kế hoạch", {"plan_level": ["none"]},
            *department(), approval(4, MINISTER), *decision(5, MINISTER),
        ),
    ]  # fmt: skip


def load() -> None:
    """Insert the routes that are missing; never touches one that is there."""
    known = set(RouteRule.objects.filter(kind=KIND).values_list("code", flat=True))
    for row in rules():
        steps = row.pop("steps")
        if row["code"] in known:
            continue
        made = RouteRule.objects.create(kind=KIND, valid_from=SINCE, **row)
        for each in steps:
            RouteRuleStep.objects.create(rule=made, **each)
