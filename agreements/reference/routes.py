"""The routes of agreements and of their changes, as they are shipped: dated rows with their basis, changed in the database.

Sources: domain.md B.4 (Law 70/2020, Decree 64/2021). Where a step or a deadline is this system's own working assumption, or
follows from a regulation that is not at hand, the row says "cần đối chiếu".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from intlcoop.people.offices import (
    EXTERNAL,
    FINANCE,
    ICD_HEAD,
    ICD_OFFICER,
    LEGAL,
    MINISTER,
    PRIME_MINISTER,
    UNIT_HEAD,
)
from intlcoop.regulations.models import Instrument
from intlcoop.workflow.choices import Facet, RuleRole, StepKind
from intlcoop.workflow.models import RouteRule, RouteRuleStep

#: The law holds from this day; cooperation papers outside it are older.
LAW_SINCE, SINCE = dt.date(2021, 7, 1), dt.date(2020, 1, 1)
LAW = "70/2020/QH14"
KINDS = {"agreement": "", "agreement_change": "change-"}
MOFA, DEFENCE, SECURITY, INVESTMENT = "Bộ Ngoại giao", "Bộ Quốc phòng", "Bộ Công an", "Bộ Tài chính"

CHECK = "thời hạn nội bộ; cần đối chiếu"
RESPONSIBLE = f"Đơn vị đề xuất chịu trách nhiệm về nội dung; {CHECK}"
FOCAL = f"Vụ Hợp tác quốc tế là đầu mối, kiểm tra hồ sơ trước khi lấy ý kiến; {CHECK}"
COLLECTS = f"Vụ Hợp tác quốc tế tổng hợp ý kiến, trình Bộ trưởng; {CHECK}"
CONSULT = (
    "Luật 70/2020/QH14, Điều 16, Điều 17, Điều 27 và Điều 29: lấy ý kiến bằng văn bản, trả lời trong 07 ngày làm việc"
)
CONSULT_SHORT = "Luật 70/2020/QH14, Điều 35 đến Điều 41: trình tự, thủ tục rút gọn, trả lời trong 03 ngày làm việc"
CONSULT_CUC = (
    "Luật 70/2020/QH14, Điều 20; Nghị định 64/2021/NĐ-CP, Điều 4: lấy ý kiến đơn vị đầu mối về hợp tác quốc tế và các đơn vị "
    "liên quan trong 07 ngày làm việc"
)
DECIDES = f"Luật 70/2020/QH14, Điều 16, Điều 17: Bộ trưởng quyết định việc ký; {CHECK}"
DECIDES_CUC = "Luật 70/2020/QH14, Điều 20; Nghị định 64/2021/NĐ-CP, Điều 4: Bộ trưởng quyết định trong 05 ngày làm việc"
ASK_PM = (
    "Luật 70/2020/QH14, Điều 16, Điều 17: cơ quan được lấy ý kiến không nhất trí thì trình Thủ tướng Chính phủ, chỉ ký khi "
    "được đồng ý (hồ sơ theo Điều 28)"
)
ASK_PM_ALWAYS = (
    "Luật 70/2020/QH14: thỏa thuận quốc tế nhân danh Nhà nước, Chính phủ do cấp có thẩm quyền quyết định; cần đối chiếu"
)
MORE = "Luật 70/2020/QH14, Điều 25; Nghị định 64/2021/NĐ-CP, Điều 9"
PAPER = "Văn bản hợp tác ngoài phạm vi Luật 70/2020/QH14: theo quy chế của Bộ; cần đối chiếu"

Row = dict[str, Any]


def step(order: int, kind: str, office: str, days: int | None, citation: str, **more: Any) -> Row:
    binds = [str(Facet.PROGRAMME)]
    return {
        "order": order,
        "kind": kind,
        "office": office,
        "due_working_days": days,
        "binds": binds,
        "citation": citation,
        **more,
    }


def opinions(days: int, citation: str, *, mofa: bool) -> list[Row]:
    asked = [step(3, StepKind.OPINION, EXTERNAL, days, citation, body=MOFA)] if mofa else []
    offices = (FINANCE, LEGAL) if mofa else (ICD_HEAD, FINANCE, LEGAL)
    return [*asked, *(step(3, StepKind.OPINION, office, days, citation) for office in offices)]


def in_ministrys_name(days: int, citation: str) -> list[Row]:
    return [
        step(1, StepKind.ENDORSE, UNIT_HEAD, 2, RESPONSIBLE),
        step(2, StepKind.APPRAISE, ICD_OFFICER, 2, FOCAL),
        *opinions(days, citation, mofa=True),
        step(4, StepKind.APPRAISE, ICD_HEAD, 2, COLLECTS),
        step(5, StepKind.APPROVE, MINISTER, 3, DECIDES),
    ]


def in_cucs_name(days: int, citation: str) -> list[Row]:
    return [
        step(1, StepKind.ENDORSE, UNIT_HEAD, 2, RESPONSIBLE),
        *opinions(days, citation, mofa=False),
        step(5, StepKind.APPROVE, MINISTER, 5, DECIDES_CUC),
    ]


def prime_minister(citation: str, *, always: bool) -> Row:
    more = {} if always else {"only_if_disagreed": True}
    return step(6, StepKind.EXTERNAL_PERMISSION, PRIME_MINISTER, 7 if not always else None, citation, **more)


def route(code: str, title: str, priority: int, conditions: Mapping[str, list[str]], *steps: Row, **more: Any) -> Row:
    usual = {"citation": steps[-1]["citation"], "needs_check": True, "instrument": LAW, "valid_from": LAW_SINCE}
    return {
        "code": code,
        "title": title,
        "priority": priority,
        "conditions": conditions,
        "steps": steps,
        **usual,
        **more,
    }


def addition(code: str, title: str, concern: str, body: str, *, days: int, procedure: str, **conditions: Any) -> Row:
    citation = f"{MORE}: {title.lower()}"
    return route(
        f"{code}-{procedure}",
        f"{title} ({'rút gọn' if procedure == 'short' else 'thông thường'})",
        200,
        {concern: ["yes"], "procedure": [procedure], **conditions},
        step(3, StepKind.OPINION, EXTERNAL, days, citation, body=body),
        role=RuleRole.ADDITION,
        needs_check=False,
    )


def rules() -> list[Row]:
    ministry, cuc = "Nhân danh Bộ", "Nhân danh cục"
    short = " (trình tự, thủ tục rút gọn)"
    pm = prime_minister(ASK_PM, always=False)
    government = {"in_name_of": ["state", "government"]}
    by_procedure = [(7, "standard"), (3, "short")]
    return [
        route("agreement-government", "Nhân danh Nhà nước, Chính phủ", 10, government,
              *in_ministrys_name(7, CONSULT), prime_minister(ASK_PM_ALWAYS, always=True)),
        route("agreement-ministry", ministry, 20, {"in_name_of": ["ministry"], "procedure": ["standard"]},
              *in_ministrys_name(7, CONSULT), pm),
        route("agreement-ministry-short", ministry + short, 30, {"in_name_of": ["ministry"], "procedure": ["short"]},
              *in_ministrys_name(3, CONSULT_SHORT), pm),
        route("agreement-cuc", cuc, 40, {"in_name_of": ["cuc"], "procedure": ["standard"]},
              *in_cucs_name(7, CONSULT_CUC)),
        route("agreement-cuc-short", cuc + short, 50, {"in_name_of": ["cuc"], "procedure": ["short"]},
              *in_cucs_name(3, CONSULT_SHORT)),
        route("paper-unit-delegated", "Đơn vị trực thuộc được phân cấp ký văn bản hợp tác", 55, {"in_name_of": ["unit"]},
              step(1, StepKind.OPINION, ICD_OFFICER, 7, PAPER), step(2, StepKind.APPROVE, UNIT_HEAD, 3, PAPER),
              is_enabled=False, instrument="", valid_from=SINCE),
        route("paper-unit", "Văn bản hợp tác của đơn vị trực thuộc", 60, {"in_name_of": ["unit"]},
              step(1, StepKind.ENDORSE, UNIT_HEAD, 2, PAPER), step(3, StepKind.OPINION, ICD_OFFICER, 7, PAPER),
              step(5, StepKind.APPROVE, MINISTER, 5, PAPER), instrument="", valid_from=SINCE),
        *(
            addition(code, title, concern, body, days=days, procedure=procedure, **conditions)
            for days, procedure in by_procedure
            for code, title, concern, body, conditions in (
                ("agreement-defence", "Lấy ý kiến Bộ Quốc phòng", "defence", DEFENCE, {}),
                ("agreement-security", "Lấy ý kiến Bộ Công an", "security", SECURITY, {}),
                ("agreement-investment", "Lấy ý kiến cơ quan quản lý đầu tư", "investment", INVESTMENT, {}),
                ("agreement-sensitive", "Lấy ý kiến Bộ Ngoại giao về vấn đề nhạy cảm", "sensitive", MOFA,
                 {"in_name_of": ["cuc", "unit"]}),
            )
        ),
    ]  # fmt: skip


def load() -> None:
    """Insert the routes that are missing; never touches one that is there."""
    known = set(RouteRule.objects.filter(kind__in=KINDS).values_list("kind", "code"))
    missing = [
        (kind, row | {"code": f"{prefix}{row['code']}"})
        for kind, prefix in KINDS.items()
        for row in rules()
        if (kind, f"{prefix}{row['code']}") not in known
    ]
    if not missing:
        return
    instruments = {row.symbol: row for row in Instrument.objects.filter(symbol=LAW)}
    for kind, row in missing:
        steps, instrument = row.pop("steps"), instruments.get(row.pop("instrument"))
        rule = RouteRule.objects.create(kind=kind, instrument=instrument, **row)
        RouteRuleStep.objects.bulk_create(RouteRuleStep(rule=rule, **each) for each in steps)
