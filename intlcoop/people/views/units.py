"""Units: list, one unit, add, change. How they are merged, renamed and split, a room above says."""

from __future__ import annotations

from functools import partial

import rules
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intlcoop.people import offices, services
from intlcoop.people.filters import UnitFilter
from intlcoop.people.forms import UnitForm
from intlcoop.people.heirs import heirs_of, holdings_of
from intlcoop.people.models import Appointment, OrgUnit, UnitChange
from intlcoop.people.views.shared import RegisterList, administrator, answer, crumbs, reader
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.lists import ListColumn
from intlcoop.web.retained import typed


def head_now(unit: OrgUnit) -> str:
    """Who is at the head today; the roster of the day is loaded once for the whole list."""
    holders = offices.holders_of(offices.UNIT_HEAD, unit, timezone.localdate())
    return ", ".join(holder.user.full_name for holder in holders if holder.on_behalf_of is None)


class UnitList(RegisterList):
    model = OrgUnit
    title = _("Units")
    search_label = _("Name, code, short name")
    empty_text = _("No unit is recorded yet. Begin with the ministry itself.")
    filterset_class = UnitFilter
    add = (_("Add a unit"), "people:unit_create")
    fixed_order = ("position", "sort_key", "pk")
    columns = [
        ListColumn(name="ten", label=_("Name"), value="name", sort=["sort_key"], key=True, width=40),
        ListColumn(name="ma", label=_("Code"), value="code", sort=["code"]),
        ListColumn(name="loai", label=_("Type"), value="get_unit_type_display", sort=["unit_type"]),
        ListColumn(name="khoi", label=_("Place in the ministry"), value="get_unit_class_display", sort=["unit_class"]),
        ListColumn(name="thuoc", label=_("Part of"), value="parent.name", width=40),
        ListColumn(name="dung_dau", label=_("Head today"), value=head_now, width=28),
        ListColumn(name="tu", label=_("From"), value="valid_from", sort=["valid_from"], kind="date"),
        ListColumn(name="den", label=_("Until"), value="valid_until", sort=["valid_until"], kind="date"),
    ]

    def rows(self) -> QuerySet[OrgUnit]:
        return OrgUnit.objects.visible_to(self.request.user).select_related("parent")

    def search(self, queryset: QuerySet[OrgUnit], text: str) -> QuerySet[OrgUnit]:
        return queryset.matching(text)  # type: ignore[attr-defined, no-any-return]


def trail(unit: OrgUnit | None = None) -> list[Crumb]:
    more = [Crumb(unit, unit.get_absolute_url())] if unit else []
    return [Crumb(_("Units"), reverse("people:unit_list")), *more]


def facts_of(unit: OrgUnit) -> list[Fact]:
    above = unit.parent.current(timezone.localdate()) if unit.parent else None
    return [
        Fact(_("Name in English"), unit.name_en),
        Fact(_("Code"), unit.code),
        Fact(_("Symbol in official numbers"), unit.symbol),
        Fact(_("Type"), unit.get_unit_type_display()),
        Fact(_("Place in the ministry"), unit.get_unit_class_display()),
        Fact(_("Function"), unit.get_function_display()),
        Fact(_("Part of"), above or "", above.get_absolute_url() if above else ""),
        Fact(_("Posts assigned"), unit.quota),
        Fact(_("Place of issue"), unit.place),
    ]


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    reader(request)
    units = OrgUnit.objects.visible_to(request.user).select_related("parent__merged_into", "merged_into")
    shown = get_object_or_404(units, pk=pk)
    today = timezone.localdate()
    context = {
        "unit": shown,
        "facts": facts_of(shown),
        "people": Appointment.objects.filter(unit=shown).on(today).select_related("person", "unit"),
        "supervisions": shown.supervisions.select_related("deputy_minister").order_by("-valid_from"),
        "merged": shown.merged_from.all(),
        "heir": heirs_of([shown], today).get(shown.pk),
        "holdings": [(estate.label, count, estate.url(shown)) for estate, count in holdings_of(shown, request.user)],
        "changes": changes_of(shown),
        "crumbs": crumbs(*trail()),
        "may_manage": rules.has_perm("people.manage", request.user),
        "holds": shown.holds_on(today),
    }
    return render(request, "people/unit.html", context)


def changes_of(unit: OrgUnit) -> QuerySet[UnitChange]:
    """By what decisions it came to be what it is, or ends."""
    part = Q(successions__unit=unit) | Q(successions__successor=unit)
    return UnitChange.objects.in_force().filter(part).distinct()


def unit_create(request: HttpRequest) -> HttpResponse:
    actor = administrator(request)
    made: list[OrgUnit] = []

    def write(**fields: object) -> None:
        made.append(services.create_unit(**fields, actor=actor))

    response = answer(
        request,
        UnitForm(typed(request)),
        write,
        heading=_("Add a unit"),
        said=gettext("The unit has been added."),
        back=reverse("people:unit_list"),
        trail=trail(),
    )
    return redirect(made[0]) if made else response


def unit_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = administrator(request)
    shown = get_object_or_404(OrgUnit.objects.visible_to(actor), pk=pk)
    return answer(
        request,
        UnitForm(typed(request), instance=shown),
        partial(services.update_unit, shown, actor=actor),
        heading=_("Change a unit"),
        said=gettext("The change has been saved."),
        back=shown.get_absolute_url(),
        trail=trail(shown),
    )
