"""Tóm tắt theo nước: everything with one country on paper. Always in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation

from agreements.exports.brief import agreements, brief_sheet, happened, promises, short_line
from agreements.queries.country_brief import CountryBrief, country_brief_of
from intlcoop.catalogues.models import Country
from intlcoop.exporting.papers import Block, Heading, Paper, Paragraph, Table
from intlcoop.people.models import User


def country_paper(country: Country, reader: User) -> Paper:
    """The brief as this reader may know it now."""
    with translation.override("vi"):
        brief = country_brief_of(country, reader)
        return brief_sheet("Tóm tắt quan hệ hợp tác", country.name_vi, tuple(blocks_of(brief)))


def blocks_of(brief: CountryBrief) -> Iterable[Block]:
    yield Table(rows=tuple(brief.facts), widths=(3, 10))
    if brief.coming:
        yield Heading("Chuyến đi đang chuẩn bị", 2)
        yield Table(rows=tuple((short_line(line),) for line in brief.coming), widths=(13,))
    yield from promises(brief, with_partner=True)
    yield from happened(brief)
    yield from agreements(brief)
    yield from partners(brief)


def partners(brief: CountryBrief) -> list[Block]:
    if not brief.partners:
        return [Heading("Đối tác", 2), Paragraph("Chưa có đối tác nào của nước này trong danh bạ.")]
    rows = tuple(
        (short_line(each.name), each.tier or each.kind, str(each.agreements), str(each.open_promises))
        for each in brief.partners
    )
    headers = ("Đối tác", "Loại, mức độ", "Thỏa thuận có hiệu lực", "Cam kết chưa hoàn thành")
    more = [Paragraph(f"Còn {brief.more_partners} đối tác khác, xem trên hệ thống.")] if brief.more_partners else []
    return [Heading("Đối tác", 2), Table(headers=headers, rows=rows, widths=(7, 3.5, 2.3, 2.3)), *more]
