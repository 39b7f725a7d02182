"""The pages of conventions: the list, one convention with its reports, and typing one in."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.forms.mechanisms import LawSet, RowBook, kept_rows, laws_of
from agreements.forms.treaties import ConventionForm
from agreements.models import Convention
from agreements.queries import treaties as queries
from agreements.series import text_of
from agreements.services import treaties as services
from agreements.views.mechanisms import METHODS, may_keep
from intlcoop.regulations.queries import calendar
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import Refused


class ConventionList(ListPage):
    model = Convention
    template_name = "agreements/treaties/convention_list.html"
    title = _("Conventions")
    search_label = _("Name, short name")
    empty_text = _("No convention yet.")
    default_sort = "ten"
    columns = [
        ListColumn(name="ten", label=_("Convention"), value="name", sort=["sort_key"], key=True, wide=True, width=60),
        ListColumn(name="viet_tat", label=_("Short name"), value="short_name", sort=["short_name"]),
        ListColumn(
            name="tham_gia",
            label=_("We are a party since"),
            value=lambda row: text_of(row.acceded_on, row.acceded_precision),
            sort=["acceded_on"],
        ),
        ListColumn(name="co_quan", label=_("Body that receives the reports"), value="body", named=True, width=40),
        ListColumn(name="don_vi", label=_("Lead unit"), value="unit", named=True, width=32),
        ListColumn(name="so_bao_cao", label=_("National reports"), value="report_count", kind="int"),
    ]

    def rows(self) -> QuerySet[Convention]:
        rows = Convention.objects.visible_to(self.request.user)
        return rows.select_related("unit").annotate(report_count=Count("reports"))

    def search(self, queryset: QuerySet[Convention], text: str) -> QuerySet[Convention]:
        return queryset.search(text)  # type: ignore[attr-defined]

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Add a convention"), reverse("agreements:convention_create")) if may_keep(self.request) else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_add": may_keep(self.request)}


def crumbs(*convention: Convention) -> list[Crumb]:
    first = [
        Crumb(_("Partners"), reverse("agreements:partner_list")),
        Crumb(_("Mechanisms of cooperation"), reverse("agreements:mechanism_list")),
        Crumb(_("Conventions"), reverse("agreements:convention_list")),
    ]
    return [*first, *(Crumb(each.short_name or each, each.get_absolute_url()) for each in convention)]


def visible_convention(request: HttpRequest, pk: int) -> Convention:
    rows = Convention.objects.visible_to(request.user).select_related("unit", "mechanism")
    if (found := rows.filter(pk=pk).first()) is None:
        raise Http404
    return found


def ask(request: HttpRequest) -> None:
    if not may_keep(request):
        raise PermissionDenied(gettext("The department of international cooperation keeps the list of conventions."))


@require_safe
def convention(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_convention(request, pk)
    user, today, days = person_of(request), timezone.localdate(), calendar()
    reports = found.reports.visible_to(user).select_related("case__unit", "scheme").prefetch_related("scheme__chain")
    lines = [
        {
            "row": report,
            "period": queries.period_text(report),
            "badge": queries.report_badge(report),
            "days_left": queries.days_left(report, today, days),
        }
        for report in reports
    ]
    context = {
        "convention": found,
        "facts": facts_of(found),
        "lines": lines,
        "laws": list(found.laws.select_related("instrument")),
        "crumbs": crumbs(),
        "may_change": may_keep(request),
        "may_report": rules.has_perm("agreements.add_treaty_report", user),
    }
    return render(request, "agreements/treaties/convention.html", context)


def facts_of(found: Convention) -> list[Fact]:
    mechanism = found.mechanism
    cycle = gettext("%(years)s years") % {"years": found.cycle_years} if found.cycle_years else ""
    return [
        Fact(_("Short name"), found.short_name),
        Fact(_("Name in English"), found.name_en),
        Fact(_("Adopted on"), text_of(found.adopted_on, found.adopted_precision)),
        Fact(_("We are a party since"), text_of(found.acceded_on, found.acceded_precision)),
        Fact(_("Body that receives the reports"), found.body),
        Fact(_("Mechanism of cooperation"), mechanism, mechanism.get_absolute_url() if mechanism else ""),
        Fact(_("Lead unit"), found.unit),
        Fact(_("A report every"), cycle),
        Fact(_("What it asks of us"), found.content),
    ]


@require_http_methods(METHODS)
def create(request: HttpRequest) -> HttpResponse:
    ask(request)
    return edit(request, Convention(), gettext("Add a convention"))


@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_convention(request, pk)
    ask(request)
    return edit(request, found, gettext("Change a convention"))


def edit(request: HttpRequest, found: Convention, heading: str) -> HttpResponse:
    data = typed(request)
    form = ConventionForm(data, instance=found)
    law_rows = LawSet(data, initial=laws_of(found), prefix="van-ban", form_kwargs={"book": RowBook()})
    ready = all([form.is_valid(), law_rows.is_valid()]) if request.method == "POST" else False
    if ready and (saved := write(request, found.pk, form, kept_rows(law_rows))):
        messages.success(request, gettext("“%(name)s” has been saved.") % {"name": saved})
        return redirect(saved)
    back = reverse("agreements:convention", args=[found.pk]) if found.pk else reverse("agreements:convention_list")
    page = {"form": form, "role_rows": None, "law_rows": law_rows, "heading": heading, "crumbs": crumbs()}
    return render(request, "agreements/mechanisms/form.html", page | {"back": back})


def write(request: HttpRequest, pk: int | None, form: ConventionForm, laws: list[dict[str, Any]]) -> Convention | None:
    actor = person_of(request)
    try:
        if pk is None:
            return services.create_convention(actor=actor, fields=form.values, laws=laws)
        return services.update_convention(visible_convention(request, pk), actor=actor, fields=form.values, laws=laws)
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None
