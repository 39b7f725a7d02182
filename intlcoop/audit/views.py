"""The security log, and the history of people and units, for administrators and auditors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.filters import SecurityEventFilter
from intlcoop.audit.history import entries_for
from intlcoop.audit.models import SecurityEvent
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.people.models import Appointment, OrgUnit, Substitution, Supervision, User
from intlcoop.web.display import Crumb
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.templatetags.ui import moment

LONGEST_HISTORY = 200


def reader(request: HttpRequest) -> None:
    if not rules.has_perm("audit.view_security_events", request.user):
        raise PermissionDenied(gettext("The log is open to administrators and auditors."))


def crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Administration"), reverse("people:administration")), *more]


class SecurityEventList(ListPage):
    model = SecurityEvent
    template_name = "audit/security_events.html"
    title = _("Security log")
    search_label = _("Person, what it concerns, address, IP")
    empty_text = _("Nothing has happened yet.")
    filterset_class = SecurityEventFilter
    fixed_order = ("-at", "-pk")
    columns = [
        ListColumn(
            name="luc",
            label=_("Time"),
            value="at",
            template="audit/_time.html",
            export_value=lambda row: moment(row.at),
        ),
        ListColumn(name="loai", label=_("Kind of event"), value="get_kind_display"),
        ListColumn(name="ai", label=_("Person"), value="actor_name", width=28),
        ListColumn(name="gi", label=_("Concerns"), value="target", width=40),
        ListColumn(name="dia_chi", label=_("Page address"), value="url", width=40),
        ListColumn(name="ip", label=_("IP address"), value="ip"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        reader(request)
        return super().dispatch(request, *args, **kwargs)

    def url_of(self, row: SecurityEvent) -> str:
        return ""

    def search(self, queryset: QuerySet[SecurityEvent], text: str) -> QuerySet[SecurityEvent]:
        return queryset.matching(text)  # type: ignore[attr-defined, no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"crumbs": crumbs()}

    def export(self, extension: str) -> HttpResponse:
        """Who takes the log away is in the log."""
        record_security_event(
            SecurityEventKind.EXPORT,
            actor=self.request.user,  # type: ignore[arg-type]  # let in by dispatch
            where=facts_of(self.request),
            target=str(self.title),
        )
        return super().export(extension)


@require_safe
def person_history(request: HttpRequest, pk: int) -> HttpResponse:
    reader(request)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    follow = [
        (Appointment, "person"),
        (Substitution, "person"),
        (Substitution, "substitute"),
        (Supervision, "deputy_minister"),
    ]
    return show(request, person, follow, Crumb(_("People"), reverse("people:person_list")))


@require_safe
def unit_history(request: HttpRequest, pk: int) -> HttpResponse:
    reader(request)
    unit = get_object_or_404(OrgUnit.objects.visible_to(request.user), pk=pk)
    follow = [(Appointment, "unit"), (Supervision, "unit")]
    return show(request, unit, follow, Crumb(_("Units"), reverse("people:unit_list")))


def show(request: HttpRequest, row: Any, follow: Sequence[tuple[type[models.Model], str]], room: Crumb) -> HttpResponse:
    context = {
        "entries": entries_for([row], follow=follow, limit=LONGEST_HISTORY),
        "subject": row,
        "crumbs": crumbs(room, Crumb(row, row.get_absolute_url())),
    }
    return render(request, "audit/history.html", context)
