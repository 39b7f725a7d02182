"""Sample events in every state: one asked for in principle, one before the Prime Minister, one permitted with its guests and
teams, one whose report is owed, one closed, two that we only attend, a draft and one called off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from delegations.event_choices import (
    Answer,
    EventFormat,
    EventKind,
    EventPart,
    EventRole,
    EventSide,
    EventTopic,
    GuestRank,
    WorkState,
    Workstream,
)
from delegations.models import EventWork, InternationalEvent
from delegations.services import create_event, event_parts
from delegations.workflows import move_events_with_the_calendar
from intlcoop.catalogues.models import Country
from intlcoop.operations.demo import walking
from intlcoop.operations.demo.clock import at
from intlcoop.operations.demo.drafting import draft_decision
from intlcoop.people.models import OrgUnit, User
from intlcoop.people.offices import kept_rosters
from intlcoop.workflow import engine
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case

HOST: dict[str, Any] = {
    "role": EventRole.HOST,
    "reason": "Trao đổi kinh nghiệm, đề xuất hướng hợp tác (minh họa).",
    "content": "Phiên toàn thể và hai phiên chuyên đề (minh họa).",
    "participants_text": "Đại diện các bộ, ngành, địa phương và chuyên gia nước ngoài (minh họa).",
    "out_of_plan_reason": "Đối tác đề nghị sau khi Kế hoạch được phê duyệt (minh họa).",
    "vietnamese_count": 60,
    "foreign_count": 20,
    "budget_vnd": 350_000_000,
    "sponsored_vnd": 0,
    "place": "Hà Nội",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`starts` and `filed` are days from today; the file is walked until a step of the kind `until` is open, "" to the end."""

    title: str
    filer: str
    unit: str
    starts: int
    filed: int
    length: int = 1
    submit: str = "submit"
    until: str | None = None
    #: What the first step said instead of agreeing.
    then: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


