"""Mechanisms of the articles with the meetings that they name, and one made-up series that is under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from agreements.choices import (
    LawRelation,
    MechanismKind,
    MechanismPart,
    MeetingKind,
    SessionFormat,
    SessionPart,
    SessionStatus,
)
from agreements.models import Mechanism, MeetingSeries
from agreements.series import KnownDay, parse_known_day
from agreements.services.mechanisms import create_mechanism
from agreements.services.meetings import create_series, create_session
from intlcoop.operations.demo import treaties
from intlcoop.people.models import OrgUnit, User
from intlcoop.regulations.models import Instrument
from intlcoop.workflow.models import Case

MOHA = "Hội nghị triển khai công tác hợp tác quốc tế năm 2022 của Bộ Nội vụ (24/3)"
MOLISA = "Tổng kết công tác năm 2010 của Vụ Hợp tác quốc tế, Bộ Lao động - Thương binh và Xã hội"
CEMA = "Buổi làm việc của Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc với Vụ Hợp tác quốc tế (10/05/2021)"
K, M, P, S = MechanismKind, MeetingKind, SessionPart, SessionStatus

#: (name, English name, short name, kind)
FORUMS: tuple[tuple[str, str, str, str], ...] = (
    ("Diễn đàn Hợp tác Á - Âu", "Asia-Europe Meeting", "ASEM", K.INTERREGIONAL),
    ("Diễn đàn Hợp tác Kinh tế châu Á - Thái Bình Dương", "Asia-Pacific Economic Cooperation", "APEC", K.INTERREGIONAL),
    ("Hợp tác Tiểu vùng Mê Công mở rộng", "Greater Mekong Subregion", "GMS", K.SUB_REGIONAL),
    ("Hợp tác Campuchia - Lào - Mi-an-ma - Việt Nam", "Cambodia-Laos-Myanmar-Viet Nam Cooperation", "CLMV", K.SUB_REGIONAL),
    ("Chiến lược Hợp tác kinh tế Ayeyawady - Chao Phraya - Mê Công",
     "Ayeyawady-Chao Phraya-Mekong Economic Cooperation Strategy", "ACMECS", K.SUB_REGIONAL),
    ("Tam giác phát triển Campuchia - Lào - Việt Nam", "Cambodia-Laos-Viet Nam Development Triangle", "CLV", K.SUB_REGIONAL),
    ("Liên hợp quốc", "United Nations", "LHQ", K.UN_BODY),
)  # fmt: skip

#: (series, kind, sessions): a session is (number, when, part, status).
ACCSM_MEETINGS: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    ("Hội nghị trù bị ACCSM", M.PREPARATORY, ((21, "08/4/2021", P.HOST, S.HELD),)),
    ("Cuộc họp quan chức cấp cao ACCSM", M.SENIOR_OFFICIALS, ((21, "08/4/2021", P.HOST, S.HELD),)),
    ("Cuộc họp đầu mối phụ trách ACCSM", M.FOCAL_POINTS, ((None, "22/11/2021", P.HOST, S.HELD),)),
    ("Hội thảo ASEAN về ứng dụng công nghệ thông tin trong hiện đại hóa nền công vụ", M.WORKSHOP,
     ((None, "25/11/2021", P.HOST, S.HELD),)),
    ("Hội nghị những người đứng đầu nền công vụ các nước ASEAN", M.HEADS, ((None, "2022", P.HOST, S.PLANNED),)),
)  # fmt: skip
ASCC_MEETINGS: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    ("Hội nghị điều phối (SOC-COM) và Hội nghị đối tác Cộng đồng Văn hóa - Xã hội ASEAN", M.COORDINATION,
     ((1, "15/3/2021", P.ATTEND, S.HELD), (2, "tháng 2/2022", P.ATTEND, S.HELD))),
    ("Cuộc họp Nhóm công tác về Tuyên bố ASEAN về Văn hóa phòng ngừa", M.WORKING_GROUP,
     ((4, "29/3/2021", P.ATTEND, S.HELD), (5, "28/3/2022", P.ATTEND, S.PLANNED))),
    ("Hội thảo tham vấn về chiến lược hợp nhất cuộc cách mạng công nghiệp lần thứ 4 đối với khu vực ASEAN", M.CONSULTATION,
     ((2, "27/4/2021", P.ATTEND, S.HELD), (4, "26/2/2022", P.ATTEND, S.HELD))),
    ("Diễn đàn Văn hóa cấp cao (HLCF)", M.FORUM, ((None, "27/5/2021", P.ATTEND, S.HELD),)),
    ("Hội thảo xây dựng kế hoạch thúc đẩy sự hiệp lực về quản lý thảm họa", M.WORKSHOP,
     ((1, "02/6/2021", P.ATTEND, S.HELD),)),
)  # fmt: skip
#: Reported on 24/3/2022 as attended (X-02).
TOLD_TOO_EARLY = ("28/3/2022",)
LIVING = "Nhóm công tác ASEAN về phát triển vùng (minh họa)"


class Builder:
    def __init__(self, people: Mapping[str, User]) -> None:
        self.actor = people["htqt"]
        self.icd = OrgUnit.objects.get(code="HTQT")
        self.laws = Instrument.objects.in_bulk(["1439/QĐ-BNV", "2258/QĐ-BNV"], field_name="symbol")

    def mechanism(
        self, name: str, english: str, short: str, kind: str, *, roles: Any = (), law: Any = None, parent: Any = None
    ) -> Mechanism:
        laws = [{"instrument": self.laws[law[0]], "relation": LawRelation.CARRIES_OUT, "about": law[1]}] if law else []
        fields = {"name_vi": name, "name_en": english, "short_name": short, "kind": kind, "parent": parent}
        return create_mechanism(actor=self.actor, fields=fields, roles=roles, laws=laws, is_sample=True)

    def role(self, part: str, source: str, *, holder: str = "", year: int | None = None, **more: Any) -> dict[str, Any]:
        when = KnownDay(dt.date(year, 1, 1), "year") if year else KnownDay()
        ends = {
            "since": when.day,
            "since_precision": when.precision,
            "until": when.day,
            "until_precision": when.precision,
        }
        return {"part": part, "holder": holder, "source_text": source, **ends, **more}

    def series(self, mechanism: Mechanism, name: str, kind: str, note: str = "") -> MeetingSeries:
        fields = {"name_vi": name, "kind": kind, "unit": self.icd, "note": note}
        return create_series(mechanism, actor=self.actor, fields=fields, is_sample=True)

    def meetings(self, mechanism: Mechanism, rows: tuple[tuple[str, str, tuple[Any, ...]], ...]) -> None:
        for name, kind, sessions in rows:
            series = self.series(mechanism, name, kind)
            for number, when, part, status in sessions:
                self.session(
                    series,
                    parse_known_day(when),
                    source_says_held=when in TOLD_TOO_EARLY,
                    number=number,
                    part=part,
                    status=status,
                    source_text=MOHA,
                )

    def session(self, series: MeetingSeries, when: KnownDay, *, source_says_held: bool = False, **fields: Any) -> None:
        create_session(
            series, actor=self.actor, when=when, fields=fields, source_says_held=source_says_held, is_sample=True
        )


def build(people: Mapping[str, User]) -> None:
    make = Builder(people)
    asean = _asean(make)
    for name, english, short, kind in FORUMS:
        make.mechanism(name, english, short, kind)
    member = make.role(MechanismPart.MEMBER, MOLISA, holder="Việt Nam")
    make.mechanism("Tổ chức Lao động quốc tế", "International Labour Organization", "ILO", K.UN_BODY, roles=[member])
    rights = make.mechanism("Ban Chỉ đạo nhân quyền Trung ương", "", "", K.DOMESTIC)
    make.series(rights, "Giao ban hằng tháng", M.BRIEFING, f"Dự đầy đủ, nguồn không nêu ngày. Nguồn: {CEMA}")
    _living(make, asean)
    treaties.build(people)


def _asean(make: Builder) -> Mechanism:
    asean = make.mechanism(
        "Hiệp hội các quốc gia Đông Nam Á",
        "Association of Southeast Asian Nations",
        "ASEAN",
        K.REGIONAL,
        roles=[
            make.role(MechanismPart.ROTATING_CHAIR, MOLISA, holder="Việt Nam", year=2010),
            make.role(MechanismPart.LEAD, MOLISA, year=2010, unit=make.icd),
        ],
    )
    civil_service(make, asean)
    return asean


def civil_service(make: Builder, asean: Mechanism) -> None:
    """The bodies of ASEAN that article 002 names, with their meetings."""
    chair = make.role(MechanismPart.ROTATING_CHAIR, MOHA, holder="Bộ Nội vụ", session_number=21)
    statement = (
        "Tuyên bố ASEAN về vai trò của nền công vụ làm chất xúc tác trong việc đạt được Tầm nhìn Cộng đồng ASEAN 2025"
    )
    accsm = make.mechanism(
        "Hợp tác ASEAN về các vấn đề công vụ",
        "ASEAN Cooperation on Civil Service Matters",
        "ACCSM",
        K.REGIONAL,
        parent=asean,
        roles=[chair],
        law=("1439/QĐ-BNV", statement),
    )
    goals = "Các mục tiêu của Cộng đồng Văn hóa - Xã hội ASEAN đến năm 2025"
    community = make.mechanism(
        "Cộng đồng Văn hóa - Xã hội ASEAN",
        "ASEAN Socio-Cultural Community",
        "ASCC",
        K.REGIONAL,
        parent=asean,
        law=("2258/QĐ-BNV", goals),
    )
    make.meetings(accsm, ACCSM_MEETINGS)
    make.meetings(community, ASCC_MEETINGS)


def _living(make: Builder, asean: Mechanism) -> None:
    """A made-up series that goes on: the next session is that of a sample trip."""
    today = timezone.localdate()
    series = make.series(asean, LIVING, M.WORKING_GROUP)
    ours: dict[str, Any] = {"unit": make.icd, "format": SessionFormat.IN_PERSON}
    for number, ago in ((9, 1100), (11, 360)):
        day = KnownDay(today - dt.timedelta(days=ago), "day")
        make.session(series, day, number=number, part=P.ATTEND, status=S.HELD, place="Jakarta (minh họa)", **ours)
    trip = Case.objects.filter(kind="outbound", title__contains="nhóm công tác ASEAN tại Malaysia").first()
    leaves = trip.outbound.departs_on if trip is not None else today + dt.timedelta(days=40)
    ours["status"] = S.PLANNED
    make.session(series, KnownDay(leaves, "day"), number=12, part=P.ATTEND, place="Kuala Lumpur", case=trip, **ours)
    later = (today + dt.timedelta(days=240)).replace(day=1)
    make.session(series, KnownDay(later, "month"), number=13, part=P.HOST, place="Hà Nội", **ours)
