"""Who permits an international event, and on which way, as it is shipped: dated rows with their article.

Source: Quyết định 06/2020/QĐ-TTg (domain.md B.5), in force from 15/4/2020. From 01/7/2025 on powers in external affairs are
laid out anew by Nghị định 134/2025/NĐ-CP, whose text has not been read: the same rules go on and say "cần đối chiếu".
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from delegations.event_choices import EventTopic, GuestRank, Stage
from delegations.reference.routes import EVERYTHING, NUMBERING, SIGNATURE, SUBSTANCE
from delegations.reference.trip_changes import step
from intlcoop.people.offices import (
    CLERK,
    EXTERNAL,
    FINANCE,
    ICD_HEAD,
    ICD_OFFICER,
    MINISTER,
    PRIME_MINISTER,
    UNIT_HEAD,
)
from intlcoop.workflow.choices import Facet, RuleRole, StepKind
from intlcoop.workflow.models import RouteRule, RouteRuleStep

KIND = "event"
DECISION = "06/2020/QĐ-TTg"
SINCE = dt.date(2020, 4, 15)
LAST_OLD_DAY, FIRST_NEW_DAY = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
NEW_POWERS = "; từ 01/7/2025 cần đối chiếu Nghị định 134/2025/NĐ-CP"

QD = f"Quyết định {DECISION}"
PM_GUESTS = f"{QD}, Điều 3 khoản 1 điểm a"
PM_TOPICS = f"{QD}, Điều 3 khoản 1 điểm b"
SECRET = f"{PM_TOPICS}; Luật 29/2018/QH14, Điều 18"
MINISTERS = f"{QD}, Điều 3 khoản 2"
HOSTING = f"{QD}, Điều 6"
OPINION = f"{QD}, Điều 5: trả lời trong 15 ngày (tính thành 11 ngày làm việc, không sớm hơn 15 ngày)"
#: Fifteen calendar days never end later than the eleventh working day.
OPINION_WORKING_DAYS = 11
OWN_WAY = "Trình tự nội bộ là giả định của hệ thống; cần đối chiếu"

#: The topics of clause 1 point b; state secrets stand apart, for they are not filed here.
TOPICS = [
    EventTopic.SOVEREIGNTY,
    EventTopic.SECURITY,
    EventTopic.DEFENCE,
    EventTopic.ETHNIC_AFFAIRS,
    EventTopic.RELIGION,
    EventTopic.HUMAN_RIGHTS,
]

Row = dict[str, Any]


def department() -> list[Row]:
    """Unit head, the ICD's appraisal with finance's opinion beside it."""
    return [
        step(1, StepKind.ENDORSE, UNIT_HEAD, 2, EVERYTHING, "Lãnh đạo đơn vị chịu trách nhiệm về đề xuất"),
        step(2, StepKind.APPRAISE, ICD_OFFICER, 5, SUBSTANCE, "Vụ Hợp tác quốc tế là đầu mối"),
        step(2, StepKind.OPINION, FINANCE, 5, [Facet.MONEY], "Kinh phí tổ chức (U001-02); thời hạn cần đối chiếu"),
    ]


def opinion(body: str) -> Row:
    return step(3, StepKind.OPINION, EXTERNAL, OPINION_WORKING_DAYS, SUBSTANCE, OPINION) | {"body": body}


def to_prime_minister(article: str) -> list[Row]:
    """With the opinions of the Foreign Ministry and the Ministry of Public Security, through the Minister."""
    return [
        *department(),
        opinion("Bộ Ngoại giao"),
        opinion("Bộ Công an"),
        step(4, StepKind.APPRAISE, ICD_HEAD, 2, EVERYTHING, "Vụ Hợp tác quốc tế chủ trì thẩm định, trình"),
        step(5, StepKind.APPROVE, MINISTER, 3, EVERYTHING, f"Trình Thủ tướng Chính phủ theo {article}"),
        step(6, StepKind.EXTERNAL_PERMISSION, PRIME_MINISTER, None, SUBSTANCE, article),
    ]


def by_minister(article: str) -> list[Row]:
    """The Minister permits in writing: drafted by the ICD, signed, numbered."""
    return [
        *department(),
        step(3, StepKind.APPRAISE, ICD_HEAD, 2, EVERYTHING, "Vụ Hợp tác quốc tế chủ trì thẩm định, trình"),
        step(4, StepKind.APPROVE, MINISTER, 3, EVERYTHING, article),
        step(5, StepKind.DRAFT_DECISION, ICD_OFFICER, 2, [], OWN_WAY),
        step(6, StepKind.SIGN, MINISTER, 2, EVERYTHING, SIGNATURE),
        step(7, StepKind.ISSUE, CLERK, 1, [], NUMBERING),
    ]


def in_principle(article: str, *, prime_minister: bool) -> list[Row]:
    """Hosting is agreed in principle first: unit, ICD, Minister, and where the permission is his the Prime Minister."""
    way = [
        step(1, StepKind.ENDORSE, UNIT_HEAD, 2, EVERYTHING, "Lãnh đạo đơn vị chịu trách nhiệm về đề xuất"),
        step(2, StepKind.APPRAISE, ICD_OFFICER, 5, SUBSTANCE, "Vụ Hợp tác quốc tế là đầu mối"),
        step(3, StepKind.APPRAISE, ICD_HEAD, 2, EVERYTHING, "Vụ Hợp tác quốc tế chủ trì thẩm định, trình"),
        step(4, StepKind.APPROVE, MINISTER, 3, EVERYTHING, HOSTING),
    ]
    permission = step(5, StepKind.EXTERNAL_PERMISSION, PRIME_MINISTER, None, SUBSTANCE, f"{HOSTING}; {article}")
    return [*way, permission] if prime_minister else way


def rule(
    priority: int, code: str, title: str, conditions: dict[str, list[Any]], citation: str, steps: list[Row]
) -> Row:
    return {
        "code": f"event-{code}",
        "title": title,
        "priority": priority,
        "conditions": {name: [str(value) for value in values] for name, values in conditions.items()},
        "citation": citation,
        "steps": steps,
    }


def rules() -> list[Row]:
    topics, secret, ministers = TOPICS, [EventTopic.STATE_SECRETS], [GuestRank.MINISTER]
    asks, first = [Stage.PERMISSION], [Stage.PRINCIPLE]
    return [
        rule(
            10, "secret", "Hội nghị có nội dung bí mật nhà nước: Thủ tướng Chính phủ cho phép, không lập hồ sơ trên hệ thống",
            {"stage": asks, "topic": secret}, SECRET, to_prime_minister(SECRET),
        ),
        rule(
            20, "pm-topic",
            "Hội nghị về chủ quyền, an ninh, quốc phòng, dân tộc, tôn giáo, quyền con người: Thủ tướng Chính phủ cho phép",
            {"stage": asks, "topic": topics}, PM_TOPICS, to_prime_minister(PM_TOPICS),
        ),
        rule(
            30, "pm-guests",
            "Hội nghị có khách là người đứng đầu hoặc từ cấp Bộ trưởng trở lên: Thủ tướng Chính phủ cho phép",
            {"stage": asks, "guest_rank": ministers}, PM_GUESTS, to_prime_minister(PM_GUESTS),
        ),
        rule(
            40, "minister", "Hội nghị khác của Bộ và của đơn vị thuộc, trực thuộc Bộ: Bộ trưởng cho phép",
            {"stage": asks}, MINISTERS, by_minister(MINISTERS),
        ),
        rule(
            50, "principle-secret", "Xin chủ trương đăng cai hội nghị có nội dung bí mật nhà nước",
            {"stage": first, "topic": secret}, f"{HOSTING}; {SECRET}", in_principle(SECRET, prime_minister=True),
        ),
        rule(
            60, "principle-pm-topic", "Xin chủ trương đăng cai hội nghị có chủ đề do Thủ tướng Chính phủ cho phép",
            {"stage": first, "topic": topics}, f"{HOSTING}; {PM_TOPICS}", in_principle(PM_TOPICS, prime_minister=True),
        ),
        rule(
            70, "principle-pm-guests", "Xin chủ trương đăng cai hội nghị có khách từ cấp Bộ trưởng trở lên",
            {"stage": first, "guest_rank": ministers}, f"{HOSTING}; {PM_GUESTS}",
            in_principle(PM_GUESTS, prime_minister=True),
        ),
        rule(
            80, "principle-minister", "Xin chủ trương đăng cai hội nghị khác",
            {"stage": first}, f"{HOSTING}; {MINISTERS}", in_principle(MINISTERS, prime_minister=False),
        ),
    ]  # fmt: skip


def additions() -> list[Row]:
    """Bodies whose opinion other law may ask for: switched off until a ministry names them."""
    asked = step(2, StepKind.OPINION, EXTERNAL, OPINION_WORKING_DAYS, SUBSTANCE, OPINION)
    return [
        rule(200, "other-bodies", "Lấy ý kiến cơ quan liên quan theo pháp luật chuyên ngành", {"stage": [Stage.PERMISSION]},
             f"{QD}, Điều 5 khoản 2", [asked | {"body": "Cơ quan liên quan"}])
        | {"role": RuleRole.ADDITION, "is_enabled": False}
    ]  # fmt: skip


def load() -> None:
    """Insert the rules that are missing, each with the version that holds from 01/7/2025; never touches one that is there."""
    known = set(RouteRule.objects.filter(kind=KIND).values_list("code", flat=True))
    missing = [row for row in [*rules(), *additions()] if row["code"] not in known]
    if not missing:
        return
    for row in missing:
        steps = row.pop("steps")
        citation = row.pop("citation")
        # No instrument on the rule: it would stand before every step, also those that the decision does not know.
        known_row = {"kind": KIND, **row}
        old = RouteRule.objects.create(
            **known_row, version=1, citation=citation, valid_from=SINCE, valid_until=LAST_OLD_DAY
        )
        new = RouteRule.objects.create(
            **known_row, version=2, citation=citation + NEW_POWERS, needs_check=True, valid_from=FIRST_NEW_DAY
        )
        for each in steps:
            RouteRuleStep.objects.create(rule=old, **each)
            RouteRuleStep.objects.create(rule=new, **{**each, "citation": dated(each["citation"])})


def dated(citation: str) -> str:
    """What a step cites of the decision is to be checked from 01/7/2025 on."""
    return citation + NEW_POWERS if QD in citation else citation
