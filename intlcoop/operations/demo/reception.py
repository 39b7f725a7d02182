"""How the sample visits are received: a programme in two languages, costs against the norm, the record of a meeting, gifts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from delegations.models import InboundDelegation
from delegations.reception_choices import GiftDirection, HalfDay, NormClass, NormPart, PayMode, ReceptionItem
from delegations.services import reception, update_visit
from intlcoop.operations.demo.clock import at
from intlcoop.people.models import User

COMING = "Đoàn Bộ Nội vụ Lào thăm và làm việc (minh họa)"
HERE = "Đoàn Trường Hành chính công Xinh-ga-po trao đổi đào tạo (minh họa)"
#: (day of the visit, half, from, until, what, in English, place, with whom, who of ours)
PROGRAMME = (
    (0, HalfDay.MORNING, (10, 25), None, "Đón đoàn tại sân bay", "Arrival and welcome", "Sân bay Nội Bài", "", ""),
    (0, HalfDay.AFTERNOON, (14, 0), (16, 30), "Hội đàm hai Bộ", "Talks between the two ministries",
     "Phòng khánh tiết, trụ sở Bộ", "Đoàn Bộ Nội vụ Lào", "thutruong"),
    (0, HalfDay.EVENING, (18, 30), (20, 30), "Chiêu đãi đoàn", "Dinner hosted by the Deputy Minister", "Nhà khách Bộ",
     "Đoàn Bộ Nội vụ Lào", "thutruong"),
    (1, HalfDay.MORNING, (9, 0), (11, 30), "Làm việc với Vụ Hợp tác quốc tế về kế hoạch năm tới",
     "Working session with the Department of International Cooperation", "Phòng họp A, trụ sở Bộ",
     "Vụ Hợp tác quốc tế Bộ Nội vụ Lào", "vutruong"),
    (1, HalfDay.AFTERNOON, None, None, "Thăm trung tâm phục vụ hành chính công", "", "Hà Nội", "", ""),
    (2, HalfDay.MORNING, (8, 0), None, "Tiễn đoàn", "Departure", "Sân bay Nội Bài", "", ""),
)  # fmt: skip


def build(people: Mapping[str, User]) -> int:
    """Returns how many visits were given a reception."""
    actor = User.objects.get(pk=people["htqt"].pk)
    coming, here = (InboundDelegation.objects.select_related("case__unit", "case__created_by").filter(case__title=title).first()
                    for title in (COMING, HERE))  # fmt: skip
    if coming is not None:
        _programme(coming, people, actor)
        _costs(coming, actor)
    if here is not None:
        with at(here.leaves_on or here.case.created_at.date(), dt.time(17)):
            _record(here, actor)
            _gifts(here, actor)
    return sum(each is not None for each in (coming, here))


def _programme(visit: InboundDelegation, people: Mapping[str, User], actor: User) -> None:
    update_visit(visit, actor=actor, fields={"guest_class": NormClass.B})
    assert visit.arrives_on is not None
    for day, half, starts, ends, what, what_en, place, counterpart, leader in PROGRAMME:
        fields: dict[str, Any] = {
            "day": visit.arrives_on + dt.timedelta(days=day),
            "half": half,
            "starts": dt.time(*starts) if starts else None,
            "ends": dt.time(*ends) if ends else None,
            "what": what,
            "what_en": what_en,
            "place": place,
            "counterpart": counterpart,
            "leader": User.objects.get(pk=people[leader].pk) if leader else None,
        }
        reception.save_item(visit.case, None, actor=actor, fields=fields)


def _costs(visit: InboundDelegation, actor: User) -> None:
    assert visit.arrives_on is not None
    fields = {
        "mode": PayMode.PARTLY,
        "approved_on": visit.arrives_on - dt.timedelta(days=20),
        "approval_paper": "12/CV-MH",
    }
    rows: list[dict[str, Any]] = [
        {"item": ReceptionItem.BANQUET, "description": "Chiêu đãi tối ngày đầu (minh họa)", "amount": 6_000_000},
        {
            "item": ReceptionItem.DRINKS,
            "description": "Nước uống các buổi làm việc (minh họa)",
            "amount": 3_200_000,
            "reason": "Thêm một buổi làm việc theo đề nghị của phía bạn (minh họa).",
        },
        {
            "item": ReceptionItem.INTERPRETING,
            "description": "Phiên dịch tiếng Lào (minh họa)",
            "amount": 3_000_000,
            "quantity": 5,
        },
    ]
    reception.save_costs(visit, actor=actor, fields=fields, rows=rows)


def _record(visit: InboundDelegation, actor: User) -> None:
    fields: dict[str, Any] = {
        "title": "Làm việc về hợp tác đào tạo cán bộ (minh họa)",
        "held_on": visit.arrives_on,
        "starts": dt.time(9),
        "ends": dt.time(11, 15),
        "place": "Phòng họp A, trụ sở Bộ",
        "partner": visit.partner,
        "chair": "Thứ trưởng phụ trách (minh họa)",
        "secretary": actor.full_name,
        "our_side": "Thứ trưởng phụ trách\nLãnh đạo Vụ Hợp tác quốc tế\nLãnh đạo Vụ Tổ chức cán bộ",
        "their_side": "Ông Tan Sample, Hiệu trưởng\nBà Lim Sample, Trưởng phòng đào tạo",
        "topics": "Hai bên trao đổi nhu cầu đào tạo, hình thức khóa học và nguồn kinh phí (minh họa).",
        "results": "Hai bên đánh giá cao kết quả các khóa học đã tổ chức và thống nhất những nội dung sau.",
    }
    points = (
        "Phía bạn gửi đề cương khóa đào tạo ngắn hạn trước cuối quý sau.",
        "Vụ Hợp tác quốc tế lập danh sách học viên dự kiến và gửi phía bạn.",
    )
    reception.save_record(visit.case, None, actor=actor, fields=fields, points=[{"text": text} for text in points])


def _gifts(visit: InboundDelegation, actor: User) -> None:
    common: dict[str, Any] = {
        "case": visit.case,
        "org_unit": visit.case.unit,
        "given_on": visit.arrives_on,
        "partner": visit.partner,
    }
    reception.save_gift(
        None,
        actor=actor,
        fields=common
        | {
            "direction": GiftDirection.GIVEN,
            "description": "Tranh sơn mài (minh họa)",
            "value": 1_500_000,
            "maker": "Làng nghề Hạ Thái, Hà Nội",
            "made_here": True,
            "giver": "Thứ trưởng phụ trách",
            "receiver": "Ông Tan Sample, Hiệu trưởng",
            "guest_class": NormClass.B,
            "guest_part": NormPart.HEAD,
        },
    )
    reception.save_gift(
        None,
        actor=actor,
        fields=common
        | {
            "direction": GiftDirection.RECEIVED,
            "description": "Đĩa kỷ niệm của trường (minh họa)",
            "value": 800_000,
            "is_estimate": True,
            "giver": "Ông Tan Sample, Hiệu trưởng",
            "receiver": "Thứ trưởng phụ trách",
            "keeper": "Phòng truyền thống của Bộ",
        },
    )
