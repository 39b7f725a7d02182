"""Báo cáo kết quả chuyến công tác (domain.md B.12): general facts, results by meeting, assessment, recommendations."""

from __future__ import annotations

from delegations.exports import members
from delegations.exports import particulars as p
from delegations.models import OutboundDelegation, ReportMeeting, TripReport
from intlcoop.exporting.papers import Block, Bullet, Head, Heading, Paper, Paragraph, Recipients, Signature
from intlcoop.vietnamese.dates import short_date
from intlcoop.workflow.choices import PaperKind
from intlcoop.workflow.papers import current_paper


def trip_report(trip: OutboundDelegation, report: TripReport) -> Paper:
    ministry = p.ministry()
    unit = trip.case.unit
    return Paper(
        head=Head(
            issuer=unit.name_vi,
            superior=ministry.name,
            symbol=f"BC-{unit.symbol or unit.code}",
            place=ministry.place,
        ),
        title="Báo cáo",
        subject=f"Kết quả chuyến công tác tại {p.countries(trip)}",
        blocks=(
            *general(trip),
            *results(report),
            Heading("III. Đánh giá"),
            Paragraph(p.or_blank(report.not_achieved), lead="Những việc chưa đạt, nguyên nhân:"),
            *(Bullet(line) for line in p.money(trip)),
            Heading("IV. Kiến nghị, việc cần triển khai"),
            Paragraph(p.or_blank(report.recommendations)),
        ),
        recipients=Recipients(
            items=("Lãnh đạo Bộ (để báo cáo)", ministry.icd_name), filed=f"VT, {unit.symbol or unit.code}"
        ),
        signature=Signature(title="Trưởng đoàn", name=head_name(trip)),
        annexes=(members.annex(trip, "Kèm theo Báo cáo"),),
    )


def head_name(trip: OutboundDelegation) -> str:
    return next((member.full_name for member in members.ordered(trip) if member.part == "head"), "")


def general(trip: OutboundDelegation) -> list[Block]:
    paper = current_paper(trip.case, PaperKind.DECISION)
    number = p.named_paper(paper.full_number, paper.issued_on) if paper and paper.number else f"Quyết định số {p.BLANK}"
    return [
        Heading("I. Thông tin chung"),
        Bullet(f"Căn cứ: {number}."),
        Bullet(f"Thành phần: Đoàn gồm {p.size(trip)} người (danh sách kèm theo)."),
        Bullet(f"Thời gian: {p.days(trip)}."),
        Bullet(f"Địa điểm: {p.places(trip)}."),
        Bullet(f"Cơ quan mời, đón đoàn: {p.host(trip)}."),
        Bullet(f"Mục đích: {p.or_blank(trip.purpose_text)}"),
    ]


def results(report: TripReport) -> list[Block]:
    blocks: list[Block] = [Heading("II. Kết quả"), Paragraph(p.or_blank(report.results))]
    for number, meeting in enumerate(report.meetings.all(), start=1):
        blocks += [Heading(f"{number}. {meeting_title(meeting)}", 2)]
        blocks += [Paragraph(meeting.content, lead="Nội dung:")] if meeting.content else []
        blocks += [Paragraph(p.or_blank(meeting.result), lead="Kết quả, cam kết:")]
    return blocks


def meeting_title(meeting: ReportMeeting) -> str:
    day = f" (ngày {short_date(meeting.held_on)})" if meeting.held_on else ""
    return f"Làm việc với {meeting.counterpart}{day}"
