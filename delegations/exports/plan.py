"""Kế hoạch đoàn ra, đoàn vào, hội nghị của năm (domain.md B.12): the plan, its submission, the decision that approves it.

Papers are in Vietnamese whatever the language of the page. What nobody has entered stays "…": nothing is invented.
"""

from __future__ import annotations

from collections.abc import Sequence

from delegations.choices import ChangeAction, PlanKind, PlanLevel
from delegations.exports import particulars as p
from delegations.exports.plan_table import KINDS, lines_of, tables_of, total_money
from delegations.models import AnnualPlan, PlanLine, PlanRevision, PlanYear, RevisionChange
from delegations.queries.plan_values import differences
from delegations.queries.plans import taken_in
from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import (
    Annex,
    Article,
    Banner,
    Basis,
    Block,
    Head,
    Heading,
    Paper,
    Paragraph,
    Recipients,
    Signature,
    Table,
)
from intlcoop.vietnamese.joining import join_and, without_end
from intlcoop.workflow.models import Case
from intlcoop.workflow.registry import Draft

ACTIONS = {ChangeAction.ADD: "Bổ sung", ChangeAction.CHANGE: "Điều chỉnh", ChangeAction.DROP: "Đưa ra khỏi kế hoạch"}


def orientation(plan: AnnualPlan) -> PlanYear | None:
    return PlanYear.objects.filter(year=plan.year).first()


def purposes(plan: AnnualPlan) -> list[Block]:
    opened = orientation(plan)
    text = opened.orientation_text if opened and opened.orientation_text else p.BLANK
    return [
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        Paragraph(text),
        Paragraph(
            "Việc tổ chức các đoàn và hoạt động thực hiện đúng kế hoạch, tiết kiệm, hiệu quả, tránh trùng lắp; hạn chế phát "
            "sinh các hoạt động nằm ngoài kế hoạch đã được phê duyệt."
        ),
    ]


def bases(plan: AnnualPlan, ministry: p.Ministry) -> list[str]:
    opened = orientation(plan)
    found = [
        f"Căn cứ Nghị định số {p.BLANK} của Chính phủ quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của "
        f"{ministry.name}",
        f"Căn cứ Quyết định số {p.BLANK} ban hành Quy chế quản lý hoạt động hợp tác quốc tế của {ministry.name}",
    ]
    if opened and opened.orientation_title:
        paper = p.named_paper(opened.orientation_number, opened.orientation_date)
        found.append(f"Căn cứ {paper} về {opened.orientation_title}")
    return found


# --- papers -------------------------------------------------------------------------------------------------------


def plan_paper(plan: AnnualPlan) -> Paper:
    ministry = p.ministry()
    head = Head(issuer=ministry.name, symbol=f"KH-{ministry.symbol}", place=ministry.place)
    lines = lines_of(plan)
    people = sum(line.persons or 0 for line in lines if line.kind == PlanKind.OUTBOUND)
    blocks: list[Block] = [
        *purposes(plan),
        Heading("II. NỘI DUNG KẾ HOẠCH"),
        Paragraph(content_words(lines, people, total_money(plan)) + " (danh mục kèm theo)."),
        Heading("III. TỔ CHỨC THỰC HIỆN"),
        Paragraph(
            "1. Đơn vị chủ trì chuẩn bị nội dung, lập hồ sơ từng đoàn, từng hoạt động đúng thời hạn quy định; báo cáo kết quả "
            "sau khi kết thúc."
        ),
        Paragraph(f"2. {ministry.icd_name} theo dõi, đôn đốc, tổng hợp báo cáo Lãnh đạo Bộ việc thực hiện kế hoạch."),
        Paragraph(
            "3. Trường hợp cần điều chỉnh, đơn vị đề nghị bằng văn bản, nêu rõ lý do, căn cứ và nội dung thay đổi."
        ),
    ]
    return Paper(
        head=head,
        title="Kế hoạch",
        subject=subject_of(plan),
        blocks=tuple(blocks),
        recipients=Recipients(items=("Lãnh đạo Bộ", "Các đơn vị thuộc, trực thuộc Bộ"), filed="VT, HTQT"),
        signature=Signature(title=ministry.minister),
        annexes=(annex(plan, head.citation("Kèm theo Kế hoạch")),),
    )


def content_words(lines: Sequence[PlanLine], people: int, paid: str) -> str:
    counted = [
        f"{sum(line.kind == kind for line in lines):02d} {KINDS[kind].lower()}"
        for kind in PlanKind
        if any(line.kind == kind for line in lines)
    ]
    said = f"Kế hoạch gồm {join_and(counted)}" if counted else "Kế hoạch chưa có hoạt động nào"
    if people:
        said += f"; dự kiến {people:02d} lượt người đi công tác nước ngoài"
    return said + (f"; tổng kinh phí dự kiến {paid}" if paid else "")


