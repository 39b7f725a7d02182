"""Sample invitations on the board: one open with units that signed up, one that nobody took up yet, one that is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from unittest import mock

from django.utils import timezone

from agreements.choices import SessionFormat
from agreements.guidance import InvitationKind, SignUpAnswer
from agreements.models import OpenInvitation
from agreements.services.invitations import answer_sign_up, save_invitation, sign_up
from intlcoop.catalogues.models import Country
from intlcoop.operations.demo.clock import at
from intlcoop.people.models import OrgUnit, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """One sample: put up, signed up for until and held so many days from today."""

    title: str
    kind: str
    organiser: str
    country: str
    place: str
    put_up: int
    until: int
    begins: int
    days: int
    seats: int | None = None
    who_pays: str = ""
    content: str = ""
    online: bool = False


ROWS = (
    Invited(
        title="Khóa bồi dưỡng về quản trị đô thị cho cán bộ cấp cơ sở (minh họa)", kind=InvitationKind.COURSE,
        organiser="Học viện Quản trị công (minh họa)", country="SG", place="Singapore", put_up=-9, until=12, begins=60, days=5,
        seats=6, who_pays="Bên mời chi trả học phí, chỗ ở; đơn vị cử người lo vé máy bay",
        content="Nội dung: mô hình chính quyền đô thị, dịch vụ công, chế độ đối với công chức cơ sở. Học bằng tiếng Anh.",
    ),
    Invited(
        title="Diễn đàn trực tuyến về giáo dục ở vùng khó khăn (minh họa)", kind=InvitationKind.FORUM,
        organiser="Mạng lưới Giáo dục khu vực (minh họa)", country="", place="", put_up=-3, until=2, begins=20, days=1,
        online=True, content="Mỗi đơn vị cử một người trình bày tham luận ngắn hoặc dự nghe.",
    ),
    Invited(
        title="Hội thảo về bảo tồn tiếng mẹ đẻ (minh họa)", kind=InvitationKind.WORKSHOP,
        organiser="Viện Ngôn ngữ khu vực (minh họa)", country="TH", place="Chiềng Mai", put_up=-70, until=-50, begins=-30,
        days=2, seats=2, who_pays="Bên mời chi trả toàn bộ",
    ),
)  # fmt: skip


def build(people: Mapping[str, User]) -> int:
    """Returns how many invitations stand on the board."""
    today = timezone.localdate()
    with mock.patch("agreements.services.invitations.notify"):
        for row in ROWS:
            one(row, today, people)
    return OpenInvitation.objects.filter(is_sample=True).count()


def one(row: Invited, today: dt.date, people: Mapping[str, User]) -> None:
    with at(today + dt.timedelta(days=row.put_up)):
        made = put_up(row, today, people["htqt"])
        if row.seats:
            unit = OrgUnit.objects.get(code="CSDP")
            mine = sign_up(
                made, unit, actor=people["chuyenvien"], persons=2, reason="Phục vụ đề án của đơn vị (minh họa)."
            )
            sign_up(made, OrgUnit.objects.get(code="DHPT"), actor=people["truonghoc"], names="Giảng viên (minh họa)")
    if row.seats and row.until < 0:
        with at(today + dt.timedelta(days=row.until)):
            answer_sign_up(mine, actor=people["htqt"], answer=SignUpAnswer.CHOSEN, note="Đề nghị lập hồ sơ đoàn ra.")


def put_up(row: Invited, today: dt.date, actor: User) -> OpenInvitation:
    begins = today + dt.timedelta(days=row.begins)
    fields = {
        "title": row.title,
        "kind": row.kind,
        "organiser": row.organiser,
        "country": Country.objects.filter(iso2=row.country).first(),
        "place": row.place,
        "format": SessionFormat.ONLINE if row.online else SessionFormat.IN_PERSON,
        "starts_on": begins,
        "ends_on": begins + dt.timedelta(days=row.days - 1),
        "sign_up_by": today + dt.timedelta(days=row.until),
        "seats": row.seats,
        "who_pays": row.who_pays,
        "content": row.content,
    }
    return save_invitation(None, actor=actor, fields=fields, is_sample=True)
