"""How does every list page behave? Declared columns; search, filters, sort, pages and export from the address.

`?q=` searches, `?trang=` pages, `?sap_xep=` sorts ("-" in front: backwards), `?xuat=xlsx|csv` exports the same rows under
the same rights, and the filter names are those of the filter set. A parameter that makes no sense is ignored, never an error.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView
from django_filters import FilterSet

from intlcoop.exporting import tables
from intlcoop.web.list_filters import Chip, chips_of
from intlcoop.web.search import clean
from intlcoop.web.templatetags.ui import day, number

PAGE_SIZE = 50
#: So many filters stand above a list; where there are more, the rest is folded away until asked for or used.
FILTERS_IN_LINE = 4
Value = str | Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """One column on screen and in the export.

    `value`: a dotted attribute path or a function of the row. `sort`: what to order by, empty when the head is no
    link. `template`: a fragment that gets `row` and `value`, for cells that are more than text. `kind`: text, int,
    decimal, money, date. `key`: the cell is the link to the row. `wide`: long text that keeps its room; `whole`: a few
    words that stay on one line in a table (a number, a month); `named`: the name of a unit, a body, a person, that keeps
    room for three words. `export`: False leaves it out of the file;
    `export_value` replaces `value` there. `screen`: False shows it in the file only.
    """

    name: str
    label: Any
    value: Value
    sort: Sequence[str] = ()
    template: str = ""
    kind: tables.Kind = "text"
    key: bool = False
    wide: bool = False
    whole: bool = False
    named: bool = False
    export: bool = True
    export_value: Value | None = None
    screen: bool = True
    width: float = 16


@dataclass(frozen=True, slots=True)
class Head:
    label: Any
    css: str
    sorted: str  # "", ascending, descending
    parameter: str  # value of sap_xep that a click gives; "" when it cannot be sorted


@dataclass(frozen=True, slots=True)
class Cell:
    label: Any
    html: str
    css: str
    url: str
    empty: bool


def value_of(row: Any, value: Value) -> Any:
    """The value itself; a missing link on the way gives None."""
    if callable(value):
        return value(row)
    for step in value.split("."):
        row = getattr(row, step, None)
        if row is None:
            return None
    return row() if callable(row) else row


def as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(_("yes")) if value else str(_("no"))
        case dt.date():
            return day(value)
        case int() | Decimal():
            return number(value)
        case _:
            return str(value).replace(
                " – ", "\u00a0– "
            )  # a line of a narrow column ends with a dash, and begins with none


class ListPage(ListView):
    """Subclass with `model`, `title`, `columns`; override `rows()` to start at `visible_to(user)`."""

    template_name = "components/list_page.html"
    page_kwarg = "trang"
    paginate_by = PAGE_SIZE
    columns: Sequence[ListColumn] = ()
    filterset_class: type[FilterSet] | None = None
    title: Any = ""
    search_label: Any = _("Number, title, person, place")
    default_sort: str = ""
    empty_text: Any = _("Nothing here yet.")
    empty_action: tuple[Any, str] | None = None
    fixed_order: Sequence[Any] = ("pk",)

    # --- what a subclass says -----------------------------------------------------------------------------------

    def rows(self) -> QuerySet[Any]:
        """All that this person may see, with what the cells need already joined."""
        return self.model._default_manager.visible_to(self.request.user)  # type: ignore[union-attr,attr-defined]

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """The rows that answer to what was typed; not called for an empty text."""
        raise TypeError(f"{type(self).__name__} shows a search field and needs a search() method")

    def url_of(self, row: Any) -> str:
        """Where the key cell of a row leads."""
        return str(row.get_absolute_url())

    def get_empty_action(self) -> tuple[Any, str] | None:
        """(label, address) of the act that fills an empty list, when this person may do it."""
        return self.empty_action

    def totals(self, rows: Sequence[Any]) -> Mapping[str, object]:
        """Column -> what stands below it in the line of totals of an export; nothing: no such line."""
        return {}

    # --- what the address says ----------------------------------------------------------------------------------

    @property
    def searches(self) -> bool:
        return type(self).search is not ListPage.search

    @cached_property
    def text(self) -> str:
        return clean(self.request.GET.get("q", "")) if self.searches else ""

    @cached_property
    def sort(self) -> str:
        """The column to sort by, "-" in front for backwards; the default when the address makes no sense."""
        asked = self.request.GET.get("sap_xep", "")
        names = {column.name for column in self.columns if column.sort}
        return asked if asked.removeprefix("-") in names else self.default_sort

    @cached_property
    def filterset(self) -> FilterSet | None:
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET or None, queryset=self.rows(), request=self.request)

    def get_queryset(self) -> QuerySet[Any]:
        queryset = self.filterset.qs if self.filterset is not None else self.rows()
        if self.text:
            queryset = self.search(queryset, self.text)
        return queryset.order_by(*self.ordering_of(self.sort))

    def ordering_of(self, sort: str) -> list[Any]:
        """What to order by; rows that have no value there stand last, whichever way the others run."""
        name = sort.removeprefix("-")
        fields = next((list(column.sort) for column in self.columns if column.name == name), [])
        if sort.startswith("-"):
            fields = [each[1:] if each.startswith("-") else f"-{each}" for each in fields]
        return [*(empty_last(self.model, each) for each in fields), *self.fixed_order]

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()

    # --- what is shown ------------------------------------------------------------------------------------------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("xuat", "")
        if wanted in ("xlsx", "csv"):
            return self.export(wanted)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page, paginator = context["page_obj"], context["paginator"]
        return context | {
            "title": self.title,
            "heads": [self.head_of(column) for column in self.columns if column.screen],
            "lines": [self.cells_of(row) for row in page],
            **self.filters_context(),
            "chips": self.chips(),
            "text": self.text,
            "searches": self.searches,
            "search_label": self.search_label,
            "sort": self.sort if self.sort != self.default_sort else "",
            "page_numbers": page_numbers(paginator, page),
            "empty_text": self.empty_text,
            "empty_action": self.get_empty_action(),
        }

    def filters_context(self) -> dict[str, Any]:
        shown = self.shown_filters()
        line = len(shown) if len(shown) <= FILTERS_IN_LINE + 1 else FILTERS_IN_LINE
        more = shown[line:]
        used = any(self.request.GET.get(field.html_name) for field in more)
        return {"filters": shown[:line], "more_filters": more, "more_in_use": used}

    def shown_filters(self) -> list[Any]:
        return [field for field in self.filterset.form if not field.is_hidden] if self.filterset is not None else []

    def chips(self) -> list[Chip]:
        return chips_of(self.request.GET, self.filterset, self.text)

    def head_of(self, column: ListColumn) -> Head:
        if not column.sort:
            return Head(column.label, css_of(column), "", "")
        now = self.sort == column.name, self.sort == f"-{column.name}"
        state = "ascending" if now[0] else "descending" if now[1] else ""
        return Head(column.label, css_of(column), state, f"-{column.name}" if now[0] else column.name)

    def cells_of(self, row: Model) -> list[Cell]:
        return [self.cell_of(column, row) for column in self.columns if column.screen]

    def cell_of(self, column: ListColumn, row: Model) -> Cell:
        value = value_of(row, column.value)
        html: str = as_text(value)
        if column.template:
            # Without the context processors, which would run once for each cell.
            html = render_to_string(column.template, {"row": row, "value": value, "request": self.request})
        url = self.url_of(row) if column.key else ""
        return Cell(column.label, html, css_of(column), url, empty=not html.strip())

    def export(self, extension: str) -> HttpResponse:
        """The same rows under the same rights, all pages of them."""
        columns = [
            tables.Column(
                header=str(column.label),
                value=exported(column),
                kind=column.kind,
                width=column.width,
            )
            for column in self.columns
            if column.export
        ]
        rows = list(self.get_queryset())
        found = self.totals(rows) if rows else {}
        total = [found.get(column.name) for column in self.columns if column.export] if found else None
        if extension == "csv":
            content, media_type = tables.to_csv(columns, rows, total), "text/csv; charset=utf-8"
        else:
            content, media_type = tables.to_xlsx(str(self.title), columns, rows, total), tables.XLSX_TYPE
        name = f"{slugify(str(self.title).replace('Đ', 'D').replace('đ', 'd')) or 'danh-sach'}"
        response = HttpResponse(content, content_type=media_type)
        response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y%m%d}.{extension}"'
        return response


def empty_last(model: Any, order: str) -> Any:
    """Backwards the database puts what is empty first; forwards last. A field that is never empty keeps its index."""
    if not order.startswith("-"):
        return order
    path = order.removeprefix("-")
    for step in path.split("__"):
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:  # worked out by the query
            return F(path).desc(nulls_last=True)
        if field.null:
            return F(path).desc(nulls_last=True)
        model = field.related_model
    return order


def css_of(column: ListColumn) -> str:
    flags = (("is-key", column.key), ("is-wide", column.wide), ("is-whole", column.whole), ("is-name", column.named))
    return " ".join([f"is-{column.kind}", *(name for name, holds in flags if holds)])


def exported(column: ListColumn) -> Callable[[Any], Any]:
    value = column.value if column.export_value is None else column.export_value

    def cell(row: Any) -> Any:
        found = value_of(row, value)
        return str(found) if column.kind == "text" and found is not None else found

    return cell


def page_numbers(paginator: Paginator, page: Page) -> list[int | str]:
    return list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
