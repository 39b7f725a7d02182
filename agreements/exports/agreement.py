"""The papers by which an agreement is prepared: the submission, the letters that ask for an opinion, the report afterwards."""

from __future__ import annotations

from django.utils import timezone

from agreements.choices import InNameOf, Procedure, Regime, TermKind, TextLanguage
from agreements.guards.agreement import items_of
from agreements.guards.dossier import rule_day
from agreements.models import InternationalAgreement
from agreements.queries.agreements import parties_text, signed_text
from intlcoop.exporting.papers import Basis, Block, Bullet, Head, Heading, Paper, Paragraph, Recipients, Signature
from intlcoop.people import letterhead as p
from intlcoop.people import offices
from intlcoop.people.choices import UnitFunction
from intlcoop.people.models import OrgUnit
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import parameters
from intlcoop.vietnamese.dates import document_date, table_date
from intlcoop.vietnamese.joining import without_end
from intlcoop.workflow.choices import StepKind

#: In whose name the people of an office inside the house give their opinion.
UNITS: dict[str, str] = {
    offices.FINANCE: UnitFunction.FINANCE,
    offices.LEGAL: UnitFunction.LEGAL,
    offices.ORG_PERSONNEL: UnitFunction.PERSONNEL,
    offices.ICD_OFFICER: UnitFunction.ICD,
}
LAW = "Luật Thỏa thuận quốc tế số 70/2020/QH14"


def load(number: str) -> InternationalAgreement:
    """The agreement with everything that a paper prints."""
    return (
        InternationalAgreement.objects.select_related("case__unit", "case__created_by", "programme")
        .prefetch_related("parties__partner", "fields")
        .get(case__number=number)
    )


def submission(agreement: InternationalAgreement) -> Paper:
    """Tờ trình: from the ICD to the Minister, with the opinions received."""
    ministry = p.ministry()
    symbol = ministry.icd.symbol if ministry.icd else "HTQT"
    return Paper(
        head=Head(issuer=ministry.icd_name, superior=ministry.name, symbol=f"TTr-{symbol}", place=ministry.place),
        title="Tờ trình",
        subject=f"Về việc ký {called(agreement)}",
        to=(ministry.authority,),
        blocks=(
            *bases(agreement),
            *numbered(points(agreement)),
            Paragraph(
                f"{ministry.icd_name} kính trình {ministry.minister} xem xét, quyết định việc ký văn bản nêu trên."
            ),
        ),
        recipients=Recipients(items=("Như trên", agreement.case.unit.name_vi), filed=f"VT, {symbol}"),
        signature=Signature(title=ministry.head_of(ministry.icd, "Vụ trưởng Vụ Hợp tác quốc tế")),
    )


def to_prime_minister(agreement: InternationalAgreement) -> Paper:
    """Tờ trình of the ministry to the Prime Minister, after a disagreeing opinion (article 28)."""
    ministry = p.ministry()
    return Paper(
        head=Head(issuer=ministry.name, symbol=f"TTr-{ministry.symbol}", place=ministry.place),
        title="Tờ trình",
        subject=f"Về việc ký {called(agreement)}",
        to=("Thủ tướng Chính phủ",),
        blocks=(
            *bases(agreement),
            *numbered(points(agreement)),
            Paragraph(
                f"{ministry.name} kính trình Thủ tướng Chính phủ xem xét, cho ý kiến về việc ký văn bản nêu trên."
            ),
        ),
        recipients=Recipients(
            items=("Như trên", "Văn phòng Chính phủ", "Bộ Ngoại giao"),
            filed=f"VT, {ministry.icd.symbol if ministry.icd else 'HTQT'}",
        ),
        signature=Signature(title=ministry.minister),
    )


def opinion_letter(agreement: InternationalAgreement) -> Paper:
    """Công văn xin ý kiến, to the bodies outside that the route names; a letter has no title of its own."""
    ministry = p.ministry()
    symbol = ministry.icd.symbol if ministry.icd else "HTQT"
    days = opinion_days(agreement)
    enclosed: list[Block] = [
        Bullet(without_end(state.item.name_vi))
        for state in items_of(agreement, rule_day(agreement.case))
        if state.is_there
    ]
    return Paper(
        head=Head(issuer=ministry.name, symbol=f"{ministry.symbol}-{symbol}", place=ministry.place),
        subject=f"xin ý kiến về dự thảo {called(agreement)}",
        to=tuple(bodies_of(agreement)) or (p.BLANK,),
        blocks=(
            Paragraph(
                f"Thực hiện quy định của {LAW}, {ministry.name} dự kiến ký {called(agreement)} "
                f"với {parties_text(agreement) or p.BLANK}."
            ),
            Paragraph(p.or_blank(agreement.purpose), lead="Yêu cầu, mục đích: "),
            Paragraph(p.or_blank(agreement.content), lead="Nội dung chính: "),
            Paragraph(
                f"{ministry.name} trân trọng đề nghị Quý Cơ quan cho ý kiến bằng văn bản về dự thảo gửi kèm trong thời hạn "
                f"{days} ngày làm việc kể từ ngày nhận được hồ sơ."
            ),
            *([Paragraph("Hồ sơ gửi kèm gồm:"), *enclosed] if enclosed else []),
            Paragraph("Trân trọng cảm ơn sự hợp tác của Quý Cơ quan."),
        ),
        recipients=Recipients(items=("Như trên", agreement.case.unit.name_vi), filed=f"VT, {symbol}"),
        signature=Signature(title=ministry.minister),
    )


