"""The approval routes of visits that we receive, as shipped: dated rows, changed in the database from then on.

Sources: domain.md A-06, B.3, B.9 (the host is the body whose guests they are; reciprocity of ranks). No regulation of the
ministry on receiving guests could be read, so each rule says "cần đối chiếu".
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from intlcoop.people.choices import Rank
from intlcoop.people.offices import DEPUTY_MINISTER, ICD_HEAD, ICD_OFFICER, MINISTER, UNIT_HEAD
from intlcoop.workflow.choices import Facet, StepKind
from intlcoop.workflow.models import RouteRule, RouteRuleStep

SINCE = dt.date(2020, 1, 1)
BINDS = [Facet.PEOPLE, Facet.TIME_PLACE, Facet.PROGRAMME]
ICD_LEADS = "Vụ Hợp tác quốc tế là đầu mối, trình việc tiếp khách quốc tế"
HOST = "Cấp nào tiếp thì trình cấp đó; nguyên tắc đối đẳng về lễ tân; các bước và thời hạn cần đối chiếu"
UNIT_RECEIVES = "Lãnh đạo đơn vị tiếp khách: đơn vị quyết định sau khi có ý kiến Vụ Hợp tác quốc tế; cần đối chiếu"
UNIT_ANSWERS = "Lãnh đạo đơn vị chịu trách nhiệm về đề xuất"

Step = tuple[int, str, str, int | None, str]


def _to_leader(leader: str, *, short: bool, by_icd: bool) -> list[Step]:
    """Unit head, the ICD, then the leader who receives. A guest who lives here is not appraised by an official first, and the
    ICD's own files go to its head at once."""
    steps: list[tuple[str, str, int, str]] = []
    if not by_icd:
        steps.append((StepKind.ENDORSE, UNIT_HEAD, 1, UNIT_ANSWERS))
        if not short:
            steps.append((StepKind.APPRAISE, ICD_OFFICER, 2, ICD_LEADS))
    steps.append((StepKind.APPRAISE, ICD_HEAD, 1, ICD_LEADS))
    steps.append((StepKind.APPROVE, leader, 2, HOST))
    return [(order, kind, office, days, basis) for order, (kind, office, days, basis) in enumerate(steps, start=1)]


def _in_the_unit(*, by_icd: bool) -> list[Step]:
    if by_icd:
        return [(1, StepKind.APPROVE, ICD_HEAD, 1, UNIT_RECEIVES)]
    return [(1, StepKind.OPINION, ICD_OFFICER, 2, ICD_LEADS), (2, StepKind.APPROVE, UNIT_HEAD, 1, UNIT_RECEIVES)]


def _rules() -> list[dict[str, Any]]:
    leaders = (
        ("minister", "Bộ trưởng tiếp", [Rank.MINISTER], MINISTER),
        ("deputy", "Thứ trưởng tiếp", [Rank.DEPUTY_MINISTER], DEPUTY_MINISTER),
    )
    found = []
    for code, title, ranks, leader in leaders:
        for form, by_icd, words in (
            ("full", True, "đoàn từ nước ngoài vào, Vụ Hợp tác quốc tế lập hồ sơ"),
            ("full", False, "đoàn từ nước ngoài vào"),
            ("short", True, "khách đang ở Việt Nam, Vụ Hợp tác quốc tế lập hồ sơ"),
            ("short", False, "khách đang ở Việt Nam"),
        ):
            found.append(
                {
                    "code": f"inbound-{code}-{form}" + ("-icd" if by_icd else ""),
                    "title": f"{title}: {words}",
                    "conditions": _conditions([str(rank) for rank in ranks], form, by_icd=by_icd),
                    "citation": HOST,
                    "steps": _to_leader(leader, short=form == "short", by_icd=by_icd),
                }
            )
    unit = [str(Rank.DIRECTOR), str(Rank.OFFICIAL)]
    for by_icd, words in ((True, "Vụ Hợp tác quốc tế tiếp"), (False, "Lãnh đạo đơn vị tiếp")):
        found.append(
            {
                "code": "inbound-unit" + ("-icd" if by_icd else ""),
                "title": f"{words} khách quốc tế",
                "conditions": {"host_rank": unit, "filed_by": ["icd" if by_icd else "unit"]},
                "citation": UNIT_RECEIVES,
                "steps": _in_the_unit(by_icd=by_icd),
            }
        )
    return [row | {"priority": 10 * number, "needs_check": True} for number, row in enumerate(found, start=1)]


def _conditions(ranks: list[str], form: str, *, by_icd: bool) -> dict[str, list[str]]:
    return {"host_rank": ranks, "form": [form], "filed_by": ["icd" if by_icd else "unit"]}


def load() -> None:
    """Insert the routes that are missing; never touches one that is there."""
    known = set(RouteRule.objects.filter(kind="inbound").values_list("code", flat=True))
    for row in _rules():
        steps = row.pop("steps")
        if row["code"] in known:
            continue
        rule = RouteRule.objects.create(kind="inbound", valid_from=SINCE, **row)
        RouteRuleStep.objects.bulk_create(
            RouteRuleStep(
                rule=rule,
                order=order,
                kind=kind,
                office=office,
                due_working_days=days,
                binds=[str(facet) for facet in BINDS],
                citation=citation,
            )
            for order, kind, office, days, citation in steps
        )
