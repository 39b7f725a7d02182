"""The decision that amends, replaces, suspends or repeals an earlier one on a trip: it names the old one by number and date."""

from __future__ import annotations

from delegations.choices import ChangeKind, Mode, NewDecision
from delegations.exports import decision, members
from delegations.exports import particulars as p
from delegations.exports.issuer import issuer_of
from delegations.models import DelegationMember, OutboundDelegation, TripChange
from delegations.queries import IssuedDecision, decisions_in_force
from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import Annex, Article, Banner, Basis, Block, Head, Paper, Recipients, Signature
from intlcoop.vietnamese.dates import date_range, document_date, table_date
from intlcoop.vietnamese.joining import without_end
from intlcoop.workflow.models import Case
from intlcoop.workflow.registry import Draft

REFUND = (
    "Các đơn vị, cá nhân có liên quan quyết toán, hoàn trả phần kinh phí đã tạm ứng và nộp lại hộ chiếu ngoại giao, hộ chiếu "
    "công vụ theo quy định."
)


def draft(case: Case) -> Draft:
    """The draft for the step in which the personnel department makes the new decision out."""
    with p.in_vietnamese():
        order = Order(case)
        symbol = order.issuer.symbol
        content = build_docx(order.paper())
        return Draft(docx=content, subject=order.subject, symbol="" if p.BLANK in symbol else symbol)


class Order:
    """The new decision in words, from the request, the version asked for, and the trip as decided."""

    def __init__(self, case: Case) -> None:
        self.version = p.load(case.number)
        self.change = TripChange.objects.select_related("delegation__case").get(case=case)
        self.trip = p.load(self.change.delegation.case.number)
        self.ministry = p.ministry()
        self.issuer = issuer_of(self.version, self.ministry)
        self.standing = decisions_in_force(self.trip)

    # --- what is named --------------------------------------------------------------------------------------------

    @property
    def old(self) -> str:
        """ "Quyết định số 15/QĐ-BDP ngày 05 tháng 01 năm 2026 về việc cử đoàn ...", with what amended it since."""
        if not self.standing:
            return f"{self.unknown} về việc cử đoàn đi công tác tại {p.countries(self.trip)}"
        first, *amending = self.standing
        text = f"{numbered(first)} {lowered(first.paper.subject)}".strip()
        if amending:
            text += f" (đã được sửa đổi, bổ sung tại {', '.join(numbered(each) for each in amending)})"
        return text

    @property
    def old_number(self) -> str:
        return numbered(self.standing[0]) if self.standing else self.unknown

    @property
    def unknown(self) -> str:
        """The decision of a trip that was read from a register, for the office to fill in."""
        return p.to_fill("Quyết định", self.issuer.symbol)

    @property
    def reason(self) -> str:
        return without_end(self.change.reason.strip())

    @property
    def subject(self) -> str:
        where = p.countries(self.trip)
        subjects = {
            ChangeKind.AMEND: f"Về việc sửa đổi, bổ sung {self.old_number}",
            ChangeKind.EXTEND: f"Về việc gia hạn thời gian công tác của đoàn đi công tác tại {where}",
            ChangeKind.POSTPONE: f"Về việc hoãn chuyến công tác tại {where}",
            ChangeKind.CANCEL: f"Về việc bãi bỏ {self.old_number}",
            ChangeKind.ONLINE: f"Về việc chuyển chuyến công tác tại {where} sang hình thức trực tuyến",
        }
        return decision.subject(self.version) if self.replaces else subjects[ChangeKind(self.change.kind)]

    @property
    def replaces(self) -> bool:
        return self.change.kind == ChangeKind.AMEND and self.change.decision_form == NewDecision.REPLACING

    # --- the paper ------------------------------------------------------------------------------------------------

    def paper(self) -> Paper:
        issuer = self.issuer
        articles = self.articles()
        blocks: list[Block] = [Banner(issuer.authority.upper()), *(Basis(text) for text in self.bases())]
        _whoever_is_ordered, *others = issuer.recipients.items
        blocks += [Banner("QUYẾT ĐỊNH:"), *articles]
        return Paper(
            head=issuer.head,
            title="Quyết định",
            subject=self.subject,
            blocks=tuple(blocks),
            recipients=Recipients(items=(f"Như Điều {len(articles)}", *others), filed=issuer.recipients.filed),
            signature=Signature(title=issuer.signs),
            annexes=self.annexes(issuer.head),
        )

    def bases(self) -> list[str]:
        """As of the first decision; the decision that is changed stands before who proposes."""
        *found, proposers = decision.bases(self.version, self.issuer)
        return [*found, f"Căn cứ {self.old}", proposers]

    def annexes(self, head: Head) -> tuple[Annex, ...]:
        listed = self.replaces or (self.change.has_content and people_differ(self.trip, self.version))
        if not listed or len(self.version.members.all()) < 2:
            return ()
        return (members.annex(self.version, head.citation("Kèm theo Quyết định")),)

    def articles(self) -> list[Article]:
        if self.replaces:
            *same, _last = decision.articles(self.version, self.ministry, self.issuer)
            texts = [(article.text, article.clauses) for article in same]
            texts.append((f"Quyết định này có hiệu lực kể từ ngày ký và thay thế {self.old}.", ()))
        else:
            texts = [*self.ordered(), ("Quyết định này có hiệu lực kể từ ngày ký.", ())]
        who = decision.carried_out_by(self.version, self.issuer)
        texts.append((f"{who} chịu trách nhiệm thi hành Quyết định này.", ()))
        return [Article(number, text, tuple(clauses)) for number, (text, clauses) in enumerate(texts, start=1)]

    def ordered(self) -> list[tuple[str, tuple[str, ...]]]:
        """What is ordered, by what was asked for."""
        trip = self.trip
        where = f"tại {p.countries(trip)} {p.days(trip)}"
        why = f"Lý do: {self.reason}."
        if self.change.kind == ChangeKind.AMEND:
            clauses = tuple(f"{number}. {text}" for number, text in enumerate(differences(trip, self.version), start=1))
            same = (f"Các nội dung khác của {self.old_number} giữ nguyên.", ())
            return [(f"Sửa đổi, bổ sung một số nội dung của {self.old} như sau:", clauses or (p.BLANK,)), same]
        if self.change.kind == ChangeKind.EXTEND:
            until, was = (table_date(day) if day else p.BLANK for day in (self.version.returns_on, trip.returns_on))
            text = (
                f"Gia hạn thời gian công tác tại {p.countries(trip)} của Đoàn được cử theo {self.old} đến hết ngày {until} "
                f"(thời hạn đã quyết định: hết ngày {was}). {why}"
            )
            return [
                (text, ()),
                ("Kinh phí cho thời gian gia hạn:", tuple(f"- {line}" for line in p.money(self.version))),
            ]
        if self.change.kind == ChangeKind.POSTPONE:
            text = f"Hoãn chuyến công tác {where} được quyết định tại {self.old}. {why}"
            return [(text, ()), ("Thời gian thực hiện chuyến công tác được quyết định bằng văn bản khác.", ())]
        if self.change.kind == ChangeKind.CANCEL:
            return [(f"Bãi bỏ {self.old}. {why}", ()), (REFUND, ())]
        text = f"Chuyển chuyến công tác {where} sang hình thức trực tuyến, {self.online_days}. {why}"
        return [(text, ()), (f"Bãi bỏ {self.old}. {REFUND}", ())]

    @property
    def online_days(self) -> str:
        first, last = self.change.online_starts_on, self.change.online_ends_on or self.change.online_starts_on
        if first is None or last is None:
            return f"ngày {p.BLANK}"
        return f"ngày {table_date(first)}" if first == last else date_range(first, last)


