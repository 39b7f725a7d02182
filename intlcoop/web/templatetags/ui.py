"""The words of our templates: icons, formats and components. A builtin: no template loads it.

Everything printed here is text of our own making, so the page's language never puts a thousands separator into an
address or an attribute (stack.md, fact 15).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import heroicons
from django import template
from django.forms import BaseForm, BaseFormSet
from django.middleware.csrf import get_token
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from intlcoop.vietnamese import counts, dates, numbers
from intlcoop.web import file_numbers, request_ids, retained
from intlcoop.web.display import Badge, Tone
from intlcoop.web.form_errors import summary_of

register = template.Library()

WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHAPES = {
    Tone.WAITING: "clock",
    Tone.DONE: "check-circle",
    Tone.LATE: "exclamation-triangle",
    Tone.INFO: "arrow-right-circle",
    Tone.QUIET: "minus-circle",
}


@lru_cache(maxsize=256)
def drawing(name: str, style: str, size: int) -> SafeString:
    attrs: dict[str, object] = {"class": "icon", "aria_hidden": "true", "focusable": "false"}
    return mark_safe(heroicons._render_icon(style, name, size, attrs))  # noqa: S308 - a file of the package


@register.simple_tag
def icon(name: str, size: int = 20, style: str = "outline") -> SafeString:
    """{% icon "bell" %}: a heroicons drawing, hidden from screen readers; the word stands beside it."""
    return drawing(str(name), str(style), int(size))


# --- texts and numbers ------------------------------------------------------------------------------------------


def as_day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value if isinstance(value, dt.date) else None


@register.filter
def day(value: Any) -> str:
    """25/11/2026; nothing for nothing."""
    found = as_day(value)
    return dates.table_date(found) if found else ""


@register.filter
def weekday_day(value: Any) -> str:
    """Thứ Tư, 25/11/2026; on an English page Wednesday, 25/11/2026."""
    found = as_day(value)
    if found is None:
        return ""
    if get_language() == "en":
        return f"{WEEKDAYS_EN[found.weekday()]}, {dates.table_date(found)}"
    return dates.long_date(found)


@register.filter
def moment(value: Any) -> str:
    """10:42, 25/11/2026 in the ministry's time zone."""
    if not isinstance(value, dt.datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M}, {dates.table_date(local.date())}"


@register.filter
def day_range(first: Any, last: Any) -> str:
    """{{ trip.starts_on|day_range:trip.ends_on }}: 25/11/2026 – 28/11/2026; what is unknown is left out."""
    start, end = as_day(first), as_day(last)
    if start and end and end >= start:
        return dates.table_range(start, end)
    return " – ".join(dates.table_date(each) for each in (start, end) if each)


def as_decimal(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except (InvalidOperation, ValueError):
        return None
    return found if found.is_finite() else None


@register.filter
def number(value: Any) -> str:
    """1.234.567,5; nothing for nothing."""
    found = as_decimal(value)
    return "" if found is None else numbers.format_number(found)


@register.filter
def money(value: Any, currency: Any = "VND") -> str:
    """{{ trip.cost|money:trip.currency }}: 1.234.567 VND; `currency` is a code, or has `code` and `decimals`."""
    found = as_decimal(value)
    if found is None:
        return ""
    code = getattr(currency, "code", currency) or "VND"
    decimals = getattr(currency, "decimals", 0 if found == found.to_integral_value() else 2)
    return numbers.format_money(found, str(code), decimals=decimals)


@register.filter
def padded(value: Any) -> str:
    """A count as documents write it: 05, 12, 1.234."""
    found = as_decimal(value)
    return "" if found is None else counts.count(int(found))


@register.simple_tag
def file_number(value: Any) -> str:
    """{% file_number case.number %}: ĐR-2026-0012."""
    return file_numbers.shown(str(value or ""))


@register.filter
def shown_number(value: Any) -> str:
    """The same as a filter, for use inside other tags."""
    return file_numbers.shown(str(value or ""))


# --- components -------------------------------------------------------------------------------------------------


@register.simple_tag
def status_badge(label: Any, tone: str = Tone.INFO) -> SafeString:
    """{% status_badge trip.get_state_display "waiting" %}, or one `display.Badge`: word, shape and colour."""
    if isinstance(label, Badge):
        label, tone = label.label, label.tone
    shape = drawing(SHAPES.get(tone, SHAPES[Tone.INFO]), "micro", 16)  # type: ignore[call-overload]
    return format_html('<span class="badge-status is-{}">{}<span>{}</span></span>', tone, shape, label)


def days_words(days: int) -> str:
    if days == 0:
        return gettext("due today")
    if days > 0:
        return ngettext("%(days)d working day left", "%(days)d working days left", days) % {"days": days}
    late = -days
    return ngettext("%(days)d working day overdue", "%(days)d working days overdue", late) % {"days": late}


@register.simple_tag
def days_left(days: int | None, *, soon: int = 2) -> SafeString | str:
    """{% days_left step.days_left %}: "còn 3 ngày làm việc", "quá hạn 2 ngày làm việc"; marked when soon or late."""
    if days is None:
        return ""
    tone = Tone.LATE if days < 0 else Tone.WAITING if days <= soon else Tone.QUIET
    if tone is Tone.QUIET:
        return format_html('<span class="days-left">{}</span>', days_words(days))
    return status_badge(days_words(days), tone)


@register.simple_block_tag
def fact(content: str, label: Any) -> SafeString:
    """{% fact _("Purpose") %}{{ trip.purpose }}{% endfact %} inside <dl class="facts">; empty reads "chưa có"."""
    if not content.strip():
        content = format_html('<span class="quiet">{}</span>', gettext("not yet given"))
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_block_tag
def dialog(content: str, id: str, title: Any) -> SafeString:
    """{% dialog "tra-lai" _("Return") %}...{% enddialog %}, opened by <a href="#tra-lai" data-dialog>, no JS needed."""
    return mark_safe(  # noqa: S308 - the content is an already escaped piece of the template
        render_to_string("components/dialog.html", {"id": id, "title": title, "content": mark_safe(content)})  # noqa: S308
    )


@register.simple_tag
def form_errors(*forms: BaseForm | BaseFormSet | None) -> SafeString | str:
    """{% form_errors form members legs %}: all errors on top, each a link to its field; nothing when there is none."""
    errors = summary_of(*forms)
    return mark_safe(render_to_string("components/form_errors.html", {"errors": errors})) if errors else ""  # noqa: S308


@register.simple_tag(takes_context=True)
def form_tokens(context: RequestContext) -> SafeString:
    """{% form_tokens %} in every POST form: CSRF, whose page it is (retained.py) and the id of this one request."""
    request = context["request"]
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}{}',
        get_token(request),
        retained.hidden_field(request),
        request_ids.hidden_field(),
    )


@register.simple_tag
def request_id() -> SafeString:
    """{% request_id %}: the hidden field alone."""
    return request_ids.hidden_field()