def signing_report(agreement: InternationalAgreement) -> Paper:
    """Báo cáo sau khi ký: to the Prime Minister, of a cục to the Minister (articles 16, 17 and 20)."""
    ministry = p.ministry()
    symbol = ministry.icd.symbol if ministry.icd else "HTQT"
    of_cuc = agreement.in_name_of == InNameOf.CUC
    issuer, superior = (agreement.case.unit.name_vi, ministry.name) if of_cuc else (ministry.name, "")
    number = f"BC-{agreement.case.unit.symbol or p.BLANK}" if of_cuc else f"BC-{ministry.symbol}"
    signer = ministry.head_of(agreement.case.unit, "Cục trưởng") if of_cuc else ministry.minister
    return Paper(
        head=Head(issuer=issuer, superior=superior, symbol=number, place=ministry.place),
        title="Báo cáo",
        subject=f"Về việc ký {called(agreement)}",
        to=(ministry.authority if of_cuc else "Thủ tướng Chính phủ",),
        blocks=(
            Paragraph(f"Thực hiện quy định của {LAW}, {issuer} báo cáo việc ký thỏa thuận quốc tế như sau:"),
            *numbered(report_points(agreement)),
        ),
        recipients=Recipients(
            items=("Như trên", ministry.icd_name) if of_cuc else ("Như trên", "Bộ Ngoại giao (kèm bản sao thỏa thuận)"),
            filed=f"VT, {symbol}",
        ),
        signature=Signature(title=signer),
    )


# --- what the papers say --------------------------------------------------------------------------------------------


def uncapitalised(text: str) -> str:
    """ "tiếng Việt": only the first letter, a name inside keeps its own."""
    return f"{text[:1].lower()}{text[1:]}"


def called(agreement: InternationalAgreement) -> str:
    """ "bản ghi nhớ “Hợp tác về lưu trữ”"; a title that begins with its kind says it once."""
    kind, title = str(agreement.get_kind_display()), agreement.case.title
    return f"“{title}”" if title.lower().startswith(kind.lower()) else f"{uncapitalised(kind)} “{title}”"


def bases(agreement: InternationalAgreement) -> list[Block]:
    if agreement.regime != Regime.INTERNATIONAL_AGREEMENT:
        return [Basis(f"Căn cứ quy định về hoạt động hợp tác quốc tế của Bộ (số {p.FILL})")]
    return [
        Basis(f"Căn cứ {LAW}"),
        Basis("Căn cứ Nghị định số 64/2021/NĐ-CP của Chính phủ, được sửa đổi tại Nghị định số 177/2025/NĐ-CP"),
    ]


def points(agreement: InternationalAgreement) -> list[tuple[str, list[Block]]]:
    found: list[tuple[str, list[Block]]] = [
        ("Yêu cầu, mục đích", [Paragraph(p.or_blank(agreement.purpose))]),
        ("Đối tác ký kết, danh nghĩa ký", [Paragraph(who(agreement))]),
        ("Nội dung chính", [Paragraph(p.or_blank(agreement.content))]),
        ("Đánh giá tác động, tính hợp pháp, khả thi", [Paragraph(p.or_blank(agreement.assessment))]),
        ("Ngôn ngữ, thời hạn, dự kiến ký", [Bullet(line) for line in particulars(agreement)]),
    ]
    if opinions := opinions_received(agreement):
        found.append(("Ý kiến của các cơ quan, đơn vị", [Bullet(line) for line in opinions]))
    if agreement.opinions_taken_in.strip():
        found.append(("Tiếp thu, giải trình ý kiến", [Paragraph(agreement.opinions_taken_in)]))
    return found


