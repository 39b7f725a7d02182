"""The pages of schemes and programmes: the list, one of them with all that serves it, and typing one in."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import rules
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.filters import ProgrammeFilter
from agreements.forms.programme import ProgrammeForm
from agreements.models import Programme
from agreements.queries import programmes as queries
from agreements.services import programmes as services
from agreements.views.asking import allowed, crumbs, found
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]
KEEPERS = _("The department of international cooperation keeps the list of schemes and programmes.")


class ProgrammeList(ListPage):
    model = Programme
    template_name = "agreements/programmes/list.html"
    title = _("Schemes and programmes")
    search_label = _("Name, short name, number of the decision")
    empty_text = _("No scheme or programme yet.")
    filterset_class = ProgrammeFilter
    default_sort = "ten"
    columns = (
        ListColumn(name="ten", label=_("Scheme or programme"), value="name", sort=["sort_key"], key=True, wide=True, width=56),
        ListColumn(name="viet_tat", label=_("Short name"), value="short_name", sort=["short_name"]),
        ListColumn(name="loai", label=_("Kind"), value="get_kind_display", sort=["kind"], width=28),
        ListColumn(name="van_ban", label=_("Approving document"), value="instrument", width=32),
        ListColumn(name="don_vi", label=_("Lead unit"), value="lead_unit", sort=["lead_unit__sort_key"], named=True, width=32),
        ListColumn(name="giai_doan", label=_("Years"), value=queries.years_text, sort=["from_year"], whole=True),
        ListColumn(
            name="tinh_trang",
            label=_("Status"),
            value=lambda row: queries.standing_badge(row, timezone.localdate().year),
            template="agreements/programmes/_standing.html",
            export_value=lambda row: queries.standing_badge(row, timezone.localdate().year).label,
        ),
    )  # fmt: skip

    def rows(self) -> Any:
        return Programme.objects.visible_to(self.request.user).select_related("instrument", "lead_unit")

    def search(self, queryset: Any, text: str) -> Any:
        return queryset.search(text)

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Add a scheme or programme"), reverse("agreements:programme_create")) if self.may_keep else None

    @cached_property
    def may_keep(self) -> bool:
        return bool(rules.has_perm("agreements.change_programme", self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_keep": self.may_keep}


def way(programme: Programme | None = None) -> list[Crumb]:
    first = [*crumbs(), Crumb(_("Schemes and programmes"), reverse("agreements:programme_list"))]
    return [*first, Crumb(str(programme), programme.get_absolute_url())] if programme else first


def found_programme(request: HttpRequest, pk: int) -> Programme:
    rows = Programme.objects.visible_to(request.user).select_related("instrument", "lead_unit")
    return found(rows, pk)  # type: ignore[no-any-return]


@require_safe
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, and which projects, agreements, trips and commitments serve it."""
    its = found_programme(request, pk)
    context = {
        "programme": its,
        "facts": facts_of(its),
        "badge": queries.standing_badge(its, timezone.localdate().year),
        "sections": queries.sections_of(its, request.user),
        "may_keep": rules.has_perm("agreements.change_programme", request.user),
        "crumbs": way(),
    }
    return render(request, "agreements/programmes/programme.html", context)


def facts_of(its: Programme) -> list[Fact]:
    paper = its.instrument
    facts = [
        Fact(_("Kind"), its.get_kind_display()),
        Fact(_("Approving document"), paper, paper.get_absolute_url() if paper else ""),
        Fact(_("Lead unit"), its.lead_unit),
        Fact(_("Years"), queries.years_text(its)),
    ]
    more = ((_("Short name"), its.short_name), (_("Name in English"), its.name_en))
    return [*facts, *(Fact(label, value) for label, value in more if value)]


@require_http_methods(METHODS)
def programme_create(request: HttpRequest) -> HttpResponse:
    allowed("agreements.change_programme", request.user, refusal=str(KEEPERS))
    return edit(request, None, gettext("Add a scheme or programme"))


@require_http_methods(METHODS)
def programme_change(request: HttpRequest, pk: int) -> HttpResponse:
    its = found_programme(request, pk)
    allowed("agreements.change_programme", request.user, refusal=str(KEEPERS))
    return edit(request, its, gettext("Change a scheme or programme"))


def edit(request: HttpRequest, its: Programme | None, heading: str) -> HttpResponse:
    """The service writes on a fresh copy, so a refused one leaves nothing half done."""
    form = ProgrammeForm(typed(request), instance=its or Programme())
    fresh = found_programme(request, its.pk) if its else None
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_programme(fresh, actor=request.user, fields=form.values)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, gettext("“%(name)s” has been saved.") % {"name": saved})
            return redirect(saved)
    back = fresh.get_absolute_url() if fresh else reverse("agreements:programme_list")
    context = {"form": form, "heading": heading, "crumbs": way(fresh), "back": back}
    return render(request, "agreements/programmes/form.html", context)


@require_http_methods(METHODS)
def programme_delete(request: HttpRequest, pk: int) -> HttpResponse:
    its = found_programme(request, pk)
    user = allowed("agreements.change_programme", request.user, refusal=str(KEEPERS))
    if request.method != "POST":
        return redirect(its)
    name = str(its)
    try:
        services.delete_programme(its, actor=user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect("agreements:programme", pk)
    messages.success(request, gettext("“%(name)s” has been taken out of the list.") % {"name": name})
    return redirect("agreements:programme_list")
