"""Sample needs of units, in every state, and what partners of the demo can offer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from agreements.guidance import MatchState, NeedKind
from agreements.models import CooperationNeed, Partner
from agreements.services.needs import create_need, name_partner
from agreements.workflows.need import meet_need
from intlcoop.catalogues.models import CooperationField
from intlcoop.operations.demo.clock import at
from intlcoop.people.models import OrgUnit, User
from intlcoop.workflow import engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One sample, written down so many days ago; `then`: open, talks, met, dropped."""

    title: str
    kind: str
    detail: str
    days: int
    by: str = "chuyenvien"
    unit: str = "CSDP"
    then: str = "open"
    field: str = ""


ROWS = (
    Wanted(
        title="Tham khảo kinh nghiệm sắp xếp đơn vị hành chính cấp huyện, cấp xã ở vùng đồng bào dân tộc (minh họa)",
        kind=NeedKind.EXPERIENCE, detail="Cần tài liệu và chuyên gia về tổ chức chính quyền cơ sở, công tác dân tộc.", days=20,
        then="talks", field="Chính quyền địa phương",
    ),
    Wanted(
        title="Bồi dưỡng giảng viên tiếng dân tộc (minh họa)", kind=NeedKind.TRAINING,
        detail="Khóa ngắn hạn cho khoảng mười giảng viên, ưu tiên học tại chỗ.", days=8, by="truonghoc", unit="DHPT",
        field="Đào tạo, bồi dưỡng",
    ),
    Wanted(
        title="Chuyên gia hỗ trợ xây dựng bộ chỉ số về phát triển vùng (minh họa)", kind=NeedKind.EXPERTS, detail="", days=90,
        then="met",
    ),
    Wanted(
        title="Tài trợ in sách song ngữ (minh họa)", kind=NeedKind.FUNDING, detail="", days=60, by="truonghoc", unit="DHPT",
        then="dropped",
    ),
)  # fmt: skip


def build(people: Mapping[str, User]) -> int:
    """Returns how many needs were written down."""
    named = {field.name_vi: field for field in CooperationField.objects.filter(is_active=True)}
    partners = list(Partner.objects.offered().filter(is_sample=True).order_by("pk")[:3])
    for row in ROWS:
        with at(timezone.localdate() - dt.timedelta(days=row.days)):
            fields = {
                "kind": row.kind,
                "detail": row.detail,
                "fields": [named[row.field]] if row.field in named else [],
            }
            unit = OrgUnit.objects.get(code=row.unit)
            need = create_need(row.title, unit, actor=people[row.by], fields=fields, is_sample=True)
            go_on(need, row, people, partners)
    return CooperationNeed.objects.filter(case__is_sample=True).count()


def go_on(need: CooperationNeed, row: Wanted, people: Mapping[str, User], partners: list[Partner]) -> None:
    htqt = people["htqt"]
    if row.then in ("talks", "met") and partners:
        state = MatchState.WILLING if row.then == "met" else MatchState.ASKED
        name_partner(need, partners[0], actor=htqt, state=state, note="Đã gửi thư trao đổi (minh họa)")
        engine.fire(need.case, "talk", actor=htqt)
    if row.then == "met":
        meet_need(need, actor=htqt, result="Đối tác cử một chuyên gia làm việc hai tuần với đơn vị (minh họa).")
    elif row.then == "dropped":
        engine.fire(need.case, "drop", actor=people[row.by], comment="Đơn vị đã tự bố trí được kinh phí (minh họa).")