def numbered(issued: IssuedDecision) -> str:
    paper = issued.paper
    day = document_date(paper.issued_on) if paper.issued_on else f"ngày {p.BLANK}"
    return f"Quyết định số {paper.full_number} {day}"


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def differences(old: OutboundDelegation, new: OutboundDelegation) -> list[str]:
    """What the new version says otherwise, clause by clause, in the order of a decision."""
    found = []
    where = f"tại {p.places(new)} {p.days(new)}"
    if where != f"tại {p.places(old)} {p.days(old)}":
        found.append(f"Thời gian, địa điểm: {where} (kể cả thời gian đi và về).")
    found += people_clauses(old, new)
    if p.purpose(new) != p.purpose(old):
        found.append(f"Mục đích, nội dung: {p.purpose(new)}.")
    if new.mode == Mode.ACCOMPANYING and new.principal != old.principal:
        found.append(f"Tháp tùng {p.or_blank(new.principal)}.")
    if p.host(new) != p.host(old):
        found.append(f"Cơ quan mời: {p.host(new)}.")
    if p.money(new) != p.money(old):
        found.append(f"Kinh phí: {' '.join(p.money(new))}")
    return found


def people_clauses(old: OutboundDelegation, new: OutboundDelegation) -> list[str]:
    before, after = by_person(old), by_person(new)
    come = [p.person(row) for key, row in after.items() if key not in before]
    gone = [p.person(row) for key, row in before.items() if key not in after]
    moved = [
        f"{p.person(row)}, {p.PARTS.get(row.part, 'Thành viên')}"
        for key, row in after.items()
        if key in before and before[key].part != row.part
    ]
    found = [f"Bổ sung vào thành phần đoàn: {'; '.join(come)}."] if come else []
    found += [f"Đưa ra khỏi thành phần đoàn: {'; '.join(gone)}."] if gone else []
    found += [f"Thay đổi nhiệm vụ trong đoàn: {'; '.join(moved)}."] if moved else []
    if found and len(after) > 1:
        found.append(f"Đoàn sau khi sửa đổi, bổ sung gồm {p.size(new)} người (danh sách kèm theo).")
    return found


def by_person(trip: OutboundDelegation) -> dict[object, DelegationMember]:
    return {row.person_id or row.full_name: row for row in trip.members.all()}


def people_differ(old: OutboundDelegation, new: OutboundDelegation) -> bool:
    return bool(people_clauses(old, new))
