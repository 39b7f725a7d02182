"""The call to the units for this year's report, with parts in every state."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from intlcoop.people.models import User
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import add_working_days
from intlcoop.workflow import engine
from reports.models import ReportCall, UnitPart
from reports.services import call_units, units_to_ask, write_part

CSDP = {
    "outbound": "Đơn vị chủ trì tham mưu các đoàn khảo sát chính sách địa phương; hồ sơ, báo cáo kết quả đã nộp trên hệ thống "
    "(minh họa).",
    "directions": "Tổ chức 01 đoàn khảo sát mô hình quản lý chính quyền địa phương;\nđề xuất đón 01 đoàn chuyên gia về cải "
    "cách hành chính (minh họa).",
}
DHPT = {
    "work": "Trường tổ chức 01 khóa bồi dưỡng ngắn hạn cho học viên nước ngoài (minh họa).",
    "proposals": "Đề nghị tăng chỉ tiêu đoàn ra trao đổi học thuật trong kế hoạch năm sau (minh họa).",
}


def build(people: Mapping[str, User]) -> ReportCall | None:
    """One unit's part is accepted, one waits to be accepted, the others have not sent. Nothing when it is there already."""
    today = timezone.localdate()
    if ReportCall.objects.filter(year=today.year, window="calendar").exists():
        return None
    call = call_units(
        today.year,
        "calendar",
        add_working_days(today, 5, calendar()),
        units=units_to_ask(),
        actor=people["htqt"],
        message="Đề nghị đơn vị viết những nội dung chưa có trong hồ sơ trên hệ thống, xác nhận nội dung không phát sinh và đề "
        "xuất nhiệm vụ năm sau (minh họa).",
        is_sample=True,
    )
    _answer(call, "CSDP", CSDP, ["projects.active"], by=people["chuyenvien"], sent_by=people["lanhdaodonvi"])
    _answer(call, "DHPT", DHPT, [], by=people["truonghoc"], sent_by=people["truonghoc"])
    engine.fire(_part(call, "CSDP").case, "accept", actor=people["htqt"])
    return call


def _part(call: ReportCall, code: str) -> UnitPart:
    return UnitPart.objects.select_related("case", "unit", "call").get(call=call, unit__code=code)


def _answer(
    call: ReportCall, code: str, texts: Mapping[str, str], nothing: list[str], *, by: User, sent_by: User
) -> None:
    write_part(_part(call, code), texts, nothing, actor=by)
    engine.fire(_part(call, code).case, "send", actor=sent_by)
