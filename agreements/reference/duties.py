"""What is to be done after a signing, a change or a reorganisation, as shipped: dated rows with their basis (domain.md B.4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from agreements.choices import DutyCause
from agreements.models import DutyRule
from agreements.reference.dossier import KIND, OF_PAPERS, OF_THE_LAW, insert_missing
from agreements.reference.routes import LAW, LAW_SINCE, SINCE
from intlcoop.regulations.choices import ParameterKey

LAW_16 = "Luật 70/2020/QH14, Điều 16, Điều 17"
LAW_20 = "Luật 70/2020/QH14, Điều 20; Nghị định 64/2021/NĐ-CP, Điều 4"
TREATIES, TREATIES_SINCE = "108/2016/QH13", dt.date(2016, 7, 1)
REORGANISED, REORGANISED_SINCE = "177/2025/NĐ-CP", dt.date(2025, 7, 1)
REORGANISED_BASIS = "Nghị định 177/2025/NĐ-CP, Điều 4 và Điều 8; cần đối chiếu"
OF_MINISTRY = {**OF_THE_LAW, "in_name_of": ["ministry"]}
OF_CUC = {**OF_THE_LAW, "in_name_of": ["cuc"]}
OF_TREATIES = {"regime": ["treaty"]}
MOFA = "Bộ Ngoại giao"


def duty(
    cause: str, code: str, name_vi: str, name_en: str, to: str, citation: str, conditions: Any, parameter: str = "", **more: Any
) -> dict[str, Any]:  # fmt: skip
    return {
        "kind": KIND, "cause": cause, "code": code, "name_vi": name_vi, "name_en": name_en, "recipient_vi": to,
        "citation": citation, "conditions": conditions, "parameter": parameter, **more,
    }  # fmt: skip


REPORT, NOTICE = ParameterKey.AGREEMENT_REPORT.value, ParameterKey.AGREEMENT_NOTICE.value
SIGNED, CHANGED, ENDED = DutyCause.SIGNED, DutyCause.CHANGED, DutyCause.ENDED
LAW_DUTIES = (
    duty(SIGNED, "report-pm", "Báo cáo Thủ tướng Chính phủ bằng văn bản về việc ký", "Report the signing to the Prime Minister",
         "Thủ tướng Chính phủ", LAW_16, OF_MINISTRY, REPORT),
    duty(SIGNED, "copy-mofa", "Gửi bản sao thỏa thuận quốc tế", "Send a copy of the agreement", MOFA, LAW_16, OF_MINISTRY,
         REPORT),
    duty(SIGNED, "report-minister", "Báo cáo Bộ trưởng bằng văn bản về việc ký", "Report the signing to the Minister",
         "Bộ trưởng", LAW_20, OF_CUC, REPORT),
    duty(SIGNED, "copy-icd", "Gửi bản sao thỏa thuận quốc tế", "Send a copy of the agreement", "Vụ Hợp tác quốc tế", LAW_20,
         OF_CUC, REPORT),
    duty(SIGNED, "original", "Lưu giữ bản gốc", "Keep the original", "Lưu trữ", "Luật 70/2020/QH14, Điều 46", OF_THE_LAW),
    duty(SIGNED, "publish", "Công bố trên cổng thông tin điện tử", "Publish on the portal", "Cổng thông tin điện tử",
         "Luật 70/2020/QH14, Điều 42; Nghị định 64/2021/NĐ-CP, Điều 17", {**OF_THE_LAW, "secret": ["no"]}),
    duty(SIGNED, "plan", "Xây dựng kế hoạch thực hiện", "Draw up the plan of implementation", "",
         "Luật 70/2020/QH14; điều khoản cần đối chiếu", OF_THE_LAW),
    duty(CHANGED, "notify-change", "Thông báo việc sửa đổi, bổ sung, gia hạn", "Give notice of the amendment or extension", MOFA,
         "Luật 70/2020/QH14, Điều 33", OF_THE_LAW, NOTICE),
    duty(ENDED, "notify-end", "Thông báo việc chấm dứt, rút khỏi, tạm đình chỉ",
         "Give notice of the termination, withdrawal or suspension", MOFA, "Luật 70/2020/QH14, Điều 34", OF_THE_LAW, NOTICE),
)  # fmt: skip
TREATY_DUTIES = (
    duty(SIGNED, "treaty-copy", "Gửi bản chính, bản sao và hồ sơ điều ước quốc tế",
         "Send the original, copies and file of the treaty", MOFA,
         "Luật 108/2016/QH13: sau khi ký trong nước hoặc sau khi đoàn về nước; cần đối chiếu", OF_TREATIES,
         ParameterKey.TREATY_COPY.value),
    duty(SIGNED, "treaty-plan", "Trình kế hoạch thực hiện điều ước quốc tế", "Submit the plan for the treaty",
         "Thủ tướng Chính phủ", "Luật 108/2016/QH13: kế hoạch thực hiện; cần đối chiếu", OF_TREATIES,
         ParameterKey.TREATY_PLAN.value),
)  # fmt: skip
PAPER_DUTIES = (
    duty(SIGNED, "paper-copy", "Gửi bản sao văn bản hợp tác", "Send a copy of the paper", "Vụ Hợp tác quốc tế",
         "Vụ Hợp tác quốc tế là đầu mối; cần đối chiếu", OF_PAPERS),
)  # fmt: skip
REORGANISATION_DUTIES = (
    duty(DutyCause.REORGANISED, "review-inherited", "Rà soát thỏa thuận của đơn vị được sắp xếp",
         "Review the agreement of the reorganised unit", "", REORGANISED_BASIS,
         {**OF_THE_LAW, "change": ["merge", "split"]}),
    duty(DutyCause.REORGANISED, "notify-partner", "Thông báo cho bên ký kết nước ngoài về việc kế thừa",
         "Tell the other side of the succession", "Bên ký kết nước ngoài", REORGANISED_BASIS, OF_THE_LAW),
    duty(DutyCause.REORGANISED, "amend-inherited",
         "Sửa đổi thỏa thuận nếu cần (chỉ thay đổi tên gọi: Bộ trưởng quyết định bằng văn bản)",
         "Amend the agreement if need be (a change of name only: the Minister decides in writing)", "", REORGANISED_BASIS,
         OF_THE_LAW),
)  # fmt: skip


def load() -> None:
    groups = (
        (LAW_DUTIES, LAW, LAW_SINCE),
        (TREATY_DUTIES, TREATIES, TREATIES_SINCE),
        (PAPER_DUTIES, LAW, SINCE),
        (REORGANISATION_DUTIES, REORGANISED, REORGANISED_SINCE),
    )
    for place, (rows, instrument, since) in enumerate(groups):
        numbered = [{"position": place * 20 + number, **row} for number, row in enumerate(rows)]
        insert_missing(DutyRule, numbered, instrument=instrument, since=since)
