"""The papers of an event: the scheme (Mẫu 01), the letters that ask and give permission, the invitation, the report (Mẫu 02).

Papers are in Vietnamese whatever the language of the page, so the words stand here and are not translated. What nobody has
entered stays "…": nothing is invented.
"""

from __future__ import annotations

from decimal import Decimal

from delegations.event_choices import EventPart, EventSide, Stage
from delegations.exports import particulars as p
from delegations.guards.events import report_rule
from delegations.models import EventPerson, EventReport, InternationalEvent
from delegations.queries.event_content import topics_text
from delegations.queries.event_facts import authority_of, question_of
from delegations.queries.event_permissions import answers_of
from delegations.queries.events import event_mechanism
from delegations.reference.event_routes import NEW_POWERS
from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import (
    Annex,
    Block,
    Bullet,
    Head,
    Heading,
    Paper,
    Paragraph,
    Recipients,
    Signature,
    Table,
)
from intlcoop.people.choices import Role
from intlcoop.people.titles import load_titles, office_title
from intlcoop.vietnamese.dates import date_range, document_date
from intlcoop.vietnamese.joining import without_end
from intlcoop.vietnamese.numbers import format_number
from intlcoop.workflow.models import Case
from intlcoop.workflow.registry import Draft

LAW = (
    "Quyết định số 06/2020/QĐ-TTg ngày 21 tháng 02 năm 2020 của Thủ tướng Chính phủ về tổ chức và quản lý hội nghị, hội thảo "
    "quốc tế tại Việt Nam"
)
FORMATS = {
    "in_person": "trực tiếp",
    "online": "trực tuyến",
    "hybrid": "trực tiếp kết hợp trực tuyến",
    "unknown": "chưa nêu",
}
PARTS = {
    EventPart.CHAIR: "Chủ trì",
    EventPart.SPEAKER: "Báo cáo viên",
    EventPart.DELEGATE: "Đại biểu",
    EventPart.GUEST: "Khách mời",
    EventPart.SECRETARIAT: "Ban Thư ký",
}


def load(number: str) -> InternationalEvent:
    """The event with everything that a paper prints."""
    return (
        InternationalEvent.objects.select_related(
            "case__unit", "case__created_by", "plan_line__plan", "host_partner", "mechanism_ref", "session__series"
        )
        .prefetch_related("people__country", "coordinating_units")
        .get(case__number=number)
    )


# --- words ------------------------------------------------------------------------------------------------------------


def kind_of(event: InternationalEvent) -> str:
    """ "hội thảo": the kind as it runs in a sentence."""
    label = str(event.get_kind_display())
    return f"{label[:1].lower()}{label[1:]}"


def named(event: InternationalEvent) -> str:
    """The title with its kind in front, unless the title begins with a kind of its own."""
    title = event.case.title
    begins = ("hội", "tọa đàm", "diễn đàn", "cuộc họp", "nói chuyện", "khóa", "đối thoại")
    return f"“{title}”" if title.lower().startswith(begins) else f"{kind_of(event)} “{title}”"


def days(event: InternationalEvent) -> str:
    if event.starts_on is None:
        return f"từ ngày {p.BLANK} đến ngày {p.BLANK}"
    last = event.ends_on or event.starts_on
    return f"ngày {event.starts_on:%d/%m/%Y}" if last == event.starts_on else date_range(event.starts_on, last)


def where(event: InternationalEvent) -> str:
    parts = [event.place, f"điểm cầu tại Việt Nam: {event.endpoints}" if event.endpoints else ""]
    return "; ".join(part for part in parts if part) or p.BLANK


def counts(event: InternationalEvent | EventReport) -> str:
    if event.vietnamese_count is None and event.foreign_count is None:
        return p.BLANK
    ours, theirs = event.vietnamese_count or 0, event.foreign_count or 0
    return (
        f"{format_number(ours + theirs)} đại biểu, gồm {format_number(ours)} đại biểu Việt Nam và "
        f"{format_number(theirs)} đại biểu nước ngoài"
    )


def money(event: InternationalEvent) -> list[Block]:
    found = []
    if event.budget_vnd is not None:
        found.append(f"Ngân sách nhà nước: {dong(event.budget_vnd)}")
    if event.sponsored_vnd is not None:
        found.append(f"Nguồn tài trợ: {dong(event.sponsored_vnd)}")
    if event.funding_text:
        found.append(without_end(event.funding_text))
    last = len(found)
    return [Bullet(f"{line}{'.' if n == last else ';'}") for n, line in enumerate(found, start=1)] or [
        Paragraph(p.BLANK)
    ]


