"""The approval routes of outbound trips, as they are shipped: dated rows with their basis, changed in the database from then on.

Sources: domain.md W002-01 (PM permission), W002-04 (personnel drafts), W004-03, B.3 (lead times). Where a step or a
deadline is this system's own working assumption, the rule says "cần đối chiếu".
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from intlcoop.people.offices import (
    CLERK,
    DEPUTY_MINISTER,
    EXTERNAL,
    FINANCE,
    ICD_HEAD,
    ICD_OFFICER,
    MINISTER,
    ORG_PERSONNEL,
    PRIME_MINISTER,
    UNIT_HEAD,
    UNIT_OFFICE,
)
from intlcoop.regulations.models import Instrument
from intlcoop.workflow.choices import Facet, RuleRole, StepKind
from intlcoop.workflow.models import RouteRule, RouteRuleStep

EVERYTHING = [Facet.PEOPLE, Facet.TIME_PLACE, Facet.MONEY, Facet.PROGRAMME]
SUBSTANCE = [Facet.PEOPLE, Facet.TIME_PLACE, Facet.PROGRAMME]
SINCE = dt.date(2020, 1, 1)

#: Where the ministry-specific rules come from (domain.md W002-01, W002-04).
SOURCE = "(Hội nghị triển khai công tác hợp tác quốc tế năm 2022 của Bộ Nội vụ)"
ISSUED_BY_PERSONNEL = f"Việc ra quyết định cử đoàn thuộc Vụ Tổ chức cán bộ {SOURCE}"
SIGNATURE = "Nghị định 30/2020/NĐ-CP, Điều 13"
NUMBERING = "Nghị định 30/2020/NĐ-CP, Điều 15, Điều 18"
ASK_PM = (
    "Đoàn ra do Thứ trưởng làm trưởng đoàn, không nằm trong Kế hoạch cấp Bộ do Thủ tướng Chính phủ phê duyệt: "
    f"trình Bộ trưởng báo cáo, xin phép Thủ tướng Chính phủ trước khi ra quyết định {SOURCE}"
)

PARTY = (
    "Đảng viên đi công tác nước ngoài: xin ý kiến cấp ủy có thẩm quyền "
    "(Quyết định 272-QĐ/TW; chưa có toàn văn, cần đối chiếu)"
)
DELEGATED = (
    "Đơn vị trực thuộc được phân cấp quyết định cử viên chức của đơn vị đi công tác nước ngoài theo kế hoạch đã được phê duyệt; "
    "chỉ bật khi Bộ đã có văn bản phân cấp; cần đối chiếu"
)


def _step(order: int, kind: str, office: str, days: int | None, binds: list[Any], citation: str = "") -> dict[str, Any]:
    return {
        "order": order,
        "kind": kind,
        "office": office,
        "due_working_days": days,
        "binds": [str(facet) for facet in binds],
        "citation": citation,
    }


def _department(first: int = 1) -> list[dict[str, Any]]:
    """Unit head, then the ICD's appraisal with finance's opinion beside it, then the head of the ICD for the department."""
    return [
        _step(first, StepKind.ENDORSE, UNIT_HEAD, 2, EVERYTHING, "Lãnh đạo đơn vị chịu trách nhiệm về đề xuất"),
        _step(first + 1, StepKind.APPRAISE, ICD_OFFICER, 5, SUBSTANCE, "Vụ Hợp tác quốc tế là đầu mối"),
        _step(
            first + 1, StepKind.OPINION, FINANCE, 5, [Facet.MONEY], "Kinh phí đoàn ra (U001-02); thời hạn cần đối chiếu"
        ),
        _step(
            first + 2,
            StepKind.APPRAISE,
            ICD_HEAD,
            2,
            EVERYTHING,
            "Vụ Hợp tác quốc tế chủ trì thẩm định, trình",
        ),
    ]


def _decision(order: int, signer: str) -> list[dict[str, Any]]:
    return [
        _step(order, StepKind.DRAFT_DECISION, ORG_PERSONNEL, 2, [], ISSUED_BY_PERSONNEL),
        _step(order + 1, StepKind.SIGN, signer, 2, EVERYTHING, SIGNATURE),
        _step(order + 2, StepKind.ISSUE, CLERK, 1, [], NUMBERING),
    ]


def _rules() -> list[dict[str, Any]]:
    pm = _step(5, StepKind.EXTERNAL_PERMISSION, PRIME_MINISTER, None, [Facet.TIME_PLACE, Facet.PROGRAMME], ASK_PM)
    return [
        {
            "code": "outbound-accompanying-minister",
            "title": "Bộ trưởng tháp tùng lãnh đạo cấp cao",
            "priority": 10,
            "conditions": {"mode": ["accompanying"], "head_rank": ["minister"]},
            "citation": "Căn cứ văn bản về thành phần đoàn của cấp có thẩm quyền; cần đối chiếu",
            "needs_check": True,
            "steps": [
                _step(1, StepKind.APPRAISE, ICD_OFFICER, 3, SUBSTANCE),
                _step(2, StepKind.APPRAISE, ICD_HEAD, 2, EVERYTHING),
                *_decision(3, DEPUTY_MINISTER),
            ],
        },
        {
            "code": "outbound-accompanying",
            "title": "Tháp tùng lãnh đạo cấp cao",
            "priority": 20,
            "conditions": {"mode": ["accompanying"]},
            "citation": "Căn cứ văn bản về thành phần đoàn của cấp có thẩm quyền; cần đối chiếu",
            "needs_check": True,
            "steps": [
                _step(1, StepKind.APPRAISE, ICD_OFFICER, 3, SUBSTANCE),
                _step(2, StepKind.APPRAISE, ICD_HEAD, 2, EVERYTHING),
                _step(3, StepKind.APPROVE, MINISTER, 2, EVERYTHING),
                *_decision(4, MINISTER),
            ],
        },
        {
            "code": "outbound-led-by-minister",
            "title": "Bộ trưởng làm Trưởng đoàn",
            "priority": 30,
            "conditions": {"mode": ["led"], "head_rank": ["minister"]},
            "citation": "Đoàn ra do Bộ trưởng làm trưởng đoàn luôn xin phép Thủ tướng Chính phủ; cần đối chiếu",
            "needs_check": True,
            "steps": [
                *_department(),
                _step(
                    5,
                    StepKind.EXTERNAL_PERMISSION,
                    PRIME_MINISTER,
                    None,
                    [Facet.TIME_PLACE, Facet.PROGRAMME],
                    "Đoàn ra do Bộ trưởng làm trưởng đoàn: xin phép Thủ tướng Chính phủ; cần đối chiếu",
                ),
                *_decision(6, DEPUTY_MINISTER),
            ],
        },
        {
            "code": "outbound-deputy-minister-on-pm-plan",
            "title": "Thứ trưởng làm Trưởng đoàn, trong kế hoạch cấp Bộ do Thủ tướng phê duyệt",
            "priority": 40,
            "conditions": {"mode": ["led"], "head_rank": ["deputy_minister"], "plan_level": ["pm"]},
            "citation": "Đoàn ra trong Kế hoạch cấp Bộ do Thủ tướng Chính phủ phê duyệt; thời hạn cần đối chiếu",
            "needs_check": True,
            "steps": [*_department(), _step(4, StepKind.APPROVE, MINISTER, 3, EVERYTHING), *_decision(5, MINISTER)],
        },
        {
            "code": "outbound-deputy-minister-ask-pm",
            "title": "Thứ trưởng làm Trưởng đoàn, không nằm trong kế hoạch do Thủ tướng phê duyệt",
            "priority": 50,
            "conditions": {"mode": ["led"], "head_rank": ["deputy_minister"], "plan_level": ["ministry", "none"]},
            "citation": ASK_PM,
            "needs_check": False,
            "steps": [*_department(), _step(4, StepKind.APPROVE, MINISTER, 3, EVERYTHING), pm, *_decision(6, MINISTER)],
        },
        {
            "code": "outbound-planned",
            "title": "Đoàn ra trong kế hoạch, do người khác làm Trưởng đoàn",
            "priority": 60,
            "conditions": {"mode": ["led"], "plan_level": ["pm", "ministry"]},
            "citation": "Đoàn ra theo kế hoạch đã được phê duyệt; thời hạn cần đối chiếu",
            "needs_check": True,
            "steps": [
                *_department(),
                _step(4, StepKind.APPROVE, DEPUTY_MINISTER, 3, EVERYTHING),
                *_decision(5, MINISTER),
            ],
        },
        {
            "code": "outbound-unplanned",
            "title": "Đoàn ra phát sinh ngoài kế hoạch, do người khác làm Trưởng đoàn",
            "priority": 70,
            "conditions": {"mode": ["led"], "plan_level": ["none"]},
            "citation": "Hạn chế hoạt động ngoài kế hoạch: do Bộ trưởng cho phép; cần đối chiếu",
            "needs_check": True,
            "steps": [*_department(), _step(4, StepKind.APPROVE, MINISTER, 3, EVERYTHING), *_decision(5, MINISTER)],
        },
        *_optional_rules(),
    ]


def _optional_rules() -> list[dict[str, Any]]:
    """Rules that a ministry may have, or not: shipped switched off, to be checked before somebody switches them on."""
    opinion = _step(2, StepKind.OPINION, EXTERNAL, None, [Facet.PEOPLE, Facet.PROGRAMME])
    return [
        {
            "code": "outbound-delegated-power",
            "title": "Đơn vị trực thuộc được phân cấp, cử viên chức của đơn vị",
            "priority": 5,
            "is_enabled": False,
            "conditions": {
                "mode": ["led"],
                "head_rank": ["official"],
                "plan_level": ["pm", "ministry"],
                "unit_class": ["attached"],
                "own_staff": ["yes"],
            },
            "citation": DELEGATED,
            "needs_check": True,
            "steps": [
                _step(1, StepKind.APPROVE, UNIT_HEAD, 3, EVERYTHING),
                _step(2, StepKind.DRAFT_DECISION, UNIT_OFFICE, 2, []),
                _step(3, StepKind.SIGN, UNIT_HEAD, 2, EVERYTHING),
                _step(4, StepKind.ISSUE, UNIT_OFFICE, 1, [], NUMBERING),
                _step(5, StepKind.COPY, ICD_OFFICER, None, [], "Vụ Hợp tác quốc tế là đầu mối, nhận bản sao"),
            ],
        },
        {
            "code": "outbound-party-opinion",
            "title": "Xin ý kiến cấp ủy khi trong đoàn có đảng viên",
            "role": RuleRole.ADDITION,
            "priority": 200,
            "is_enabled": False,
            "conditions": {"party": ["yes"]},
            "citation": PARTY,
            "instrument": "272-QĐ/TW",
            "needs_check": True,
            "steps": [opinion | {"body": "Cấp ủy có thẩm quyền"}],
        },
    ]


def load() -> None:
    """Insert the routes that are missing; never touches one that is there."""
    known = set(RouteRule.objects.filter(kind="outbound").values_list("code", flat=True))
    for row in _rules():
        steps = row.pop("steps")
        if row["code"] in known:
            continue
        instrument = Instrument.objects.filter(symbol=row.pop("instrument", "")).first()
        rule = RouteRule.objects.create(kind="outbound", valid_from=SINCE, instrument=instrument, **row)
        for step in steps:
            RouteRuleStep.objects.create(rule=rule, **step)
