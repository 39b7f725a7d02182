"""Handing in a register, reading what its check says row by row, and taking it over."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intlcoop.audit.requests import facts_of
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.operations import services
from intlcoop.operations.forms import RegisterForm
from intlcoop.operations.models import RegisterImport
from intlcoop.operations.registers import REGISTERS
from intlcoop.operations.wording import ACTION_BADGES, RESULTS, counts_of
from intlcoop.web import answers
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]
ROWS_A_PAGE = 200
LARGEST_ID = 2**63 - 1


@require_http_methods(METHODS)
def imports(request: HttpRequest) -> HttpResponse:
    """Hand in a file; what was handed in before stands below."""
    user = person_of(request)
    if not rules.has_perm("operations.import_files", user):
        raise PermissionDenied(_("Registers are taken over by administrators and the department of cooperation."))
    form = RegisterForm(typed(request), request.FILES or None, actor=user, where=facts_of(request))
    if request.method == "POST" and form.is_valid():
        checked = check(request, form)
        if checked is not None:
            return redirect(checked)
    context = {
        "form": form,
        "registers": [(register.label, register.columns) for register in REGISTERS.values() if may(user, register)],
        "earlier": RegisterImport.objects.visible_to(user).defer("content").select_related("uploaded_by")[:20],
        "labels": {code: register.label for code, register in REGISTERS.items()},
        "crumbs": crumbs(user)[:1],
    }
    return render(request, "operations/imports.html", context)


def may(user: Any, register: Any) -> bool:
    return bool(rules.has_perm(register.permission, user))


def crumbs(user: Any) -> list[Crumb]:
    """The way back; administration is no place for the department of cooperation, so its people come from the trips."""
    inside = rules.has_perm("people.enter_administration", user)
    first = (
        (_("Administration"), "people:administration") if inside else (_("Outbound delegations"), "delegations:trips")
    )
    return [Crumb(first[0], reverse(first[1])), Crumb(_("Take over records"), reverse("operations:imports"))]


def check(request: HttpRequest, form: RegisterForm) -> RegisterImport | None:
    """The checked register; None when the file is none, with the reason in the form."""
    data = form.cleaned_data
    file = data["file"]
    file.seek(0)
    try:
        return services.check_register(
            data["kind"],
            file.read(),
            name=file.inspection.name,
            actor=person_of(request),
            default_unit=data["default_unit"],
            year=data["year"],
            level=data["level"],
        )
    except (TableUnreadable, Refused) as refusal:
        form.add_error("file", str(refusal))
    except NotAllowed as refusal:
        form.add_error("kind", str(refusal))
    return None


def found_import(request: HttpRequest, pk: int) -> RegisterImport:
    rows = RegisterImport.objects.visible_to(person_of(request)).select_related(
        "uploaded_by", "ended_by", "default_unit"
    )
    found = rows.filter(pk=pk).defer("content").first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    return found


@require_safe
def register_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with what would become, or became, of it. Wrong rows stand first and all on one page."""
    found = found_import(request, pk)
    wanted = request.GET.get("ket_qua", "")
    wanted = wanted if wanted in ACTION_BADGES else ("error" if found.count("error") else "")
    rows = [row for row in found.rows if not wanted or row[1] == wanted]
    pages = Paginator(rows, max(len(rows), 1) if wanted == "error" else ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("trang"))
    context = {
        "found": found,
        "label": REGISTERS[found.kind].label,
        "rows": [(line, ACTION_BADGES[action], message) for line, action, message in page],
        "page_obj": page,
        "page_numbers": list(pages.get_elided_page_range(page.number)),
        "wanted": wanted,
        "counts": counts_of(found),
        "result": RESULTS[found.state],
        "may_end": found.state == "checked" and may(person_of(request), REGISTERS[found.kind]),
        "may_take_over": not found.count("error") and found.count("create") + found.count("update") > 0,
        "crumbs": crumbs(person_of(request)),
    }
    return render(request, "operations/import.html", context)


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_import(request, pk)
    return ended(request, found, services.take_over_register, _("The register was taken over."))


@require_POST
def put_aside(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_import(request, pk)
    return ended(request, found, services.put_register_aside, _("The file was put aside. Nothing was saved."))


def ended(request: HttpRequest, found: RegisterImport, act: Any, said: str) -> HttpResponse:
    try:
        partial(act, found, actor=person_of(request))()
    except Conflict as conflict:
        return answers.conflict(request, str(conflict), back_url=found.get_absolute_url())
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except (Refused, TableUnreadable) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(found)
