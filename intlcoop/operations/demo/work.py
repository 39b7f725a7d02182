"""Sample work of every kind and in every state, so that the register, its figures and its reminders live."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from agreements.choices import CommitmentSide
from agreements.models import Partner
from agreements.services import create_commitment
from intlcoop.operations.demo.clock import at
from intlcoop.people.models import OrgUnit, User
from intlcoop.workflow import engine
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.models import Case
from reports.choices import TotalKey, TotalQualifier
from reports.models import WorkItem
from reports.services import create_work, record_total, save_lines
from reports.workflows import close_work

MOFA = "Bộ Ngoại giao"

#: (kind, title, unit, who entered it, entered so many days ago, fields; a number of days stands for a day from today)
Row = tuple[str, str, str, str, int, dict[str, Any]]
DAYS = ("request_on", "due_on", "reply_on", "starts_on", "ends_on")
ENTERED: tuple[Row, ...] = (
    ("coordination", "Tham gia ý kiến dự thảo Báo cáo phát triển bền vững (minh họa)", "HTQT", "htqt", 12, {
        "direction": "incoming", "body": "Bộ Tài chính", "request_number": "4821/BTC-HTQT", "request_on": -13, "due_on": -2,
        "owner": "htqt", "content": "Đề nghị tham gia ý kiến về phần chính sách dân tộc.",
    }),
    ("coordination", "Đề nghị cung cấp thông tin về tiến độ đàm phán chương trình hợp tác (minh họa)", "HTQT", "htqt", 9, {
        "direction": "outgoing", "body": MOFA, "request_number": "312/BDP-HTQT", "request_on": -9, "due_on": 4, "owner": "htqt2",
        "content": "Đề nghị cho biết ý kiến của phía đối tác về dự thảo chương trình.",
    }),
    ("locality", "Báo cáo tình hình đối ngoại nhân dân sáu tháng (minh họa)", "HTQT", "htqt", 20, {
        "body": "Sở Ngoại vụ tỉnh Hoàng Sơn", "period": "Sáu tháng", "request_number": "298/BDP-HTQT", "request_on": -20,
        "due_on": 6, "owner": "htqt", "content": "Tình hình giao lưu nhân dân hai bên biên giới.",
    }),
    ("training", "Lớp bồi dưỡng tiếng Anh cho cán bộ làm công tác đối ngoại (minh họa)", "HTQT", "vutruong", 30, {
        "audience": "own", "body": "Đại học Phương Tây", "languages": ["en"], "starts_on": 14, "ends_on": 25, "place": "Hà Nội",
        "persons": 25, "days": 10, "owner": "htqt2", "needs": "Cán bộ đầu mối của các đơn vị dự họp quốc tế bằng tiếng Anh.",
    }),
    ("documents", "Bản số hóa tài liệu về quan hệ hai nước (minh họa)", "VTLT", "luutru", 15, {
        "direction": "incoming", "partner": "Cơ quan Lưu trữ quốc gia Pháp", "request_number": "77/VTLT", "request_on": -16,
        "content": "120 trang tài liệu số hóa.", "languages": ["fr"],
    }),
    ("report", "Báo cáo công tác hợp tác quốc tế tháng (minh họa)", "CSDP", "chuyenvien", 3, {
        "report_sort": "periodic", "in_name_of": "unit", "body": "Vụ Hợp tác quốc tế", "period": "Tháng này", "due_on": 5,
        "content": "Kết quả công tác hợp tác quốc tế của đơn vị trong tháng.",
    }),
)  # fmt: skip
CLOSED: tuple[tuple[Row, dict[str, Any]], ...] = (
    (("coordination", "Cung cấp thông tin phục vụ Phiên đối thoại chính sách (minh họa)", "HTQT", "htqt", 60, {
        "direction": "incoming", "body": MOFA, "request_number": "1507/BNG-TCQT", "request_on": -61, "due_on": -50,
        "owner": "htqt",
    }), {"reply_number": "281/BDP-HTQT", "reply_on": -53, "result": "Đã cung cấp thông tin về chính sách dân tộc."}),
    (("coordination", "Phối hợp chuẩn bị nội dung làm việc của đoàn liên ngành (minh họa)", "CSDP", "chuyenvien", 45, {
        "direction": "incoming", "body": "Bộ Công Thương", "request_number": "6102/BCT-ĐB", "request_on": -46, "due_on": -38,
        "owner": "chuyenvien",
    }), {"reply_number": "94/CSĐP", "reply_on": -36, "result": "Nhất trí cử cán bộ tham gia đoàn."}),
    (("training", "Khóa bồi dưỡng quản lý công cho cán bộ nước bạn Lào (minh họa)", "HTQT", "htqt", 120, {
        "audience": "foreign", "body": "Đại học Phương Tây", "partner": "Mặt trận Lào xây dựng đất nước", "languages": ["lo"],
        "starts_on": -110, "ends_on": -96, "place": "Hà Nội", "persons": 20, "days": 14,
        "needs": "Theo thỏa thuận hợp tác về đào tạo cán bộ.",
    }), {"persons": 20, "days": 14, "result": "Hoàn thành chương trình, cấp 20 chứng nhận."}),
    (("outreach", "Phổ biến, đôn đốc kế hoạch thực hiện công ước (minh họa)", "HTQT", "htqt2", 50, {
        "body": "Các vụ, đơn vị", "request_number": "255/BDP-HTQT", "request_on": -52, "starts_on": -48, "place": "Hà Nội",
    }), {"starts_on": -48, "persons": 60, "result": "12 đơn vị cam kết báo cáo theo quý."}),
    (("publicity", "Bài viết tiếng Anh giới thiệu chính sách dân tộc (minh họa)", "CSDP", "chuyenvien2", 40, {
        "languages": ["en"], "body": "Trang thông tin điện tử của Bộ", "starts_on": -39,
    }), {"starts_on": -39, "result": "Đăng chuyên mục tiếng Anh."}),
)  # fmt: skip


def build(people: Mapping[str, User]) -> int:
    """Returns how many items were made."""
    today = timezone.localdate()
    for row in ENTERED:
        _enter(row, people, today)
    for row, closing in CLOSED:
        item = _enter(row, people, today)
        with at(today - dt.timedelta(days=row[4] - 10)):
            close_work(item, actor=people[row[3]], fields=_fields(closing, people, today))
    _reports(people, today)
    _meeting(people, today)
    _series(people, today)
    _total(people, today)
    dropped = _enter(
        ("coordination", "Góp ý chương trình của đoàn đã hoãn (minh họa)", "HTQT", "htqt", 70,
         {"direction": "incoming", "body": MOFA, "request_on": -71}), people, today,
    )  # fmt: skip
    engine.fire(dropped.case, "drop", actor=people["htqt"], comment="Đoàn hoãn, không còn đề nghị góp ý (minh họa).")
    return WorkItem.objects.count()


def _fields(fields: Mapping[str, Any], people: Mapping[str, User], today: dt.date) -> dict[str, Any]:
    found = dict(fields)
    for name in DAYS:
        if isinstance(found.get(name), int):
            found[name] = today + dt.timedelta(days=found[name])
    if "owner" in found:
        found["owner"] = people[found["owner"]]
    if "partner" in found:
        found["partner"] = Partner.objects.living().filter(name_vi=found["partner"]).first()
    return found


def _enter(row: Row, people: Mapping[str, User], today: dt.date) -> WorkItem:
    kind, title, unit, writer, ago, fields = row
    with at(today - dt.timedelta(days=ago)):
        return create_work(
            kind,
            title,
            OrgUnit.objects.get(code=unit),
            actor=people[writer],
            fields=_fields(fields, people, today),
            is_sample=True,
        )


def _reports(people: Mapping[str, User], today: dt.date) -> None:
    """One waits for a leader, one is approved and not sent yet, one came back, one was refused, one was sent."""
    rows: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
        ("report", "Báo cáo cung cấp thông tin về chính sách dân tộc (minh họa)", "ad_hoc", ("vutruong",), ""),
        ("comment", "Góp ý dự thảo Báo cáo quốc gia về nhân quyền (minh họa)", "", ("vutruong", "thutruong"), ""),
        ("comment", "Góp ý dự thảo Chiến lược hội nhập quốc tế về lao động (minh họa)", "", (), "return"),
        ("report", "Báo cáo công tác hợp tác quốc tế quý trước (minh họa)", "periodic", ("vutruong", "thutruong"), "sent"),
        ("report", "Báo cáo chuyên đề về hợp tác tư vấn (minh họa)", "ad_hoc", (), "reject"),
    )  # fmt: skip
    for ago, (kind, title, sort, deciders, then) in zip((4, 8, 6, 40, 12), rows, strict=True):
        fields = {"in_name_of": "ministry", "body": MOFA, "report_sort": sort, "due_on": 7, "owner": "htqt"}
        fields |= {
            "content": "Nội dung chính của văn bản, trình Lãnh đạo Bộ xem xét (minh họa).",
            "request_on": -ago - 1,
        }
        item = _enter((kind, title, "HTQT", "htqt", ago, fields), people, today)
        with at(today - dt.timedelta(days=ago - 1)):
            engine.fire(item.case, "submit", actor=people["htqt"])
            for name in deciders:
                decide(item.case.steps.open().get(), "agree", actor=people[name])
            if then in ("return", "reject"):
                note = (
                    "Bổ sung số liệu đến hết quý (minh họa)."
                    if then == "return"
                    else "Không thuộc nhiệm vụ của Bộ (minh họa)."
                )
                decide(item.case.steps.open().get(), then, actor=people["vutruong"], comment=note)
        if then == "sent":
            close_work(
                WorkItem.objects.select_related("case").get(pk=item.pk),
                actor=people["htqt"],
                fields={"reply_number": "265/BC-BDP", "reply_on": today - dt.timedelta(days=30)},
            )


def _meeting(people: Mapping[str, User], today: dt.date) -> None:
    """The year's kick-off: opinions, conclusions, one of which has become a commitment, and it is closed."""
    fields = {
        "meeting_sort": "kick_off", "starts_on": -75, "place": "Trụ sở Bộ, Hà Nội", "chair": "Bộ trưởng Dương Kiến Quốc",
        "attendees": "Lãnh đạo Bộ; lãnh đạo các vụ, cục, đơn vị trực thuộc; đầu mối hợp tác quốc tế của các đơn vị.",
        "content": "Kết quả công tác hợp tác quốc tế năm trước; nhiệm vụ, giải pháp năm nay.", "owner": "htqt2",
    }  # fmt: skip
    title = "Hội nghị triển khai công tác hợp tác quốc tế (minh họa)"
    item = _enter(("meeting", title, "HTQT", "htqt", 74, fields), people, today)
    units = {code: OrgUnit.objects.get(code=code) for code in ("CSDP", "VTLT", "HTQT", "KHTC")}
    opinions = [
        {"unit": units["CSDP"], "speaker": "Trần Quốc Bảo", "text": "Đề nghị sớm thông báo kế hoạch đoàn ra để đơn vị chủ động."},
        {"unit": units["VTLT"], "speaker": "", "text": "Đề nghị hỗ trợ kinh phí số hóa tài liệu trao đổi với đối tác."},
    ]  # fmt: skip
    conclusions: list[dict[str, Any]] = [
        {"text": "Rà soát các hoạt động ngoài kế hoạch, báo cáo Lãnh đạo Bộ.", "unit": units["HTQT"],
         "due_on": today + dt.timedelta(days=20)},
        {"text": "Các đơn vị gửi đề xuất kế hoạch đoàn ra, đoàn vào năm sau.", "unit": units["CSDP"],
         "due_on": today - dt.timedelta(days=5)},
        {"text": "Hạn chế hoạt động phát sinh ngoài kế hoạch đã được phê duyệt.", "unit": None, "due_on": None},
    ]  # fmt: skip
    with at(today - dt.timedelta(days=73)):
        save_lines(item, "opinions", opinions, actor=people["htqt"])
        save_lines(item, "conclusions", conclusions, actor=people["htqt"])
        second = item.conclusions.all()[1]
        create_commitment(
            second.text,
            units["CSDP"],
            actor=people["htqt"],
            fields={
                "side": CommitmentSide.OURS,
                "born_in": Case.objects.get(pk=item.case_id),
                "born_key": str(second.pk),
                "owner": people["chuyenvien"],
                "due_on": second.due_on,
            },
            is_sample=True,
        )
        close_work(item, actor=people["htqt"], fields={})
    ahead = {"meeting_sort": "review", "starts_on": 20, "place": "Trụ sở Bộ, Hà Nội", "chair": "Thứ trưởng Ngô Đức Nam"}
    _enter(("meeting", "Họp tổng kết công tác hợp tác quốc tế năm (minh họa)", "HTQT", "htqt", 2, ahead), people, today)


