"""Parameters: by what values the portal counts, since when, on what basis; and how they change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intlcoop.regulations import services
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.forms import BasisForm, EndForm, NewValueForm, ReasonForm
from intlcoop.regulations.kinds import GROUPS, KINDS, ROUTE_RULES
from intlcoop.regulations.models import Parameter, RuleChange
from intlcoop.regulations.views.shared import answer, crumbs, manager, may_manage, reader
from intlcoop.regulations.wording import span_text, value_text
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """One dated value in words."""

    row: Parameter
    value: str
    days: str
    holds: bool
    coming: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterLine:
    """A parameter: what holds today (None: nothing does), and what comes."""

    key: str
    label: Any
    now: ValueLine | None
    coming: list[ValueLine]


def line_of(row: Parameter, today: dt.date) -> ValueLine:
    return ValueLine(
        row=row,
        value=value_text(row.value, row.unit),
        days=span_text(row.valid_from, row.valid_until),
        holds=row.holds_on(today),
        coming=row.valid_from is not None and row.valid_from > today,
    )


def parameter_groups(user: Any, today: dt.date) -> list[tuple[str, Any, list[ParameterLine]]]:
    """(anchor, name, parameters) of each group, in the order in which the keys are declared: one query."""
    rows: dict[str, list[ValueLine]] = {}
    for row in Parameter.objects.visible_to(user).select_related("instrument"):
        rows.setdefault(row.key, []).append(line_of(row, today))
    groups: dict[str, list[ParameterLine]] = {name: [] for name in GROUPS}
    for key, kind in KINDS.items():
        lines = rows.get(key, [])
        now = next((line for line in lines if line.holds), None)
        coming = [line for line in lines if line.coming]
        groups[kind.group].append(ParameterLine(key=key, label=ParameterKey(key).label, now=now, coming=coming))
    return [(name, GROUPS[name], lines) for name, lines in groups.items()]


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """What holds today, what comes, and the rules that are routes."""
    reader(request)
    context = {
        "groups": parameter_groups(request.user, timezone.localdate()),
        "route_rules": ROUTE_RULES,
        "routes_url": routes_url(),
        "may_manage": may_manage(request),
    }
    return render(request, "regulations/rule_list.html", context)


def routes_url() -> str:
    """The page of the routes lies in a room above; "" while it is not there."""
    try:
        return reverse("workflow:route_rules")
    except NoReverseMatch:
        return ""


def known_key(key: str) -> ParameterKey:
    if key not in KINDS:
        raise Http404
    return ParameterKey(key)


def trail(key: ParameterKey) -> Crumb:
    return Crumb(key.label, reverse("regulations:parameter", args=[key]))


@require_safe
def parameter(request: HttpRequest, key: str) -> HttpResponse:
    """One parameter: every value it had, has and will have, and who changed it why."""
    reader(request)
    known, today = known_key(key), timezone.localdate()
    rows = Parameter.objects.visible_to(request.user).filter(key=known).select_related("instrument")
    lines = [line_of(row, today) for row in reversed(rows)]
    changes = RuleChange.objects.visible_to(request.user).filter(key=known).select_related("actor")
    context = {
        "key": known,
        "group": GROUPS[KINDS[known].group],
        "kind": KINDS[known],
        "lines": lines,
        "now": next((line for line in lines if line.holds), None),
        "changes": changes[:50],
        "crumbs": crumbs(),
        "may_manage": may_manage(request),
    }
    return render(request, "regulations/parameter.html", context)


def parameter_new(request: HttpRequest, key: str) -> HttpResponse:
    actor, known = manager(request), known_key(key)
    kind, tomorrow = KINDS[known], timezone.localdate() + dt.timedelta(days=1)
    now = Parameter.objects.on(tomorrow).filter(key=known).first()
    initial: dict[str, Any] = {"valid_from": tomorrow, "needs_check": False}
    if now is not None:
        period = now.value if isinstance(now.value, dict) else {}
        initial |= {
            "value": now.value,
            "first": period.get("from"),
            "last": period.get("until"),
            "severity": now.severity,
        }
    form = NewValueForm(typed(request), kind=kind, initial=initial)
    return answer(
        request,
        form,
        partial(services.set_parameter, known, actor=actor),
        heading=_("New value: %(name)s") % {"name": known.label},
        said=gettext("The new value is recorded. Files that were submitted before keep their deadlines and citations."),
        back=reverse("regulations:parameter", args=[known]),
        trail=[trail(known)],
        verb=gettext("Record the new value"),
        note=_("The value that holds until then ends the day before."),
    )


def one_row(request: HttpRequest, pk: int) -> tuple[Parameter, ParameterKey]:
    row = get_object_or_404(Parameter.objects.visible_to(request.user), pk=pk)
    return row, known_key(row.key)


def parameter_correct(request: HttpRequest, pk: int) -> HttpResponse:
    actor = manager(request)
    row, key = one_row(request, pk)
    initial = {"instrument": row.instrument_id, "citation": row.citation, "needs_check": row.needs_check}
    return answer(
        request,
        BasisForm(typed(request), initial=initial),
        partial(services.correct_parameter, row, actor=actor),
        heading=_("Legal basis: %(name)s") % {"name": key.label},
        said=gettext("The legal basis is corrected."),
        back=reverse("regulations:parameter", args=[key]),
        trail=[trail(key)],
        note=_("Value, effect and days stay. Another value is a new row from a day on."),
    )


def parameter_end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = manager(request)
    row, key = one_row(request, pk)
    return answer(
        request,
        EndForm(typed(request), initial={"last_day": timezone.localdate()}),
        partial(services.end_parameter, row, actor=actor),
        heading=_("No longer apply: %(name)s") % {"name": key.label},
        said=gettext("The end is recorded. After the last day nothing of the kind is checked."),
        back=reverse("regulations:parameter", args=[key]),
        trail=[trail(key)],
        verb=gettext("Record the end"),
    )


def parameter_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = manager(request)
    row, key = one_row(request, pk)
    begins = table_date(row.valid_from) if row.valid_from else ""
    values = {"value": value_text(row.value, row.unit), "day": begins}
    return answer(
        request,
        ReasonForm(typed(request)),
        partial(services.withdraw_parameter, row, actor=actor),
        heading=_("Take back: %(name)s") % {"name": key.label},
        said=gettext("The value is taken back. What held before holds on."),
        back=reverse("regulations:parameter", args=[key]),
        trail=[trail(key)],
        verb=gettext("Take the value back"),
        note=_("The value %(value)s from %(day)s on.") % values if begins else "",
    )
