"""Which reports, and which other work, did a person mean? For the search box of every page, and for the list of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.search import Hit
from reports.models import WorkItem, YearEndReport

if TYPE_CHECKING:
    from intlcoop.people.models import User


def matching(reports: QuerySet[Any], text: str) -> QuerySet[Any]:
    """By number or its beginning, else by all words of the title, the year or who ordered it."""
    number = normalise_number(text)
    if number:
        return reports.filter(case__number__startswith=number)
    for word in fold(text).split():
        found = Q(case__fold__contains=word) | Q(case__created_by__search_text__contains=word)
        reports = reports.filter(found | Q(year=int(word)) if word.isdecimal() and len(word) == 4 else found)
    return reports


def find_reports(user: User, text: str, limit: int) -> list[Hit]:
    reports = matching(YearEndReport.objects.visible_to(user).select_related("case"), text)
    return [
        Hit(report.case.number, report.case.title, report.get_absolute_url(), shown(report.case.number))
        for report in reports.order_by("-pk")[:limit]
    ]


def find_work(user: User, text: str, limit: int) -> list[Hit]:
    items = WorkItem.objects.visible_to(user).answering(text).select_related("case")
    return [
        Hit(item.case.number, item.case.title, item.get_absolute_url(), str(item.get_kind_display()))
        for item in items.order_by("-pk")[:limit]
    ]
