"""Dự toán kinh phí đoàn ra: the paper that goes with the request, and the same lines as a workbook."""

from __future__ import annotations

from decimal import Decimal

from delegations.choices import ExpenseItem, FundingSource
from delegations.exports import particulars as p
from delegations.models import EstimateItem, OutboundDelegation
from delegations.queries.estimates import Sheet
from intlcoop.exporting.papers import Block, Bullet, Head, Paper, Paragraph, Recipients, Signature, Table
from intlcoop.exporting.tables import Column, to_xlsx
from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.numbers import format_money, format_number

ITEMS = {
    ExpenseItem.TICKET: "Vé máy bay, vé tàu, xe",
    ExpenseItem.LODGING: "Tiền thuê phòng nghỉ",
    ExpenseItem.MEALS: "Tiền ăn và tiêu vặt",
    ExpenseItem.TRANSFER: "Tiền thuê phương tiện từ sân bay, ga, cửa khẩu",
    ExpenseItem.VISA: "Lệ phí thị thực, hộ chiếu",
    ExpenseItem.INSURANCE: "Bảo hiểm y tế",
    ExpenseItem.CONFERENCE_FEE: "Phí tham dự hội nghị",
    ExpenseItem.WAITING: "Tiền chờ đợi tại sân bay",
    ExpenseItem.FREIGHT: "Cước hành lý, tài liệu",
    ExpenseItem.VEHICLE: "Tiền thuê phương tiện đi làm việc hằng ngày",
    ExpenseItem.TELECOM: "Điện thoại, fax, internet",
    ExpenseItem.RECEPTION: "Chi chiêu đãi",
    ExpenseItem.GIFT: "Tặng phẩm",
    ExpenseItem.OTHER: "Chi khác",
}
DONG = "đồng"


def estimate(trip: OutboundDelegation) -> Paper:
    """The paper of the unit that files; sums in đồng, each line with its own currency and rate."""
    ministry = p.ministry()
    unit = trip.case.unit
    sheet = Sheet(trip)
    return Paper(
        head=Head(issuer=unit.name_vi, superior=ministry.name, place=ministry.place),
        title="Dự toán kinh phí",
        subject=f"đoàn đi công tác tại {p.countries(trip)} {p.days(trip)}",
        blocks=tuple(blocks(trip, sheet)),
        recipients=Recipients(
            items=(ministry.icd_name, ministry.finance.name_vi if ministry.finance else "Vụ Kế hoạch - Tài chính"),
            filed=f"VT, {unit.symbol or unit.code}",
        ),
        signature=Signature(title=ministry.heads.get(trip.case.unit_id, "Thủ trưởng đơn vị")),
        end_mark=False,
    )


def blocks(trip: OutboundDelegation, sheet: Sheet) -> list[Block]:
    found: list[Block] = [
        Paragraph(f"Nội dung: {p.or_blank(trip.case.title)}."),
        Paragraph(f"Thành phần: {p.size(trip)} người. Địa điểm: {p.places(trip)}."),
    ]
    if not sheet:
        return [*found, *(Bullet(line) for line in p.money(trip))]
    found += [Paragraph(basis(sheet)), table(sheet)]
    found.append(Paragraph("Nguồn kinh phí:", bold=True))
    found += [
        Bullet(f"{source[:1].upper()}{source[1:]}: {dong(sheet.totals.by_source[key])}.")
        for key in sheet.totals.by_source
        for source in (p.SOURCES[FundingSource(key)],)
    ]
    if rates := rate_lines(sheet):
        found += [Paragraph("Tỷ giá quy đổi:", bold=True), *(Bullet(line) for line in rates)]
    if reasons := over_lines(sheet):
        found += [Paragraph("Các khoản cao hơn định mức:", bold=True), *(Bullet(line) for line in reasons)]
    if sheet.head and sheet.head.note:
        found.append(Paragraph(sheet.head.note, lead="Thuyết minh:"))
    found.append(
        Paragraph(
            "Từng dòng được làm tròn đến đơn vị nhỏ nhất của đồng tiền, sau đó làm tròn đến đồng khi quy đổi; tổng số là "
            "tổng của các dòng đã làm tròn.",
            italic=True,
        )
    )
    return found


def basis(sheet: Sheet) -> str:
    instrument = sheet.norms.table.instrument if sheet.norms.table else None
    if instrument is None:
        return f"Căn cứ định mức: {p.BLANK}."
    day = sheet.trip.departs_on
    return f"Căn cứ định mức: Thông tư số {instrument.symbol}, áp dụng theo ngày khởi hành {day:%d/%m/%Y}."


