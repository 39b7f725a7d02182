"""Where administration begins: everything that is kept here, with one sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import rules
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intlcoop.people.views.shared import reader


@dataclass(frozen=True, slots=True)
class Door:
    url_name: str
    icon: str
    title: Any
    text: Any
    permission: str = "people.enter_administration"

    @property
    def url(self) -> str:
        """Pages of upper rooms are linked by name; one that is not there is left out."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""

    def opens_for(self, user: Any) -> bool:
        return bool(self.url) and rules.has_perm(self.permission, user)


DOORS = (
    Door("people:person_list", "users", _("People"), _("Accounts, passwords, who may log in.")),
    Door("people:appointment_list", "identification", _("Appointments"), _("Who holds which role, where, since when.")),
    Door("people:unit_list", "building-office", _("Units"), _("The ministry as a dated tree; mergers.")),
    Door(
        "operations:unit_changes",
        "arrows-pointing-in",
        _("Reorganisations of units"),
        _("Units that were merged, renamed or divided, with decision and day."),
    ),
    Door(
        "people:language_list",
        "chat-bubble-left-right",
        _("Languages of the staff"),
        _("Who speaks what, how well; who interprets, who wants training."),
    ),
    Door(
        "people:supervision_list",
        "user-circle",
        _("Leaders in charge"),
        _("Which Deputy Minister is in charge of which unit."),
    ),
    Door(
        "people:substitution_list",
        "arrows-right-left",
        _("Substitutions"),
        _("Who signs for whom while somebody is away."),
    ),
    Door("people:title_list", "tag", _("Titles of offices"), _("What offices are called on pages and under papers.")),
    Door("regulations:rule_list", "scale", _("Rules and days off"), _("Regulations, deadlines and days off.")),
    Door(
        "delegations:preparation_tasks",
        "clipboard-document-check",
        _("Tasks of the checklists"),
        _("By which list outbound trips are prepared, until when, by what rule."),
    ),
    Door(
        "operations:imports",
        "arrow-up-tray",
        _("Take over records"),
        _("Trips of the past, lines of a plan and staff from Excel files."),
        "operations.import_files",
    ),
    Door(
        "workflow:route_rules",
        "arrow-path",
        _("Routes"),
        _("Which file takes which steps, by what law; new versions."),
    ),
    Door(
        "workflow:rule_trial",
        "beaker",
        _("Try rules"),
        _("What a file would meet on a day, before and after a change. Nothing is kept."),
        "workflow.test_rules",
    ),
    Door(
        "delegations:norm_tables",
        "banknotes",
        _("Tables of norms"),
        _("Per-diem norms by country group, from the circulars."),
    ),
    Door(
        "delegations:rates",
        "currency-dollar",
        _("Rates of exchange"),
        _("How many đồng a unit of a currency is worth, day by day."),
    ),
    Door(
        "audit:security_events",
        "shield-check",
        _("Security log"),
        _("Logins, refusals, downloads: who, when, from where."),
    ),
    Door(
        "jobs:system",
        "server",
        _("System"),
        _("Whether all parts are running, and work that failed."),
        "jobs.view_system",
    ),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    reader(request)
    return render(
        request, "people/administration.html", {"doors": [door for door in DOORS if door.opens_for(request.user)]}
    )
