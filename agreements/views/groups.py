"""Groups of partners: the list, one group with its members, add, change."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agreements import services
from agreements.forms import GroupForm
from agreements.models import PartnerGroup
from agreements.views.asking import allowed, crumbs, found, is_stale
from intlcoop.web.display import Crumb
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed

METHODS = ["GET", "HEAD", "POST"]


class GroupList(ListPage):
    model = PartnerGroup
    template_name = "agreements/group_list.html"
    title = gettext_lazy("Groups of partners")
    empty_text = gettext_lazy("No group yet.")
    search_label = gettext_lazy("Name, short name")
    default_sort = "ten"
    columns = [
        ListColumn(
            name="ten", label=gettext_lazy("Group"), value="name", sort=["sort_key"], key=True, wide=True, width=48
        ),
        ListColumn(name="viet_tat", label=gettext_lazy("Short name"), value="short_name", sort=["short_name"]),
        ListColumn(name="thanh_vien", label=gettext_lazy("Partners"), value="members", kind="int", sort=["members"]),
    ]

    def rows(self) -> Any:
        living = Q(memberships__partner__merged_into__isnull=True)
        return PartnerGroup.objects.visible_to(self.request.user).annotate(members=Count("memberships", filter=living))

    def search(self, queryset: Any, text: str) -> Any:
        return queryset.filter(Q(name_vi__icontains=text) | Q(name_en__icontains=text) | Q(short_name__icontains=text))

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Add a group"), reverse("agreements:group_create")) if self.may_keep else None

    @property
    def may_keep(self) -> bool:
        return bool(rules.has_perm("agreements.keep_groups", self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_keep": self.may_keep}


def way(found: PartnerGroup | None = None) -> list[Crumb]:
    first = [*crumbs(), Crumb(_("Groups"), reverse("agreements:group_list"))]
    return [*first, Crumb(str(found), found.get_absolute_url())] if found else first


def found_group(request: HttpRequest, pk: int) -> PartnerGroup:
    return found(PartnerGroup.objects.visible_to(request.user), pk)  # type: ignore[no-any-return]


@require_safe
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: what for, who belongs to it now, who did."""
    its = found_group(request, pk)
    living = its.memberships.filter(partner__merged_into__isnull=True).select_related("partner__country")
    rows = list(living.order_by("partner__sort_key", "pk"))
    today = timezone.localdate()
    now = [row for row in rows if row.until is None or row.until >= today]
    context = {
        "group": its,
        "now": now,
        "before": [row for row in rows if row not in now],
        "may_keep": rules.has_perm("agreements.keep_groups", request.user),
        "crumbs": way(),
    }
    return render(request, "agreements/group.html", context)


@require_http_methods(METHODS)
def group_create(request: HttpRequest) -> HttpResponse:
    allowed("agreements.keep_groups", request.user)
    return edit(request, GroupForm(typed(request)), None, _("Add a group"))


@require_http_methods(METHODS)
def group_change(request: HttpRequest, pk: int) -> HttpResponse:
    its = found_group(request, pk)
    allowed("agreements.keep_groups", request.user)
    return edit(request, GroupForm(typed(request), instance=its), its, _("Change a group"))


def edit(request: HttpRequest, form: GroupForm, its: PartnerGroup | None, heading: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and not is_stale(request, form):
        try:
            with transaction.atomic():
                saved = services.save_group(its, actor=request.user, **form.values)  # type: ignore[arg-type]
        except IntegrityError:
            form.add_error("name_vi", _("A group of this name is there already."))
        else:
            messages.success(request, _("The group “%(name)s” has been saved.") % {"name": saved})
            return redirect(saved)
    kept = PartnerGroup.objects.filter(pk=its.pk).first() if its else None
    back = kept.get_absolute_url() if kept else reverse("agreements:group_list")
    context = {"form": form, "heading": heading, "crumbs": way(kept), "back": back}
    return render(request, "agreements/group_form.html", context)
