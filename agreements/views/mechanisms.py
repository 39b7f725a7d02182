"""The pages of mechanisms: the tree, one mechanism, and typing one in."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.choices import SessionStatus
from agreements.filters import MechanismFilter
from agreements.forms.mechanisms import LawSet, MechanismForm, RoleSet, RowBook, kept_rows, laws_of, roles_of
from agreements.models import Mechanism, MeetingSession
from agreements.queries import mechanisms as queries
from agreements.series import text_of
from agreements.services import mechanisms as services
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]
SESSIONS = "series__sessions"


class MechanismList(ListPage):
    """The tree as a list: each body beneath the one it belongs to."""

    model = Mechanism
    template_name = "agreements/mechanisms/list.html"
    title = _("Mechanisms of cooperation")
    search_label = _("Name, short name")
    empty_text = _("No mechanism yet.")
    filterset_class = MechanismFilter
    default_sort = "cay"
    columns = [
        ListColumn(
            name="cay",
            label=_("Mechanism of cooperation"),
            value="name",
            sort=["tree_key"],
            template="agreements/mechanisms/_name.html",
            key=True,
            wide=True,
            width=48,
        ),
        ListColumn(name="viet_tat", label=_("Short name"), value="short_name", sort=["short_name"]),
        ListColumn(name="loai", label=_("Kind"), value="get_kind_display", width=28),
        ListColumn(name="thuoc", label=_("Belongs to"), value="parent", screen=False, width=32),
        ListColumn(
            name="vai_tro",
            label=_("Our part"),
            value=lambda row: queries.current_roles_text(row, timezone.localdate()),
            width=40,
        ),
        ListColumn(name="don_vi", label=_("Lead unit"), value=queries.lead_units_text, screen=False, width=32),
        ListColumn(
            name="so_phien", label=_("Sessions held"), value=lambda row: row.held or None, kind="int", sort=["held"]
        ),
        ListColumn(
            name="gan_nhat",
            label=_("Last session"),
            value=lambda row: text_of(row.last_day, row.last_precision or ""),
            sort=["last_day"],
        ),
        ListColumn(
            name="sap_toi",
            label=_("Next session"),
            value=lambda row: text_of(row.next_day, row.next_precision or ""),
            sort=["next_day"],
        ),
    ]

    def rows(self) -> QuerySet[Mechanism]:
        sessions = MeetingSession.objects.filter(series__mechanism=OuterRef("pk"))
        held = sessions.filter(status__in=SessionStatus.TOOK_PLACE).order_by("-on")
        ahead = sessions.ahead(timezone.localdate()).filter(on__isnull=False)
        return (
            Mechanism.objects.visible_to(self.request.user)
            .select_related("parent")
            .prefetch_related("roles__unit")
            .annotate(
                held=Count(SESSIONS, filter=Q(**{f"{SESSIONS}__status__in": SessionStatus.TOOK_PLACE})),
                last_day=Subquery(held.values("on")[:1]),
                last_precision=Subquery(held.values("precision")[:1]),
                next_day=Subquery(ahead.values("on")[:1]),
                next_precision=Subquery(ahead.values("precision")[:1]),
            )
        )

    def search(self, queryset: QuerySet[Mechanism], text: str) -> QuerySet[Mechanism]:
        return queryset.search(text)  # type: ignore[attr-defined]

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Add a mechanism"), reverse("agreements:mechanism_create")) if may_keep(self.request) else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        coming = queries.next_sessions(person_of(self.request), timezone.localdate())
        return super().get_context_data(**kwargs) | {"may_add": may_keep(self.request), "coming": coming}


def may_keep(request: HttpRequest) -> bool:
    return bool(rules.has_perm("agreements.change_mechanism", request.user))


def ask(request: HttpRequest) -> None:
    if not may_keep(request):
        raise PermissionDenied(gettext("The department of international cooperation keeps the list of mechanisms."))


def crumbs(*above: Mechanism) -> list[Crumb]:
    first = [
        Crumb(_("Partners"), reverse("agreements:partner_list")),
        Crumb(_("Mechanisms of cooperation"), reverse("agreements:mechanism_list")),
    ]
    return [*first, *(Crumb(each, each.get_absolute_url()) for each in above)]


def visible_mechanism(request: HttpRequest, pk: int) -> Mechanism:
    rows = Mechanism.objects.visible_to(request.user).select_related("parent", "partner")
    if (found := rows.filter(pk=pk).first()) is None:
        raise Http404
    return found


@require_safe
def mechanism(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_mechanism(request, pk)
    user, today = person_of(request), timezone.localdate()
    context = {
        "mechanism": found,
        "facts": facts_of(found),
        "roles": queries.shown_roles(found.roles.select_related("unit"), today),
        "laws": list(found.laws.select_related("instrument")),
        "children": list(found.children.visible_to(user)),
        "conventions": list(found.conventions.visible_to(user)),
        "series": queries.series_of(found, user, today),
        "coming": queries.next_sessions(user, today, within=found),
        "crumbs": crumbs(*queries.way_to(found)),
        "may_change": may_keep(request),
        "own_units": queries.units_of(user),
    }
    return render(request, "agreements/mechanisms/mechanism.html", context)


def facts_of(found: Mechanism) -> list[Fact]:
    partner = found.partner
    known = [
        Fact(_("Kind"), found.get_kind_display()),
        Fact(_("Short name"), found.short_name),
        Fact(_("Name in English"), found.name_en),
        Fact(_("Exists since"), found.since_year and str(found.since_year)),
        Fact(_("Its body in the list of partners"), partner, partner.get_absolute_url() if partner else ""),
        Fact(_("What it is about"), found.content),
    ]
    return [fact for fact in known if fact.value]


@require_http_methods(METHODS)
def create(request: HttpRequest) -> HttpResponse:
    ask(request)
    above = request.GET.get("thuoc", "")
    initial = {"parent": above} if above.isdecimal() and len(above) < 10 else {}
    return edit(request, Mechanism(), gettext("Add a mechanism"), initial)


@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_mechanism(request, pk)
    ask(request)
    return edit(request, found, gettext("Change a mechanism"), {})


def edit(request: HttpRequest, found: Mechanism, heading: str, initial: dict[str, Any]) -> HttpResponse:
    """The form with its rows; the service writes on a fresh copy, so a refused one leaves nothing half done."""
    data, book = typed(request), RowBook()
    form = MechanismForm(data, instance=found, initial=initial)
    roles = roles_of(found)
    book.with_units({row["unit"] for row in roles if row["unit"]})
    role_rows = RoleSet(data, initial=roles, prefix="vai-tro", form_kwargs={"book": book})
    law_rows = LawSet(data, initial=laws_of(found), prefix="van-ban", form_kwargs={"book": book})
    ready = all([form.is_valid(), role_rows.is_valid(), law_rows.is_valid()]) if request.method == "POST" else False
    if ready and (saved := write(request, found.pk, form, role_rows, law_rows)):
        messages.success(request, gettext("“%(name)s” has been saved.") % {"name": saved})
        return redirect(saved)
    page = {
        "form": form, "role_rows": role_rows, "law_rows": law_rows, "heading": heading, "crumbs": crumbs(),
        "back": reverse("agreements:mechanism", args=[found.pk]) if found.pk else reverse("agreements:mechanism_list"),
    }  # fmt: skip
    return render(request, "agreements/mechanisms/form.html", page)


def write(request: HttpRequest, pk: int | None, form: Any, role_rows: Any, law_rows: Any) -> Mechanism | None:
    actor, roles, laws = person_of(request), kept_rows(role_rows), kept_rows(law_rows)
    try:
        if pk is None:
            return services.create_mechanism(actor=actor, fields=form.values, roles=roles, laws=laws)
        fresh = visible_mechanism(request, pk)
        return services.update_mechanism(fresh, actor=actor, fields=form.values, roles=roles, laws=laws)
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None
