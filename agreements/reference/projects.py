"""Routes, dossier and duties of projects and aid, as shipped (domain.md B.7): the text of Decree 80/2020, which Decree 313/2025
replaced without its content being read yet. Every row says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from agreements.aid import AidNature, AidTopic, ProjectFile
from agreements.choices import DutyCause, ItemSource
from agreements.models import DossierItem, DutyRule
from agreements.reference.dossier import insert_missing
from intlcoop.people.offices import EXTERNAL, FINANCE, ICD_HEAD, ICD_OFFICER, LEGAL, MINISTER, PRIME_MINISTER, UNIT_HEAD
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.models import Instrument
from intlcoop.workflow.choices import Facet, RuleRole, StepKind
from intlcoop.workflow.models import RouteRule, RouteRuleStep

KIND = "project"
DECREE, SINCE = "80/2020/NĐ-CP", dt.date(2020, 9, 17)
CHECK = "cần đối chiếu Nghị định 313/2025/NĐ-CP"
INTERNAL = f"thời hạn nội bộ, trong tổng thời gian thẩm định 20 ngày của Nghị định 80/2020/NĐ-CP, Điều 10; {CHECK}"
RESPONSIBLE = f"Đơn vị chủ trì chịu trách nhiệm về văn kiện; {INTERNAL}"
OPINIONS = f"Nghị định 80/2020/NĐ-CP, Điều 9: lấy ý kiến cơ quan liên quan; {INTERNAL}"
APPRAISE = f"Nghị định 80/2020/NĐ-CP, Điều 10: tổng hợp, thẩm định; {INTERNAL}"
APPROVE = f"Nghị định 80/2020/NĐ-CP, Điều 7: người đứng đầu cơ quan chủ quản phê duyệt; {CHECK}"
ASK_PM = (
    "Nghị định 80/2020/NĐ-CP, Điều 7: viện trợ về an ninh, quốc phòng, tôn giáo, trực tiếp hỗ trợ xây dựng văn bản quy phạm "
    f"pháp luật, hàng hóa hạn chế nhập khẩu do Thủ tướng Chính phủ phê duyệt; {CHECK}"
)
OF_ODA = "Vốn ODA: thẩm quyền, trình tự theo quy định về quản lý và sử dụng vốn ODA; cần đối chiếu"
BODIES = ("Bộ Tài chính", "Bộ Công an", "Bộ Ngoại giao")
FRIENDSHIP = "Liên hiệp các tổ chức hữu nghị Việt Nam"
BINDS = [str(Facet.PROGRAMME), str(Facet.MONEY), str(Facet.TIME_PLACE)]


def step(order: int, kind: str, office: str, days: int | None, citation: str, body: str = "") -> dict[str, Any]:
    return {
        "order": order, "kind": kind, "office": office, "due_working_days": days, "binds": BINDS, "citation": citation,
        "body": body,
    }  # fmt: skip


def usual(citation: str = APPROVE) -> list[dict[str, Any]]:
    return [
        step(1, StepKind.ENDORSE, UNIT_HEAD, 2, RESPONSIBLE),
        *(step(2, StepKind.OPINION, EXTERNAL, 7, OPINIONS, body) for body in BODIES),
        *(step(2, StepKind.OPINION, office, 5, OPINIONS) for office in (FINANCE, LEGAL)),
        step(3, StepKind.APPRAISE, ICD_OFFICER, 3, APPRAISE),
        step(4, StepKind.APPRAISE, ICD_HEAD, 1, APPRAISE),
        step(5, StepKind.APPROVE, MINISTER, 3, citation),
    ]


def route(
    code: str, title: str, priority: int, conditions: Mapping[str, list[str]], steps: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    return {
        "code": code, "title": title, "priority": priority, "conditions": conditions, "steps": steps, "needs_check": True,
        "valid_from": SINCE, "citation": steps[-1]["citation"], **more,
    }  # fmt: skip


def routes() -> list[dict[str, Any]]:
    pm = step(6, StepKind.EXTERNAL_PERMISSION, PRIME_MINISTER, None, ASK_PM)
    ngo = step(2, StepKind.OPINION, EXTERNAL, 7, OPINIONS, FRIENDSHIP)
    return [
        route("project-pm", "Viện trợ thuộc thẩm quyền Thủ tướng Chính phủ", 10, {"topic": list(AidTopic.OF_PM)},
              [*usual(), pm]),
        route("project-oda", "Vốn hỗ trợ phát triển chính thức (ODA)", 20, {"nature": [AidNature.ODA.value]},
              usual(OF_ODA)),
        route("project-minister", "Viện trợ thuộc thẩm quyền Bộ trưởng", 30, {}, usual()),
        route("project-ngo", "Lấy ý kiến về viện trợ của tổ chức phi chính phủ nước ngoài", 200,
              {"nature": [AidNature.NGO.value]}, [ngo], role=RuleRole.ADDITION),
    ]  # fmt: skip


ARTICLE_8 = f"Nghị định 80/2020/NĐ-CP, Điều 8; {CHECK}"
ARTICLE_11 = f"Nghị định 80/2020/NĐ-CP, Điều 11; {CHECK}"
F = ProjectFile


def file(code: str, key: str, name_vi: str, name_en: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code, "source": ItemSource.FILE, "key": str(key), "name_vi": name_vi, "name_en": name_en,
        "citation": ARTICLE_8, **more,
    }  # fmt: skip


def field(code: str, name_vi: str, name_en: str) -> dict[str, Any]:
    return {
        "code": code, "source": ItemSource.FIELD, "key": code, "name_vi": name_vi, "name_en": name_en,
        "citation": ARTICLE_11,
    }  # fmt: skip


ITEMS: tuple[dict[str, Any], ...] = (
    file("request", F.REQUEST, "Văn bản đề nghị phê duyệt", "Letter of request"),
    file("consent", F.CONSENT, "Văn bản nhất trí của nhà tài trợ", "Written consent of the donor"),
    file("document", F.DOCUMENT, "Văn kiện chương trình, dự án hoặc tài liệu phi dự án",
         "Document of the programme or project, or of the aid outside a project"),
    file("legal-status", F.LEGAL_STATUS, "Giấy tờ về tư cách pháp nhân của nhà tài trợ", "Papers on the donor's legal status"),
    file("registration", F.REGISTRATION, "Giấy đăng ký của tổ chức phi chính phủ nước ngoài",
         "Registration of the foreign non-governmental organisation", conditions={"nature": [AidNature.NGO.value]}),
    file("translation", F.TRANSLATION, "Bản dịch tiếng Việt có chứng thực của giấy tờ bằng tiếng nước ngoài",
         "Notarised Vietnamese translation of papers in a foreign language", conditions={"foreign_papers": ["yes"]}),
    field("goals", "Mục tiêu và kết quả chủ yếu", "Goals and main results"),
    field("mechanism", "Cơ chế tài chính, phương thức quản lý thực hiện", "Financial mechanism and management"),
)  # fmt: skip


def duty(code: str, name_vi: str, name_en: str, to: str) -> dict[str, Any]:
    return {
        "cause": DutyCause.APPROVED, "code": code, "name_vi": name_vi, "name_en": name_en, "recipient_vi": to,
        "citation": ARTICLE_11, "parameter": ParameterKey.AID_NOTIFY.value,
    }  # fmt: skip


DUTIES = (
    duty(
        "notify-donor",
        "Thông báo quyết định phê duyệt cho nhà tài trợ",
        "Tell the donor of the decision",
        "Nhà tài trợ",
    ),
    duty(
        "notify-finance", "Gửi quyết định phê duyệt và văn kiện", "Send the decision and the document", "Bộ Tài chính"
    ),
)


def load() -> None:
    """Insert what is missing; never touches a row that is there."""
    for model, rows in ((DossierItem, ITEMS), (DutyRule, DUTIES)):
        numbered = [{"kind": KIND, "position": place, **row} for place, row in enumerate(rows)]
        insert_missing(model, numbered, instrument=DECREE, since=SINCE)
    known = set(RouteRule.objects.filter(kind=KIND).values_list("code", flat=True))
    missing = [row for row in routes() if row["code"] not in known]
    if not missing:
        return
    decree = Instrument.objects.filter(symbol=DECREE).first()
    for row in missing:
        steps = row.pop("steps")
        rule = RouteRule.objects.create(kind=KIND, instrument=decree, **row)
        RouteRuleStep.objects.bulk_create(RouteRuleStep(rule=rule, **each) for each in steps)
