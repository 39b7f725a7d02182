"""Who stands in for whom: the clerk's register of substitutions, which administrators keep and auditors read too."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from intlcoop.people import registry, services
from intlcoop.people.absent import without_substitute
from intlcoop.people.filters import SubstitutionFilter
from intlcoop.people.forms import SubstitutionForm
from intlcoop.people.models import Substitution, User
from intlcoop.people.views.offices import FROM_UNTIL
from intlcoop.people.views.shared import RegisterList, answer, crumbs
from intlcoop.vietnamese.numbers import format_number
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.lists import ListColumn
from intlcoop.web.retained import typed


def keeper(request: HttpRequest) -> User:
    """The person who asks, if the clerk or an administrator; raises PermissionDenied."""
    if not rules.has_perm("people.keep_substitutions", request.user):
        raise PermissionDenied(gettext("Substitutions are recorded by the clerk or an administrator."))
    return request.user  # type: ignore[return-value]  # a keeper is logged in


def may_read(request: HttpRequest) -> None:
    if not rules.has_perm("people.read_substitutions", request.user):
        raise PermissionDenied(gettext("The register of substitutions is open to the clerk and to administrators."))


class SubstitutionList(RegisterList):
    model = Substitution
    template_name = "people/substitution_list.html"
    title = _("Substitutions")
    empty_text = _("Nobody stands in for anybody.")
    filterset_class = SubstitutionFilter
    add = (_("Record a substitution"), "people:substitution_create")
    fixed_order = ("-valid_from", "pk")
    columns = [
        ListColumn(name="nguoi", label=_("Person away"), value="person", key=True, width=28),
        ListColumn(name="thay", label=_("Substitute"), value="substitute", width=28),
        ListColumn(name="hinh_thuc", label=_("Form of signature"), value="get_form_display", width=28),
        ListColumn(name="pham_vi", label=_("Scope"), value=lambda row: scope_words(row), width=28),
        ListColumn(name="van_ban", label=_("Document"), value="document"),
        *FROM_UNTIL,
        ListColumn(
            name="thu_hoi", label=_("Revoked"), value="revoked_at", kind="date", template="people/_revoked.html"
        ),
    ]

    def check_reader(self, request: HttpRequest) -> None:
        may_read(request)

    @cached_property
    def may_manage(self) -> bool:
        return rules.has_perm("people.keep_substitutions", self.request.user)

    def rows(self) -> QuerySet[Substitution]:
        rows = Substitution.objects.visible_to(self.request.user)
        return rows.select_related("person", "substitute", "unit")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unattended = without_substitute(timezone.localdate())
        return super().get_context_data(**kwargs) | {"unattended": unattended, "may_manage": self.may_manage}


def scope_words(row: Substitution) -> str:
    """ "Vụ Pháp chế · Đoàn ra · đến 500.000.000 đồng", empty for everything."""
    labels = dict(registry.file_kinds())
    parts = [*([str(row.unit)] if row.unit else []), *(str(labels.get(kind, kind)) for kind in row.kinds)]
    if row.ceiling is not None:
        parts.append(gettext("up to %(amount)s đồng") % {"amount": format_number(row.ceiling)})
    return " · ".join(parts)


def substitution_create(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    return answer(
        request,
        SubstitutionForm(typed(request), initial=asked_for(request)),
        partial(services.record_substitution, actor=actor),
        heading=_("Record a substitution"),
        said=gettext("The substitution has been recorded."),
        back=reverse("people:substitution_list"),
        trail=[Crumb(_("Substitutions"), reverse("people:substitution_list"))],
        note=_("Waiting files go to the substitute from the first day and come back after the last."),
    )


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the link of a warning already knows: who is away, from when to when."""
    person = request.GET.get("nguoi", "")
    known: dict[str, Any] = {"person": person if person.isdecimal() else None}
    for name, key in (("valid_from", "tu"), ("valid_until", "den")):
        known[name] = day_of(request.GET.get(key, ""))
    return {"valid_from": timezone.localdate()} | {name: value for name, value in known.items() if value}


def day_of(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@require_safe
def substitution(request: HttpRequest, pk: int) -> HttpResponse:
    may_read(request)
    rows = Substitution.objects.visible_to(request.user).select_related("person", "substitute", "unit", "recorded_by")
    row = get_object_or_404(rows, pk=pk)
    context = {
        "row": row,
        "facts": substitution_facts(row),
        "crumbs": crumbs(Crumb(_("Substitutions"), reverse("people:substitution_list")), request=request),
        "may_revoke": row.revoked_at is None and rules.has_perm("people.keep_substitutions", request.user),
    }
    return render(request, "people/substitution.html", context)


def substitution_facts(row: Substitution) -> list[Fact]:
    return [
        Fact(_("Person away"), row.person),
        Fact(_("Substitute"), row.substitute),
        Fact(_("Form of signature"), row.get_form_display()),
        Fact(_("Scope"), scope_words(row) or _("all offices of this person, all kinds of files")),
        Fact(_("Number of the document"), row.document),
        Fact(_("Reason"), row.reason),
        Fact(_("Recorded by"), row.recorded_by),
    ]


@require_POST
def substitution_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    actor = keeper(request)
    row = get_object_or_404(Substitution.objects.visible_to(actor), pk=pk)
    services.revoke_substitution(row, actor=actor)
    messages.success(request, gettext("The substitution is revoked. Waiting files are back with the person."))
    return redirect(row)
