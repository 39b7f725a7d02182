"""The pages of partners: list, one partner, add, change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from agreements.filters import PartnerFilter
from agreements.forms import PartnerChangeForm, PartnerForm
from agreements.models import Partner
from agreements.queries.partner_sections import sections_of
from agreements.services import PartnerExists, create_partner, update_partner
from intlcoop.people.models import User
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed


class PartnerList(ListPage):
    model = Partner
    template_name = "agreements/partner_list.html"
    title = _("Partners")
    search_label = _("Name, short name")
    empty_text = _("No partner yet.")
    filterset_class = PartnerFilter
    default_sort = "ten"
    columns = [
        ListColumn(
            name="ten",
            label=_("Partner"),
            value="name",
            sort=["sort_key"],
            template="agreements/_name.html",
            key=True,
            width=48,
        ),
        ListColumn(name="viet_tat", label=_("Short name"), value="short_name", sort=["short_name"]),
        ListColumn(name="loai", label=_("Kind"), value="get_kind_display", width=32),
        ListColumn(name="nuoc", label=_("Country"), value="country.name", sort=["country__sort_key"], width=24),
        ListColumn(name="tai_viet_nam", label=_("In Viet Nam"), value=lambda row: _("Yes") if row.in_viet_nam else ""),
    ]

    def rows(self) -> QuerySet[Partner]:
        return Partner.objects.visible_to(self.request.user).select_related("country")

    def search(self, queryset: QuerySet[Partner], text: str) -> QuerySet[Partner]:
        return queryset.search(text)  # type: ignore[attr-defined]

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Add a partner"), reverse("agreements:partner_create")) if self.may_add else None

    @property
    def may_add(self) -> bool:
        return rules.has_perm("agreements.add_partner", self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_add": self.may_add}


def crumbs() -> list[Crumb]:
    return [Crumb(_("Partners"), reverse("agreements:partner_list"))]


class PartnerDetail(DetailView):
    template_name = "agreements/partner_detail.html"

    def get_queryset(self) -> QuerySet[Partner]:
        return Partner.objects.visible_to(self.request.user).select_related("country", "proposed_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        partner = self.object
        facts = [
            Fact(_("Kind"), partner.get_kind_display()),
            Fact(_("Country"), partner.country or _("International")),
            Fact(_("Name in Vietnamese"), partner.name_vi),
            Fact(_("Name in English"), partner.name_en),
            Fact(_("Name in its own language"), partner.name_native),
            Fact(_("Short name"), partner.short_name),
            Fact(_("In Viet Nam"), _("Yes") if partner.in_viet_nam else _("No")),
            Fact(_("Added by"), partner.proposed_by),
        ]
        may_change = rules.has_perm("agreements.change_partner", self.request.user, partner)
        return super().get_context_data(**kwargs) | {
            "facts": facts,
            "sections": sections_of(partner, self.request.user),
            "crumbs": crumbs(),
            "may_change": may_change,
        }


def allowed(permission: str, user: Any, partner: Partner | None = None) -> User:
    """The person who asks, if they may; raises PermissionDenied."""
    if not rules.has_perm(permission, user, partner):
        raise PermissionDenied
    return user


def partner_create(request: HttpRequest) -> HttpResponse:
    actor = allowed("agreements.add_partner", request.user)
    return edit(request, PartnerForm(typed(request)), _("Add a partner"), partial(create_partner, actor=actor))


def partner_change(request: HttpRequest, pk: int) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    actor = allowed("agreements.change_partner", request.user, partner)
    form = PartnerChangeForm(typed(request), instance=partner)
    return edit(request, form, _("Change a partner"), partial(update_partner, partner, actor=actor))


def edit(request: HttpRequest, form: PartnerForm, heading: Any, write: Callable[..., Partner]) -> HttpResponse:
    """The form, and what was typed into it; a name that is already taken is answered beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            partner = write(**form.cleaned_data)
        except PartnerExists as refusal:
            form.add_error("name_vi", str(refusal))
        else:
            messages.success(request, gettext("The partner “%(name)s” has been saved.") % {"name": partner})
            return redirect(partner)
    page = {"form": form, "heading": heading, "crumbs": crumbs(), "partner": form.instance}
    return render(request, "agreements/partner_form.html", page)