def dong(amount: Decimal) -> str:
    """ "350.000.000 đồng", as Vietnamese papers write it; nothing is "không"."""
    return f"{format_number(amount)} đồng" if amount else "không"


def ended(text: str) -> str:
    """As a sentence of its own; what nobody entered stays "…", without a full stop behind it."""
    return f"{without_end(text)}." if text.strip() else p.BLANK


def inside(text: str) -> str:
    """As one entry of a list that goes on."""
    return without_end(p.or_blank(text))


def head_of(event: InternationalEvent) -> str:
    """Who signs for the unit: its own paper names the office only, not the unit again (Decree 30/2020)."""
    return office_title(load_titles(), Role.HEAD, event.case.unit).vi


def people_of(event: InternationalEvent, *parts: str, side: str = "") -> list[EventPerson]:
    return [row for row in event.people.all() if (not parts or row.part in parts) and (not side or row.side == side)]


def person_line(person: EventPerson) -> str:
    words = [person.full_name, person.post, person.body, person.country.name_vi if person.country else ""]
    line = ", ".join(word for word in words if word)
    return f"{line}: {person.subject}" if person.subject else line


def symbol_of(event: InternationalEvent) -> str:
    return str(event.case.unit.symbol or event.case.unit.code)


# --- the scheme (Mẫu 01) ----------------------------------------------------------------------------------------------


def scheme(event: InternationalEvent) -> Paper:
    ministry = p.ministry()
    unit = event.case.unit
    return Paper(
        head=Head(issuer=unit.name_vi, superior=ministry.name, symbol=f"ĐA-{symbol_of(event)}", place=ministry.place),
        title="Đề án",
        subject=f"Tổ chức {named(event)}",
        blocks=(
            Paragraph(f"(Theo Mẫu 01 ban hành kèm theo {LAW})", italic=True, align="center"),
            *numbered(scheme_points(event)),
        ),
        recipients=Recipients(items=(ministry.icd_name,), filed=f"VT, {symbol_of(event)}"),
        signature=Signature(title=head_of(event)),
        annexes=annexes(event, "Kèm theo Đề án"),
    )


def scheme_points(event: InternationalEvent) -> list[tuple[str, list[Block]]]:
    speakers = [
        Bullet(person_line(row)) for row in people_of(event, EventPart.SPEAKER, EventPart.CHAIR, side=EventSide.FOREIGN)
    ]
    told: list[Block] = [Paragraph(event.speakers_text)] if event.speakers_text else []
    together = ", ".join(
        text for text in (event.co_organisers, str(event.host_partner.name_vi) if event.host_partner else "") if text
    )
    helping = ", ".join(unit.name_vi for unit in event.coordinating_units.all())
    return [
        (
            "Lý do, danh nghĩa tổ chức và mục đích",
            [
                Paragraph(p.or_blank(event.reason)),
                Paragraph(f"Chủ đề: {ended(event.theme)}"),
                Paragraph(f"Lĩnh vực, nội dung liên quan: {topics_text(event.topics) or p.BLANK}."),
                *([Paragraph(f"Khuôn khổ: {event_mechanism(event)}.")] if event_mechanism(event) else []),
            ],
        ),
        (
            "Thời gian, địa điểm, hình thức tổ chức",
            [
                Bullet(f"Thời gian: {days(event)};"),
                Bullet(f"Địa điểm: {where(event)};"),
                Bullet(f"Hình thức: {FORMATS[event.format]};"),
                Bullet(f"Tham quan, khảo sát, hoạt động bên lề: {event.side_visits.strip() or 'không'}."),
            ],
        ),
        (
            "Đơn vị tổ chức, người chủ trì",
            [
                Bullet(f"Đơn vị tổ chức: {event.case.unit.name_vi};"),
                Bullet(f"Đơn vị phối hợp: {helping or 'không'};"),
                Bullet(f"Cơ quan, tổ chức cùng tổ chức: {together or 'không'};"),
                Bullet(f"Người chủ trì: {ended(event.chair_text)}"),
            ],
        ),
        ("Nội dung, chương trình", [Paragraph(p.or_blank(event.content))]),
        (
            "Thành phần tham dự",
            [
                Bullet(f"Số lượng: {counts(event)};"),
                Bullet(f"Cấp của khách nước ngoài: {rank_words(event)}."),
                Paragraph(p.or_blank(event.participants_text)),
            ],
        ),
        ("Báo cáo viên, diễn giả nước ngoài", [*told, *speakers] or [Paragraph(p.BLANK)]),
        ("Nguồn kinh phí", money(event)),
        ("Ý kiến của các cơ quan, địa phương liên quan", [Paragraph(event.opinions_text.strip() or "Chưa có.")]),
    ]


