"""The page on which everybody reads by what rules the portal works."""

from __future__ import annotations

from typing import Any

import rules
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.models import Holiday, Instrument, Parameter
from intlcoop.regulations.wording import value_text


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """Parameters with their legal basis, instruments, and the days off of this year and the next. Nothing is changed here."""
    if not rules.has_perm("regulations.view", request.user):
        raise Http404
    year = timezone.localdate().year
    context = {
        "parameters": parameter_lines(request.user),
        "instruments": Instrument.objects.visible_to(request.user).select_related("replaced_by"),
        "holidays": Holiday.objects.visible_to(request.user).filter(day__year__in=(year, year + 1)),
    }
    return render(request, "regulations/rule_list.html", context)


def parameter_lines(user: Any) -> list[tuple[Parameter, str]]:
    """Each parameter row with its value in words, in the order in which the keys are declared."""
    order = list(ParameterKey.values)
    rows = Parameter.objects.visible_to(user).select_related("instrument")
    lines = [(row, value_text(row.value, row.unit)) for row in rows]
    return sorted(lines, key=lambda line: order.index(line[0].key) if line[0].key in order else len(order))
