"""The programme of a file by half-days: read, written item by item, printed in two languages."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.views.asking import is_stale
from delegations.exports.prints import PROGRAMME
from delegations.exports.programme import programme as programme_paper
from delegations.forms.people import StaffBook
from delegations.forms.reception import ItemForm, item_initial
from delegations.models import ProgrammeItem
from delegations.queries.programme import by_half_days, clashes, span_of
from delegations.services import reception as services
from delegations.views.case_finding import ask, file_page, may_keep, row_or_404, visible_file
from delegations.views.plan_finding import attempt
from delegations.views.reception_papers import last_print
from intlcoop.documents.handing_out import hand_out
from intlcoop.exporting.docx import build_docx
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case

METHODS = ["GET", "HEAD", "POST"]


def programme_url(case: Case) -> str:
    return reverse("delegations:programme", args=[case.number])


def items_of(case: Case) -> list[ProgrammeItem]:
    """With what stands in the way of each."""
    items = list(ProgrammeItem.objects.filter(case=case).select_related("leader", "case"))
    found = clashes(items)
    for item in items:
        item.clashes = found.get(item.pk, [])  # type: ignore[attr-defined]
    return items


@require_safe
def programme(request: HttpRequest, number: str) -> HttpResponse:
    case = visible_file(request, number)
    items = items_of(case)
    first, last = span_of(case)
    page = file_page(
        case,
        days=by_half_days(items),
        count=len(items),
        first=first,
        last=last,
        in_one_language=sum(not item.what_en for item in items),
        clash_count=sum(bool(item.clashes) for item in items),  # type: ignore[attr-defined]
        may=may_keep(request, case),
        pdf=last_print(request, case, PROGRAMME),
    )
    return render(request, "delegations/programme.html", page)


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str, pk: int | None = None) -> HttpResponse:
    case = visible_file(request, number)
    if answer := ask(request, case):
        return answer
    found = row_or_404(ProgrammeItem.objects.filter(case=case).select_related("leader"), pk) if pk is not None else None
    first, _last = span_of(case)
    asked = request.GET.get("ngay", "")
    staff = StaffBook(first) if first else StaffBook(case.created_at.date())
    initial = item_initial(found, staff) or {"day": asked or first}
    form = ItemForm(typed(request), case=case, staff=staff, item=found, initial=initial)
    valid = request.method == "POST" and form.is_valid() and not is_stale(request, form)
    if valid and (answer := saved(request, case, found, form)):
        return answer
    page = file_page(
        case, form=form, item=found, people=staff.people, back=programme_url(case),
        heading=_("Item of the programme"), verb=_("Save the item"),
    )  # fmt: skip
    page["crumbs"].append(Crumb(_("Programme"), programme_url(case)))
    return render(request, "delegations/programme_item.html", page)


def saved(request: HttpRequest, case: Case, found: Any, form: ItemForm) -> HttpResponse | None:
    act = partial(services.save_item, case, found, actor=person_of(request), fields=form.cleaned_data)
    return doors.carried_out(request, case, form, act, said=_("The programme is saved."), to=programme_url(case))


@require_POST
def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    case = visible_file(request, number)
    item = row_or_404(ProgrammeItem.objects.filter(case=case).select_related("case"), pk)
    act = partial(services.remove_item, item, actor=person_of(request))
    return attempt(request, act, done=_("The item is taken out."), back=programme_url(case), case=case)


@require_safe
def docx(request: HttpRequest, number: str) -> HttpResponse:
    case = visible_file(request, number)
    with in_vietnamese():
        content = build_docx(programme_paper(case))
    return hand_out(request, content, f"{case.number}-chuong-trinh.docx", of=shown(case.number))
