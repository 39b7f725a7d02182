"""The first page: what waits for this person, and what happens around them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import rules
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agreements.queries.commitments import Clock, home_commitments
from agreements.queries.home_guidance import home_guidance
from agreements.queries.project_due import home_reports
from intlcoop.jobs.requests import PersonRequest
from intlcoop.people.absent import Unattended, without_substitute
from intlcoop.people.principals import principal_of
from reports.queries.home import Home
from reports.queries.rules_on_home import RulesOnHome
from reports.queries.work import WorkClock
from reports.queries.work_home import home_work
from reports.queries.year import year_figures


def unattended_for(user: Any, today: dt.date) -> list[Unattended]:
    """Leaders abroad without a substitute: all of them for the clerk who records one, for a leader their own absence."""
    if principal_of(user).is_clerk:
        return without_substitute(today)
    return without_substitute(today, [user.pk]) if rules.has_perm("people.be_substituted", user) else []


@never_cache
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    today = timezone.localdate()
    leads = rules.has_perm("reports.watch_year", request.user)
    waiting = Home(request.user, today)
    keeps_substitutions = rules.has_perm("people.keep_substitutions", request.user)
    context = {
        "home": waiting,
        "today": today,
        "year_figures": year_figures(request.user, today) if leads else [],
        "may_file": rules.has_perm("delegations.add_trip", request.user),
        "may_order": rules.has_perm("reports.order", request.user),
        "unattended": unattended_for(request.user, today),
        "record_url": reverse("people:substitution_create" if keeps_substitutions else "people:profile"),
        "rules": RulesOnHome(request.user, today, waiting),
        "commitments": home_commitments(request.user, Clock(today, lambda: waiting.calendar)),
        "work": home_work(request.user, WorkClock(today, lambda: waiting.calendar)),
        "project_reports": home_reports(request.user, today),
        "guidance": home_guidance(request.user, today, lambda: waiting.calendar),
    }
    return render(request, "reports/home.html", context)