def rank_words(event: InternationalEvent) -> str:
    rank = question_of(event).guest_rank
    words = {
        "minister": "người đứng đầu hoặc cấp Bộ trưởng, tương đương trở lên",
        "ambassador": "đại sứ, trưởng cơ quan đại diện",
        "other": "dưới cấp đại sứ, trưởng cơ quan đại diện",
    }
    return words[rank]


def numbered(points: list[tuple[str, list[Block]]]) -> list[Block]:
    return [
        block
        for number, (title, blocks) in enumerate(points, start=1)
        for block in (Heading(f"{number}. {title}", 2), *blocks)
    ]


def annexes(event: InternationalEvent, attached_to: str) -> tuple[Annex, ...]:
    people = people_of(event)
    if not people:
        return ()
    rows = tuple(
        (
            str(number),
            row.full_name,
            p.or_blank(row.post),
            ", ".join(text for text in (row.body, row.country.name_vi if row.country else "") if text) or p.BLANK,
            PARTS[EventPart(row.part)],
        )
        for number, row in enumerate(people, start=1)
    )
    table = Table(
        headers=("STT", "Họ và tên", "Chức vụ", "Cơ quan, nước", "Vai trò"),
        rows=rows,
        widths=(1.5, 4, 4, 5, 3),
        aligns=("center", "left", "left", "left", "left"),
    )
    return (Annex(title="DANH SÁCH ĐẠI BIỂU DỰ KIẾN", attached_to=attached_to, blocks=(table,)),)


# --- the letters ------------------------------------------------------------------------------------------------------


def request(event: InternationalEvent) -> Paper:
    """Công văn xin phép: of the ministry to the Prime Minister where he permits, else of the unit to the Minister."""
    ministry = p.ministry()
    finding = authority_of(event)
    high = finding is not None and finding.by_prime_minister
    first = question_of(event).stage == Stage.PRINCIPLE
    issuer, superior = (ministry.name, "") if high else (event.case.unit.name_vi, ministry.name)
    sender = ministry.name if high else event.case.unit.name_vi
    what = "chủ trương đăng cai" if first else "cho phép"
    grounds = "; ".join(article_of(ground.citation) for ground in finding.grounds) if finding else p.BLANK
    drafter = ministry.icd.symbol if ministry.icd and ministry.icd.symbol else symbol_of(event)
    reader = "Thủ tướng Chính phủ" if high else ministry.authority
    return Paper(
        head=Head(
            issuer=issuer,
            superior=superior,
            symbol=f"{ministry.symbol}-{drafter}" if high else symbol_of(event),
            place=ministry.place,
        ),
        subject=f"xin {'chủ trương đăng cai' if first else 'phép tổ chức'} {named(event)}",
        to=(reader,),
        blocks=(
            Paragraph(f"Căn cứ {LAW} ({grounds}), {sender} kính trình {what} tổ chức {named(event)}, cụ thể như sau:"),
            Bullet(f"Thời gian: {days(event)};"),
            Bullet(f"Địa điểm, hình thức: {where(event)}; {FORMATS[event.format]};"),
            Bullet(f"Chủ đề: {inside(event.theme)};"),
            Bullet(f"Quy mô: {counts(event)}; cấp của khách nước ngoài: {rank_words(event)};"),
            *money(event),
            *([Paragraph(p.or_blank(event.hosting_reason), lead="Lý do đăng cai: ")] if first else []),
            *([Paragraph(event.warning_reason, lead="Giải trình: ")] if event.warning_reason.strip() else []),
            *([Paragraph(principle_words(event))] if event.principle_agreed_on else []),
            Paragraph(f"{sender} kính trình {reader} xem xét, quyết định (Đề án tổ chức theo Mẫu 01 gửi kèm)."),
        ),
        recipients=Recipients(
            items=("Như trên", "Bộ Ngoại giao", "Bộ Công an") if high else ("Như trên", ministry.icd_name),
            filed=f"VT, {drafter if high else symbol_of(event)}",
        ),
        signature=Signature(title=ministry.minister if high else head_of(event)),
    )


