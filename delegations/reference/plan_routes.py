"""The approval routes of annual plans and their revisions, as shipped: dated rows, changed in the database from then on.

Sources: domain.md W002-15 (the Prime Minister approves the ministry plan), W001-06 (the ICD consolidates). The offices in
between and every deadline are this system's working assumption, so each rule says "cần đối chiếu".
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from intlcoop.people.offices import CLERK, DEPUTY_MINISTER, FINANCE, ICD_HEAD, MINISTER, PRIME_MINISTER
from intlcoop.workflow.choices import Facet, StepKind
from intlcoop.workflow.models import RouteRule, RouteRuleStep

SINCE = dt.date(2020, 1, 1)
SUBSTANCE = [Facet.PROGRAMME, Facet.MONEY]
SOURCE = "Hội nghị triển khai công tác hợp tác quốc tế năm 2022 của Bộ Nội vụ"
BY_PM = f"Kế hoạch cấp Bộ do Thủ tướng Chính phủ phê duyệt ({SOURCE}); các bước và thời hạn cần đối chiếu"
BY_MINISTER = "Kế hoạch do Bộ trưởng phê duyệt; các bước và thời hạn cần đối chiếu"
ICD_LEADS = "Vụ Hợp tác quốc tế là đầu mối tổng hợp, trình kế hoạch"
MONEY = "Kinh phí của kế hoạch; thời hạn cần đối chiếu"
SIGNATURE = "Nghị định 30/2020/NĐ-CP, Điều 13"
NUMBERING = "Nghị định 30/2020/NĐ-CP, Điều 15, Điều 18"

Step = tuple[int, str, str, int | None, list[Any], str]


def _leaders() -> list[Step]:
    """The ICD's head with finance beside, the Deputy Minister in charge, the Minister."""
    return [
        (1, StepKind.APPRAISE, ICD_HEAD, 3, SUBSTANCE, ICD_LEADS),
        (1, StepKind.OPINION, FINANCE, 5, [Facet.MONEY], MONEY),
        (2, StepKind.APPROVE, DEPUTY_MINISTER, 3, SUBSTANCE, ""),
        (3, StepKind.APPROVE, MINISTER, 3, SUBSTANCE, ""),
    ]


def _issue() -> list[Step]:
    return [
        (4, StepKind.DRAFT_DECISION, ICD_HEAD, 2, [], ICD_LEADS),
        (5, StepKind.SIGN, MINISTER, 2, SUBSTANCE, SIGNATURE),
        (6, StepKind.ISSUE, CLERK, 1, [], NUMBERING),
    ]


def _rules() -> list[dict[str, Any]]:
    pm: Step = (4, StepKind.EXTERNAL_PERMISSION, PRIME_MINISTER, None, SUBSTANCE, BY_PM)
    kinds = (("plan", "plan", "Kế hoạch năm"), ("plan_revision", "plan-revision", "Điều chỉnh kế hoạch năm"))
    return [
        {
            "kind": kind,
            "code": f"{code}-{level}",
            "title": f"{title} {words}",
            "priority": priority,
            "conditions": {"level": [level]},
            "citation": citation,
            "needs_check": True,
            "steps": steps,
        }
        for kind, code, title in kinds
        for level, words, priority, citation, steps in (
            ("pm", "do Thủ tướng Chính phủ phê duyệt", 10, BY_PM, [*_leaders(), pm]),
            ("ministry", "do Bộ trưởng phê duyệt", 20, BY_MINISTER, [*_leaders(), *_issue()]),
        )
    ]


def load() -> None:
    """Insert the routes that are missing; never touches one that is there."""
    known = set(RouteRule.objects.filter(kind__in=("plan", "plan_revision")).values_list("code", flat=True))
    for row in _rules():
        steps = row.pop("steps")
        if row["code"] in known:
            continue
        rule = RouteRule.objects.create(valid_from=SINCE, **row)
        for order, kind, office, days, binds, citation in steps:
            RouteRuleStep.objects.create(
                rule=rule,
                order=order,
                kind=kind,
                office=office,
                due_working_days=days,
                binds=[str(facet) for facet in binds],
                citation=citation,
            )