ROWS = {
    "draft": Row(
        title="Tọa đàm về đào tạo, bồi dưỡng công chức với các viện hành chính trong khu vực (minh họa)",
        filer="truonghoc", unit="", starts=70, filed=-1, submit="",
        fields={**HOST, "kind": EventKind.PANEL, "format": EventFormat.HYBRID, "endpoints": "Học viện, Hà Nội", "theme": ""},
    ),
    "principle": Row(
        title="Cuộc họp quan chức cấp cao về hợp tác công vụ khu vực (minh họa)",
        filer="htqt", unit="HTQT", starts=200, filed=-6, length=2, submit="ask_principle", until=StepKind.APPROVE,
        fields={**HOST, "role": EventRole.CHAIR, "kind": EventKind.SENIOR_OFFICIALS, "topics": [EventTopic.OTHER],
                "needs_principle": True, "hosting_reason": "Đến lượt Việt Nam giữ vai trò Chủ tịch luân phiên (minh họa).",
                "theme": "Nền công vụ số", "foreign_count": 60},
    ),
    "ethnic": Row(
        title="Hội thảo quốc tế về chính sách dân tộc (minh họa)",
        filer="chuyenvien", unit="CSDP", starts=62, filed=-12, length=2, until=StepKind.EXTERNAL_PERMISSION,
        fields={**HOST, "kind": EventKind.WORKSHOP, "topics": [EventTopic.ETHNIC_AFFAIRS],
                "theme": "Chính sách phát triển vùng đồng bào dân tộc thiểu số"},
    ),
    "permitted": Row(
        title="Diễn đàn chính quyền địa phương và chuyển đổi số (minh họa)",
        filer="chuyenvien", unit="CSDP", starts=32, filed=-40, length=2, until="",
        fields={**HOST, "kind": EventKind.FORUM, "topics": [EventTopic.OTHER], "guest_rank": GuestRank.AMBASSADOR,
                "format": EventFormat.HYBRID, "endpoints": "Hà Nội, Đà Nẵng", "theme": "Chính quyền số gần dân",
                "chair_text": "Thứ trưởng phụ trách"},
    ),
    "owed": Row(
        title="Hội thảo tham vấn về quản lý hội, quỹ (minh họa)",
        filer="chuyenvien", unit="CSDP", starts=-12, filed=-80, until="",
        fields={**HOST, "kind": EventKind.CONSULTATION, "topics": [EventTopic.OTHER], "theme": "Khung pháp lý về hội, quỹ"},
    ),
    "closed": Row(
        title="Hội nghị đối tác phát triển về cải cách hành chính (minh họa)",
        filer="chuyenvien", unit="CSDP", starts=-60, filed=-130, until="",
        fields={**HOST, "kind": EventKind.PARTNERS, "topics": [EventTopic.OTHER], "theme": "Cải cách hành chính"},
    ),
    "attend": Row(
        title="Cuộc họp đầu mối về hợp tác công vụ khu vực, trực tuyến (minh họa)",
        filer="htqt", unit="HTQT", starts=9, filed=-3, submit="",
        fields={"kind": EventKind.FOCAL_POINTS, "role": EventRole.ATTEND, "format": EventFormat.ONLINE,
                "host_text": "Ban Thư ký khu vực (minh họa)", "content": "Rà soát kế hoạch công tác năm (minh họa)."},
    ),
    "attended": Row(
        title="Hội nghị cấp cao về nền công vụ hiện đại (minh họa)",
        filer="chuyenvien", unit="CSDP", starts=-20, filed=-30, length=2, submit="hold",
        fields={"kind": EventKind.CONFERENCE, "role": EventRole.ATTEND, "place": "Viêng Chăn",
                "host_text": "Bộ Nội vụ nước bạn (minh họa)",
                "result": "Thống nhất trao đổi chuyên gia trong năm sau (minh họa)."},
    ),
    "principle_agreed": Row(
        title="Hội nghị các cơ quan lưu trữ khu vực (minh họa)",
        filer="htqt", unit="HTQT", starts=260, filed=-30, length=3, submit="ask_principle", until="",
        fields={**HOST, "kind": EventKind.CONFERENCE, "topics": [EventTopic.OTHER], "needs_principle": True,
                "hosting_reason": "Các nước thành viên đề nghị Việt Nam đăng cai (minh họa).", "theme": "Lưu trữ số"},
    ),
    "awaiting": Row(
        title="Hội thảo kinh nghiệm sắp xếp đơn vị hành chính (minh họa)",
        filer="chuyenvien", unit="CSDP", starts=58, filed=-20, until=StepKind.SIGN,
        fields={**HOST, "kind": EventKind.WORKSHOP, "topics": [EventTopic.OTHER], "theme": "Sắp xếp đơn vị hành chính"},
    ),
    "returned": Row(
        title="Tọa đàm về bảo tồn văn hóa các dân tộc (minh họa)",
        filer="chuyenvien", unit="CSDP", starts=75, filed=-6, then="return",
        fields={**HOST, "kind": EventKind.PANEL, "topics": [EventTopic.ETHNIC_AFFAIRS], "theme": "Bảo tồn văn hóa"},
    ),
    "rejected": Row(
        title="Hội nghị khách hàng của đối tác tư vấn (minh họa)",
        filer="chuyenvien", unit="CSDP", starts=66, filed=-15, then="reject",
        fields={**HOST, "kind": EventKind.CONFERENCE, "topics": [EventTopic.OTHER], "theme": "Giới thiệu sản phẩm"},
    ),
    "cancelled": Row(
        title="Nói chuyện chuyên đề về quản trị công (minh họa)",
        filer="truonghoc", unit="", starts=40, filed=-20, submit="cancel",
        fields={**HOST, "kind": EventKind.TALK, "topics": [EventTopic.OTHER], "theme": "Quản trị công"},
    ),
}  # fmt: skip

GUESTS = (
    ("Ms. Amara Phommasan", "Vụ trưởng", "Bộ Nội vụ nước bạn", "LA", EventPart.SPEAKER, Answer.ACCEPTED),
    ("田中 花子", "Giáo sư", "Viện Hành chính (minh họa)", "JP", EventPart.SPEAKER, Answer.ONLINE),
    ("ທ່ານ ບຸນມີ", "Phó Tỉnh trưởng", "Tỉnh bạn (minh họa)", "LA", EventPart.DELEGATE, Answer.INVITED),
    ("Jean Moreau", "Chuyên gia", "Tổ chức phát triển (minh họa)", "FR", EventPart.GUEST, Answer.DECLINED),
)
TASKS = (
    (Workstream.CONTENT, "Chốt chương trình và tham luận", "chuyenvien", 10, False),
    (Workstream.CONTENT, "Gửi giấy mời diễn giả", "chuyenvien2", -5, True),
    (Workstream.LOGISTICS, "Đặt hội trường, phiên dịch cabin", "chuyenvien2", 12, False),
    (Workstream.LOGISTICS, "Thử đường truyền hai điểm cầu", "chuyenvien", 28, False),
    (Workstream.COMMUNICATIONS, "Thông cáo báo chí", "htqt", 25, False),
)