def subject_of(plan: AnnualPlan) -> str:
    return f"Đoàn ra, đoàn vào và hội nghị, hội thảo quốc tế năm {plan.year}"


def annex(plan: AnnualPlan, citation: str) -> Annex:
    return Annex(
        title=f"Danh mục đoàn ra, đoàn vào và hội nghị, hội thảo quốc tế năm {plan.year}",
        attached_to=citation,
        blocks=tuple(tables_of(plan)),
        landscape=True,
    )


def decision_paper(plan: AnnualPlan) -> Paper:
    """Quyết định phê duyệt kế hoạch, with the plan's table as its annex."""
    ministry = p.ministry()
    head = Head(issuer=ministry.name, symbol=f"QĐ-{ministry.symbol}", place=ministry.place)
    lines = lines_of(plan)
    people = sum(line.persons or 0 for line in lines if line.kind == PlanKind.OUTBOUND)
    said = content_words(lines, people, total_money(plan))
    return Paper(
        head=head,
        title="Quyết định",
        subject=f"Về việc phê duyệt Kế hoạch hợp tác quốc tế năm {plan.year}",
        blocks=(
            Banner(ministry.authority.upper()),
            *(Basis(text) for text in [*bases(plan, ministry), proposed_by(ministry)]),
            Banner("QUYẾT ĐỊNH:"),
            Article(1, f"Phê duyệt Kế hoạch hợp tác quốc tế năm {plan.year} (danh mục kèm theo). {said}."),
            Article(
                2,
                f"{ministry.icd_name} chủ trì, phối hợp với các đơn vị có liên quan theo dõi, đôn đốc và tổng hợp, báo cáo kết "
                "quả thực hiện; hạn chế phát sinh các hoạt động nằm ngoài kế hoạch đã được phê duyệt.",
            ),
            Article(3, carried_out_by(ministry)),
        ),
        recipients=Recipients(items=("Như Điều 3", f"{ministry.minister} (để báo cáo)"), filed="VT, HTQT"),
        signature=Signature(title=ministry.minister),
        annexes=(annex(plan, head.citation("Kèm theo Quyết định")),),
    )


def proposed_by(ministry: p.Ministry) -> str:
    return f"Theo đề nghị của {ministry.head_of(ministry.icd, 'Vụ trưởng Vụ Hợp tác quốc tế')}"


def carried_out_by(ministry: p.Ministry) -> str:
    heads = (
        ministry.head_of(ministry.office, "Chánh Văn phòng Bộ"),
        ministry.head_of(ministry.icd, "Vụ trưởng Vụ Hợp tác quốc tế"),
        ministry.head_of(ministry.finance, "Vụ trưởng Vụ Kế hoạch - Tài chính"),
    )
    return f"{', '.join(heads)} và thủ trưởng các đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này."


def submission(plan: AnnualPlan) -> Paper:
    """Tờ trình: to the Prime Minister for the ministry plan, to the Minister for the other."""
    ministry = p.ministry()
    to_pm = plan.level == PlanLevel.PM
    lines = lines_of(plan)
    people = sum(line.persons or 0 for line in lines if line.kind == PlanKind.OUTBOUND)
    issuer = ministry.name if to_pm else ministry.icd_name
    head = Head(
        issuer=issuer,
        superior="" if to_pm else ministry.name,
        symbol=f"TTr-{ministry.symbol}" if to_pm else f"TTr-{ministry.icd.symbol if ministry.icd else 'HTQT'}",
        place=ministry.place,
    )
    asked = "Thủ tướng Chính phủ" if to_pm else ministry.minister
    blocks: list[Block] = [
        *(Basis(text) for text in bases(plan, ministry)),
        Heading("1. Sự cần thiết, mục đích", level=2),
        *purposes(plan)[1:],
        Heading("2. Quá trình xây dựng", level=2),
        Paragraph(
            f"{ministry.icd_name} đã tổng hợp đề xuất của các đơn vị thuộc, trực thuộc Bộ, rà soát trùng lắp và lấy ý kiến các "
            "đơn vị có liên quan."
        ),
        Heading("3. Nội dung kế hoạch", level=2),
        Paragraph(content_words(lines, people, total_money(plan)) + " (danh mục kèm theo)."),
        Heading("4. Kiến nghị", level=2),
        Paragraph(f"Kính trình {asked} xem xét, phê duyệt Kế hoạch hợp tác quốc tế năm {plan.year}."),
    ]
    signature = (
        Signature(title=ministry.minister)
        if to_pm
        else Signature(title=ministry.head_of(ministry.icd, "Vụ trưởng Vụ Hợp tác quốc tế"))
    )
    return Paper(
        head=head,
        title="Tờ trình",
        subject=f"Về việc phê duyệt Kế hoạch hợp tác quốc tế năm {plan.year}",
        to=(asked,),
        blocks=tuple(blocks),
        recipients=Recipients(items=("Như trên",), filed="VT, HTQT"),
        signature=signature,
        annexes=(annex(plan, head.citation("Kèm theo Tờ trình")),),
    )


