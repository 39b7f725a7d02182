"""The address book of partners: the list, the page of one, and what happened with it."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agreements.filters import DealingFilter, PartnerFilter
from agreements.models import ContactPost, Dealing, GroupMembership, Partner, PartnerMerge, PartnerName, PartnerUnit
from agreements.queries.alike import names_of, partners_like
from agreements.queries.partner_page import badges_of, day_of, facts_of
from agreements.queries.partner_sections import sections_of
from agreements.queries.tree import survivor
from agreements.views.asking import allowed, crumbs, found_partner
from intlcoop.audit.history import entries_for
from intlcoop.web.file_numbers import shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case

LONGEST_HISTORY = 300


class PartnerList(ListPage):
    model = Partner
    template_name = "agreements/partner_list.html"
    title = _("Partners")
    search_label = _("Name, other name, short name")
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
        ListColumn(name="nuoc", label=_("Country"), value="whence", sort=["country__sort_key"], width=24),
        ListColumn(name="muc", label=_("How close"), value="get_tier_display", sort=["tier"], width=24),
        ListColumn(name="tai_viet_nam", label=_("In Viet Nam"), value=lambda row: _("Yes") if row.in_viet_nam else ""),
        ListColumn(name="tieng_anh", label=_("Name in English"), value="name_en", screen=False, width=48),
        ListColumn(name="ban_ngu", label=_("Name in its own language"), value="name_native", screen=False, width=32),
        ListColumn(name="truc_thuoc", label=_("Belongs to"), value="parent.name", screen=False, width=40),
        ListColumn(name="dia_chi", label=_("Address"), value="address", screen=False, width=40),
        ListColumn(name="trang_web", label=_("Website"), value="website", screen=False, width=32),
        ListColumn(name="nhu_cau", label=_("Needs of the partner"), value="needs", screen=False, width=40),
        ListColumn(name="the_manh", label=_("Capacity of the partner"), value="capacity", screen=False, width=40),
    ]

    def rows(self) -> QuerySet[Partner]:
        return Partner.objects.visible_to(self.request.user).living().select_related("country", "parent")

    def search(self, queryset: QuerySet[Partner], text: str) -> QuerySet[Partner]:
        return queryset.search(text)  # type: ignore[attr-defined,no-any-return]

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (self.add_label, reverse("agreements:partner_create")) if self.may("agreements.add_partner") else None

    def may(self, permission: str) -> bool:
        return bool(rules.has_perm(permission, self.request.user))

    @property
    def add_label(self) -> Any:
        return _("Add a partner") if self.may("agreements.confirm_partner") else _("Propose a new partner")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        keeps = self.may("agreements.confirm_partner")
        return super().get_context_data(**kwargs) | {
            "may_add": self.may("agreements.add_partner"),
            "add_label": self.add_label,
            "keeps_list": keeps,
            "waiting": Partner.objects.living().filter(is_proposed=True).count() if keeps else 0,
        }


@require_safe
def partner_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One partner; a merged one leads to what it became, and says so there."""
    partner = found_partner(request, pk)
    if partner.merged_into_id:
        final = survivor(partner)
        text = gettext("“%(name)s” has been merged into “%(kept)s”; this is the page of the merged partner.")
        messages.info(request, text % {"name": partner, "kept": final})
        return redirect(final)
    user = request.user
    may = {name: rules.has_perm(f"agreements.{name}_partner", user, partner) for name in ("change", "merge", "confirm")}
    context = {
        "partner": partner,
        "facts": facts_of(partner),
        "badges": badges_of(partner),
        "sections": sections_of(partner, user),
        "crumbs": crumbs(),
        "may": may,
        "may_read_history": rules.has_perm("agreements.read_partner_history", user),
        "alike": likely_doubles(partner) if partner.is_proposed and may["confirm"] else [],
        "mergers": partner.absorbed.in_force().select_related("merged") if may["merge"] else [],
    }
    return render(request, "agreements/partner_detail.html", context)


@require_safe
def partner_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what of the partner, its names, units, groups and mergers."""
    partner = found_partner(request, pk)
    allowed("agreements.read_partner_history", request.user)
    tables = (PartnerName, PartnerUnit, GroupMembership, ContactPost)
    follow = [*((table, "partner") for table in tables), (PartnerMerge, "kept")]
    entries = entries_for([partner], follow=follow, limit=LONGEST_HISTORY)
    context = {"entries": entries, "subject": partner, "crumbs": crumbs(partner)}
    return render(request, "audit/history.html", context)


def likely_doubles(partner: Partner) -> list[Any]:
    return partners_like(names_of(partner), partner.country, without=partner)


class DealingList(ListPage):
    """Everything that happened with one partner, newest first."""

    model = Dealing
    template_name = "agreements/dealing_list.html"
    filterset_class = DealingFilter
    default_sort = "-ngay"
    search_label = _("Content of the dealing")
    empty_text = _("Nothing was written down yet.")
    columns = [
        ListColumn(name="noi_dung", label=_("Content of the dealing"), value="title", wide=True, key=True, width=60),
        ListColumn(
            name="ngay",
            label=_("Day"),
            value=day_of,
            sort=["on"],
            whole=True,
            export_value="on",
        ),
        ListColumn(name="loai", label=_("Kind"), value="get_kind_display", sort=["kind"], width=24),
        ListColumn(name="don_vi", label=_("Unit"), value="unit.name", sort=["unit__sort_key"], named=True, width=32),
        ListColumn(
            name="ho_so",
            label=_("File"),
            value=lambda row: shown(row.case.number) if row.readable else "",
            whole=True,
            width=20,
        ),
    ]

    @property
    def title(self) -> Any:  # type: ignore[override]
        return gettext("Dealings with %(partner)s") % {"partner": self.partner}

    @property
    def partner(self) -> Partner:
        if not hasattr(self, "_partner"):
            self._partner = found_partner(self.request, self.kwargs["pk"])
        return self._partner

    def rows(self) -> QuerySet[Dealing]:
        rows = Dealing.objects.visible_to(self.request.user).told_once().filter(partner=self.partner)
        readable = Case.objects.visible_to(person_of(self.request)).filter(pk=OuterRef("case"))
        return rows.select_related("unit", "case").annotate(readable=Exists(readable))

    def search(self, queryset: QuerySet[Dealing], text: str) -> QuerySet[Dealing]:
        return queryset.filter(title__icontains=text)

    def url_of(self, row: Dealing) -> str:
        """The file, where this person may read it; history without a file leads nowhere."""
        readable = row.case is not None and row.readable  # type: ignore[attr-defined]
        return f"{reverse('web:search')}?q={row.case.number}" if readable and row.case else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"crumbs": crumbs(self.partner)}