def table(sheet: Sheet) -> Table:
    rows = [
        (
            str(number),
            name(item),
            count(line.times) if not line.of_group else "",
            format_number(item.quantity),
            money(item.unit_amount, item),
            money(line.amount, item),
            p.BLANK if line.vnd is None else format_number(line.vnd),
            p.SOURCES[FundingSource(item.source)],
        )
        for number, (item, line) in enumerate(zip(sheet.items, sheet.lines, strict=True), start=1)
    ]
    whole = p.BLANK if sheet.totals.all is None else format_number(sheet.totals.all)
    return Table(
        headers=("STT", "Nội dung", "Số người", "Số ngày (lần)", "Mức chi", "Thành tiền", "Quy đổi (đồng)", "Nguồn"),
        rows=tuple(rows),
        total=("", "TỔNG CỘNG", "", "", "", "", whole, ""),
        widths=(1.2, 4.2, 1.4, 1.6, 2.6, 2.8, 2.8, 2.2),
        aligns=("center", "left", "center", "center", "right", "right", "right", "left"),
    )


def name(item: EstimateItem) -> str:
    words = ITEMS[ExpenseItem(item.item)]
    if item.country:
        words += f" tại {item.country.name_vi}"
    if item.norm is not None:
        words += f" (mức {item.person_class}{', minh họa' if item.norm.is_sample else ''})"
    return f"{words}: {item.note}" if item.note else words


def money(amount: Decimal | None, item: EstimateItem) -> str:
    return p.BLANK if amount is None else format_money(amount, item.currency.code, decimals=item.currency.decimals)


def dong(amount: Decimal | None) -> str:
    return p.BLANK if amount is None else f"{format_number(amount)} {DONG}"


def rate_lines(sheet: Sheet) -> list[str]:
    found: dict[str, str] = {}
    for line in sheet.lines:
        if line.currency == "VND" or line.currency in found:
            continue
        source = sheet.rates.source(line.currency, sheet.rates_on)
        rate = p.BLANK if line.rate is None else format_number(line.rate.normalize())
        said = f" ({source})" if source else ""
        found[line.currency] = f"1 {line.currency} = {rate} {DONG}, ngày {sheet.rates_on:%d/%m/%Y}{said}."
    return list(found.values())


def over_lines(sheet: Sheet) -> list[str]:
    return [f"{name(item)}: {p.or_blank(item.over_reason)}." for item in sheet.items if sheet.is_over(item)]


def workbook(trip: OutboundDelegation) -> bytes:
    """The same lines as numbers, for those who go on calculating."""
    with p.in_vietnamese():
        sheet = Sheet(trip)
        names = {member.pk: member.full_name for member in sheet.members}
        rows = list(enumerate(zip(sheet.items, sheet.lines, strict=True), start=1))
        columns = [
            Column("STT", lambda row: row[0], "int", 6),
            Column("Khoản chi", lambda row: ITEMS[ExpenseItem(row[1][0].item)], width=34),
            Column("Nước", lambda row: row[1][0].country.name_vi if row[1][0].country else "", width=18),
            Column("Mức", lambda row: row[1][0].person_class, width=6),
            Column("Áp dụng cho", lambda row: ", ".join(names.get(pk, "") for pk in row[1][1].people), width=40),
            Column("Số người", lambda row: row[1][1].times, "int", 10),
            Column("Số ngày (lần)", lambda row: row[1][0].quantity, "decimal", 12),
            Column("Mức chi", lambda row: row[1][0].unit_amount, "money"),
            Column("Loại tiền", lambda row: row[1][0].currency.code, width=10),
            Column("Thành tiền", lambda row: row[1][1].amount, "money"),
            Column("Tỷ giá", lambda row: row[1][1].rate, "money"),
            Column("Quy đổi (đồng)", lambda row: row[1][1].vnd, "money", 20),
            Column("Nguồn", lambda row: p.SOURCES[FundingSource(row[1][0].source)], width=22),
            Column("Lý do cao hơn định mức", lambda row: row[1][0].over_reason, width=40),
            Column("Ghi chú", lambda row: row[1][0].note, width=30),
        ]
        total: list[object] = ["", "TỔNG CỘNG", *[""] * 9, sheet.totals.all, "", "", ""]
        return to_xlsx("Dự toán kinh phí", columns, rows, total)
