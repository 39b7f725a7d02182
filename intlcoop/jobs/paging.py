"""The pages of a plain list, as `components/pagination.html` prints them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

PER_PAGE = 50


def paged(items: Any, request: HttpRequest) -> dict[str, Any]:
    """`page_obj` and `page_numbers` for ?trang=; a page that does not exist gives the nearest one."""
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("trang"))
    return {
        "page_obj": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
    }
