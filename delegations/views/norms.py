"""The tables of per-diem norms: everybody reads them, the finance department and administrators keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations import services
from delegations.forms.norms import CountryGroupForm, NormFileForm, NormForm, NormTableForm
from delegations.models import CountryGroup, NormTable, PerDiemNorm
from delegations.registers.norms import import_norms, template
from intlcoop.documents.filenames import content_disposition
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.exporting.tables import XLSX_TYPE
from intlcoop.people.choices import Rank
from intlcoop.people.models import User
from intlcoop.people.registers import ImportResult
from intlcoop.web.answers import forbidden
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]
LARGEST_ID = 2**63 - 1


def found_or_404(model: Any, request: HttpRequest, pk: int) -> Any:
    rows = model.objects.visible_to(request.user)
    found = rows.filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    return found


def may_keep(request: HttpRequest) -> bool:
    return bool(rules.has_perm("delegations.keep_norms", request.user))


def keepers_only(request: HttpRequest) -> None:
    if not may_keep(request):
        raise PermissionDenied(_("Only the finance department and administrators keep the norms."))


def crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Tables of norms"), reverse("delegations:norm_tables")), *more]


@require_safe
def norm_tables(request: HttpRequest) -> HttpResponse:
    """Which circular holds when, and how far its table is entered."""
    tables = (
        NormTable.objects.visible_to(person_of(request))
        .select_related("instrument")
        .annotate(
            group_count=Count("groups", distinct=True),
            norm_count=Count("groups__norms", distinct=True),
            sample_count=Count("groups__norms", filter=Q(groups__norms__is_sample=True), distinct=True),
        )
    )
    context = {"tables": tables, "may_keep": may_keep(request), "today": timezone.localdate()}
    return render(request, "delegations/norms/tables.html", context)


@require_safe
def norm_table(request: HttpRequest, pk: int) -> HttpResponse:
    """One table: its groups with their countries, and the amounts with their days and basis."""
    table = found_or_404(NormTable, request, pk)
    groups = table.groups.prefetch_related("countries__country", "norms__currency", "norms__entered_by")
    context = {
        "table": table,
        "groups": list(groups),
        "may_keep": may_keep(request),
        "ranks": [str(Rank(rank).label) for rank in table.class_a_ranks],
        "crumbs": crumbs(),
        "today": timezone.localdate(),
    }
    return render(request, "delegations/norms/table.html", context)


@require_http_methods(METHODS)
def norm_table_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    keepers_only(request)
    table = found_or_404(NormTable, request, pk) if pk is not None else None
    form = NormTableForm(typed(request), table=table)
    return form_page(
        request,
        form,
        lambda: services.save_norm_table(table, actor=person_of(request), **form.cleaned_data),
        heading=_("Table of norms") if table else _("New table of norms"),
        back=table.get_absolute_url() if table else reverse("delegations:norm_tables"),
        note=_("A new table ends the open one before it, with its amounts."),
    )


@require_http_methods(METHODS)
def group_new(request: HttpRequest, pk: int) -> HttpResponse:
    keepers_only(request)
    return group_form(request, found_or_404(NormTable, request, pk), None)


@require_http_methods(METHODS)
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    keepers_only(request)
    group = found_or_404(CountryGroup, request, pk)
    return group_form(request, group.table, group)


def group_form(request: HttpRequest, table: NormTable, group: CountryGroup | None) -> HttpResponse:
    form = CountryGroupForm(typed(request), group=group)
    position = group.position if group else 10 * (table.groups.count() + 1)
    return form_page(
        request,
        form,
        lambda: services.save_country_group(
            group, table, position=position, actor=person_of(request), **form.cleaned_data
        ),
        heading=str(group) if group else _("New country group"),
        back=table.get_absolute_url(),
        note=str(table),
    )


@require_http_methods(METHODS)
def norm_new(request: HttpRequest, pk: int) -> HttpResponse:
    """An amount from a day on; the one before ends the day before."""
    keepers_only(request)
    group = found_or_404(CountryGroup, request, pk)
    form = NormForm(typed(request), initial={"valid_from": group.table.valid_from})
    return form_page(
        request,
        form,
        lambda: services.set_norm(group, actor=person_of(request), **form.cleaned_data),
        heading=_("New amount"),
        back=group.table.get_absolute_url(),
        note=f"{group.table} · {group}",
    )


@require_http_methods(METHODS)
def norm_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    norm = found_or_404(PerDiemNorm, request, pk)
    table = norm.group.table
    if request.method != "POST":
        return redirect(table)
    try:
        services.withdraw_norm(norm, actor=person_of(request))
    except NotAllowed as refusal:
        return forbidden(request, refusal)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The amount is taken out."))
    return redirect(table)


@require_safe
def norm_template(request: HttpRequest, pk: int) -> HttpResponse:
    found_or_404(NormTable, request, pk)
    response = HttpResponse(template(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = content_disposition("mau-dinh-muc.xlsx", inline=False)
    return response


@require_http_methods(METHODS)
def norm_import(request: HttpRequest, pk: int) -> HttpResponse:
    """From a workbook: first a check that saves nothing, then in earnest."""
    keepers_only(request)
    table = found_or_404(NormTable, request, pk)
    form = NormFileForm(request.POST or None, request.FILES or None)
    result = read_in(form, table, person_of(request)) if request.method == "POST" and form.is_valid() else None
    if result is not None and result.saved:
        messages.success(request, _("%(n)s amounts are entered.") % {"n": result.count("create")})
        return redirect(table)
    wrong = result.count("error") if result else 0
    context = {
        "table": table,
        "form": form,
        "result": result,
        "wrong": wrong,
        "crumbs": crumbs(Crumb(str(table), table.get_absolute_url())),
    }
    return render(request, "delegations/norms/import.html", context)


def read_in(form: NormFileForm, table: NormTable, actor: User) -> ImportResult | None:
    """What became of each row of the workbook; nothing, and a sentence at the field, when it is no such table."""
    asked = form.cleaned_data
    try:
        return import_norms(
            asked["file"].read(), table, reason=asked["reason"], dry_run=asked["check_only"], actor=actor
        )
    except TableUnreadable as refusal:
        form.add_error("file", str(refusal))
        return None


def form_page(
    request: HttpRequest, form: Any, act: Callable[[], object], *, heading: str, back: str, note: str = ""
) -> HttpResponse:
    """A form on a page of its own: write and go back, or say what is wrong beside what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except NotAllowed as refusal:
            return forbidden(request, refusal)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {"form": form, "heading": heading, "back": back, "note": note, "verb": _("Save"), "crumbs": crumbs()}
    return render(request, "delegations/norms/form.html", context)