def report_points(agreement: InternationalAgreement) -> list[tuple[str, list[Block]]]:
    signatories = [
        f"{party.signatory}, {party.signatory_title}".strip(", ")
        for party in agreement.parties.all()
        if party.signatory
    ]
    signed = [
        f"Ngày ký: {signed_text(agreement) or p.BLANK}; nơi ký: {p.or_blank(agreement.signed_place)}.",
        f"Người ký phía Việt Nam: {p.or_blank(agreement.signer_name)}, {p.or_blank(agreement.signer_title)}.",
        f"Người ký phía đối tác: {'; '.join(signatories) or p.BLANK}.",
    ]
    return [
        ("Tên gọi, đối tác", [Paragraph(f"{agreement.case.title}. {who(agreement)}")]),
        ("Việc ký", [Bullet(line) for line in signed]),
        ("Nội dung chính", [Paragraph(p.or_blank(agreement.content))]),
        ("Hiệu lực, thời hạn", [Bullet(line) for line in particulars(agreement)]),
        ("Tổ chức thực hiện", [Paragraph(p.FILL)]),
    ]


def who(agreement: InternationalAgreement) -> str:
    names = {
        InNameOf.MINISTRY: "Bộ",
        InNameOf.CUC: agreement.case.unit.name_vi,
        InNameOf.UNIT: agreement.case.unit.name_vi,
    }
    name = names.get(InNameOf(agreement.in_name_of), str(agreement.get_in_name_of_display()))
    return f"Đối tác: {parties_text(agreement) or p.BLANK}. Danh nghĩa ký: {name}. Đơn vị đề xuất: {agreement.case.unit.name_vi}."


def particulars(agreement: InternationalAgreement) -> list[str]:
    known = dict(TextLanguage.choices)
    languages = ", ".join(uncapitalised(str(known.get(each, each))) for each in agreement.languages) or p.BLANK
    lines = [f"Ngôn ngữ: {languages}.", f"Thời hạn: {term(agreement)}."]
    if agreement.effective_on:
        lines.append(f"Có hiệu lực từ {document_date(agreement.effective_on)}.")
    elif agreement.intended_on:
        place = f", tại {agreement.intended_place}" if agreement.intended_place else ""
        lines.append(f"Dự kiến ký: {document_date(agreement.intended_on)}{place}.")
    if agreement.procedure == Procedure.SHORT:
        lines.append(f"Áp dụng trình tự, thủ tục rút gọn: {without_end(p.or_blank(agreement.procedure_reason))}.")
    return lines


def term(agreement: InternationalAgreement) -> str:
    if agreement.term_kind != TermKind.OPEN_ENDED and agreement.expires_on is None:
        return p.BLANK
    ends = document_date(agreement.expires_on) if agreement.expires_on else p.BLANK
    match agreement.term_kind:
        case TermKind.AUTO_RENEWED:
            return f"đến {ends}, tự động gia hạn mỗi lần {agreement.renewal_months or p.BLANK} tháng"
        case TermKind.OPEN_ENDED:
            return "không thời hạn"
    return f"đến {ends}"


def opinions_received(agreement: InternationalAgreement) -> list[str]:
    """ "Bộ Ngoại giao (Công văn số 202/BNG-LPQT ngày 20/11/2026): Nhất trí"."""
    found = []
    functions = dict(OrgUnit.objects.on(timezone.localdate()).exclude(function="").values_list("function", "name_vi"))
    steps = agreement.case.steps.current().filter(kind=StepKind.OPINION, decision__isnull=False)
    for step in steps.select_related("decision__permission").order_by("order", "position"):
        decision = step.decision
        permission = getattr(decision, "permission", None)
        letter = f" (số {permission.reply_number} ngày {table_date(permission.reply_date)})" if permission else ""
        said = (
            f"{decision.get_outcome_display()}. {decision.comment}"
            if decision.comment
            else str(decision.get_outcome_display())
        )
        unit = functions.get(UNITS.get(step.office, ""))
        found.append(f"{step.body or unit or decision.decided_by_name}{letter}: {without_end(said)}.")
    return found


def bodies_of(agreement: InternationalAgreement) -> list[str]:
    steps = agreement.case.steps.current().filter(kind=StepKind.OPINION).exclude(body="")
    return list(steps.order_by("order", "position").values_list("body", flat=True)) or ["Bộ Ngoại giao"]


def opinion_days(agreement: InternationalAgreement) -> str:
    key = (
        ParameterKey.AGREEMENT_OPINION_SHORT
        if agreement.procedure == Procedure.SHORT
        else ParameterKey.AGREEMENT_OPINION
    )
    found = parameters([key], timezone.localdate()).get(key)
    return f"{found.value:02d}" if found else p.BLANK


def numbered(parts: list[tuple[str, list[Block]]]) -> list[Block]:
    blocks: list[Block] = []
    for number, (title, inner) in enumerate(parts, start=1):
        blocks += [Heading(f"{number}. {title}", 2), *inner]
    return blocks