def article_of(citation: str) -> str:
    """The article alone: the decision is named before it, what is still to be checked stands on the page."""
    return citation.removesuffix(NEW_POWERS).removeprefix("Quyết định 06/2020/QĐ-TTg, ")


def principle_words(event: InternationalEvent) -> str:
    if reply := answers_of(event).get(Stage.PRINCIPLE):
        paper = p.named_paper(reply.reply_number, reply.reply_date)
        return f"Việc đăng cai đã được {reply.reply_issuer} đồng ý về chủ trương tại {paper}."
    day = document_date(event.principle_agreed_on) if event.principle_agreed_on else p.BLANK
    return f"Việc đăng cai đã được đồng ý về chủ trương {day}."


def permission(event: InternationalEvent) -> Paper:
    """The Minister's written permission, drafted by the ICD."""
    ministry = p.ministry()
    symbol = ministry.icd.symbol if ministry.icd and ministry.icd.symbol else "HTQT"
    return Paper(
        head=Head(issuer=ministry.name, symbol=f"{ministry.symbol}-{symbol}", place=ministry.place),
        subject=f"cho phép tổ chức {named(event)}",
        to=(event.case.unit.name_vi,),
        blocks=(
            Paragraph(
                f"Căn cứ {LAW}; xét đề nghị của {event.case.unit.name_vi} và ý kiến thẩm định của {ministry.icd_name}, "
                f"{ministry.authority} cho phép {event.case.unit.name_vi} tổ chức {named(event)} như sau:"
            ),
            Bullet(f"Thời gian: {days(event)};"),
            Bullet(f"Địa điểm, hình thức: {where(event)}; {FORMATS[event.format]};"),
            Bullet(f"Quy mô: {counts(event)};"),
            *money(event),
            Paragraph(
                f"{event.case.unit.name_vi} tổ chức theo đúng nội dung, đề án đã được phê duyệt; chấp hành quy định về tài "
                "chính và bảo vệ bí mật nhà nước; chịu trách nhiệm về nội dung tài liệu; báo cáo kết quả bằng văn bản trong "
                f"thời hạn {report_days(event)} ngày kể từ ngày kết thúc (Mẫu 02)."
            ),
        ),
        recipients=Recipients(items=("Như trên", f"{ministry.minister} (để báo cáo)"), filed=f"VT, {symbol}"),
        signature=Signature(title=ministry.minister),
    )


def report_days(event: InternationalEvent) -> str:
    rule = report_rule(event)
    return str(rule.value) if rule else p.BLANK


def invitation(event: InternationalEvent) -> Paper:
    """Giấy mời, with room for the name of the guest."""
    ministry = p.ministry()
    high = event.host_level == "ministry"
    issuer, superior = (ministry.name, "") if high else (event.case.unit.name_vi, ministry.name)
    symbol = f"GM-{ministry.symbol if high else symbol_of(event)}"
    return Paper(
        head=Head(issuer=issuer, superior=superior, symbol=symbol, place=ministry.place),
        title="Giấy mời",
        subject=f"Tham dự {named(event)}",
        to=(f"Ông/Bà {p.FILL}",),
        blocks=(
            Paragraph(f"{issuer} trân trọng kính mời Ông/Bà tham dự {named(event)}."),
            Bullet(f"Chủ đề: {inside(event.theme)};"),
            Bullet(f"Thời gian: {days(event)};"),
            Bullet(f"Địa điểm: {where(event)};"),
            Bullet(f"Hình thức: {FORMATS[event.format]};"),
            Bullet(f"Chủ trì: {ended(event.chair_text)}"),
            Paragraph(
                f"Đề nghị Ông/Bà xác nhận tham dự với {event.case.unit.name_vi} trước ngày {p.FILL}. Đầu mối liên hệ: {p.FILL}."
            ),
            Paragraph("Sự có mặt của Ông/Bà góp phần vào thành công của sự kiện."),
        ),
        recipients=Recipients(items=("Như trên",), filed=f"VT, {symbol_of(event)}"),
        signature=Signature(title=ministry.minister if high else head_of(event)),
    )


def draft(case: Case) -> Draft:
    """For the step in which the ICD makes the Minister's permission out."""
    with p.in_vietnamese():
        event = load(case.number)
        paper = permission(event)
        symbol = paper.head.symbol
        return Draft(
            docx=build_docx(paper),
            subject=f"Cho phép tổ chức {named(event)}"[:300],
            symbol="" if p.BLANK in symbol else symbol,
        )