def _series(people: Mapping[str, User], today: dt.date) -> None:
    """A monthly briefing since January: attended, once missed, once not held, last month not written down."""
    january = dt.date(today.year, 1, 1)
    fields = {
        "body": "Ban Chỉ đạo nhân quyền Trung ương", "frequency": "monthly", "starts_on": (january - today).days,
        "owner": "htqt", "chair": "Trưởng Ban Chỉ đạo", "place": "Hà Nội",
    }  # fmt: skip
    title = "Giao ban Ban Chỉ đạo nhân quyền Trung ương (minh họa)"
    item = _enter(("recurring", title, "HTQT", "htqt", 0, fields), people, today)
    states = {3: "missed", 7: "not_held"}
    rows = [
        {
            "on": dt.date(today.year, month, 10),
            "status": states.get(month, "attended"),
            "attended_by": "" if month in states else "Hoàng Ngọc Giang",
        }
        for month in range(1, today.month - 1)
    ]
    save_lines(item, "attendances", rows, actor=people["htqt"])


def _total(people: Mapping[str, User], today: dt.date) -> None:
    """What last year's report stated without naming what it counted."""
    fields = {
        "key": TotalKey.COORDINATION,
        "value": 30,
        "qualifier": TotalQualifier.MORE_THAN,
        "first_day": dt.date(today.year - 1, 1, 1),
        "last_day": dt.date(today.year - 1, 12, 14),
        "source_text": "Báo cáo tổng kết công tác hợp tác quốc tế năm trước (minh họa)",
        "quote": "đã thực hiện hơn 30 công việc phối hợp (minh họa)",
    }
    record_total(None, actor=people["htqt"], fields=fields, is_sample=True)
