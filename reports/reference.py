"""The routes of year-end reports, and of other reports and comments, as shipped: who approves before something is sent
(domain.md W001-03, A-18).

How many days an office has, and which leader approves, is this system's own assumption until the ministry's rules are read:
every rule says "cần đối chiếu".
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from intlcoop.people.offices import DEPUTY_MINISTER, ICD_HEAD, UNIT_HEAD
from intlcoop.workflow.choices import Facet, StepKind
from intlcoop.workflow.models import RouteRule, RouteRuleStep

SINCE = dt.date(2020, 1, 1)
LEADER = (
    "Nội dung báo cáo, góp ý được trình Lãnh đạo trước khi gửi (Báo cáo tổng kết công tác năm 2022 của Ủy ban Dân tộc: "
    "«Xây dựng và trình Lãnh đạo Ủy ban nội dung Báo cáo cung cấp thông tin»); thời hạn cần đối chiếu"
)
#: Everything else is only entered, and takes no route.
SENT = ["report", "comment"]
OWN_NAME = "Văn bản nhân danh đơn vị do lãnh đạo đơn vị duyệt; cần đối chiếu"


#: Who approves the department's own report on a period.
OWN_REPORT = (
    "Báo cáo của Vụ Hợp tác quốc tế về công tác hợp tác quốc tế, lãnh đạo Vụ thẩm định, lãnh đạo Bộ phụ trách duyệt trước "
    "khi ban hành; các bước và thời hạn là giả định của hệ thống, cần đối chiếu"
)
OWN_PART = (
    "Báo cáo quý, 6 tháng hoặc theo khoảng ngày do lãnh đạo Vụ Hợp tác quốc tế duyệt; các bước và thời hạn là giả định của "
    "hệ thống, cần đối chiếu"
)


def step(order: int, kind: str, office: str, days: int) -> dict[str, Any]:
    return {
        "order": order,
        "kind": kind,
        "office": office,
        "due_working_days": days,
        "binds": [str(Facet.PROGRAMME)],
    }


def rules() -> list[dict[str, Any]]:
    return [
        {
            "code": "work-unit",
            "title": "Báo cáo, góp ý nhân danh đơn vị",
            "priority": 10,
            "conditions": {"work": SENT, "in_name_of": ["unit"]},
            "citation": OWN_NAME,
            "steps": [step(1, StepKind.APPROVE, UNIT_HEAD, 2)],
        },
        {
            "code": "work-ministry-icd",
            "title": "Báo cáo, góp ý nhân danh Bộ, Vụ Hợp tác quốc tế soạn thảo",
            "priority": 20,
            "conditions": {"work": SENT, "in_name_of": ["ministry"], "unit": ["icd"]},
            "citation": LEADER,
            "steps": [step(1, StepKind.APPRAISE, ICD_HEAD, 2), step(2, StepKind.APPROVE, DEPUTY_MINISTER, 3)],
        },
        {
            "code": "work-ministry-other",
            "title": "Báo cáo, góp ý nhân danh Bộ, đơn vị khác soạn thảo",
            "priority": 30,
            "conditions": {"work": SENT, "in_name_of": ["ministry"], "unit": ["other"]},
            "citation": LEADER,
            "steps": [
                step(1, StepKind.ENDORSE, UNIT_HEAD, 2),
                step(2, StepKind.APPRAISE, ICD_HEAD, 2),
                step(3, StepKind.APPROVE, DEPUTY_MINISTER, 3),
            ],
        },
    ]


def report_rules() -> list[dict[str, Any]]:
    return [
        {
            "code": "year-end-year",
            "title": "Báo cáo tổng kết năm",
            "priority": 10,
            "conditions": {"period": ["year"]},
            "citation": OWN_REPORT,
            "steps": [step(1, StepKind.APPRAISE, ICD_HEAD, 2), step(2, StepKind.APPROVE, DEPUTY_MINISTER, 3)],
        },
        {
            "code": "year-end-part",
            "title": "Báo cáo của một phần năm",
            "priority": 20,
            "conditions": {"period": ["part"]},
            "citation": OWN_PART,
            "steps": [step(1, StepKind.APPROVE, ICD_HEAD, 2)],
        },
    ]


def load() -> None:
    """Insert the routes that are missing; never touches one that is there."""
    _insert("work", rules())
    _insert("year_end", report_rules())


def _insert(kind: str, rows: list[dict[str, Any]]) -> None:
    known = set(RouteRule.objects.filter(kind=kind).values_list("code", flat=True))
    for row in rows:
        steps = row.pop("steps")
        if row["code"] in known:
            continue
        rule = RouteRule.objects.create(kind=kind, valid_from=SINCE, needs_check=True, **row)
        RouteRuleStep.objects.bulk_create(RouteRuleStep(rule=rule, **each) for each in steps)
