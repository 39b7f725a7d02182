"""Sample questions of units in every state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from agreements.models import Question
from agreements.services.questions import ask_question, hand_on_question
from agreements.workflows.question import answer_question
from intlcoop.operations.demo.clock import at
from intlcoop.people.models import OrgUnit, User
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import add_working_days
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One sample: asked so many days ago; `then`: what was done about it."""

    title: str
    detail: str
    asked: int
    by: str = "chuyenvien"
    unit: str = "CSDP"
    then: str = ""
    answer: str = ""
    basis: str = ""


ROWS = (
    Asked(
        title="Hội thảo trực tuyến với đối tác nước ngoài có phải xin phép như hội thảo tổ chức trực tiếp không?",
        detail="Đơn vị dự kiến mời chuyên gia nước ngoài nói chuyện qua cầu truyền hình, có khoảng 40 người dự (minh họa).",
        asked=40, then="answered",
        answer="Có. Hội nghị, hội thảo quốc tế theo hình thức trực tuyến mà có ít nhất một đầu cầu tại Việt Nam cũng phải xin "
               "phép như tổ chức trực tiếp. Đơn vị lập hồ sơ tại mục Hội nghị, gửi Vụ Hợp tác quốc tế trước ngày tổ chức theo "
               "thời hạn ghi ở mục Quy định (minh họa).",
        basis="Quyết định 06/2020/QĐ-TTg; cần đối chiếu",
    ),
    Asked(
        title="Báo cáo kết quả đoàn ra gồm những nội dung nào và nộp cho ai?",
        detail="", asked=25, by="truonghoc", unit="DHPT", then="answered",
        answer="Đơn vị lập báo cáo ngay trên hồ sơ đoàn ra. Cổng thông tin nhắc trước khi đến hạn và chuyển báo cáo đến Vụ Hợp "
               "tác quốc tế (minh họa).",
    ),
    Asked(
        title="Kinh phí ăn ở do đối tác nước ngoài chi trả thì dự toán lập thế nào?",
        detail="Thư mời ghi đối tác lo vé máy bay và chỗ ở, không lo tiền ăn (minh họa).", asked=3, then="handed",
    ),
    Asked(
        title="Có được nhận tài liệu bằng tiếng nước ngoài do đối tác tặng sau buổi làm việc không?",
        detail="", asked=14,
    ),
    Asked(
        title="Khi hai vụ cùng đề xuất làm việc với một đối tác thì đơn vị nào chủ trì?",
        detail="Đề nghị có ý kiến chỉ đạo thống nhất của lãnh đạo Bộ (minh họa).", asked=6, then="leader",
    ),
)  # fmt: skip


def build(people: Mapping[str, User]) -> int:
    """Returns how many questions were asked."""
    for row in ROWS:
        begun = timezone.localdate() - dt.timedelta(days=row.asked)
        with at(begun):
            unit = OrgUnit.objects.filter(code=row.unit).first()
            if unit is None:
                continue
            question = ask_question(
                row.title, unit, actor=people[row.by], fields={"detail": row.detail}, is_sample=True
            )
        days = calendar()
        with at(min(add_working_days(begun, 1, days), timezone.localdate())):
            go_on(question, row, people)
    return Case.objects.filter(kind="question", is_sample=True).count()


def go_on(question: Question, row: Asked, people: Mapping[str, User]) -> None:
    if row.then == "answered":
        answer_question(question, actor=people["htqt"], text=row.answer, basis=row.basis, shared=True)
    elif row.then == "handed":
        finance = OrgUnit.objects.filter(appointments__person=people["taichinh"]).first()
        hand_on_question(
            question, actor=people["htqt"], unit=finance, reason="Nhờ đơn vị trả lời phần dự toán (minh họa)."
        )
    elif row.then == "leader":
        reason = "Xin ý kiến chỉ đạo để hướng dẫn thống nhất các đơn vị (minh họa)."
        engine.fire(question.case, "lead", actor=people["vutruong"], comment=reason)