class Builder:
    def __init__(self, people: Mapping[str, User]) -> None:
        self.people, self.today = people, timezone.localdate()

    def person(self, name: str) -> User:
        return User.objects.get(pk=self.people[name].pk)

    def day(self, offset: int) -> dt.date:
        return self.today + dt.timedelta(days=offset)

    def build(self, row: Row) -> InternationalEvent:
        filer = self.person(row.filer)
        unit = OrgUnit.objects.get(code=row.unit) if row.unit else filer.appointments.earliest("pk").unit
        starts = self.day(row.starts)
        days = {"starts_on": starts, "ends_on": starts + dt.timedelta(days=row.length - 1)}
        with at(self.day(row.filed)):
            event = create_event(row.title, unit, actor=filer, fields={**row.fields, **days}, is_sample=True)
        if row.submit:
            day = max(starts, self.day(row.filed)) if row.submit == "hold" else self.day(row.filed)
            with at(day, dt.time(10)):
                comment = "Diễn giả không thu xếp được thời gian (minh họa)." if row.submit == "cancel" else ""
                engine.fire(Case.objects.get(pk=event.case_id), row.submit, actor=filer, comment=comment)
        if row.until is not None:
            self.walk(event, row)
        if row.then:
            with at(self.day(min(row.filed + 2, 0)), dt.time(11)):
                why = "Làm rõ sự cần thiết, nguồn kinh phí (minh họa)."
                walking.turn_down(Case.objects.get(pk=event.case_id), row.then, self.person, why)
        return InternationalEvent.objects.select_related("case").get(pk=event.pk)

    def walk(self, event: InternationalEvent, row: Row) -> None:
        """One decision a day, never later than today."""
        day = self.day(row.filed)
        while steps := walking.open_steps(Case.objects.get(pk=event.case_id)):
            if steps[0].kind == row.until:
                return
            day = min(day + dt.timedelta(days=1), self.today)
            with at(day, dt.time(11)):
                walking.agree(steps[0], self.person, draft=draft_decision)


def build(people: Mapping[str, User]) -> int:
    """Make them all; returns how many."""
    builder = Builder(people)
    with kept_rosters():
        made = {name: builder.build(row) for name, row in ROWS.items()}
    guests_and_tasks(builder, made["permitted"])
    for name in ("owed", "closed"):
        over = made[name]
        with at((over.ends_on or builder.today) + dt.timedelta(days=1), dt.time(0, 30)):
            move_events_with_the_calendar(timezone.localdate())
    close(builder, made["closed"])
    return len(made)


def guests_and_tasks(builder: Builder, event: InternationalEvent) -> None:
    actor = builder.person("chuyenvien")
    countries = {row.iso2: row for row in Country.objects.filter(iso2__in={guest[3] for guest in GUESTS})}
    rows = [
        {
            "full_name": name, "post": post, "body": body, "country": countries.get(country), "part": part,
            "side": EventSide.FOREIGN, "answer": answer, "invited_on": builder.day(-8),
            "subject": "Chính quyền số gần dân (minh họa)" if part == EventPart.SPEAKER else "",
        }
        for name, post, body, country, part, answer in GUESTS
    ]  # fmt: skip
    event_parts.add_people(event, rows, actor=actor)
    for stream, title, owner, due, done in TASKS:
        row = EventWork(event=event)
        fields = {"stream": stream, "title": title, "owner": builder.person(owner), "due_on": builder.day(due)}
        event_parts.save_work(row, actor=actor, fields=fields)
        if done:
            event_parts.settle_work(row, WorkState.DONE, actor=builder.person(owner))


def close(builder: Builder, event: InternationalEvent) -> None:
    actor = builder.person("chuyenvien")
    sent = (event.ends_on or builder.today) + dt.timedelta(days=10)
    with at(sent):
        fields = {
            "vietnamese_count": 58, "foreign_count": 19, "countries_text": "Lào, Nhật Bản, Pháp (minh họa)",
            "content": "Ba phiên thảo luận về cải cách hành chính (minh họa).",
            "results": "Thống nhất danh mục hợp tác kỹ thuật (minh họa).",
            "recommendations": "Duy trì hội nghị hằng năm (minh họa).", "number": "05/BC-CSDP", "sent_on": sent,
        }  # fmt: skip
        event_parts.save_event_report(event, actor=actor, fields=fields)
        engine.fire(Case.objects.get(pk=event.case_id), "complete", actor=actor)