def revision_paper(revision: PlanRevision) -> Paper:
    """Quyết định điều chỉnh: every change with what it was and what it becomes."""
    ministry = p.ministry()
    plan = revision.plan
    head = Head(issuer=ministry.name, symbol=f"QĐ-{ministry.symbol}", place=ministry.place)
    approved = p.named_paper(plan.approval_number, plan.approved_on)
    rows = list(taken_in(revision).select_related("line", "unit").order_by("pk"))
    return Paper(
        head=head,
        title="Quyết định",
        subject=f"Về việc điều chỉnh, bổ sung Kế hoạch hợp tác quốc tế năm {plan.year}",
        blocks=(
            Banner(ministry.authority.upper()),
            *(Basis(text) for text in [*bases(plan, ministry), f"Căn cứ {approved} phê duyệt {plan.title}"]),
            Basis(proposed_by(ministry)),
            Banner("QUYẾT ĐỊNH:"),
            Article(
                1,
                f"Điều chỉnh, bổ sung {plan.title} đã được phê duyệt tại {approved} (danh mục {len(rows):02d} nội dung điều "
                "chỉnh kèm theo).",
            ),
            Article(2, f"Các nội dung khác của kế hoạch đã được phê duyệt tại {approved} giữ nguyên."),
            Article(3, carried_out_by(ministry)),
        ),
        recipients=Recipients(items=("Như Điều 3", f"{ministry.minister} (để báo cáo)"), filed="VT, HTQT"),
        signature=Signature(title=ministry.minister),
        annexes=(
            Annex(
                title="Danh mục nội dung điều chỉnh, bổ sung",
                attached_to=head.citation("Kèm theo Quyết định"),
                blocks=(changes_table(rows),),
                landscape=True,
            ),
        ),
    )


def changes_table(rows: Sequence[RevisionChange]) -> Table:
    return Table(
        headers=(
            "TT",
            "Nội dung điều chỉnh",
            "Mục trong kế hoạch",
            "Đơn vị",
            "Đã phê duyệt",
            "Điều chỉnh thành",
            "Lý do",
        ),
        rows=tuple(
            (
                str(number),
                ACTIONS[ChangeAction(row.action)],
                f"{row.line.position}. {row.line.title}" if row.line else row.after.get("title", ""),
                row.unit.name_vi,
                said(row, before=True),
                said(row, before=False),
                row.reason,
            )
            for number, row in enumerate(rows, start=1)
        ),
        widths=(1, 2.4, 4, 3, 4.5, 4.5, 4),
        aligns=("center", "left", "left", "left", "left", "left", "left"),
    )


def said(row: RevisionChange, *, before: bool) -> str:
    """Only what differs; of a new line and of one taken out the whole line."""
    found = differences(row.before, row.after)
    parts = [
        f"{each.label}: {each.before if before else each.after}"
        for each in found
        if (each.before if before else each.after)
    ]
    return without_end("; ".join(parts))


# --- bytes --------------------------------------------------------------------------------------------------------


def plan_docx(plan: AnnualPlan) -> bytes:
    with p.in_vietnamese():
        return build_docx(plan_paper(plan))


def submission_docx(plan: AnnualPlan) -> bytes:
    with p.in_vietnamese():
        return build_docx(submission(plan))


def draft(case: Case) -> Draft:
    """The draft for the step in which the ICD makes the approval out."""
    with p.in_vietnamese():
        paper = decision_paper(case.plan)
        return Draft(docx=build_docx(paper), subject=paper.subject, symbol=symbol())


def draft_revision(case: Case) -> Draft:
    with p.in_vietnamese():
        paper = revision_paper(case.plan_revision)
        return Draft(docx=build_docx(paper), subject=paper.subject, symbol=symbol())


def symbol() -> str:
    found = f"QĐ-{p.ministry().symbol}"
    return "" if p.BLANK in found else found
