"""The list of guests: read, pasted from a sheet, written one by one, taken along as a file."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from delegations import services
from delegations.forms.guests import GuestForm, PasteForm
from delegations.models import InboundDelegation, InboundMember
from delegations.registers.guests import Pasted, read_guests
from delegations.views.visit_finding import visible_visit, visit_page
from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.exporting import tables
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, version_in
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]
MOST_PROBLEMS = 10
LARGEST_ID = 2**63 - 1


def list_url(visit: InboundDelegation) -> str:
    return reverse("delegations:visit_guests", args=[visit.case.number])


def guests_page(visit: InboundDelegation, **more: Any) -> dict[str, Any]:
    page = visit_page(visit, list_url=list_url(visit), version=visit.case.version, **more)
    page["crumbs"].append(Crumb(_("Guests"), list_url(visit)))
    return page


@require_safe
def guests(request: HttpRequest, number: str) -> HttpResponse:
    visit = visible_visit(request, number)
    if request.GET.get("xuat") == "xlsx":
        return exported(request, visit)
    may = rules.has_perm("delegations.edit_visit", person_of(request), visit)
    return render(request, "delegations/guests.html", visit_page(visit, may=may, version=visit.case.version))


def ask(request: HttpRequest, visit: InboundDelegation) -> HttpResponse | None:
    if rules.has_perm("delegations.edit_visit", person_of(request), visit):
        return None
    return doors.refused_page(request, visit.case, _("This file can no longer be changed here."))


@require_http_methods(METHODS)
def paste(request: HttpRequest, number: str) -> HttpResponse:
    """First what was understood, then, with another press, the list: three hundred names are not read twice by eye."""
    visit = visible_visit(request, number)
    if answer := ask(request, visit):
        return answer
    form = PasteForm(typed(request))
    pasted: Pasted | None = None
    if request.method == "POST" and form.is_valid():
        pasted = read_guests(form.cleaned_data["text"])
        say_problems(form, pasted)
        wanted = "save" in request.POST and pasted.rows and not pasted.problems
        if wanted and (answer := keep(request, visit, form, pasted)):
            return answer
    context = guests_page(visit, form=form, pasted=pasted, heading=_("Paste the list of guests"))
    return render(request, "delegations/guests_paste.html", context)


def say_problems(form: PasteForm, pasted: Pasted) -> None:
    """What was wrong stands beside the field, not more than a person mends at once."""
    for problem in pasted.problems[:MOST_PROBLEMS]:
        form.add_error("text", problem)
    more = len(pasted.problems) - MOST_PROBLEMS
    if more > 0:
        form.add_error("text", ngettext("and %(n)s more line", "and %(n)s more lines", more) % {"n": more})
    if not pasted.rows and not pasted.problems:
        form.add_error("text", _("No guest was found in what was pasted."))


def keep(request: HttpRequest, visit: InboundDelegation, form: PasteForm, pasted: Pasted) -> HttpResponse | None:
    replace, count = form.cleaned_data["replace"], len(pasted.rows)
    act = partial(
        services.add_guests,
        visit,
        pasted.rows,
        actor=person_of(request),
        replace=replace,
        expected_version=version_in(request),
    )
    said = ngettext("%(n)s guest is on the list.", "%(n)s guests were written to the list.", count) % {"n": count}
    return doors.carried_out(request, visit.case, form, act, said=said, to=list_url(visit))


@require_http_methods(METHODS)
def guest(request: HttpRequest, number: str, pk: int | None = None) -> HttpResponse:
    """One guest, new or written before."""
    visit = visible_visit(request, number)
    if answer := ask(request, visit):
        return answer
    found = InboundMember(visit=visit) if pk is None else guest_of(visit, pk)
    form = GuestForm(typed(request), instance=found, visit=visit)
    if request.method == "POST" and form.is_valid():
        kept = InboundMember(visit=visit) if pk is None else guest_of(visit, pk)
        save = partial(services.save_guest, visit, kept, actor=person_of(request), fields=form.values)
        act = partial(save, expected_version=version_in(request))
        said = _("The guest is on the list.")
        if answer := doors.carried_out(request, visit.case, form, act, said=said, to=list_url(visit)):
            return answer
    heading = _("Add a guest") if pk is None else found.full_name
    return render(request, "delegations/guest_form.html", guests_page(visit, form=form, guest=found, heading=heading))


def guest_of(visit: InboundDelegation, pk: int) -> InboundMember:
    found = visit.members.filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    return found


@require_POST
def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    visit = visible_visit(request, number)
    found = guest_of(visit, pk)
    act = partial(services.remove_guest, visit, found, actor=person_of(request), expected_version=version_in(request))
    try:
        if answer := doors.carry_out(request, visit.case, act):
            return answer
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, _("%(name)s is off the list.") % {"name": found.full_name})
    return redirect(list_url(visit))


# --- the file ---------------------------------------------------------------------------------------------------------


def exported(request: HttpRequest, visit: InboundDelegation) -> HttpResponse:
    """The list with the columns of the page; leaves a line in the log."""
    title = _("Guests of %(number)s") % {"number": shown(visit.case.number)}
    where = facts_of(request)
    record_security_event(SecurityEventKind.EXPORT, actor=person_of(request), where=where, target=f"{title} (xlsx)")
    columns = [
        tables.Column(_("Full name"), lambda row: " ".join(filter(None, (row.honorific, row.full_name))), width=32),
        tables.Column(_("Post"), lambda row: row.post, width=32),
        tables.Column(_("Body"), lambda row: row.body, width=32),
        tables.Column(_("Country"), lambda row: str(row.country or ""), width=20),
        tables.Column(_("Rank"), lambda row: str(row.get_rank_display()) if row.rank else "", width=24),
        tables.Column(_("Equivalent Vietnamese post"), lambda row: row.equivalent, width=24),
        tables.Column(_("Part in the delegation"), lambda row: str(row.get_part_display()), width=18),
        tables.Column(_("Diet"), lambda row: row.dietary, width=24),
        tables.Column(_("Seating"), lambda row: row.seating, width=24),
        tables.Column(_("Day of arrival"), lambda row: row.arrives_on or visit.arrives_on, kind="date"),
        tables.Column(_("Day of departure"), lambda row: row.leaves_on or visit.leaves_on, kind="date"),
    ]
    rows = list(visit.members.all())
    response = HttpResponse(tables.to_xlsx(title, columns, rows), content_type=tables.XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="khach-{visit.case.number}.xlsx"'
    return response
