""" "Quy định mới": what changed lately in the rules, for every unit (W002-12, U000-08)."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from intlcoop.regulations.queries import news
from intlcoop.regulations.views.shared import may_manage, reader
from intlcoop.web.lists import page_numbers

PER_PAGE = 30
SHOWN_FOR = dt.timedelta(days=2 * 366)


@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    reader(request)
    items = news(request.user, timezone.localdate() - SHOWN_FOR)
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page_obj": page,
        "page_numbers": page_numbers(page.paginator, page),
        "may_manage": may_manage(request),
    }
    return render(request, "regulations/news.html", context)
