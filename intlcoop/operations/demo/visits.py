"""Sample visits in every state, with days relative to the first load: made-up guests, each title says "minh họa"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from agreements.models import Partner
from delegations.models import InboundDelegation, PlanLine
from delegations.queries.preparation import lists_of
from delegations.services import add_guests, create_visit, save_preparation, tick, write_result
from delegations.visit_choices import GuestPart, GuestRank, MeetingForm, VisaNeed, VisitForm, VisitLevel
from delegations.workflows import move_visits_with_the_calendar
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.operations.demo import walking
from intlcoop.operations.demo.clock import at
from intlcoop.people.models import OrgUnit, User
from intlcoop.workflow import engine
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.models import Case

#: Up to which point a visit has come.
DRAFT, WAITING, AGREED, HERE, DONE = range(5)


@dataclass(frozen=True, kw_only=True)
class Row:
    """`arrives` and `filed` in days from today; `until` how far it has come."""

    title: str
    body: str
    guest: str
    post: str
    host: str
    arrives: int
    length: int = 1
    filed: int = -20
    until: int = AGREED
    form: str = VisitForm.FULL
    filer: str = "htqt"
    unit: str = "HTQT"
    country: str = ""
    head: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    guests: tuple[tuple[str, str], ...] = ()
    #: Codes of the tasks that are done; "*" for all of them.
    prepared: tuple[str, ...] = ()
    result: str = ""
    #: What was decided in the end, and why.
    then: str = ""
    why: str = "Phía bạn đề nghị lùi thời gian (minh họa)."


LAO = "Bộ Nội vụ Lào (minh họa)"
ROWS = (
    Row(
        title="Đoàn Bộ Nội vụ Lào thăm và làm việc (minh họa)", body=LAO, guest="Bounmy Sample", post="Thứ trưởng",
        host="thutruong", arrives=2, length=3, filed=-24, country="LA",
        head={"honorific": "Ngài", "rank": GuestRank.DEPUTY_MINISTER, "equivalent": "Thứ trưởng"},
        more={
            "level": VisitLevel.WORKING, "visa": VisaNeed.NOT_NEEDED, "languages": "Tiếng Lào", "hotel": "Nhà khách Bộ",
            "arrival_flight": "QV 311", "arrival_time": dt.time(10, 25), "arrival_place": "Sân bay Nội Bài",
            "met_by": "Lãnh đạo Vụ Hợp tác quốc tế", "cars": "01 xe 16 chỗ, 01 xe 7 chỗ", "meeting_time": dt.time(9, 0),
            "meeting_place": "Phòng khánh tiết, trụ sở Bộ", "meeting": MeetingForm.WORKING_SESSION,
        },
        guests=(("Khamla Sample", "Vụ trưởng Vụ Hợp tác quốc tế"), ("Vanida Sample", "Chuyên viên")),
        prepared=("visit-programme", "visit-partner-brief", "visit-lodging"),
    ),
    Row(
        title="Tiếp Đại sứ Jane Sample (minh họa)", body="Đại sứ quán Ô-xtrây-li-a tại Việt Nam (minh họa)",
        guest="Jane Sample", post="Đại sứ", host="botruong", arrives=5, filed=-1, until=WAITING, form=VisitForm.SHORT,
        more={"meeting_time": dt.time(14, 30), "meeting_place": "Phòng khánh tiết, trụ sở Bộ", "languages": "Tiếng Anh",
              "meeting": MeetingForm.COURTESY_CALL},
    ),
    Row(
        title="Tiếp Trưởng Đại diện thường trú Ana Sample (minh họa)", body="UNDP Việt Nam (minh họa)", guest="Ana Sample",
        post="Trưởng Đại diện thường trú", host="vutruong", arrives=-6, filed=-9, until=DONE, form=VisitForm.SHORT,
        more={"meeting_time": dt.time(9, 30), "meeting_place": "Trụ sở Bộ", "languages": "Tiếng Anh"},
        result="Hai bên thống nhất kế hoạch năm tới. UNDP cử chuyên gia hỗ trợ. Vụ Hợp tác quốc tế làm đầu mối.",
    ),
    Row(
        title="Đoàn Trường Hành chính công Xinh-ga-po trao đổi đào tạo (minh họa)", body="Trường Hành chính công (minh họa)",
        guest="Tan Sample", post="Hiệu trưởng", host="thutruong", arrives=-12, length=2, filed=-40, until=HERE, country="SG",
        head={"rank": GuestRank.DIRECTOR, "equivalent": "Giám đốc Học viện"}, prepared=("*",),
    ),
    Row(
        title="Đoàn Bộ Quản lý công Hàn Quốc khảo sát chính quyền số (minh họa)", body="Bộ Nội vụ và An toàn (minh họa)",
        guest="김민준", post="Vụ trưởng", host="lanhdaodonvi", arrives=34, length=3, filed=-2, until=WAITING, country="KR",
        filer="chuyenvien", unit="CSDP", head={"rank": GuestRank.DIRECTOR, "equivalent": "Vụ trưởng"},
        more={"visa": VisaNeed.NOT_NEEDED},
    ),
    Row(
        title="Đoàn chuyên gia Đức về đào tạo công chức (minh họa)", body="Học viện Hành chính (minh họa)",
        guest="Ulrike Sample", post="Giám đốc", host="vutruong", arrives=48, length=2, filed=0, until=DRAFT, country="DE",
    ),
    Row(
        title="Đoàn Ủy ban Công vụ Phi-líp-pin (minh họa)", body="Ủy ban Công vụ (minh họa)", guest="Maria Sample",
        post="Ủy viên", host="thutruong", arrives=25, length=3, filed=-15, until=AGREED, country="PH", then="postpone",
    ),
    Row(
        title="Đoàn Bộ Hành chính công Căm-pu-chia (minh họa)", body="Bộ Công vụ (minh họa)", guest="Sok Sample",
        post="Quốc vụ khanh", host="thutruong", arrives=-50, length=3, filed=-80, until=DONE, country="KH",
        head={"rank": GuestRank.DEPUTY_MINISTER, "equivalent": "Thứ trưởng"}, prepared=("*",),
        result="Trao đổi kinh nghiệm cải cách công vụ; phía bạn mời Bộ dự hội thảo năm tới.",
    ),
    Row(
        title="Đoàn tư vấn công nghệ thông tin (minh họa)", body="Công ty tư vấn (minh họa)", guest="Alex Sample",
        post="Giám đốc dự án", host="vutruong", arrives=18, length=1, filed=-6, until=DRAFT, country="SG", then="cancel",
    ),
    Row(
        title="Đoàn Viện Nghiên cứu phát triển vùng Thái Lan (minh họa)", body="Viện Nghiên cứu (minh họa)",
        guest="Somchai Sample", post="Viện trưởng", host="thutruong", arrives=41, length=2, filed=-7, country="TH",
    ),
    Row(
        title="Đoàn Học viện Công vụ Ma-lai-xi-a (minh họa)", body="Học viện Công vụ (minh họa)", guest="Aminah Sample",
        post="Phó Giám đốc", host="vutruong", arrives=-1, length=3, filed=-30, until=HERE, country="MY", prepared=("*",),
    ),
    Row(
        title="Đoàn Quỹ Phát triển khu vực trao đổi dự án (minh họa)", body="Quỹ Phát triển (minh họa)", guest="Erik Sample",
        post="Giám đốc chương trình", host="thutruong", arrives=52, length=2, filed=-5, until=WAITING, country="SE",
        then="return", why="Bổ sung nội dung làm việc và thành phần phía Bộ (minh họa).",
    ),
    Row(
        title="Đoàn công ty lữ hành giới thiệu dịch vụ (minh họa)", body="Công ty lữ hành (minh họa)", guest="Lee Sample",
        post="Giám đốc", host="vutruong", arrives=29, filed=-12, until=WAITING, country="KR", then="reject",
        why="Nội dung không thuộc chức năng, nhiệm vụ của Bộ (minh họa).",
    ),
)  # fmt: skip


def build(people: Mapping[str, User]) -> int:
    """Make them all; returns how many."""
    today = timezone.localdate()
    for row in ROWS:
        _one(row, people, today)
    move_visits_with_the_calendar(today)
    return len(ROWS)


def _one(row: Row, people: Mapping[str, User], today: dt.date) -> None:
    def person(name: str) -> User:
        return User.objects.get(pk=people[name].pk)

    filed = today + dt.timedelta(days=row.filed)
    with at(filed):
        visit = _file(row, person, today)
    if row.until >= WAITING:
        with at(filed, dt.time(10)):
            engine.fire(visit.case, "submit", actor=person(row.filer))
    if row.until >= AGREED:
        with at(filed + dt.timedelta(days=1), dt.time(10)):
            _agree(visit, person)
        with at(filed + dt.timedelta(days=2), dt.time(10)):
            _prepare(row, visit, person(row.filer))
    if row.until >= HERE:
        _receive(row, visit, person(row.filer), today)
    if row.then:
        with at(min(filed + dt.timedelta(days=3), today), dt.time(11)):
            case = Case.objects.get(pk=visit.case_id)
            if row.then in Outcome.values:
                walking.turn_down(case, row.then, person, row.why)
            else:
                engine.fire(case, row.then, actor=person(row.filer), comment=row.why)


def _file(row: Row, person: Any, today: dt.date) -> InboundDelegation:
    arrives = today + dt.timedelta(days=row.arrives)
    open_lines = PlanLine.objects.filter(kind="inbound", state="accepted", plan__approved_on__isnull=False)
    line = open_lines.filter(plan__year=arrives.year).first()
    fields: dict[str, Any] = {
        "arrives_on": arrives,
        "leaves_on": arrives + dt.timedelta(days=row.length - 1),
        "partner": Partner.objects.filter(name_vi=row.body.removesuffix(" (minh họa)")).first(),
        "country": Country.objects.filter(iso2=row.country).first() if row.country else None,
        "host": person(row.host),
        "topics": "Trao đổi kinh nghiệm và kế hoạch hợp tác (minh họa).",
        "field": CooperationField.objects.order_by("pk").first(),
        **row.more,
    }
    fields["partner_text"] = "" if fields["partner"] else row.body
    if row.form == VisitForm.FULL:
        fields["meeting_on"] = arrives
        fields["purpose_text"] = "Thăm và làm việc với Bộ (minh họa)."
        fields["plan_line"] = line if row.country == "LA" else None
        fields["out_of_plan_reason"] = (
            "" if fields["plan_line"] else "Phía bạn đề nghị sau khi duyệt kế hoạch (minh họa)."
        )
        fields["warning_reason"] = "Thời gian do phía bạn ấn định (minh họa)."
    head = {"full_name": row.guest, "post": row.post, **row.head}
    unit = OrgUnit.objects.get(code=row.unit)
    visit = create_visit(
        row.title, unit, actor=person(row.filer), form=row.form, fields=fields, head=head, is_sample=True
    )
    if row.guests:
        rows = [{"full_name": name, "post": post, "part": GuestPart.MEMBER} for name, post in row.guests]
        add_guests(visit, rows, actor=person(row.filer))
    return visit


def _agree(visit: InboundDelegation, person: Any) -> None:
    while steps := walking.open_steps(Case.objects.get(pk=visit.case_id)):
        walking.agree(steps[0], person, draft=lambda case, actor: None)


def _prepare(row: Row, visit: InboundDelegation, actor: User) -> None:
    fresh = InboundDelegation.objects.select_related("case__unit", "case__created_by").get(pk=visit.pk)
    for line in lists_of(fresh) if row.prepared else ():
        if row.prepared != ("*",) and line.task.code not in row.prepared:
            continue
        if line.asks_more:
            written_on = timezone.localdate()
            save_preparation(
                fresh, line, actor=actor, state="done", document_number="12/CV-MH", document_date=written_on
            )
        else:
            tick(fresh, line, actor=actor)
    if row.prepared and row.until == AGREED:
        engine.fire(Case.objects.get(pk=visit.case_id), "prepare", actor=actor)


def _receive(row: Row, visit: InboundDelegation, actor: User, today: dt.date) -> None:
    with at(today + dt.timedelta(days=row.arrives), dt.time(16)):
        engine.fire(Case.objects.get(pk=visit.case_id), "receive", actor=actor)
    after = today + dt.timedelta(days=row.arrives + row.length)
    if row.until < DONE or after > today:
        return
    with at(after, dt.time(9)):
        fresh = InboundDelegation.objects.select_related("case").get(pk=visit.pk)
        write_result(fresh, actor=actor, result=row.result, recommendations="Không có.")
        engine.fire(Case.objects.get(pk=visit.case_id), "complete", actor=actor)
