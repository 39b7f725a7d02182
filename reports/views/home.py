"""The first page: what waits for this person, and what happens around them."""

from __future__ import annotations

import rules
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from intlcoop.jobs.requests import PersonRequest
from reports.queries.home import Home
from reports.queries.rules_on_home import RulesOnHome
from reports.queries.year import year_figures


@never_cache
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    today = timezone.localdate()
    leads = rules.has_perm("reports.watch_year", request.user)
    waiting = Home(request.user, today)
    context = {
        "home": waiting,
        "today": today,
        "year_figures": year_figures(request.user, today) if leads else [],
        "may_file": rules.has_perm("delegations.add_trip", request.user),
        "may_order": rules.has_perm("reports.order", request.user),
        "rules": RulesOnHome(request.user, today, waiting),
    }
    return render(request, "reports/home.html", context)
