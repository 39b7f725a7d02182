"""Which registers can be taken over from a spreadsheet, by the command and by the page alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.registers.agreements import import_agreements
from agreements.registers.partners import import_partners
from delegations.registers import import_events, import_inbound, import_outbound, import_plan
from intlcoop.people.registers import ImportResult, import_staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One kind. `run(data, *, dry_run, actor, **options)`; `options` names what it wants to know besides the file.

    `permission`: who takes it over on the page. `columns`: the columns by which its table is known, for the page.
    """

    code: str
    label: Any
    run: Callable[..., ImportResult]
    permission: str
    options: tuple[str, ...] = ()
    columns: str = ""


REGISTERS = {
    register.code: register
    for register in (
        Register(
            code="outbound",
            label=_("Outbound trips of the past"),
            run=import_outbound,
            permission="operations.import_files",
            options=("source", "default_unit"),
            columns=(
                "STT · Danh sách đoàn ra · Tên trưởng đoàn · Ngày đi · Ngày về · Văn bản xin phép · Văn bản cho phép · "
                "Đơn vị xin phép · Nước đến · Mục đích · Số tiền · Nguồn kinh phí · Đơn vị mời · Báo cáo · Ghi chú"
            ),
        ),
        Register(
            code="inbound",
            label=_("Visits of the past"),
            run=import_inbound,
            permission="operations.import_files",
            options=("source", "default_unit"),
            columns=(
                "STT · Tên đoàn (vào) · Danh sách đoàn vào · Tên trưởng đoàn · Ngày đến · Ngày đi · Văn bản xin phép · "
                "Văn bản cho phép · Mục đích · Lĩnh vực · Nội dung · (nếu có: Cơ quan của khách · Nước · Người tiếp · Đơn vị · "
                "Số người · Ghi chú)"
            ),
        ),
        Register(
            code="events",
            label=_("International events of the past"),
            run=import_events,
            permission="operations.import_files",
            options=("source", "default_unit"),
            columns=(
                "STT · Tên hội nghị · Loại · Vai trò · Hình thức · Ngày khai mạc · Ngày bế mạc · Địa điểm · Nước · "
                "Cơ quan tổ chức · Đơn vị · Cơ chế · Chuỗi hội nghị · Lần thứ · Số đại biểu Việt Nam · "
                "Số đại biểu nước ngoài · Chủ đề · Kết quả · Ghi chú"
            ),
        ),
        Register(
            code="plan",
            label=_("Lines of an annual plan"),
            run=import_plan,
            permission="operations.import_files",
            options=("source", "default_unit", "year", "level"),
            columns=(
                "TT · Tên đoàn · Đơn vị chủ trì · Trưởng đoàn · Nước/đối tác · Mục đích, nội dung · Thời gian dự kiến · "
                "Số người · Số ngày · Kinh phí và nguồn · Căn cứ · Ghi chú"
            ),
        ),
        Register(
            code="partners",
            label=_("Address book of partners"),
            run=import_partners,
            permission="operations.import_files",
            options=("source", "default_unit"),
            columns=(
                "TT · Tên đối tác · Tên tiếng Anh · Tên bản ngữ · Tên viết tắt · Tên gọi khác · Loại đối tác · Quốc gia · "
                "Trực thuộc · Mức độ quan hệ · Đơn vị hợp tác · Nhóm · Lĩnh vực hợp tác · Tại Việt Nam · Địa chỉ · "
                "Trang thông tin điện tử · Nhu cầu hợp tác · Năng lực, thế mạnh"
            ),
        ),
        Register(
            code="agreements",
            label=_("Agreements of the past"),
            run=import_agreements,
            permission="operations.import_files",
            options=("source", "default_unit"),
            columns=(
                "TT · Tên thỏa thuận · Tên tiếng Anh · Loại văn bản · Chế độ pháp lý · Danh nghĩa ký · Đối tác · Nước · "
                "Lĩnh vực hợp tác · Ngày ký · Nơi ký · Người ký phía ta · Người ký phía đối tác · Ngày hiệu lực · Thời hạn · "
                "Ngày hết hạn · Ngôn ngữ · Đơn vị chủ trì · Tình trạng · Nội dung chính · Nơi lưu bản gốc"
            ),
        ),
        Register(
            code="staff",
            label=_("Staff and appointments"),
            run=import_staff,
            permission="people.manage",
            columns="Họ và tên · Tên đăng nhập · Thư điện tử · Đơn vị (mã) · Vai trò · Chức vụ · Từ ngày · Đến ngày",
        ),
    )
}


def run(code: str, data: bytes, *, dry_run: bool, actor: Any, **options: Any) -> ImportResult:
    """Read a register of this kind; options that it does not know are left out."""
    register = REGISTERS[code]
    known = {name: value for name, value in options.items() if name in register.options}
    return register.run(data, dry_run=dry_run, actor=actor, **known)
