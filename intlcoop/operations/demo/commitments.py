"""Sample commitments in every state, and trips that serve partners, so that timeline, index, brief and reminders live."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from agreements.choices import CommitmentSide, NoteAudience
from agreements.models import Commitment, Partner
from agreements.services import add_note, create_commitment
from agreements.workflows import claim_commitment
from delegations.choices import OutboundState
from delegations.models import OutboundDelegation, TripReport
from delegations.services import note_meetings, note_trip
from intlcoop.operations.demo.clock import at
from intlcoop.people.models import OrgUnit, User
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case

OURS, THEIRS = CommitmentSide.OURS, CommitmentSide.PARTNERS


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """One sample: written down and due so many days from today; `until`: open, claimed, kept, late, dropped."""

    title: str
    partner: str
    written: int
    due: int | None
    until: str = "open"
    side: str = OURS
    unit: str = "CSDP"
    owner: str = "chuyenvien"
    verifier: str = ""
    source: str = "Biên bản làm việc giữa hai bên (minh họa)"
    document: str = ""


ROWS = (
    PromiseRow(
        title="Gửi bộ tài liệu giới thiệu chính sách dân tộc đã dịch sang tiếng Lào", partner="Mặt trận Lào xây dựng đất nước",
        written=-130, due=-100, until="kept", document="Công văn 45/CSDP gửi Mặt trận Lào xây dựng đất nước (minh họa)",
    ),
    PromiseRow(
        title="Cử 10 cán bộ dự khóa bồi dưỡng về công tác dân tộc", partner="Mặt trận Lào xây dựng đất nước",
        written=-130, due=-45, until="late", document="Quyết định cử cán bộ đi bồi dưỡng (minh họa)",
    ),
    PromiseRow(
        title="Xây dựng dự thảo kế hoạch hợp tác năm sau để hai bên trao đổi", partner="Mặt trận Lào xây dựng đất nước",
        written=-120, due=-12, verifier="htqt",
    ),
    PromiseRow(
        title="Cung cấp danh sách chuyên gia giảng dạy tiếng dân tộc", partner="Mặt trận Lào xây dựng đất nước",
        written=-120, due=25, side=THEIRS, verifier="htqt",
    ),
    PromiseRow(
        title="Chia sẻ báo cáo đánh giá chuyển đổi số tại vùng dân tộc thiểu số",
        partner="Chương trình Phát triển Liên hợp quốc", written=-60, due=-5, until="claimed", verifier="htqt",
        document="Công văn 61/CSDP (minh họa)",
    ),
    PromiseRow(
        title="Hỗ trợ hai chuyên gia xây dựng bộ chỉ số", partner="Chương trình Phát triển Liên hợp quốc", written=-60,
        due=70, side=THEIRS, unit="HTQT", owner="htqt", verifier="vutruong",
        source="Kết luận của Bộ trưởng tại cuộc họp với đối tác phát triển (minh họa)",
    ),
    PromiseRow(
        title="Tổ chức tọa đàm chung về số hóa tài liệu", partner="Cơ quan Lưu trữ quốc gia Pháp", written=-200, due=-90,
        unit="HTQT", owner="htqt", until="dropped",
    ),
)  # fmt: skip


def build(people: Mapping[str, User]) -> int:
    """Returns how many commitments were made."""
    today = timezone.localdate()
    tie_trips()
    for row in ROWS:
        _make(row, people, today)
    _from_reports(people, today)
    laos = Partner.objects.get(name_vi="Mặt trận Lào xây dựng đất nước")
    add_note(
        laos,
        "Nên gửi chương trình làm việc trước ít nhất hai tuần (minh họa).",
        actor=people["chuyenvien"],
        is_sample=True,
    )
    inner = "Phía bạn quan tâm nâng mức hợp tác; chờ ý kiến Lãnh đạo Bộ trước khi trao đổi (minh họa)."
    add_note(laos, inner, actor=people["htqt"], audience=NoteAudience.INNER, is_sample=True)
    return Commitment.objects.count()


def tie_trips() -> None:
    """Sample trips whose host stands in the list of partners, and what those that took place were for it."""
    partners = {partner.name_vi: partner for partner in Partner.objects.living()}
    for trip in OutboundDelegation.objects.filter(host_partner__isnull=True).select_related("case__unit"):
        if partner := partners.get(trip.inviting_body):
            trip.host_partner = partner
            trip.save(update_fields=["host_partner"])
    over = (OutboundState.REPORT_DUE, OutboundState.COMPLETED)
    for trip in OutboundDelegation.objects.filter(case__state__in=over, host_partner__isnull=False):
        note_trip(trip)


def _make(row: PromiseRow, people: Mapping[str, User], today: dt.date) -> None:
    partner = Partner.objects.living().filter(name_vi=row.partner).first()
    due = today + dt.timedelta(days=row.due) if row.due is not None else None
    with at(today + dt.timedelta(days=row.written)):
        made = create_commitment(
            row.title,
            OrgUnit.objects.get(code=row.unit),
            actor=people["htqt"],
            fields={
                "partner": partner,
                "side": row.side,
                "owner": people[row.owner],
                "verifier": people[row.verifier] if row.verifier else None,
                "due_on": due,
                "source_text": row.source,
            },
            is_sample=True,
        )
    if row.until == "dropped":
        engine.fire(
            made.case,
            "drop",
            actor=people["htqt"],
            comment="Hai bên thống nhất chuyển sang chương trình khác (minh họa).",
        )
    if row.until not in ("claimed", "kept", "late") or due is None:
        return
    done = due + dt.timedelta(days={"kept": -5, "late": 20, "claimed": -1}[row.until])
    with at(done):
        result = "Đã thực hiện, gửi đối tác theo đường công văn (minh họa)."
        claim_commitment(made, actor=people[row.owner], result=result, done_on=done, domestic_document=row.document)
    if row.until != "claimed":
        with at(done + dt.timedelta(days=3)):
            engine.fire(Case.objects.get(pk=made.case_id), "verify", actor=people["vutruong"])


def _from_reports(people: Mapping[str, User], today: dt.date) -> None:
    """What one filed report promises, tied to the meeting in which it was said."""
    report = TripReport.objects.filter(case__first_submitted_at__isnull=False).order_by("-pk").first()
    meeting = report.meetings.first() if report is not None else None
    if report is None or meeting is None:
        return
    note_meetings(report)
    create_commitment(
        "Trao đổi tài liệu và kế hoạch tiếp theo với cơ quan đã làm việc",
        report.case.unit,
        actor=people["htqt"],
        fields={
            "born_in": report.case,
            "born_key": str(meeting.pk),
            "partner": report.delegation.host_partner,
            "owner": report.delegation.case.created_by,
            "due_on": today + dt.timedelta(days=10),
            "detail": meeting.result,
        },
        is_sample=True,
    )
